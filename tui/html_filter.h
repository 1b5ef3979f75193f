#pragma once
#include <stddef.h>

#include "sbuf.h"

/* Rewrites hostile or careless HTML so that a parser stays fast and shallow: only known elements and
 * attributes, every element closed in order, at most HTML_DEPTH_MAX of them inside each other, no comments,
 * scripts or drawings. Text and entities stay as they are. The work is linear in n. */
void html_filter(const char *in, size_t n, struct sbuf *out);
