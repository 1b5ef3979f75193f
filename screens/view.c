#include "view.h"

#include <string.h>

#include "asked.h"
#include "frame.h"
#include "keys.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "view_edit.h"
#include "whole.h"
#include "width.h"

enum {
	Gutter = 2,  /* columns for the mark */
	EndRows = 1, /* rows for the words at the end of a list */
	RoomyRows = 20, /* a window with fewer rows than this has no empty lines between items */
	Lost = -1,   /* selected: no item has this id */
};

static bool is_filtered(const struct screen *s)
{
	return s->filtering || field_text(&s->filter)[0] != '\0';
}

/* The store may have lost some since they were counted: through another kring, or just now. */
static void drop_missing(struct screen *s)
{
	while (s->row_count > 0 && s->row[s->row_count - 1].title == NULL) {
		s->row_count--;
		s->stale = true;
	}
}

static void read_rows(struct screen *s, int first, int n)
{
	arena_reset(&s->rows_mem);
	if (first + n > s->count)
		n = s->count - first;
	if (n < 0)
		n = 0;
	s->row = ARENA_ARRAY(&s->rows_mem, (size_t)n + 1, struct row);
	s->row_first = first;
	s->row_count = n;
	if (n > 0)
		s->ops->rows(s, first, n, s->row);
	drop_missing(s);
}

const struct row *view_rows(struct screen *s, int first, int n)
{
	read_rows(s, first, n);
	return s->row;
}

const struct row *view_selected(const struct screen *s)
{
	int at = s->list.cursor - s->row_first;
	return s->count == 0 || at < 0 || at >= s->row_count ? NULL : &s->row[at];
}

static void remember_selection(struct screen *s)
{
	const struct row *r = view_selected(s);
	s->selected = r != NULL ? r->id : s->count > 0 ? Lost : 0;
	s->selected2 = r == NULL ? 0 : r->id2;
}

static int found_again(struct screen *s)
{
	if (s->ops->position == NULL)
		return s->list.cursor;
	return s->selected == 0 ? 0 : s->ops->position(s, s->selected, s->selected2);
}

static void list_begin(struct screen *s)
{
	list_set(&s->list, s->count);
	if (s->ops->first != NULL)
		s->list.cursor = s->ops->first(s);
}

static void load(struct screen *s)
{
	arena_reset(&s->mem);
	s->count = 0;
	if (s->ops->load != NULL)
		s->ops->load(s);
	if (s->ops->kind == SCREEN_LIST && s->loaded)
		list_reload(&s->list, s->count, found_again(s));
	else if (s->ops->kind == SCREEN_LIST)
		list_begin(s);
	if (!s->loaded)
		view_edit_is_kept(s);
	s->row_count = 0;
	s->text_stale = true;
	s->loaded = true;
	s->stale = false;
}

/* By the window and not by the rows of the body: those change with what is said, and items would move. */
static bool is_roomy(const struct screen *s)
{
	const struct stack *st = s->ctx->stack;
	return s->ctx->config->density == DENSITY_ROOMY && !s->ops->together && !st->lines && st->rows >= RoomyRows;
}

/* What is said covers the words below a list first: then no item moves. */
static int below_rows(const struct screen *s, int rows)
{
	int below = whole_below_rows(s) - (frame_most_rows(s->ctx->stack) - rows);
	return below < 0 ? 0 : below;
}

static void measure_list(struct screen *s)
{
	if (whole_wanted(s))
		read_rows(s, 0, s->count);
	whole_measure(s, frame_most_rows(s->ctx->stack) - EndRows, is_roomy(s));
}

static void settle_list(struct screen *s, int rows)
{
	if (s->row_count == 0)
		measure_list(s);
	list_resize(&s->list, rows - below_rows(s, rows) - is_filtered(s) - EndRows,
		s->whole.title > 0 ? whole_item_rows(s) : s->ops->item_rows, is_roomy(s));
	int first = s->list.top, shown = list_shown(&s->list);
	if (s->row_count == 0 || first < s->row_first || first + shown > s->row_first + s->row_count)
		read_rows(s, first, shown);
	remember_selection(s);
}

/* Where the focus is in a text: so many lines into the part that has this anchor, which has `lines`. */
struct place {
	int anchor, into, lines;
};

static int lines_of(const struct styled *t, int anchor)
{
	int first = styled_anchor_line(t, anchor), n = 0;
	while (first >= 0 && first + n < (int)t->count && t->line[first + n].anchor == anchor)
		n++;
	return n;
}

static struct place place_now(const struct screen *s)
{
	int anchor = s->text.line[s->pager.cursor].anchor;
	return (struct place){anchor, s->pager.cursor - styled_anchor_line(&s->text, anchor), lines_of(&s->text, anchor)};
}

