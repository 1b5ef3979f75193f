#pragma once
#include "sbuf.h"

/* The lines of a file of settings as text: one is changed, all others stay byte for byte. A setting stands at
 * the top (`over` is NULL), or below the name `over` ("keys"), with more blanks before it. Whether the result
 * still reads as meant is for the caller to see. */

/* Puts the value into the last line of that name, which is the one that counts, or into a new line. Appends
 * the whole text to `out`. */
void config_line_put(const char *text, const char *over, const char *name, const char *value, struct sbuf *out);
/* The text without the lines of that name. */
void config_line_take(const char *text, const char *over, const char *name, struct sbuf *out);
/* "name: value", without quotes where a person would leave them out. */
void config_line_add(struct sbuf *out, const char *name, const char *value);
