#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "sbuf.h"

/* RFC 4648, standard alphabet with padding, one line. */
void base64_encode(struct sbuf *out, const void *data, size_t n);
/* White space anywhere is skipped; the URL-safe alphabet and missing padding are accepted. */
bool base64_decode(struct sbuf *out, const char *text);
