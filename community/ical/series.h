#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "event.h"

/* The dates of an event that repeats, on the clock of the event's own zone: Tuesday 14:30 stays 14:30 when the
 * clock changes. */
enum { SERIES_MAX = 400 };

struct series {
	int64_t starts_ms, ends_ms; /* of the first one; ends 0: not given. all_day: midnight UTC of the dates */
	const char *timezone;       /* IANA or Rails name; NULL: UTC */
	bool all_day;
	/* every_day, every_weekday, every_week, every_two_weeks, every_four_weeks, every_month */
	const char *recurrence;
	const char *rrule;          /* "FREQ=WEEKLY;...", or lines with DTSTART and RRULE; goes before recurrence */
	int64_t until_ms;           /* the last day on which one may begin; 0: none */
};

/* What is odd about a series. */
enum series_oddity {
	SERIES_UNKNOWN_ZONE = 1, /* read as UTC */
	SERIES_UNKNOWN_RULE = 2, /* only the first one */
	SERIES_NO_START = 4,
	SERIES_MORE = 8,         /* more fell in the window than fitted */
	SERIES_TOO_FAR = 16,     /* the window is too many steps away from the first one: nothing */
};

/* The series of an event as the site or the store tells it. */
struct series series_of(const struct event *e);
/* What ends after from_ms and begins before to_ms, in order, at most max. Without a rule: the event itself. Answers
 * how many; *odd (may be NULL) is of enum series_oddity. */
int series_expand(const struct series *s, int64_t from_ms, int64_t to_ms, struct occurrence *out, int max,
	unsigned *odd);
/* The rule as iCalendar has it, with its end: "FREQ=WEEKLY;INTERVAL=2;UNTIL=...". NULL: none, or not known. */
const char *series_rule(const struct series *s, struct arena *a);
/* What kring says of an oddity; NULL when there is none. */
const char *series_says(unsigned odd);
