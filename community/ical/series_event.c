#include "series.h"

struct series series_of(const struct event *e)
{
	return (struct series){.starts_ms = e->starts_ms, .ends_ms = e->ends_ms, .timezone = e->timezone,
		.all_day = e->all_day, .recurrence = e->recurrence, .rrule = e->rrule,
		.until_ms = e->recurrence_until_ms};
}
