#include "panels.h"

#include <string.h>

#include "mem.h"
#include "text.h"
#include "view.h"

enum {
	LeastCols = 100,
	ListLeast = 30,
	ListMost = 80,
	Gap = 1,    /* one empty column between the panels */
	Gutter = 2, /* for the mark */
	Edge = 1,   /* a text keeps the last column free */
};

static const struct {
	const char *list, *text;
} pairs[] = {{"topics", "topic"}, {"messages", "topic"}, {"members", "member"}, {"calendar", "event"},
	{"week", "event"}};

static int text_cols(const struct stack *st)
{
	return Gutter + st->ctx->config->width + Edge;
}

static int list_cols(const struct stack *st)
{
	int room = st->cols - Gap - text_cols(st);
	return room > ListMost ? ListMost : room;
}

static bool is_wide(const struct stack *st)
{
	return st->ctx->config->panels == PANELS_SIDE && !st->lines && st->cols >= LeastCols
		&& list_cols(st) >= ListLeast;
}

static bool is_list(const char *name)
{
	for (size_t i = 0; i < COUNT(pairs); i++)
		if (strcmp(pairs[i].list, name) == 0)
			return true;
	return false;
}

bool panels_belong(const struct stack *st, const struct screen *list, const char *text)
{
	for (size_t i = 0; i < COUNT(pairs); i++)
		if (strcmp(pairs[i].list, list->ops->name) == 0 && strcmp(pairs[i].text, text) == 0)
			return is_wide(st);
	return false;
}

static bool has_text_on_top(const struct stack *st)
{
	return st->depth > 1 && panels_belong(st, st->screen[st->depth - 2], stack_top(st)->ops->name);
}

struct screen *panels_left(const struct stack *st)
{
	if (has_text_on_top(st))
		return st->screen[st->depth - 2];
	return is_wide(st) && is_list(stack_top(st)->ops->name) ? stack_top(st) : NULL;
}

struct screen *panels_right(const struct stack *st)
{
	if (has_text_on_top(st))
		return stack_top(st);
	return panels_left(st) != NULL && st->beside_of == stack_top(st) ? st->beside : NULL;
}

int panels_cols(const struct stack *st, const struct screen *s)
{
	if (s == panels_left(st))
		return list_cols(st);
	return s == panels_right(st) ? text_cols(st) : st->cols;
}

int panels_focus_col(const struct stack *st)
{
	return has_text_on_top(st) ? list_cols(st) + Gap : 0;
}

static void copy(const struct canvas *from, struct canvas *to, int row, int col)
{
	for (int r = 0; r < from->rows && row + r < to->rows; r++)
		for (int i = 0; i < from->cols && col + i < to->cols; i++)
			to->cell[(row + r) * to->cols + col + i] = from->cell[r * from->cols + i];
}

static void draw_one(const struct stack *st, const struct screen *s, struct canvas *c, int row, int rows, int col)
{
	struct canvas *panel = canvas_new(rows, panels_cols(st, s));
	canvas_clear(panel);
	view_draw(s, panel, 0, rows);
	if (s == stack_top(st))
		canvas_cursor(c, row + panel->cursor_row, col + panel->cursor_col);
	else
		canvas_add(panel, panel->cursor_row, 0, Gutter, ROLE_TEXT, list_no_mark);
	copy(panel, c, row, col);
	canvas_free(panel);
}

void panels_draw(const struct stack *st, struct canvas *c, int row, int rows)
{
	const struct screen *right = panels_right(st);
	int col = list_cols(st) + Gap;
	draw_one(st, panels_left(st), c, row, rows, 0);
	if (right != NULL)
		draw_one(st, right, c, row, rows, col);
	else
		canvas_add(c, row, col + Gutter, -1, ROLE_MUTED, _("What you open stands here."));
}
