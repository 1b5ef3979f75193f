#pragma once
#include <stdbool.h>

/* Is it the same text to a site? Sites trim texts and make every white space their own. False when one is NULL. */
bool same_text(const char *a, const char *b);
