#pragma once
#include <stdbool.h>

#include "canvas.h"
#include "key.h"
#include "sbuf.h"
#include "styled.h"

/* Reading a styled text: one line has the focus; a page turns when the focus leaves it, and two lines of
 * the old page stay in view. */
struct pager {
	int count, top, cursor; /* lines; cursor is the line with the focus */
	int rows;               /* of the screen, for the text */
};

enum { PAGER_OVERLAP = 2 };

void pager_resize(struct pager *p, int rows);
/* Another text: the focus goes to its first line. */
void pager_set(struct pager *p, int count);
/* The same text cut anew: line `cursor` keeps its row on the screen. */
void pager_reload(struct pager *p, int count, int cursor);
/* The focus to a line, its page with the line near the top. */
void pager_go(struct pager *p, int line);
/* Up, Down, PageUp, PageDown, Home, End, space. False: not a key of a text. */
bool pager_key(struct pager *p, const struct key *k);
/* Draws the page and puts the cursor on the focus. */
void pager_draw(const struct pager *p, const struct styled *s, struct canvas *c, int row, int col, int cols);
/* "lines 1 to 20 of 120", translated. */
void pager_position(const struct pager *p, struct sbuf *out);
