#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "event.h"
#include "html.h"
#include "sbuf.h"
#include "zone.h"

/* Dates and times for people: always with weekday and year, never relative ("Tuesday 3 March 2026, 14:30", in Dutch
 * "di 3 maart 2026, 14.30 uur"). All append. */
void when_day(struct sbuf *out, const struct civil *day);
void when_time(struct sbuf *out, const struct civil *time);
/* A moment in the member's zone. */
void when_moment(struct sbuf *out, int64_t ms, const struct zone *z);
void when_moment_day(struct sbuf *out, int64_t ms, const struct zone *z);
/* "March 2026". */
void when_month(struct sbuf *out, int64_t ms, const struct zone *z);
/* "1 hour 30 minutes", "2 days". */
void when_duration(struct sbuf *out, int64_t minutes);

/* Start and end of something. */
struct when_span {
	int64_t starts_ms, ends_ms; /* ends 0: not given */
	bool all_day, local;        /* all_day: dates; local: the wall clock of `timezone`, not converted */
	const char *timezone;       /* the event's own; NULL or "": UTC */
};
/* Whole: day, times, duration. */
void when_span(struct sbuf *out, const struct when_span *s, const struct zone *mine);
/* Only the times ("14:30 to 16:00"), for a list that already names the day. */
void when_span_times(struct sbuf *out, const struct when_span *s, const struct zone *mine);
/* What else a member should know of these times: the event's own zone when it differs from mine, a clock that
 * changes in between or in the night before, an end that is missing or before the start. One sentence a line;
 * may be empty. */
void when_span_notes(struct sbuf *out, const struct when_span *s, const struct zone *mine);

/* Times and duration for a list that already names the day: "14:30 to 16:00 (1 hour 30 minutes)". */
void when_span_in_day(struct sbuf *out, const struct when_span *s, const struct zone *mine);
/* The same notes in a few words for a line of a list, each after " | ". */
void when_span_hints(struct sbuf *out, const struct when_span *s, int64_t now_ms, const struct zone *mine);
/* The clock that changes between now and the begin, in the member's zone or the event's own. One sentence a line;
 * may be empty. */
void when_span_between(struct sbuf *out, const struct when_span *s, int64_t now_ms, const struct zone *mine);
/* "The clock goes forward 1 hour on Sun 29 March 2026.", for the first change in (from, to]. False: there is
 * none. */
bool when_clock_change(struct sbuf *out, int64_t from_ms, int64_t to_ms, const struct zone *z);
/* "every two weeks, until Tue 30 June 2026, not on Tue 17 March 2026". `recurrence`: the word of the site,
 * rrule: an iCalendar rule; both may be NULL or "". */
void when_repeats(struct sbuf *out, const char *recurrence, const char *rrule, const struct zone *mine);
/* Days since 1970-01-01. */
void when_day_number(struct sbuf *out, int64_t day);
/* "Mon 2". */
void when_day_short(struct sbuf *out, int64_t day);
/* The ISO week with this day in it: its Monday, its number and the year it is counted in. */
int64_t when_week_monday(int64_t day);
int when_week_number(int64_t day, int *year);
/* "Week 10, from Mon 2 March 2026". */
void when_week(struct sbuf *out, int64_t day);

/* For html_options.date. */
void when_html_date(void *data, const struct html_date *d, struct sbuf *out);
