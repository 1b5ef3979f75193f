#pragma once
#include <stdbool.h>

#include "canvas.h"
#include "key.h"
#include "screen.h"

/* What the kinds of screens have in common: keeping the selection on its item, windows of rows, cutting texts,
 * typing. */

/* Loads what is out of date and fits the view to `rows` rows. */
void view_settle(struct screen *s, int rows);
/* Keys for a filter, an answer or a text that is being typed. False: nobody is typing, or not a key for it. */
bool view_typing_key(struct screen *s, const struct key *k);
/* Moving, Enter and Tab. False: not a key for this kind of screen. */
bool view_key(struct screen *s, const struct key *k);
/* Draws into the rows from `row` on and puts the cursor on the focus. */
void view_draw(const struct screen *s, struct canvas *c, int row, int rows);
/* The item under the cursor; NULL when the list is empty. */
const struct row *view_selected(const struct screen *s);
/* Reads items [first, first + n) for line mode; they stay until the next call. */
const struct row *view_rows(struct screen *s, int first, int n);
/* What stands where a list has no items: why the member's copy cannot be read, that no item fits the filter, or
 * what the screen says itself. */
const char *view_empty(const struct screen *s, struct arena *a);
/* "3 of 12", or what the screen says itself. Appends; nothing when there is no place to speak of. */
void view_position(const struct screen *s, struct sbuf *out);
/* The link with the focus; NULL when none. */
const struct styled_link *view_link(const struct screen *s);