/* In another width a part has other lines: then it is as far into it as it was. -1: the part is gone. */
static int line_of_place(const struct screen *s, struct place p, bool same_width)
{
	int first = styled_anchor_line(&s->text, p.anchor), lines = lines_of(&s->text, p.anchor);
	int into = same_width ? p.into : p.into * lines / p.lines;
	if (first < 0 || p.into >= p.lines)
		return first < 0 ? -1 : first + p.into;
	return first + (into < lines ? into : lines - 1);
}

/* Cuts the text anew and finds the line again that had the focus. */
static void cut_text(struct screen *s)
{
	bool had = s->text.count > 0 && s->pager.cursor < (int)s->text.count;
	struct place place = had ? place_now(s) : (struct place){0};
	int width = screen_text_width(s), before = s->text_width;
	arena_reset(&s->text_mem);
	s->text = (struct styled){0};
	s->text_width = width;
	struct styled_builder b = {0};
	styled_begin(&b, &s->text, &s->text_mem, width);
	s->ops->text(s, &b);
	styled_end(&b);
	int line = had ? line_of_place(s, place, width == before) : -1;
	if (line >= 0)
		pager_reload(&s->pager, (int)s->text.count, line);
	else
		pager_set(&s->pager, (int)s->text.count);
	s->link = -1;
	s->text_stale = false;
}

/* Text mode turns other pages, and tells it itself. */
static void tell_seen(struct screen *s)
{
	int last = s->pager.top + s->pager.rows - 1;
	if (s->ops->seen == NULL || s->text.count == 0 || s->ctx->stack->lines)
		return;
	if (last >= (int)s->text.count)
		last = (int)s->text.count - 1;
	s->ops->seen(s, s->text.line[last].anchor);
}

static void settle_text(struct screen *s, int rows)
{
	if (s->ops->kind == SCREEN_ASK)
		rows = rows > 3 ? rows - 3 : 1;
	pager_resize(&s->pager, rows);
	if (s->text_stale && s->ops->text != NULL)
		cut_text(s);
	if (s->ops->kind == SCREEN_EDIT)
		view_edit_settle(s, rows);
	else
		pager_resize(&s->pager, rows);
	tell_seen(s);
}

void view_settle(struct screen *s, int rows)
{
	if (s->filtering && asked_begin(s))
		s->loaded = false;
	if (!s->loaded || s->stale)
		load(s);
	asked_begin(s);
	if (s->ops->kind != SCREEN_LIST) {
		settle_text(s, rows);
		return;
	}
	settle_list(s, rows);
	if (!s->stale)
		return;
	load(s);
	settle_list(s, rows);
}

static bool filter_key(struct screen *s, const struct key *k)
{
	if (!s->filtering)
		return false;
	if (k->code == KEY_ESC) {
		asked_leave(s);
		field_set(&s->filter, NULL);
		s->filtering = false;
	} else if (k->code == KEY_ENTER || k->code == KEY_DOWN || k->code == KEY_UP || k->code == KEY_TAB) {
		asked_end(s);
		s->filtering = false;
		return true;
	} else if (!field_key(&s->filter, k)) {
		return false;
	}
	s->loaded = false;
	return true;
}

static bool answer_key(struct screen *s, const struct key *k)
{
	struct question q = {0};
	if (s->ops->kind != SCREEN_ASK || !s->ops->ask(s, &q))
		return false;
	if (k->code != KEY_ENTER || s->answer.pasting)
		return field_key(&s->answer, k);
	struct sbuf given = {0};
	sbuf_add(&given, field_text(&s->answer));
	field_set(&s->answer, NULL);
	asked_end(s);
	view_edit_is_kept(s);
	s->ops->answer(s, sbuf_str(&given));
	if (q.secret && given.p != NULL)
		explicit_bzero(given.p, given.cap);
	sbuf_fini(&given);
	return true;
}

bool view_typing_key(struct screen *s, const struct key *k)
{
	if (s->ops->kind == SCREEN_EDIT)
		return view_edit_key(s, k);
	return filter_key(s, k) || answer_key(s, k);
}

static bool list_view_key(struct screen *s, const struct key *k)
{
	if (k->code == KEY_ENTER) {
		const struct row *r = view_selected(s);
		if (r != NULL)
			s->ops->enter(s, r);
		return true;
	}
	if (key_is(k, " "))
		return list_key(&s->list, &(struct key){.code = KEY_PAGE_DOWN});
	return list_key(&s->list, k);
}

const struct styled_link *view_link(const struct screen *s)
{
	return s->link < 0 || s->link >= (int)s->text.link_count ? NULL : &s->text.link[s->link];
}

static int line_of_link(const struct styled *t, const struct styled_link *l)
{
	for (size_t i = 0; i < t->count; i++)
		for (int j = 0; j < t->line[i].span_count; j++)
			if (t->line[i].span[j].link == l->number && t->line[i].anchor == l->anchor)
				return (int)i;
	return -1;
}

