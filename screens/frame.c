#include "frame.h"

#include <string.h>

#include "blank.h"
#include "keys.h"
#include "panels.h"
#include "str.h"
#include "sync_store.h"
#include "text.h"
#include "view.h"
#include "width.h"

enum { Top = 2, Keys = 1, StatusRows = 4, LeastRows = 3, MaxBarKeys = 6 };

static const char *status_words(const struct stack *st)
{
	return st->message[0] != '\0' ? st->message : st->status;
}

static struct styled cut_status(const struct stack *st, struct arena *a)
{
	struct styled text = {0};
	struct styled_builder b = {0};
	styled_begin(&b, &text, a, st->cols < STYLED_WIDTH_MIN ? STYLED_WIDTH_MIN : st->cols);
	styled_add(&b, ROLE_STATUS, status_words(st));
	styled_end(&b);
	return text;
}

/* One row, unless what is said needs more and the screen keeps a few. */
static int status_rows(const struct stack *st)
{
	struct arena a = {0};
	int rows = width_cols(status_words(st)) <= st->cols ? 1 : (int)cut_status(st, &a).count;
	int room = st->rows - Top - Keys - LeastRows;
	arena_fini(&a);
	if (rows > StatusRows)
		rows = StatusRows;
	return rows < room ? rows : room < 1 ? 1 : room;
}

int frame_body_rows(const struct stack *st)
{
	int rows = st->rows - Top - Keys - status_rows(st);
	return rows < 1 ? 1 : rows;
}

int frame_most_rows(const struct stack *st)
{
	return st->rows - Top - Keys - 1;
}

/* The place ("post 3 of 12") is never cut. The path is cut from the left, so that its last part stays readable. */
static void draw_title(const struct stack *st, struct canvas *c)
{
	struct sbuf path = {0}, place = {0}, fit = {0};
	stack_path(st, &path);
	view_position(stack_top(st), &place);
	int room = c->cols - (place.n > 0 ? width_cols(sbuf_str(&place)) + 2 : 0), at = 0;
	const char *s = sbuf_str(&path);
	while (at + width_cols(s) > room && strstr(s, " > ") != NULL) {
		s = strstr(s, " > ") + 3;
		at = 4;
	}
	if (at > 0)
		canvas_add(c, 0, 0, -1, ROLE_TITLE, "… > ");
	width_add(&fit, s, room - at, 0);
	at += canvas_add(c, 0, at, room - at, ROLE_TITLE, sbuf_str(&fit));
	if (place.n > 0)
		canvas_addf(c, 0, at, -1, ROLE_TITLE, ", %s", sbuf_str(&place));
	sbuf_fini(&fit);
	sbuf_fini(&path);
	sbuf_fini(&place);
}

static const char *phase_words(const char *phase)
{
	static const char *const words[][2] = {
		{"site", N_("Fetching the community")}, {"members", N_("Fetching members")},
		{"categories", N_("Fetching categories")}, {"topics", N_("Fetching topics")},
			{"posts", N_("Fetching posts")},
		{"events", N_("Fetching meetings")}, {"messages", N_("Fetching messages")},
			{"notices", N_("Fetching notices")},
	};
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (str_equal(phase, words[i][0]))
			return _(words[i][1]);
	return _("Fetching");
}

/* "[####----] ": words follow it, so that it is never the only thing that says how far. */
static void add_bar_of(int64_t done, int64_t total, struct sbuf *out)
{
	enum { Cells = 20 };
	size_t full = done >= total ? Cells : done <= 0 ? 0 : (size_t)(done * Cells / total);
	sbuf_addc(out, '[');
	sbuf_repeat(out, '#', full);
	sbuf_repeat(out, '-', Cells - full);
	sbuf_add(out, "] ");
}

static void add_progress(const struct context *ctx, const struct sync_status *sync, struct sbuf *out)
{
	if (ctx->config->progress == PROGRESS_BAR && sync->total > 0)
		add_bar_of(sync->done, sync->total, out);
	if (ctx->config->progress == PROGRESS_OFF)
		sbuf_add(out, _("Fetching."));
	else if (sync->total > 0)
		/* Translators: what is fetched, how many are there, how many there will be. */
		sbuf_addf(out, _("%s: %lld of %lld."), phase_words(sync->phase), (long long)sync->done,
			(long long)sync->total);
	else if (sync->done > 0)
		sbuf_addf(out, _("%s: %lld."), phase_words(sync->phase), (long long)sync->done);
	else
		sbuf_addf(out, "%s.", phase_words(sync->phase));
}

static void add_error(const struct error *err, const char *what, struct sbuf *out)
{
	sbuf_addf(out, "%s %s %s", what, error_kept(err), error_todo(err));
}

static void add_no_store(const struct context *ctx, struct sbuf *out)
{
	const struct error *err = ctx->store_error;
	if (ctx->account == NULL)
		sbuf_add(out, _("You are not logged in."));
	else if (err == NULL || err->kind == ERR_NONE || err->kind == ERR_NOT_FOUND)
		sbuf_add(out, _("Nothing has been fetched yet."));
	else
		add_error(err, err->what, out);
}

