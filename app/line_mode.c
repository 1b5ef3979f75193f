#include "line_mode.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "begin.h"
#include "clock.h"
#include "command.h"
#include "keys.h"
#include "line_choice.h"
#include "line_edit.h"
#include "setting_link.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "typed.h"
#include "utf8.h"
#include "view.h"
#include "view_edit.h"

enum { PageItems = 10, PageLines = 20, WriteMs = 2000, FrameRows = 4, LineCols = 80, MaxLine = 8000 };

struct lines {
	struct program *program;
	struct stack *stack;
	int first;            /* item the page of a list begins with; of a text it is the line with the focus */
	bool fresh;           /* the screen was not shown yet: its path comes first */
	bool ended;           /* the input ended */
};

static void say(const char *text)
{
	call_write(STDOUT_FILENO, text, strlen(text));
}

static void say_line(const char *text)
{
	say(text);
	say("\n");
}

static void show_list(struct lines *l, struct screen *s)
{
	struct sbuf b = {0};
	int n = s->count - l->first < PageItems ? s->count - l->first : PageItems;
	const struct row *row = view_rows(s, l->first, n);
	n = s->row_count;
	for (int i = 0; i < n; i++) {
		sbuf_addf(&b, "%d. %s", l->first + i + 1, row[i].title);
		if (!str_empty(row[i].state))
			sbuf_addf(&b, ", %s", row[i].state);
		sbuf_addc(&b, '\n');
		if (!str_empty(row[i].detail))
			sbuf_addf(&b, "   %s\n", row[i].detail);
	}
	if (s->count == 0)
		sbuf_addf(&b, "%s\n", view_empty(s, &s->rows_mem));
	else if (l->first + n < s->count)
		sbuf_addf(&b, _("%d of %d. Enter shows more.\n"), l->first + n, s->count);
	else
		sbuf_addf(&b, "%s\n", s->end != NULL ? s->end : _("End of list."));
	say(sbuf_str(&b));
	sbuf_fini(&b);
}

static void add_choices(const struct screen *s, struct sbuf *out)
{
	struct line_choice choice[LINE_CHOICES];
	int n = line_choices(s, s->pager.cursor, s->pager.cursor + PageLines, choice);
	line_choices_show(choice, n, out);
}

/* What stands in the field of a question already. */
static void add_default(const struct screen *s, struct sbuf *out)
{
	struct question q = {0};
	const char *now = field_text(&s->answer);
	if (s->ops->kind == SCREEN_ASK && now[0] != '\0' && s->ops->ask((struct screen *)(uintptr_t)s, &q) && !q.secret) {
		sbuf_addf(out, _("Enter keeps: %s"), now);
		sbuf_addc(out, '\n');
	}
}

/* A text that is a window of a longer one says itself where it ends. */
static void show_text(const struct screen *s)
{
	struct sbuf b = {0};
	int first = s->pager.cursor, end = first + PageLines;
	bool question = s->ops->kind == SCREEN_ASK;
	for (int i = question ? 0 : first; i < (int)s->text.count && (question || i < end); i++) {
		styled_line_text(&s->text.line[i], &b);
		sbuf_addc(&b, '\n');
	}
	if (!question && end < (int)s->text.count)
		sbuf_addf(&b, "%s\n", _("Enter shows more."));
	else if (!question && s->ops->edge == NULL)
		sbuf_addf(&b, "%s\n", _("End of the text."));
	add_choices(s, &b);
	add_default(s, &b);
	say(sbuf_str(&b));
	sbuf_fini(&b);
}

static void show_edit(const struct screen *s)
{
	struct sbuf b = {0};
	line_edit_show(s, &b);
	say(sbuf_str(&b));
	sbuf_fini(&b);
}

static void show_message(struct lines *l)
{
	if (l->stack->message[0] != '\0')
		say_line(l->stack->message);
	else if (l->stack->status[0] != '\0' && l->fresh)
		say_line(l->stack->status);
	l->stack->message[0] = '\0';
}

static void show(struct lines *l)
{
	struct screen *s = stack_top(l->stack);
	struct sbuf path = {0};
	stack_path(l->stack, &path);
	if (l->fresh) {
		/* The page with the item that is chosen: the one the member came back from. */
		l->first = s->list.cursor - s->list.cursor % PageItems;
		say("\n");
		say_line(sbuf_str(&path));
	}
	show_message(l);
	if (s->ops->kind == SCREEN_LIST)
		show_list(l, s);
	else if (s->ops->kind == SCREEN_EDIT && l->fresh)
		show_edit(s);
	else if (s->ops->kind != SCREEN_EDIT)
		show_text(s);
	l->fresh = false;
	sbuf_fini(&path);
}

static void add_prompt(const struct screen *s, struct question *q, struct sbuf *out)
{
	if (s->ops->kind == SCREEN_ASK && s->ops->ask((struct screen *)(uintptr_t)s, q))
		sbuf_add(out, q->label);
	else if (s->ops->kind == SCREEN_LIST)
		sbuf_add(out, _("Number, < back, ? help"));
	else
		/* Translators: the signs are commands. */
		sbuf_addf(out, _("Enter, %s actions, < back, ? help"), "!");
}

