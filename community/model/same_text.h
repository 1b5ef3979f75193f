#pragma once
#include <stdbool.h>
#include <stdint.h>

/* Is it the same text to a site? Sites trim texts and make every white space their own. False when one is NULL. */
bool same_text(const char *a, const char *b);
/* The same number for the same text, never 0; another text may by chance have it too. */
int64_t same_text_digest(const char *text);
