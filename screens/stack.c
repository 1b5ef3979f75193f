#include "stack.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "blank.h"
#include "clock.h"
#include "frame.h"
#include "keys.h"
#include "mem.h"
#include "panels.h"
#include "panic.h"
#include "screens.h"
#include "str.h"
#include "text.h"
#include "utf8.h"
#include "view.h"
#include "view_edit.h"

enum { SaveMs = 1500, BurstKeys = 32 };

struct stack *stack_new(struct context *ctx, int rows, int cols)
{
	struct stack *st = xcalloc(1, sizeof *st);
	st->ctx = ctx;
	st->rows = rows;
	st->cols = cols;
	ctx->stack = st;
	stack_go(st, &(struct target){.screen = "start"});
	return st;
}

static void screen_free(struct screen *s)
{
	view_edit_save(s);
	asked_leave(s);
	if (s->ops->close != NULL)
		s->ops->close(s);
	editor_fini(&s->editor);
	field_fini(&s->filter);
	field_fini(&s->answer);
	arena_fini(&s->own);
	arena_fini(&s->mem);
	arena_fini(&s->rows_mem);
	arena_fini(&s->text_mem);
	free(s->state);
	free(s);
}

static void drop_beside(struct stack *st)
{
	if (st->beside != NULL)
		screen_free(st->beside);
	st->beside = st->beside_of = NULL;
}

/* A list takes the text beside it along. */
static void drop(struct stack *st, struct screen *s)
{
	if (s == st->beside_of)
		drop_beside(st);
	screen_free(s);
}

void stack_free(struct stack *st)
{
	if (st == NULL)
		return;
	while (st->depth > 0)
		drop(st, st->screen[--st->depth]);
	asked_fini(&st->asked);
	st->ctx->stack = NULL;
	free(st);
}

struct screen *stack_top(const struct stack *st)
{
	return st->screen[st->depth - 1];
}

/* A path that is too deep loses its oldest step after Start, so that there is always room. */
static void make_room(struct stack *st)
{
	if (st->depth < STACK_DEPTH)
		return;
	drop(st, st->screen[1]);
	memmove(&st->screen[1], &st->screen[2], (size_t)(st->depth - 2) * sizeof st->screen[0]);
	st->depth--;
}

static bool is_same(const struct target *a, const struct target *b)
{
	return strcmp(a->screen, b->screen) == 0 && a->id == b->id && a->id2 == b->id2 && a->number == b->number
		&& str_equal(a->text, b->text);
}

/* The text beside the list gets the focus again when it is what the member opens; another one takes its place. */
static bool reopen_beside(struct stack *st, const struct target *to)
{
	if (st->beside == NULL || st->beside_of != stack_top(st) || !panels_belong(st, stack_top(st), to->screen))
		return false;
	if (!is_same(&st->beside->target, to) || st->depth == STACK_DEPTH) {
		drop_beside(st);
		return false;
	}
	st->screen[st->depth++] = st->beside;
	st->beside->stale = true;
	st->beside = st->beside_of = NULL;
	st->opened++;
	stack_settle(st);
	return true;
}

void stack_go(struct stack *st, const struct target *to)
{
	const struct screen_ops *ops = screens_find(to->screen);
	ensure(ops != NULL);
	if (st->depth > 0)
		view_edit_save(stack_top(st));
	if (reopen_beside(st, to))
		return;
	struct screen *s = xcalloc(1, sizeof *s);
	*s = (struct screen){.ops = ops, .ctx = st->ctx, .target = *to, .state = xcalloc(1, ops->state_size),
		.title = "",
		.link = -1};
	s->target.screen = ops->name;
	s->target.text = arena_strdup(&s->own, to->text);
	make_room(st);
	st->screen[st->depth++] = s;
	st->opened++;
	if (ops->open != NULL)
		ops->open(s);
	stack_settle(st);
}

static void close_top(struct stack *st)
{
	drop(st, stack_top(st));
	st->screen[--st->depth] = NULL;
}

