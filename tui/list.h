#pragma once
#include <stdbool.h>

#include "key.h"

/* Where a member is in a list of `count` items of which only some are on the screen. It knows no items: the
 * screen asks the store for [list_top, list_top + list_shown). */
struct list {
	int count, cursor, top; /* cursor is the selected item, 0 when empty */
	int rows;               /* of the screen, for the list */
	int item_rows;          /* 1-3; 0 counts as 1 */
	bool roomy;             /* an empty row between items */
};

enum { LIST_OVERLAP = 2 }; /* items of the last page that stay on the next one */

/* "> " before the selected row, "  " before the others. */
extern const char list_mark[], list_no_mark[];

void list_resize(struct list *l, int rows, int item_rows, bool roomy);
/* Another list: the cursor goes to the first item. */
void list_set(struct list *l, int count);
/* The same list read again. `cursor` is where the selected item is now, -1 when it is gone (then the next
 * one takes its place); it stays on the same row of the screen,
 * unless the whole list fits on it. */
void list_reload(struct list *l, int count, int cursor);
void list_go(struct list *l, int cursor);
/* Up, Down, PageUp, PageDown, Home, End. False: not a key of a list. */
bool list_key(struct list *l, const struct key *k);
/* Items that fit on the screen. */
int list_page(const struct list *l);
/* Items to draw from `top` on. */
int list_shown(const struct list *l);
/* The first row of item i below the top of the list, or -1 when it is not on the screen. */
int list_row(const struct list *l, int i);