static void next_link(struct screen *s, int step)
{
	int n = (int)s->text.link_count;
	if (n == 0) {
		screen_say(s, "%s", _("There are no links in this text."));
		return;
	}
	s->link = s->link < 0 ? (step > 0 ? 0 : n - 1) : (s->link + step + n) % n;
	int line = line_of_link(&s->text, &s->text.link[s->link]);
	if (line >= 0)
		pager_go(&s->pager, line);
	screen_say(s, _("Link %d of %d: %s. Open it with Enter."), s->link + 1, n, s->text.link[s->link].url);
}

static void open_link(struct screen *s)
{
	screen_go(s, &(struct target){.screen = "link", .text = view_link(s)->url});
}

static void text_enter(struct screen *s)
{
	const struct styled_line *line = s->pager.cursor < (int)s->text.count ? &s->text.line[s->pager.cursor] : NULL;
	if (view_link(s) != NULL)
		open_link(s);
	else if (line == NULL || s->ops->activate == NULL || !s->ops->activate(s, line))
		screen_go(s, &(struct target){.screen = "actions"});
}

/* Home and End mean the whole text, not the window of it that was cut. */
static bool text_far(struct screen *s, const struct key *k)
{
	if ((k->code != KEY_HOME && k->code != KEY_END) || s->ops->edge == NULL)
		return false;
	if (s->ops->edge(s, k->code == KEY_END ? 2 : -2))
		view_settle(s, s->pager.rows);
	return pager_key(&s->pager, k);
}

static bool text_move(struct screen *s, const struct key *k)
{
	if (text_far(s, k))
		return true;
	int before = s->pager.cursor, top = s->pager.top;
	if (!pager_key(&s->pager, k))
		return false;
	s->link = -1;
	bool stuck = before == s->pager.cursor && top == s->pager.top;
	bool forward = k->code == KEY_DOWN || k->code == KEY_PAGE_DOWN || key_is(k, " ");
	if (stuck && s->ops->edge != NULL && s->ops->edge(s, forward ? 1 : -1)) {
		view_settle(s, s->pager.rows);
		pager_key(&s->pager, k);
	}
	return true;
}

static bool text_view_key(struct screen *s, const struct key *k)
{
	if (k->code == KEY_ENTER)
		text_enter(s);
	else if (k->code == KEY_TAB || k->code == KEY_BACKTAB)
		next_link(s, k->code == KEY_TAB ? 1 : -1);
	else
		return text_move(s, k);
	return true;
}

bool view_key(struct screen *s, const struct key *k)
{
	switch (s->ops->kind) {
	case SCREEN_LIST:
		return list_view_key(s, k);
	case SCREEN_TEXT:
		return text_view_key(s, k);
	case SCREEN_ASK:
		return pager_key(&s->pager, k);
	case SCREEN_EDIT:
		return false;
	}
	return false;
}

/* What does not fit ends in "…". Returns the columns used. */
static int add_fitted(struct canvas *c, int row, int col, int cols, enum role role, const char *text)
{
	struct sbuf fit = {0};
	width_add(&fit, text, cols, 0);
	int used = canvas_add(c, row, col, cols, role, sbuf_str(&fit));
	sbuf_fini(&fit);
	return used;
}

/* Only the mark looks different: then a step writes two marks, not two whole lines. */
static void draw_item(const struct screen *s, struct canvas *c, int at, int item, bool marked)
{
	const struct row *r = &s->row[item - s->row_first];
	int room = c->cols - Gutter;
	canvas_add(c, at, 0, Gutter, marked ? ROLE_SELECTED : ROLE_TEXT, marked ? list_mark : list_no_mark);
	if (s->whole.title > 0) {
		whole_draw_item(s, c, at, r);
		return;
	}
	int state = str_empty(r->state) ? 0 : width_cols(r->state) + 2;
	if (state > room / 2)
		state = 0;
	int used = add_fitted(c, at, Gutter, room - state, ROLE_TEXT, r->title);
	if (state > 0) {
		canvas_add(c, at, Gutter + used, 2, ROLE_TEXT, ", ");
		canvas_add(c, at, Gutter + used + 2, state - 2, ROLE_NEW, r->state);
	}
	if (s->ops->item_rows > 1 && r->detail != NULL)
		add_fitted(c, at + 1, Gutter, room, ROLE_MUTED, r->detail);
}

static void draw_filter(const struct screen *s, struct canvas *c, int row)
{
	const char *label = _(s->ops->filter_label == NULL ? N_("Filter") : s->ops->filter_label);
	canvas_add(c, row, 0, Gutter, s->filtering ? ROLE_SELECTED : ROLE_TEXT, s->filtering ? list_mark
		: list_no_mark);
	int used = Gutter + canvas_addf(c, row, Gutter, c->cols / 2, ROLE_TEXT, "%s: ", label);
	field_draw(&s->filter, c, row, used, c->cols - used, s->filtering);
}

