#include "line_answer.h"

#include <string.h>

#include "keys.h"
#include "line_choice.h"
#include "line_edit.h"
#include "mem.h"
#include "str.h"
#include "text.h"
#include "typed_key.h"
#include "view.h"
#include "view_edit.h"

/* What the member saw under that number, wherever it is by now; NULL: it is gone. */
static const struct row *numbered(const struct line_view *v, struct screen *s, int number)
{
	int at = number - 1, on_page = at - v->first;
	bool seen = on_page >= 0 && on_page < LINE_PAGE_ITEMS && s->ops->position != NULL;
	if (seen)
		at = s->ops->position(s, v->id[on_page], v->id2[on_page]);
	const struct row *row = at < 0 ? NULL : view_rows(s, at, 1);
	if (row == NULL || row->title == NULL)
		return NULL;
	list_go(&s->list, at);
	s->selected = row->id;
	s->selected2 = row->id2;
	return row;
}

static void filter_by(struct line_view *v, struct screen *s, const char *words)
{
	field_set(&s->filter, words);
	s->filtering = false;
	s->loaded = false;
	v->first = 0;
}

static bool list_answer(struct line_view *v, struct screen *s, const char *text)
{
	int64_t number;
	const struct row *row;
	if (str_to_int(text, 1, s->count, &number)) {
		if ((row = numbered(v, s, (int)number)) != NULL)
			s->ops->enter(s, row);
	} else if (text[0] == '\0') {
		v->first = v->first + LINE_PAGE_ITEMS < s->count ? v->first + LINE_PAGE_ITEMS : 0;
	} else if (s->ops->filter && text[0] == '/') {
		filter_by(v, s, text + 1);
	} else if (strcmp(s->ops->name, "search") == 0) {
		filter_by(v, s, text);
	} else {
		return false;
	}
	return true;
}

/* The line after the last one of this window; the window moves on over it. */
static bool next_window(struct line_view *v, struct screen *s)
{
	pager_go(&s->pager, (int)s->text.count - 1);
	if (s->ops->edge == NULL || !s->ops->edge(s, 1))
		return false;
	stack_settle(v->stack);
	pager_go(&s->pager, s->pager.cursor + 1);
	return true;
}

static bool open_choice(struct screen *s, const char *text)
{
	struct line_choice choice[LINE_CHOICES];
	int64_t number;
	int n = line_choices(s, s->pager.cursor, line_view_page_end(s), choice);
	if (!str_to_int(text, 1, n, &number))
		return false;
	line_choice_open(s, &choice[number - 1]);
	return true;
}

static bool goes_on(const struct screen *s)
{
	for (const struct binding *b = s->ops->keys; b != NULL && b->key != NULL; b++)
		if (strcmp(b->verb, "later") == 0)
			return true;
	return false;
}

static bool text_answer(struct line_view *v, struct screen *s, const char *text)
{
	int first = s->pager.cursor, end = line_view_page_end(s);
	if (text[0] != '\0')
		return open_choice(s, text);
	if (end < (int)s->text.count) {
		pager_go(&s->pager, end);
	} else if (s->ops->kind != SCREEN_ASK && !next_window(v, s)) {
		pager_go(&s->pager, first);
		stack_say(v->stack, "%s",
			goes_on(s) ? _("This is the end. + goes on, < goes back.") : _("This is the end. < goes back."));
		v->brief = true;
	}
	return true;
}

/* What means the same everywhere, whatever keys the member chose. */
static bool common_answer(struct line_view *v, const char *text)
{
	static const char *const verbs[][2] = {{"<", "back"}, {"?", "help"}, {"!", "actions"}};
	for (size_t i = 0; i < COUNT(verbs); i++)
		if (strcmp(text, verbs[i][0]) == 0) {
			stack_top(v->stack)->filtering = false;
			v->brief = v->stack->depth == 1 && text[0] == '<';
			return stack_run(v->stack, verbs[i][1]);
		}
	return false;
}

/* Also where letters are off as keys. */
static bool exit_answer(struct line_view *v, const char *text)
{
	return strcmp(text, "q") == 0 && stack_run(v->stack, "exit");
}

/* Enter alone gives what stands in the field, and a point alone nothing. */
static void give_answer(struct screen *s, const char *text)
{
	struct sbuf given = {0};
	if (strcmp(text, ".") != 0)
		sbuf_add(&given, text[0] == '\0' ? field_text(&s->answer) : text);
	field_set(&s->answer, NULL);
	view_edit_is_kept(s);
	s->ops->answer(s, sbuf_str(&given));
	if (given.p != NULL)
		explicit_bzero(given.p, given.cap);
	sbuf_fini(&given);
}