/* A text that is left for its list stays to be seen beside it. */
static void leave_top(struct stack *st)
{
	struct screen *s = stack_top(st), *list = st->screen[st->depth - 2];
	if (s->ops->kind != SCREEN_TEXT || !panels_belong(st, list, s->ops->name)) {
		close_top(st);
		return;
	}
	drop_beside(st);
	if (s->ops->close != NULL)
		s->ops->close(s);
	s->link = -1;
	st->beside = s;
	st->beside_of = list;
	st->screen[--st->depth] = NULL;
}

void stack_replace(struct stack *st, const struct target *to)
{
	if (st->depth > 1)
		close_top(st);
	stack_go(st, to);
}

void stack_back(struct stack *st)
{
	struct screen *s = stack_top(st);
	asked_leave(s);
	if (s->ops->back != NULL && s->ops->back(s))
		return;
	if (st->depth == 1) {
		stack_say(st, "%s", keys_fill(s, _("This is the first screen. Leave kring with {exit}."), &s->rows_mem));
		return;
	}
	leave_top(st);
	stack_top(st)->stale = true;
	stack_settle(st);
}

void stack_say(struct stack *st, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(st->message, sizeof st->message, fmt, ap);
	va_end(ap);
	utf8_cut_partial(st->message);
	said_add(&st->said, st->ctx->now_ms, st->message);
}

void stack_say_error(struct stack *st, const struct error *err)
{
	stack_say(st, "%s %s %s", err->what, error_kept(err), error_todo(err));
}

void stack_resize(struct stack *st, int rows, int cols)
{
	st->rows = rows;
	st->cols = cols;
	for (int i = 0; i < st->depth; i++) {
		st->screen[i]->text_stale = true;
		st->screen[i]->row_count = 0;
	}
	if (st->beside != NULL)
		st->beside->text_stale = true;
	stack_settle(st);
}

void stack_changed(struct stack *st, unsigned aggregates)
{
	for (int i = 0; i < st->depth; i++)
		if (st->screen[i]->ops->aggregates & aggregates)
			st->screen[i]->stale = true;
	if (st->beside != NULL && (st->beside->ops->aggregates & aggregates))
		st->beside->stale = true;
}

void stack_renew(struct stack *st)
{
	for (int i = 0; i < st->depth; i++) {
		struct screen *s = st->screen[i];
		if (s->ops->kind != SCREEN_LIST && s->ops->kind != SCREEN_TEXT)
			continue;
		s->stale = true;
		if (i + 1 < st->depth)
			view_settle(s, frame_body_rows(st));
	}
}

static void settle_status(struct stack *st)
{
	struct sbuf status = {0};
	bool stays = frame_status(st->ctx, &status), same = strcmp(st->status, sbuf_str(&status)) == 0;
	snprintf(st->status, sizeof st->status, "%s", sbuf_str(&status));
	utf8_cut_partial(st->status);
	if (stays && !same && st->status[0] != '\0')
		said_add(&st->said, st->ctx->now_ms, st->status);
	sbuf_fini(&status);
}

void stack_settle(struct stack *st)
{
	settle_status(st);
	view_settle(stack_top(st), frame_body_rows(st));
	struct screen *left = panels_left(st), *right = panels_right(st);
	if (left != NULL && left != stack_top(st))
		view_settle(left, frame_body_rows(st));
	if (right != NULL && right != stack_top(st))
		view_settle(right, frame_body_rows(st));
}

void stack_path(const struct stack *st, struct sbuf *out)
{
	for (int i = st->depth > 1; i < st->depth; i++)
		sbuf_addf(out, "%s%s", i > 1 ? " > " : "", st->screen[i]->title);
}

static bool is_passing(const struct screen *s)
{
	static const char *const names[] = {"help", "actions", "link", "login", "confirm", "flag", "flag_words",
		"bookmark", "draft_offer"};
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(s->ops->name, names[i]) == 0)
			return true;
	return false;
}

