#include "forum_event.h"

#include "series.h"

/* Repeating events, on the clock of the event's zone: Tuesday 14:30 stays 14:30 in summer and winter. */

static struct series series(const struct forum_event *e)
{
	return (struct series){.starts_ms = e->starts_ms, .ends_ms = e->ends_ms, .timezone = e->timezone,
		.all_day = e->all_day, .recurrence = e->recurrence, .until_ms = e->recurrence_until_ms};
}

int forum_event_occurrences(const struct forum_event *e, int64_t from_ms, int64_t to_ms,
	struct occurrence *out, int max)
{
	struct series s = series(e);
	return series_expand(&s, from_ms, to_ms, out, max, NULL);
}

bool forum_event_next(const struct forum_event *e, int64_t from_ms, struct occurrence *out)
{
	return forum_event_occurrences(e, from_ms, INT64_MAX, out, 1) == 1;
}

const char *forum_event_rrule(const struct forum_event *e, struct arena *a)
{
	struct series s = series(e);
	return series_rule(&s, a);
}
