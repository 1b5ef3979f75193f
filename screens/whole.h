#pragma once
#include "canvas.h"
#include "screen.h"

/* In a narrow window the items of kring's own menus wrap, so that no word of a choice is lost. All items of a list
 * are as high as the highest, so that nothing moves. When not all of them fit on one page with their second lines,
 * that of the marked item stands below the list. */

/* A narrow window and such a menu: all its items have to be read (s->row) before they are measured. */
bool whole_wanted(const struct screen *s);
/* `rows`: for the list; `gap`: the empty ones between two items. */
void whole_measure(struct screen *s, int rows, int gap);
/* Rows of an item, and of what stands below the list. */
int whole_item_rows(const struct screen *s);
int whole_below_rows(const struct screen *s);
void whole_draw_item(const struct screen *s, struct canvas *c, int at, const struct row *r);
/* The second line of the marked item, into `rows` rows. */
void whole_draw_below(const struct screen *s, struct canvas *c, int row, int rows);
