#pragma once
#include <stddef.h>

#include "sbuf.h"

/* The HTML character reference at s ("&amp;", "&#233;", "&#xE9;"): appends its text, clean (utf8_clean), and
 * returns its bytes. 0: there is none that kring knows; then nothing is appended. A no-break space becomes a
 * space. */
size_t entity_decode(struct sbuf *out, const char *s);
