#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "sbuf.h"

/* Appends the character of an emoji by Discourse's name without colons ("smile", "+1", "wave:t3"). False
 * when unknown. */
bool emoji_find(const char *name, size_t n, struct sbuf *out);
/* Appends text in which every known :name: becomes its character: topic titles. */
void emoji_replace(const char *text, struct sbuf *out);
/* The other way: appends ":smile:" for the emoji s[0..n). False when it has no name. */
bool emoji_word(const char *s, size_t n, struct sbuf *out);
