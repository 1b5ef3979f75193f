#pragma once
#include <stdint.h>

#include "sbuf.h"
#include "zone.h"

/* A day as members type it ("3-3-2026") or as kring writes it ("di 3 maart 2026"): its first second. 0: it is
 * none, or no day of the coming two years. */
int64_t draft_day_read(const char *text, const struct zone *z, int64_t now_ms);
/* As it is typed. Appends. */
void draft_day_add(int64_t seconds, const struct zone *z, struct sbuf *out);
/* As kring writes it in a text. Appends. */
void draft_day_write(int64_t seconds, const struct zone *z, struct sbuf *out);