/* Where something is asked, only what can be no answer is a command. */
static bool asked_answer(struct line_view *v, struct screen *s, const char *text)
{
	bool command = strlen(text) == 1 && strchr("<?!", text[0]) != NULL;
	if (!command || !common_answer(v, text))
		give_answer(s, text);
	return true;
}

/* Where a question waits for something, Enter looks how far it is. */
static bool kind_answer(struct line_view *v, struct screen *s, const char *text)
{
	if (s->ops->kind == SCREEN_ASK)
		return text[0] == '\0';
	return s->ops->kind == SCREEN_LIST ? list_answer(v, s, text) : text_answer(v, s, text);
}

/* What the screen has as a key. */
static bool key_answer(struct screen *s, const char *text)
{
	struct key k;
	const struct binding *b = typed_key_parse(text, &k) ? keys_find(s, &k) : NULL;
	if (b == NULL)
		return false;
	b->run(s);
	return true;
}

/* The list of actions says which keys they have: those work there too. */
static bool action_answer(struct line_view *v, const struct screen *s, const char *text)
{
	struct screen *below = v->stack->depth > 1 ? v->stack->screen[v->stack->depth - 2] : NULL;
	struct key k;
	if (strcmp(s->ops->name, "actions") != 0 || !typed_key_parse(text, &k) || keys_find(below, &k) == NULL)
		return false;
	stack_back(v->stack);
	return key_answer(stack_top(v->stack), text);
}

/* "! 3", "m 3": first line 3 is chosen. */
static bool numbered_answer(struct line_view *v, struct screen *s, const char *text)
{
	const char *space = strchr(text, ' '), *digits = space != NULL ? space + 1 : text + 1;
	int64_t number;
	char *command = space == NULL ? arena_strdup(&s->mem, "!")
		: arena_strndup(&s->mem, text, (size_t)(space - text));
	struct key k;
	bool known = strcmp(command, "!") == 0 || (typed_key_parse(command, &k) && keys_find(s, &k) != NULL);
	if (s->ops->kind != SCREEN_LIST || !known || (space == NULL && text[0] != '!')
		|| !str_to_int(digits, 1, s->count, &number) || numbered(v, s, (int)number) == NULL)
		return false;
	return common_answer(v, command) || key_answer(s, command);
}

/* A text is read back or from its begin by the names of the keys that do so. */
static bool move_answer(struct line_view *v, const struct screen *s, const char *text)
{
	struct key k;
	bool moves = s->ops->kind == SCREEN_TEXT && key_parse(text, &k) &&
		(k.code == KEY_HOME || k.code == KEY_END || k.code == KEY_PAGE_UP || k.code == KEY_UP);
	if (moves)
		stack_key(v->stack, &k);
	return moves;
}

void line_answer(struct line_view *v, const char *text)
{
	struct screen *s = stack_top(v->stack);
	struct question q = {0};
	if (s->ops->kind == SCREEN_EDIT) {
		v->shown = !line_edit_answer(v->stack, text, &v->own_end);
	} else if (s->ops->kind == SCREEN_ASK && s->ops->ask(s, &q)) {
		asked_answer(v, s, text);
	} else if (s->filtering && strcmp(text, "<") != 0 && strcmp(text, "?") != 0) {
		filter_by(v, s, text);
	} else if (!common_answer(v, text) && !kind_answer(v, s, text) && !action_answer(v, s, text) &&
		!key_answer(s, text) && !exit_answer(v, text) && !numbered_answer(v, s, text) && !move_answer(v, s, text)) {
		stack_say(v->stack, _("kring does not know \"%s\" here. Type ? for help."), text);
		v->brief = true;
	}
}

void line_answer_key(struct line_view *v, const struct key *k)
{
	struct screen *s = stack_top(v->stack);
	const struct binding *b = keys_find(s, k);
	struct sbuf name = {0};
	if (b != NULL && typed_key_works(b)) {
		line_edit_close(s, &v->own_end);
		b->run(s);
		return;
	}
	key_says(k, &name);
	stack_say(v->stack, _("This key does nothing here: %s. Type ? for help."), sbuf_str(&name));
	v->brief = true;
	sbuf_fini(&name);
}