void stack_save(const struct stack *st, struct sbuf *out)
{
	for (int i = 1; i < st->depth && !is_passing(st->screen[i]); i++) {
		const struct target *t = &st->screen[i]->target;
		sbuf_addf(out, "%s %lld %lld %d %s\n", t->screen, (long long)t->id, (long long)t->id2, t->number,
			str_or_empty(t->text));
	}
}

static void restore_line(struct stack *st, char *line)
{
	char name[32];
	long long id, id2;
	int number, used = 0;
	if (sscanf(line, "%31s %lld %lld %d %n", name, &id, &id2, &number, &used) != 4 || screens_find(name) == NULL)
		return;
	const char *text = used > 0 && line[used] != '\0' ? &line[used] : NULL;
	stack_go(st, &(struct target){.screen = name, .id = id, .id2 = id2, .number = number, .text = text});
}

void stack_restore(struct stack *st, const char *saved)
{
	char *copy = xstrdup(str_or_empty(saved)), *rest = copy;
	for (char *line; (line = strsep(&rest, "\n")) != NULL;)
		if (*line != '\0')
			restore_line(st, line);
	free(copy);
}

static bool run_binding(struct stack *st, const struct binding *b)
{
	if (b == NULL)
		return false;
	b->run(stack_top(st));
	return true;
}

bool stack_run(struct stack *st, const char *verb)
{
	const struct screen *s = stack_top(st);
	const struct binding *tables[] = {s->ops->keys, global_keys};
	for (size_t i = 0; i < COUNT(tables); i++)
		for (const struct binding *b = tables[i]; b != NULL && b->key != NULL; b++)
			if (strcmp(b->verb, verb) == 0)
				return run_binding(st, b);
	return false;
}

static void nothing_here(struct stack *st, const struct key *k)
{
	struct sbuf name = {0};
	key_says(k, &name);
	stack_say(st, stack_top(st)->ops->kind == SCREEN_EDIT ? _("This key does nothing here: %s. Press F1 for help.")
		: _("This key does nothing here: %s. Press ? for help."), sbuf_str(&name));
	sbuf_fini(&name);
}

/* Text that was pasted is never a command. */
static bool paste_key(struct stack *st, const struct key *k)
{
	if (k->code == KEY_PASTE_BEGIN || k->code == KEY_PASTE_END) {
		st->pasting = k->code == KEY_PASTE_BEGIN;
		view_typing_key(stack_top(st), k);
		return true;
	}
	if (!st->pasting)
		return false;
	view_typing_key(stack_top(st), k);
	return true;
}

/* Only an editor moves by words. */
static struct key plain_arrow(const struct stack *st, const struct key *k)
{
	if (stack_top(st)->ops->kind == SCREEN_EDIT || (k->code != KEY_WORD_LEFT && k->code != KEY_WORD_RIGHT))
		return *k;
	return (struct key){.code = k->code == KEY_WORD_LEFT ? KEY_LEFT : KEY_RIGHT};
}

/* Letters are text here, and come as quickly as the member types. */
static bool is_typing(const struct stack *st)
{
	struct screen *s = stack_top(st);
	struct question q = {0};
	if (s->ops->kind == SCREEN_ASK)
		return st->pasting || s->ops->ask(s, &q);
	return st->pasting || s->filtering || s->ops->kind == SCREEN_EDIT;
}

/* A letter that moves is a letter while somebody types; the other keys of the member's own move in a text too. */
static struct key moving(const struct stack *st, const struct key *k)
{
	return k->code == KEY_TEXT && (st->pasting || is_typing(st)) ? *k : keys_move(st->ctx->config, k);
}

static void before_key(struct stack *st)
{
	st->message[0] = '\0';
	/* Trouble with reading is said again when it is still there. */
	if (st->ctx->store != NULL)
		store_trouble_clear(st->ctx->store);
	stack_settle(st);
}

