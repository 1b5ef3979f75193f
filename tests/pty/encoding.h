#pragma once
#include <stddef.h>

#include "sbuf.h"

/* A terminal with another character set than UTF-8. charmap: "ISO-8859-1"; NULL: UTF-8. */
void encoding_to_utf8(const char *charmap, const char *bytes, size_t n, struct sbuf *out);
void encoding_from_utf8(const char *charmap, const char *utf8, size_t n, struct sbuf *out);
