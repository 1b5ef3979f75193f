#pragma once
#include <stddef.h>

#include "sbuf.h"

/* The character of an emoji by Discourse's name without colons ("smile", "+1", "wave:t3"); NULL when unknown. */
const char *emoji_find(const char *name, size_t n);
/* Appends text in which every known :name: becomes its character: topic titles. */
void emoji_replace(const char *text, struct sbuf *out);