static void after_key(struct stack *st)
{
	struct screen *s = stack_top(st);
	view_edit_check(s);
	if (view_edit_changed(s) && s->save_due_ms == 0)
		s->save_due_ms = clock_mono_ms() + SaveMs;
	stack_settle(st);
}

static bool comes_too_soon(struct stack *st, const struct key *k)
{
	int within_ms = st->ctx->config->key_repeat_guard;
	if (within_ms == 0 || k->code == KEY_PASTE_BEGIN || k->code == KEY_PASTE_END || is_typing(st))
		return false;
	return key_guard_repeats(&st->guard, k, clock_mono_ms(), within_ms);
}

/* The key after a letter that waits for Enter. */
static bool answers_letter(struct stack *st, const struct key *k)
{
	struct key letter;
	bool cancelled;
	if (key_guard_answer(&st->guard, k, &letter, &cancelled))
		return run_binding(st, keys_find(stack_top(st), &letter));
	if (cancelled)
		stack_say(st, "%s", _("Nothing was done."));
	return cancelled;
}

static bool pressed_for(struct stack *st, const struct key *k)
{
	struct screen *s = stack_top(st);
	return s->ops->press != NULL && !st->pasting && s->ops->press(s, k);
}

static bool run_key(struct stack *st, const struct key *k)
{
	const struct binding *b = keys_find(stack_top(st), k);
	if (b == NULL || !st->ctx->config->confirm_letters || !keys_is_letter(st->ctx->config, b))
		return run_binding(st, b);
	key_guard_ask(&st->guard, k);
	/* Translators: a letter, and what it does. */
	stack_say(st, _("%s: %s. Press Enter to do it."), k->text, _(b->says));
	return true;
}

void stack_key(struct stack *st, const struct key *pressed)
{
	struct key own = moving(st, pressed), k = plain_arrow(st, &own);
	if (k.code == KEY_NONE || k.code == KEY_RESIZE || k.code == KEY_EOF)
		return;
	if (st->hidden) {
		blank_key(st, &k);
		return;
	}
	if (comes_too_soon(st, &k))
		return;
	/* The end of a paste does not hide what was said of it. */
	if (k.code != KEY_PASTE_END)
		before_key(st);
	if (!pressed_for(st, pressed) && !paste_key(st, &k) && !answers_letter(st, &k)
		&& !view_typing_key(stack_top(st), &k) && !run_key(st, &k) &&
		!view_key(stack_top(st), &k))
		nothing_here(st, &k);
	after_key(st);
}

/* Where a paste is not marked as one, many keys at once are one; then a Tab in it is text too. */
static const char *typed_text(const struct stack *st, const struct key *k, size_t n)
{
	if (k->code == KEY_TEXT)
		return k->text;
	if (k->code == KEY_ENTER)
		return "\n";
	return k->code == KEY_TAB && (st->pasting || n >= BurstKeys) ? "\t" : NULL;
}

size_t stack_typed(struct stack *st, const struct key *keys, size_t n)
{
	struct screen *s = stack_top(st);
	struct sbuf text = {0};
	size_t used = 0;
	const char *one;
	if (s->ops->kind != SCREEN_EDIT || st->hidden)
		return 0;
	for (; used < n && (one = typed_text(st, &keys[used], n)) != NULL; used++)
		sbuf_add(&text, one);
	if (used > 0) {
		before_key(st);
		editor_type(&s->editor, sbuf_str(&text));
		after_key(st);
	}
	sbuf_fini(&text);
	return used;
}

int64_t stack_due_ms(const struct stack *st)
{
	int64_t due = 0;
	for (int i = 0; i < st->depth; i++)
		if (st->screen[i]->save_due_ms != 0 && (due == 0 || st->screen[i]->save_due_ms < due))
			due = st->screen[i]->save_due_ms;
	return due;
}

void stack_save_texts(struct stack *st)
{
	for (int i = 0; i < st->depth; i++)
		view_edit_save(st->screen[i]);
}

void stack_draw(const struct stack *st, struct canvas *c)
{
	frame_draw(st, c);
}
