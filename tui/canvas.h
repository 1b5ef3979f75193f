#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "sbuf.h"
#include "style.h"

/* A screen of cells in memory. Screens draw on it, term.h puts it on a terminal, tests read it. Rows and
 * columns count from 0; drawing outside is clipped. Text given here has been through utf8_clean. */

enum { CELL_BYTES = 30 };

struct cell {
	char text[CELL_BYTES]; /* one grapheme; "" in the right half of a wide one */
	unsigned char width;   /* columns: 1 or 2; 0 in the right half of a wide one */
	unsigned char role;    /* enum role */
};

struct canvas {
	int rows, cols;
	int cursor_row, cursor_col; /* the focus; always inside the canvas */
	struct cell *cell;          /* rows * cols, row by row */
};

/* Bytes of the grapheme s[0..n) that fit in a cell: marks that do not are left out, the base stays. */
size_t cell_fit(const char *s, size_t n);

struct canvas *canvas_new(int rows, int cols);
/* NULL is allowed. */
void canvas_free(struct canvas *c);
/* The contents are lost. */
void canvas_resize(struct canvas *c, int rows, int cols);
/* Spaces everywhere, cursor at 0,0. */
void canvas_clear(struct canvas *c);
/* Draws utf8 from (row, col) in at most max_cols columns (< 0: to the right edge), never half a wide
 * character; returns the columns used. Control characters, line ends and tabs are drawn as one space. */
int canvas_add(struct canvas *c, int row, int col, int max_cols, enum role role, const char *utf8);
int canvas_addn(struct canvas *c, int row, int col, int max_cols, enum role role, const char *utf8, size_t n);
int canvas_addf(struct canvas *c, int row, int col, int max_cols, enum role role, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
/* Spaces in `role` over a rectangle. */
void canvas_fill(struct canvas *c, int row, int col, int rows, int cols, enum role role);
/* Puts the hardware cursor on the focus, clamped into the canvas. */
void canvas_cursor(struct canvas *c, int row, int col);
/* NULL outside. */
const struct cell *canvas_cell(const struct canvas *c, int row, int col);
/* Appends one row without its trailing spaces. */
void canvas_row_text(const struct canvas *c, int row, struct sbuf *out);
/* Appends all rows, each with a line end, up to the last one that is not empty; for golden tests and
 * `:screen`. */
void canvas_dump(const struct canvas *c, struct sbuf *out);
/* The same cells, size and cursor. */
bool canvas_equal(const struct canvas *a, const struct canvas *b);
