#include "whole.h"

#include "panels.h"
#include "stack.h"
#include "str.h"
#include "styled.h"
#include "width.h"

enum {
	Gutter = 2,      /* columns for the mark */
	NarrowCols = 60,
	TitleRows = 2,   /* more is a title that another wrote */
	BelowRows = 5,
};

static void add_title(struct styled_builder *b, const struct row *r)
{
	styled_add(b, ROLE_TEXT, r->title);
	if (str_empty(r->state))
		return;
	styled_add(b, ROLE_TEXT, ", ");
	styled_add(b, ROLE_NEW, r->state);
}

static struct styled cut(const struct row *r, bool title, int cols, struct arena *a)
{
	struct styled text = {0};
	struct styled_builder b = {0};
	styled_begin(&b, &text, a, cols < STYLED_WIDTH_MIN ? STYLED_WIDTH_MIN : cols);
	if (title)
		add_title(&b, r);
	else if (!str_empty(r->detail))
		styled_add(&b, ROLE_MUTED, r->detail);
	styled_end(&b);
	return text;
}

static int rows_of(const struct row *r, bool title, int cols)
{
	struct arena a = {0};
	int rows = (int)cut(r, title, cols, &a).count;
	arena_fini(&a);
	return rows;
}

static int at_most(int value, int most)
{
	return value > most ? most : value;
}

bool whole_wanted(const struct screen *s)
{
	return s->ops->whole && panels_cols(s->ctx->stack, s) < NarrowCols;
}

static void measure_rows(const struct screen *s, struct whole *w)
{
	int cols = panels_cols(s->ctx->stack, s) - Gutter;
	for (int i = 0; i < s->row_count; i++) {
		int title = rows_of(&s->row[i], true, cols);
		int detail = s->ops->item_rows > 1 ? rows_of(&s->row[i], false, cols) : 0;
		w->title = title > w->title ? title : w->title;
		w->detail = detail > w->detail ? detail : w->detail;
	}
	w->title = at_most(w->title, TitleRows);
	w->detail = at_most(w->detail, BelowRows);
}

void whole_measure(struct screen *s, int rows, int gap)
{
	struct whole w = {.title = 1, .detail = s->ops->item_rows > 1};
	s->whole = (struct whole){0};
	if (!whole_wanted(s))
		return;
	measure_rows(s, &w);
	w.below = w.title + w.detail > s->ops->item_rows && s->count * (w.title + w.detail + gap) - gap > rows;
	s->whole = w;
}

int whole_item_rows(const struct screen *s)
{
	return s->whole.below ? s->whole.title : s->whole.title + s->whole.detail;
}

int whole_below_rows(const struct screen *s)
{
	return s->whole.below ? s->whole.detail : 0;
}

static void draw_last(const struct styled_line *line, const char *state, enum role role, struct canvas *c,
	int row)
{
	struct sbuf text = {0}, fit = {0};
	int cols = c->cols - Gutter, room = str_empty(state) ? 0 : width_cols(state) + 2;
	styled_line_text(line, &text);
	sbuf_add(&text, " …");
	width_add(&fit, sbuf_str(&text), cols - room, 0);
	int used = Gutter + canvas_add(c, row, Gutter, cols - room, role, sbuf_str(&fit));
	if (room > 0) {
		canvas_add(c, row, used, 2, role, ", ");
		canvas_add(c, row, used + 2, room - 2, ROLE_NEW, state);
	}
	sbuf_fini(&text);
	sbuf_fini(&fit);
}

/* When there are more, the last row ends in "…", and in the state: that is never cut. */
static void draw(const struct row *r, bool title, struct canvas *c, int row, int rows)
{
	struct arena a = {0};
	struct styled text = cut(r, title, c->cols - Gutter, &a);
	int count = (int)text.count, last = count > rows ? rows - 1 : count;
	for (int i = 0; i < last; i++)
		styled_draw(&text, (size_t)i, c, row + i, Gutter, 1, c->cols - Gutter);
	if (last >= 0 && last < count)
		draw_last(&text.line[last], title ? r->state : NULL, title ? ROLE_TEXT : ROLE_MUTED, c, row + last);
	arena_fini(&a);
}

void whole_draw_item(const struct screen *s, struct canvas *c, int at, const struct row *r)
{
	draw(r, true, c, at, s->whole.title);
	if (!s->whole.below)
		draw(r, false, c, at + s->whole.title, s->whole.detail);
}

void whole_draw_below(const struct screen *s, struct canvas *c, int row, int rows)
{
	int at = s->list.cursor - s->row_first;
	if (at >= 0 && at < s->row_count)
		draw(&s->row[at], false, c, row, rows);
}
