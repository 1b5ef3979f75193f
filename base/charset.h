#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sbuf.h"

/* What the member's terminal can show. In memory all text is UTF-8; this is the way out, and the way in for what is
 * typed. Chosen by one thread, which is the one that shows. */

/* Call setlocale first. `ascii`: the member wants plain letters on every terminal. `word` appends the word
 * for an emoji, or is false when it has none; NULL: none has. */
void charset_use(bool ascii, bool (*word)(const char *s, size_t n, struct sbuf *out));
/* Whether some graphemes are shown otherwise than they are. */
bool charset_spells(void);
/* How the grapheme s[0..n) is shown, in characters of one column each. False: as it is; nothing is appended. */
bool charset_spell(const char *s, size_t n, struct sbuf *out);
/* Appends a text as the terminal wants its bytes. */
void charset_encode(struct sbuf *out, const char *utf8, size_t n);
/* Appends what the terminal sent as UTF-8. */
void charset_decode(struct sbuf *out, const char *bytes, size_t n);
/* The character of one byte from 0x80 on that was typed; 0: the terminal sends UTF-8, or the byte has no
 * meaning. */
uint32_t charset_typed(unsigned char byte);