bool frame_status(const struct context *ctx, struct sbuf *out)
{
	struct arena a = {0};
	if (ctx->store == NULL) {
		add_no_store(ctx, out);
		return true;
	}
	struct sync_status sync = sync_store_status(ctx->store, &a);
	const struct error *trouble = store_trouble(ctx->store);
	bool busy = trouble == NULL && sync.running && (!sync.complete || ctx->waiting);
	if (trouble != NULL)
		add_error(trouble, trouble->what, out);
	else if (busy)
		add_progress(ctx, &sync, out);
	else if (sync.error == ERR_OFFLINE)
		sbuf_add(out, _("Offline. You can still read."));
	else if (sync.error == ERR_AUTH)
		sbuf_add(out, _("Your log-in has ended. You can still read. Log in again to fetch."));
	else if (sync.error != ERR_NONE && sync.error != ERR_LIMIT && sync.error != ERR_CANCELLED)
		add_error(&(struct error){.kind = sync.error}, sync.error_what, out);
	arena_fini(&a);
	return !busy;
}

static void draw_status(const struct stack *st, struct canvas *c, int rows)
{
	int row = c->rows - Keys - rows;
	if (rows > 1) {
		struct arena a = {0};
		struct styled text = cut_status(st, &a);
		styled_draw(&text, 0, c, row, 0, rows, c->cols);
		arena_fini(&a);
		return;
	}
	struct sbuf fit = {0};
	width_add(&fit, status_words(st), c->cols, 0);
	canvas_add(c, row, 0, -1, ROLE_STATUS, sbuf_str(&fit));
	sbuf_fini(&fit);
}

struct bar {
	struct sbuf text;
	int keys, room;
};

static void add_bar(struct bar *bar, const char *key, const char *label)
{
	struct sbuf one = {0};
	sbuf_addf(&one, "%s%s %s", bar->keys > 0 ? "   " : "", key, label);
	int cols = width_cols(sbuf_str(&one));
	if (bar->keys < MaxBarKeys && cols <= bar->room) {
		sbuf_add(&bar->text, sbuf_str(&one));
		bar->room -= cols;
		bar->keys++;
	}
	sbuf_fini(&one);
}

static void add_bindings(struct bar *bar, const struct screen *s, const struct binding *rows)
{
	for (const struct binding *b = rows; b != NULL && b->key != NULL; b++) {
		struct sbuf name = {0};
		if (b->bar && keys_name(s->ctx->config, s->ops, b, &name))
			add_bar(bar, sbuf_str(&name), _(b->label));
		sbuf_fini(&name);
	}
}

static const char *enter_label(const struct screen *s)
{
	if (s->ops->kind == SCREEN_LIST)
		return s->ops->choices ? _("Choose") : _("Open");
	if (s->ops->kind == SCREEN_EDIT)
		return _("New line");
	return s->ops->kind == SCREEN_TEXT ? _("Actions") : _("Give answer");
}

/* Back and Help always have a place: they are put first, then what the screen has. */
static struct bar bar_of(const struct stack *st, int cols, bool enter, struct arena *a)
{
	const struct screen *s = stack_top(st);
	struct bar bar = {.room = cols};
	if (enter)
		add_bar(&bar, _("Enter"), enter_label(s));
	if (st->depth == 1)
		add_bar(&bar, keys_to(s, "exit", a), _("Exit"));
	add_bindings(&bar, s, &global_keys[st->depth == 1]);
	if (s->ops->kind == SCREEN_EDIT)
		add_bar(&bar, "F1", _("Help"));
	add_bindings(&bar, s, s->ops->keys);
	if (s->ops->kind == SCREEN_LIST && s->ops->filter)
		add_bar(&bar, keys_to(s, "narrow", a), _("Filter"));
	return bar;
}

/* Of a text that is written the way on is another key than Enter: in a narrow window it has the place of Enter. */
static void draw_keys(const struct stack *st, struct canvas *c, int row)
{
	enum { EnterBackHelp = 3 };
	struct arena a = {0};
	struct bar bar = bar_of(st, c->cols, true, &a);
	if (stack_top(st)->ops->finish != NULL && bar.keys == EnterBackHelp) {
		struct bar without = bar_of(st, c->cols, false, &a), with = bar;
		bar = without.keys == EnterBackHelp ? without : with;
		sbuf_fini(without.keys == EnterBackHelp ? &with.text : &without.text);
	}
	canvas_add(c, row, 0, -1, ROLE_KEYS, sbuf_str(&bar.text));
	sbuf_fini(&bar.text);
	arena_fini(&a);
}

static void draw_too_small(struct canvas *c)
{
	struct arena a = {0};
	struct styled text = {0};
	struct styled_builder b = {0};
	styled_begin(&b, &text, &a, c->cols < STYLED_WIDTH_MIN ? STYLED_WIDTH_MIN : c->cols);
	styled_addf(&b, ROLE_TEXT, _("Window too small. Needed: %d by %d characters."), STACK_MIN_COLS, STACK_MIN_ROWS);
	styled_end(&b);
	styled_draw(&text, 0, c, 0, 0, c->rows, c->cols);
	arena_fini(&a);
}

void frame_draw(const struct stack *st, struct canvas *c)
{
	if (st->hidden) {
		blank_draw(c);
		return;
	}
	canvas_clear(c);
	if (c->rows < STACK_MIN_ROWS || c->cols < STACK_MIN_COLS) {
		draw_too_small(c);
		return;
	}
	draw_title(st, c);
	draw_status(st, c, status_rows(st));
	draw_keys(st, c, c->rows - 1);
	if (panels_left(st) != NULL)
		panels_draw(st, c, Top, frame_body_rows(st));
	else
		view_draw(stack_top(st), c, Top, frame_body_rows(st));
	/* For braille: the display follows the cursor. */
	if (st->ctx->config->message == MESSAGE_WAIT && st->message[0] != '\0')
		canvas_cursor(c, c->rows - Keys - status_rows(st), 0);
}
