#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "event.h"
#include "html.h"
#include "sbuf.h"
#include "zone.h"

/* Dates and times for people: always with weekday and year, never relative ("Tue 3 March 2026, 14:30", in Dutch
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
/* What else a member should know of these times: the event's own zone when it differs from mine, a clock that changes
 * in between or in the night before, an end that is missing or before the start. One sentence a line; may be empty. */
void when_span_notes(struct sbuf *out, const struct when_span *s, const struct zone *mine);

/* For html_options.date. */
void when_html_date(void *data, const struct html_date *d, struct sbuf *out);