/* One line without its end; false when the input ended. */
static bool read_line(struct sbuf *out, bool secret)
{
	struct sbuf raw = {0};
	bool ok = typed_line(&raw, MaxLine, secret);
	utf8_clean(out, sbuf_str(&raw), raw.n, 0, MaxLine);
	if (raw.p != NULL)
		explicit_bzero(raw.p, raw.cap);
	sbuf_fini(&raw);
	return ok;
}

static void send_key(struct lines *l, const char *name)
{
	struct key k;
	if (key_parse(name, &k))
		stack_key(l->stack, &k);
}

/* What the member saw under that number, also when the store changed since. */
static void choose(struct screen *s, int number)
{
	int at = number - 1 - s->row_first;
	const struct row *row = at >= 0 && at < s->row_count ? &s->row[at] : view_rows(s, number - 1, 1);
	if (row->title == NULL)
		return;
	list_go(&s->list, number - 1);
	s->ops->enter(s, row);
}

static bool list_answer(struct lines *l, struct screen *s, const char *text)
{
	int64_t number;
	if (str_to_int(text, 1, s->count, &number)) {
		choose(s, (int)number);
		return true;
	}
	if (text[0] == '\0') {
		l->first = l->first + PageItems < s->count ? l->first + PageItems : 0;
		return true;
	}
	if (s->ops->filter && (text[0] == '/' || strcmp(s->ops->name, "search") == 0)) {
		field_set(&s->filter, text + (text[0] == '/'));
		s->filtering = false;
		s->loaded = false;
		l->first = 0;
		return true;
	}
	return false;
}

/* The line after the last one of this window; the window moves on over it. */
static bool next_window(struct lines *l, struct screen *s)
{
	pager_go(&s->pager, (int)s->text.count - 1);
	if (s->ops->edge == NULL || !s->ops->edge(s, 1))
		return false;
	stack_settle(l->stack);
	pager_go(&s->pager, s->pager.cursor + 1);
	return true;
}

static bool open_choice(struct screen *s, const char *text)
{
	struct line_choice choice[LINE_CHOICES];
	int64_t number;
	int n = line_choices(s, s->pager.cursor, s->pager.cursor + PageLines, choice);
	if (!str_to_int(text, 1, n, &number))
		return false;
	line_choice_open(s, &choice[number - 1]);
	return true;
}

static bool text_answer(struct lines *l, struct screen *s, const char *text)
{
	int first = s->pager.cursor;
	if (text[0] != '\0')
		return open_choice(s, text);
	if (first + PageLines < (int)s->text.count) {
		pager_go(&s->pager, first + PageLines);
	} else if (!next_window(l, s)) {
		pager_go(&s->pager, first);
		stack_say(l->stack, "%s", _("This is the end. < goes back."));
	}
	return true;
}

static bool is_key_of_screen(const struct lines *l, const char *text)
{
	struct key k;
	return key_parse(text, &k) && keys_find(stack_top(l->stack), &k) != NULL;
}

/* What means the same everywhere. */
static bool common_answer(struct lines *l, const char *text)
{
	static const char *const keys[][2] = {{"<", "Esc"}, {"?", "F1"}};
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		if (strcmp(text, keys[i][0]) == 0) {
			send_key(l, keys[i][1]);
			return true;
		}
	/* Also where letters are off as keys, but not when the member gave it to something else. */
	if (strcmp(text, "q") == 0 && !is_key_of_screen(l, text))
		return stack_run(l->stack, "exit");
	if (strcmp(text, "!") != 0)
		return false;
	stack_go(l->stack, &(struct target){.screen = "actions"});
	return true;
}

/* Enter alone gives what stands in the field. */
static void give_answer(struct screen *s, const char *text)
{
	struct sbuf given = {0};
	sbuf_add(&given, text[0] == '\0' ? field_text(&s->answer) : text);
	field_set(&s->answer, NULL);
	view_edit_is_kept(s);
	s->ops->answer(s, sbuf_str(&given));
	if (given.p != NULL)
		explicit_bzero(given.p, given.cap);
	sbuf_fini(&given);
}

static bool kind_answer(struct lines *l, struct screen *s, const char *text)
{
	struct question q = {0};
	if (s->ops->kind == SCREEN_ASK && s->ops->ask(s, &q)) {
		give_answer(s, text);
		return true;
	}
	return s->ops->kind == SCREEN_LIST ? list_answer(l, s, text) : text_answer(l, s, text);
}

/* A letter that the screen has as a key. */
static bool key_answer(struct lines *l, struct screen *s, const char *text)
{
	struct key k;
	const struct binding *b = key_parse(text, &k) ? keys_find(s, &k) : NULL;
	if (b == NULL)
		return false;
	b->run(s);
	return true;
}

