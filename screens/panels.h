#pragma once
#include "canvas.h"
#include "stack.h"

/* With `panels: side-by-side` and a wide window a list stands left and the text that was opened from it
 * right. One of the two has the focus, the mark and the cursor. Narrower there is one panel, the one with the
 * focus. */

/* Whether `text` is what this list opens into the panel on the right. */
bool panels_belong(const struct stack *st, const struct screen *list, const char *text);
/* What stands left and right; both NULL: there is one panel. Right may be NULL: nothing was opened yet. */
struct screen *panels_left(const struct stack *st);
struct screen *panels_right(const struct stack *st);
/* The columns that the screen has, and the column where the one with the focus begins. */
int panels_cols(const struct stack *st, const struct screen *s);
int panels_focus_col(const struct stack *st);
/* Both panels into the rows from `row` on. */
void panels_draw(const struct stack *st, struct canvas *c, int row, int rows);
