#pragma once
#include <stdbool.h>

#include "sbuf.h"

/* An FTS5 expression from what a member typed: every word must match, the last one may be a beginning of two
 * letters or more (all of them and of any length when `prefixes`). False when there is no word in it. */
bool match_expression(struct sbuf *out, const char *typed, bool prefixes);