/* A text is read back or from its begin by the names of the keys that do so. */
static bool move_answer(struct lines *l, const struct screen *s, const char *text)
{
	struct key k;
	bool moves = s->ops->kind == SCREEN_TEXT && key_parse(text, &k) &&
		(k.code == KEY_HOME || k.code == KEY_END || k.code == KEY_PAGE_UP || k.code == KEY_UP);
	if (moves)
		stack_key(l->stack, &k);
	return moves;
}

static void handle(struct lines *l, const char *text)
{
	struct screen *s = stack_top(l->stack);
	struct question q = {0};
	bool asked = s->ops->kind == SCREEN_ASK && s->ops->ask(s, &q);
	l->program->ctx.now_ms = clock_now_ms();
	if (s->ops->kind == SCREEN_EDIT) {
		l->fresh = line_edit_answer(l->stack, text);
		return;
	}
	if (!(asked && text[0] != '<' && text[0] != '?') && common_answer(l, text))
		return;
	if (!kind_answer(l, s, text) && !key_answer(l, s, text) && !move_answer(l, s, text))
		stack_say(l->stack, _("kring does not know \"%s\" here. Type ? for help."), text);
}

static void say_prompt(const struct screen *s, struct question *q)
{
	struct sbuf b = {0};
	if (s->ops->kind == SCREEN_EDIT)
		line_edit_prompt(s, &b);
	else
		add_prompt(s, q, &b);
	sbuf_add(&b, ": ");
	say(sbuf_str(&b));
	sbuf_fini(&b);
}

static bool more_is_typed(void)
{
	return poll(&(struct pollfd){.fd = STDIN_FILENO, .events = POLLIN}, 1, 0) > 0;
}

/* What the member did is in the store before the next question. Of a text that comes in at once only the end is waited
 * for. */
static void keep_work(struct lines *l)
{
	struct program *p = l->program;
	struct error err;
	if (stack_top(l->stack)->ops->kind == SCREEN_EDIT && more_is_typed())
		return;
	stack_save_texts(l->stack);
	setting_link_wait(p, WriteMs);
	setting_link_tell(p);
	if (p->posted == 0)
		return;
	stack_changed(l->stack, network_wait(&p->network, p->posted, WriteMs));
	p->posted = 0;
	if (network_trouble(&p->network, &err))
		stack_say_error(l->stack, &err);
}

/* Work that was asked for is waited for here, so that its result stands before the next question. */
static void wait_for_work(struct lines *l)
{
	struct program *p = l->program;
	struct error err;
	bool asked = p->ctx.waiting;
	while (p->ctx.waiting && network_busy(&p->network)) {
		poll(&(struct pollfd){.fd = p->network.wake_read, .events = POLLIN}, 1, 500);
		stack_changed(l->stack, network_changed(&p->network));
	}
	p->ctx.waiting = false;
	program_reopen_store(p);
	stack_changed(l->stack, network_changed(&p->network));
	if (program_store_moved(p))
		stack_changed(l->stack, STORE_ALL);
	if (p->login != NULL)
		stack_changed(l->stack, STORE_SITE);
	if (asked && (network_trouble(&p->network, &err) || network_calendar_trouble(&p->network, &err)))
		stack_say_error(l->stack, &err);
}

static void step(struct lines *l)
{
	struct question q = {0};
	struct sbuf text = {0};
	wait_for_work(l);
	stack_settle(l->stack);
	if (stack_top(l->stack)->ops->kind == SCREEN_LIST)
		stack_top(l->stack)->filtering = false;
	show(l);
	stack_settle(l->stack);
	say_prompt(stack_top(l->stack), &q);
	unsigned opened = l->stack->opened;
	int depth = l->stack->depth;
	l->ended = !read_line(&text, q.secret);
	if (!l->ended)
		handle(l, sbuf_str(&text));
	keep_work(l);
	if (l->stack->opened != opened || l->stack->depth != depth) {
		l->first = 0;
		l->fresh = true;
	}
	if (text.p != NULL)
		explicit_bzero(text.p, text.cap);
	sbuf_fini(&text);
}

int line_mode_run(struct program *p)
{
	struct error err;
	struct lines l = {.program = p, .fresh = true};
	struct arena a = {0};
	if (!network_init(&p->network, &err))
		return EXIT_FAILED;
	program_connect(p);
	for (const struct config_problem *c = p->problems; c != NULL; c = c->next)
		say_line(config_problem_text(c, &a));
	if (p->problems != NULL)
		say_line(config_problem_advice());
	l.stack = stack_new(&p->ctx, PageLines + FrameRows, LineCols);
	l.stack->lines = true;
	program_welcome(p);
	begin_after_absence(p);
	if (begin_says(p, &a) != NULL)
		stack_say(l.stack, "%s", begin_says(p, &a));
	if (!program_start(p, &err))
		stack_say_error(l.stack, &err);
	begin_visit(p);
	while (!p->leaving && !l.ended) {
		program_follow_symbols(p);
		step(&l);
	}
	begin_end_visit(p);
	setting_link_end(p);
	stack_free(l.stack);
	arena_fini(&a);
	return EXIT_OK;
}
