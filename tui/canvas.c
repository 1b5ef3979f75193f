#include "canvas.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "charset.h"
#include "mem.h"
#include "panic.h"
#include "utf8.h"
#include "width.h"

static const struct cell cell_space = {.text = " ", .width = 1, .role = ROLE_TEXT};

struct canvas *canvas_new(int rows, int cols)
{
	struct canvas *c = xcalloc(1, sizeof *c);
	canvas_resize(c, rows, cols);
	return c;
}

void canvas_free(struct canvas *c)
{
	if (c == NULL)
		return;
	free(c->cell);
	free(c);
}

void canvas_resize(struct canvas *c, int rows, int cols)
{
	ensure(rows > 0 && cols > 0);
	free(c->cell);
	c->rows = rows;
	c->cols = cols;
	c->cell = xreallocarray(NULL, (size_t)rows * (size_t)cols, sizeof *c->cell);
	canvas_clear(c);
}

void canvas_clear(struct canvas *c)
{
	for (size_t i = 0, n = (size_t)c->rows * (size_t)c->cols; i < n; i++)
		c->cell[i] = cell_space;
	c->cursor_row = c->cursor_col = 0;
}

static struct cell *cell_at(const struct canvas *c, int row, int col)
{
	return &c->cell[(size_t)row * (size_t)c->cols + (size_t)col];
}

/* A wide character that loses one half becomes a space in the other. */
static void free_cell(struct canvas *c, int row, int col)
{
	struct cell *cell = cell_at(c, row, col);
	if (cell->width == 0 && col > 0) {
		unsigned char role = cell[-1].role;
		cell[-1] = cell_space;
		cell[-1].role = role;
	} else if (cell->width == 2 && col + 1 < c->cols) {
		unsigned char role = cell[1].role;
		cell[1] = cell_space;
		cell[1].role = role;
	}
}

size_t cell_fit(const char *s, size_t n)
{
	size_t fit = 0;
	while (fit < n) {
		uint32_t cp;
		size_t used = utf8_decode(s + fit, n - fit, &cp);
		if (fit + used >= CELL_BYTES)
			break;
		fit += used;
	}
	return fit;
}

static void put(struct canvas *c, int row, int col, enum role role, const char *s, size_t n, int width)
{
	struct cell *cell = cell_at(c, row, col);
	free_cell(c, row, col);
	if (width == 2) {
		free_cell(c, row, col + 1);
		cell[1] = (struct cell){.role = (unsigned char)role};
	}
	*cell = (struct cell){.width = (unsigned char)width, .role = (unsigned char)role};
	memcpy(cell->text, s, n);
}

/* What is shown in the place of a grapheme, a cell for each character. */
static void put_spelled(struct canvas *c, int row, int col, enum role role, const struct sbuf *shown)
{
	for (size_t at = 0, used; at < shown->n; at += used, col++) {
		uint32_t cp;
		used = utf8_decode(shown->p + at, shown->n - at, &cp);
		if (col >= 0)
			put(c, row, col, role, shown->p + at, used, 1);
	}
}

static void put_grapheme(struct canvas *c, int row, int col, enum role role, const char *s, size_t n, int width)
{
	struct sbuf shown = {0};
	if (charset_spell(s, n, &shown))
		put_spelled(c, row, col, role, &shown);
	else if (col >= 0)
		put(c, row, col, role, s, cell_fit(s, n), width);
	sbuf_fini(&shown);
}

int canvas_addn(struct canvas *c, int row, int col, int max_cols, enum role role, const char *s, size_t n)
{
	int used = 0, width;
	if (row < 0 || row >= c->rows || col >= c->cols || s == NULL)
		return 0;
	int limit = max_cols < 0 || max_cols > c->cols - col ? c->cols - col : max_cols;
	for (size_t bytes; (bytes = width_grapheme(s, n, &width)) > 0; s += bytes, n -= bytes) {
		bool control = (unsigned char)*s < 0x20 || *s == 0x7F;
		if (control)
			width = 1;
		if (width == 0)
			continue;
		if (used + width > limit)
			break;
		put_grapheme(c, row, col + used, role, control ? " " : s, control ? 1 : bytes, width);
		used += width;
	}
	return used;
}

int canvas_add(struct canvas *c, int row, int col, int max_cols, enum role role, const char *utf8)
{
	return utf8 == NULL ? 0 : canvas_addn(c, row, col, max_cols, role, utf8, strlen(utf8));
}

int canvas_addf(struct canvas *c, int row, int col, int max_cols, enum role role, const char *fmt, ...)
{
	struct sbuf text = {0};
	va_list ap;
	va_start(ap, fmt);
	sbuf_addv(&text, fmt, ap);
	va_end(ap);
	int used = canvas_addn(c, row, col, max_cols, role, sbuf_str(&text), text.n);
	sbuf_fini(&text);
	return used;
}

struct area {
	int row, col, end_row, end_col;
};

static struct area clip(const struct canvas *c, int row, int col, int rows, int cols)
{
	struct area a = {row < 0 ? 0 : row, col < 0 ? 0 : col, c->rows, c->cols};
	if (rows < a.end_row - row)
		a.end_row = row + rows;
	if (cols < a.end_col - col)
		a.end_col = col + cols;
	return a;
}

void canvas_fill(struct canvas *c, int row, int col, int rows, int cols, enum role role)
{
	struct area a = clip(c, row, col, rows, cols);
	for (int y = a.row; y < a.end_row; y++)
		for (int x = a.col; x < a.end_col; x++)
			put(c, y, x, role, " ", 1, 1);
}

void canvas_cursor(struct canvas *c, int row, int col)
{
	c->cursor_row = row < 0 ? 0 : row >= c->rows ? c->rows - 1 : row;
	c->cursor_col = col < 0 ? 0 : col >= c->cols ? c->cols - 1 : col;
}

const struct cell *canvas_cell(const struct canvas *c, int row, int col)
{
	return row < 0 || col < 0 || row >= c->rows || col >= c->cols ? NULL : cell_at(c, row, col);
}

void canvas_row_text(const struct canvas *c, int row, struct sbuf *out)
{
	size_t end = out->n;
	sbuf_add(out, "");
	for (int col = 0; row >= 0 && row < c->rows && col < c->cols; col++) {
		const struct cell *cell = cell_at(c, row, col);
		sbuf_add(out, cell->text);
		if (cell->text[0] != '\0' && strcmp(cell->text, " ") != 0)
			end = out->n;
	}
	sbuf_truncate(out, end);
}

void canvas_dump(const struct canvas *c, struct sbuf *out)
{
	size_t end = out->n;
	for (int row = 0; row < c->rows; row++) {
		size_t start = out->n;
		canvas_row_text(c, row, out);
		bool empty = out->n == start;
		sbuf_addc(out, '\n');
		if (!empty)
			end = out->n;
	}
	sbuf_truncate(out, end);
}

bool canvas_equal(const struct canvas *a, const struct canvas *b)
{
	return a->rows == b->rows && a->cols == b->cols && a->cursor_row == b->cursor_row &&
		a->cursor_col == b->cursor_col &&
		memcmp(a->cell, b->cell, sizeof *a->cell * (size_t)a->rows * (size_t)a->cols) == 0;
}
