#include "view_edit.h"

#include <string.h>

#include "str.h"
#include "text.h"

enum { Gutter = 2, LeastRows = 3, MaxNames = 12 };

static int heading_rows(const struct screen *s, int rows)
{
	int wanted = (int)s->text.count, room = rows - LeastRows;
	return wanted < room ? wanted : room < 0 ? 0 : room;
}

void view_edit_settle(struct screen *s, int rows)
{
	int heading = heading_rows(s, rows);
	pager_resize(&s->pager, heading);
	editor_resize(&s->editor, rows - heading, screen_text_width(s));
}

/* The names that fitted at the last Tab, while nothing else was typed. */
static bool can_go_on(const struct screen *s)
{
	const struct completion *c = &s->completion;
	return c->count > 1 && c->version == s->editor.version && c->end == s->editor.at;
}

static void put_name(struct screen *s, int number)
{
	struct completion *c = &s->completion;
	struct sbuf full = {0};
	c->number = number;
	sbuf_addf(&full, "%s ", c->name[number]);
	editor_replace(&s->editor, c->begin, s->editor.at, sbuf_str(&full));
	c->version = s->editor.version;
	c->end = s->editor.at;
	sbuf_fini(&full);
}

static void say_names(struct screen *s)
{
	const struct completion *c = &s->completion;
	struct sbuf names = {0};
	for (int i = 0; i < c->count; i++)
		sbuf_addf(&names, "%s%s", i > 0 ? ", " : "", c->name[i]);
	/* Translators: number of a name, how many there are, the names. */
	screen_say(s, _("Name %d of %d. Tab gives the next: %s"), c->number + 1, c->count, sbuf_str(&names));
	sbuf_fini(&names);
}

static void find_names(struct screen *s, const char *word, size_t n)
{
	struct completion *c = &s->completion;
	arena_reset(&s->rows_mem);
	const char *asked = arena_strndup(&s->rows_mem, word, n);
	*c = (struct completion){.name = ARENA_ARRAY(&s->rows_mem, MaxNames, const char *), .begin = s->editor.at - n};
	c->count = s->ops->complete(s, asked, c->name, MaxNames);
	if (c->count == 0)
		screen_say(s, _("There is no name that begins with %s."), asked);
	else
		put_name(s, 0);
}

static void complete(struct screen *s)
{
	const char *word;
	size_t n = editor_word(&s->editor, &word);
	if (s->ops->complete == NULL)
		screen_say(s, "%s", _("There are no names to complete here."));
	else if (can_go_on(s))
		put_name(s, (s->completion.number + 1) % s->completion.count);
	else if (n == 0)
		screen_say(s, "%s", _("Type @ and the start of a name, and then Tab."));
	else
		find_names(s, word, n);
	if (can_go_on(s))
		say_names(s);
}

bool view_edit_key(struct screen *s, const struct key *k)
{
	if (k->code == KEY_TAB && !s->editor.pasting) {
		complete(s);
		return true;
	}
	return editor_key(&s->editor, k);
}

void view_edit_check(struct screen *s)
{
	if (s->editor.full)
		screen_say(s, "%s", _("This text is full. What did not fit was left out."));
	s->editor.full = false;
}

void view_edit_draw(const struct screen *s, struct canvas *c, int row)
{
	pager_draw(&s->pager, &s->text, c, row, Gutter, c->cols - Gutter);
	editor_draw(&s->editor, c, row + s->pager.rows, 0);
}

void view_edit_position(const struct screen *s, struct sbuf *out)
{
	int line, lines;
	editor_place(&s->editor, &line, &lines);
	/* Translators: place in a text that is being written, "line 3 of 12". */
	sbuf_addf(out, _("line %d of %d"), line, lines);
}

void view_edit_outside(struct screen *s)
{
	const struct host *h = s->ctx->host;
	struct editor *e = &s->editor;
	struct sbuf out = {0};
	struct error err;
	view_edit_save(s);
	if (h == NULL || h->edit_outside == NULL)
		screen_say(s, "%s", _("Your own editor cannot be opened here."));
	else if (!h->edit_outside(h->self, editor_text(e), &out, &err))
		screen_say_error(s, &err);
	else if (strcmp(sbuf_str(&out), editor_text(e)) != 0)
		editor_replace(e, 0, e->text.n, sbuf_str(&out));
	sbuf_fini(&out);
}

static uint64_t answer_hash(const struct screen *s)
{
	const char *text = field_text(&s->answer);
	return str_hash(text, strlen(text));
}

bool view_edit_changed(const struct screen *s)
{
	if (s->ops->kind == SCREEN_ASK)
		return s->ops->save != NULL && answer_hash(s) != s->kept_answer;
	return s->ops->kind == SCREEN_EDIT && s->editor.version != s->kept_version;
}

void view_edit_is_kept(struct screen *s)
{
	s->kept_version = s->editor.version;
	s->kept_answer = answer_hash(s);
}

void view_edit_save(struct screen *s)
{
	bool changed = view_edit_changed(s);
	s->save_due_ms = 0;
	view_edit_is_kept(s);
	if (changed && s->ops->save != NULL)
		s->ops->save(s);
}