const char *view_empty(const struct screen *s, struct arena *a)
{
	const struct error *err = s->ctx->store_error;
	if (s->ctx->store == NULL && err != NULL && err->kind != ERR_NONE && err->kind != ERR_NOT_FOUND)
		return arena_printf(a, "%s %s %s", err->what, error_kept(err), error_todo(err));
	if (screen_filter_text(s) != NULL)
		return _("Nothing fits these words.");
	if (s->end != NULL)
		return s->end;
	return keys_fill(s, _(s->ops->empty == NULL ? N_("Nothing here yet.") : s->ops->empty), a);
}

static void draw_empty(const struct screen *s, struct canvas *c, int row)
{
	struct arena a = {0};
	struct styled text = {0};
	struct styled_builder b = {0};
	styled_begin(&b, &text, &a, c->cols - Gutter);
	styled_add(&b, ROLE_TEXT, view_empty(s, &a));
	styled_end(&b);
	if (!s->filtering)
		canvas_add(c, row, 0, Gutter, ROLE_SELECTED, list_mark);
	styled_draw(&text, 0, c, row, Gutter, (int)text.count, c->cols - Gutter);
	canvas_cursor(c, row, 0);
	arena_fini(&a);
}

static void draw_list(const struct screen *s, struct canvas *c, int row, int rows)
{
	int filter = is_filtered(s);
	if (s->count == 0)
		draw_empty(s, c, row + filter);
	for (int i = s->list.top; i < s->list.top + list_shown(&s->list) && i < s->row_first + s->row_count; i++) {
		int at = list_row(&s->list, i);
		draw_item(s, c, row + filter + at, i, i == s->list.cursor && !s->filtering);
		if (i == s->list.cursor)
			canvas_cursor(c, row + filter + at, 0);
	}
	if (s->count > 0 && s->list.top + list_shown(&s->list) >= s->count) {
		int end = list_row(&s->list, s->count - 1) + s->list.item_rows;
		canvas_add(c, row + filter + end, Gutter, -1, ROLE_MUTED,
			s->end != NULL ? s->end : _("End of list."));
	}
	if (filter)
		draw_filter(s, c, row);
	int below = below_rows(s, rows);
	whole_draw_below(s, c, row + rows - below, below);
}

static void draw_text(const struct screen *s, struct canvas *c, int row)
{
	pager_draw(&s->pager, &s->text, c, row, Gutter, c->cols - Gutter);
	int focus = row + s->pager.cursor - s->pager.top;
	canvas_add(c, focus, 0, Gutter, ROLE_SELECTED, list_mark);
	canvas_cursor(c, focus, 0);
}

static void draw_ask(const struct screen *s, struct canvas *c, int row, int rows)
{
	struct question q = {0};
	struct screen *asked = (struct screen *)(uintptr_t)s;
	pager_draw(&s->pager, &s->text, c, row, Gutter, c->cols - Gutter);
	if (!s->ops->ask(asked, &q)) {
		canvas_add(c, row, 0, Gutter, ROLE_SELECTED, list_mark);
		canvas_cursor(c, row, 0);
		return;
	}
	int at = row + rows - 2;
	int lines = (int)s->text.count + 1;
	if (lines < rows - 2)
		at = row + lines;
	canvas_addf(c, at, Gutter, -1, ROLE_STRONG, "%s:", q.label);
	canvas_add(c, at + 1, 0, Gutter, ROLE_SELECTED, list_mark);
	field_draw(&s->answer, c, at + 1, Gutter, c->cols - Gutter, true);
}

void view_draw(const struct screen *s, struct canvas *c, int row, int rows)
{
	if (s->ops->kind == SCREEN_LIST)
		draw_list(s, c, row, rows);
	else if (s->ops->kind == SCREEN_TEXT)
		draw_text(s, c, row);
	else if (s->ops->kind == SCREEN_EDIT)
		view_edit_draw(s, c, row);
	else
		draw_ask(s, c, row, rows);
}

void view_position(const struct screen *s, struct sbuf *out)
{
	if (s->ops->position_text != NULL)
		s->ops->position_text(s, out);
	else if (s->ops->kind == SCREEN_LIST && s->count > 0)
		/* Translators: place in a list, "3 of 12". */
		sbuf_addf(out, _("%d of %d"), s->list.cursor + 1, s->count);
	else if (s->ops->kind == SCREEN_TEXT && s->pager.count > s->pager.rows)
		pager_position(&s->pager, out);
	else if (s->ops->kind == SCREEN_EDIT)
		view_edit_position(s, out);
}
