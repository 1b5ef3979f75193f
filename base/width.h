#pragma once
#include <stddef.h>

#include "sbuf.h"

/* Columns on a terminal. A grapheme cluster (UAX 29) is never cut; its width is 0, 1 or 2, or that
 * of what is shown in its place (charset.h).
 * All text given here is valid UTF-8. Nothing else in kring counts columns. */

/* Bytes of the grapheme at s (0 at the end of the string); *cols gets its width. */
size_t width_grapheme(const char *s, size_t n, int *cols);
/* Bytes of the grapheme that ends at byte `at` of s (0 at the start). */
size_t width_grapheme_before(const char *s, size_t at);
int width_cols(const char *s);
int width_cols_n(const char *s, size_t n);
/* Bytes of the longest prefix that fits in `cols` columns; *used gets the columns it takes. */
size_t width_fit(const char *s, size_t n, int cols, int *used);
/* Appends s cut to `cols` columns and, when `pad`, filled with spaces to exactly `cols`.
 * A cut text ends in "…" when there is room for it. */
void width_add(struct sbuf *out, const char *s, int cols, int pad);
