#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "sbuf.h"

/* The one gate for text from others. What comes out is valid UTF-8 without C0 and C1 controls (but see flags),
 * DEL, escape sequences, bidi overrides and isolates, zero-width and other invisible format characters, tag
 * characters and non-characters. Bad bytes become U+FFFD. Emoji joiners (U+200D) and variation selectors stay
 * only between or after the characters that need them. */
enum utf8_flags {
	UTF8_LINES = 1, /* keep \n and \t; \r\n and \r become \n. Without it they become one space */
};

/* Cleans n bytes; stops after max_bytes of output on a whole character. */
void utf8_clean(struct sbuf *out, const char *in, size_t n, unsigned flags, size_t max_bytes);
/* The same into an arena. NULL stays NULL. */
char *utf8_clean_arena(struct arena *a, const char *in, unsigned flags, size_t max_bytes);

bool utf8_valid(const char *s, size_t n);
/* Removes a character that snprintf cut in half at the end of s. */
void utf8_cut_partial(char *s);
/* One code point at s (n > 0 bytes left); returns its bytes. A bad byte gives U+FFFD and 1. */
size_t utf8_decode(const char *s, size_t n, uint32_t *cp);
/* Writes 1-4 bytes, returns how many. */
size_t utf8_encode(char *out, uint32_t cp);

/* For search and sorting: lower case, accents and compatibility forms folded away ("Zoë" and "ZOE" are equal).
 * The result is yours. */
char *utf8_fold(const char *s);
/* Alphabetical order by fold, then by bytes. */
int utf8_compare(const char *a, const char *b);
/* Best 7-bit spelling of a text, for terminals without UTF-8 ("é" -> "e", "€" -> "EUR", "–" -> "-", unknown
 * -> "?"). */
void utf8_to_ascii(struct sbuf *out, const char *s);
