#pragma once
#include <stdbool.h>

#include "arena.h"
#include "clock.h"
#include "sbuf.h"

/* Days and times as members type them, in Dutch or English whatever kring's own language is: "di 3 maart
 * 2026", "3-3-2026", "2026-03-03", "March 3", "14.30 uur", "2:30 pm". A day without a year is the next one
 * from today on. */

/* Sets the day and its weekday, nothing else in *out. False: it is no day, or its weekday is another one;
 * *why (may be NULL) says so in a sentence. */
bool meeting_moment_day(
	const char *text, const struct civil *today, struct civil *out, const char **why, struct arena *a);
bool meeting_moment_time(const char *text, struct civil *out);
/* A day, a time, or both ("4 maart 2026, 16.00"); what is not said stays as it is in *out. */
bool meeting_moment_read(
	const char *text, const struct civil *today, struct civil *out, const char **why, struct arena *a);

/* As kring writes them in a text of the community, in the language of the community. All append. */
void meeting_moment_add_day(struct sbuf *out, const struct civil *day, const char *language);
void meeting_moment_add_time(struct sbuf *out, const struct civil *time, const char *language);
