#include "event_dates.h"

#include <string.h>

#include "dates.h"
#include "str.h"

static const int64_t YearMs = 366LL * 24 * 3600 * 1000;

static int64_t last_named(const struct event *e)
{
	int64_t last = INT64_MIN;
	for (int i = 0; i < e->occurrence_count; i++)
		if (e->occurrence[i].starts_ms > last)
			last = e->occurrence[i].starts_ms;
	return last;
}

static void add_later(struct event *e, const struct occurrence *by_rule, int found, struct arena *a)
{
	int64_t last = last_named(e);
	int count = e->occurrence_count;
	struct occurrence *all = ARENA_ARRAY(a, (size_t)(count + found) + 1, struct occurrence);
	for (int i = 0; i < count; i++)
		all[i] = e->occurrence[i];
	for (int i = 0; i < found && count < SERIES_MAX; i++)
		if (by_rule[i].starts_ms > last)
			all[count++] = by_rule[i];
	e->occurrence = all;
	e->occurrence_count = count;
}

void event_rule_fill(struct event *e, struct arena *a)
{
	struct series s = series_of(e);
	if (e->starts_ms == 0 || !str_empty(e->rrule) || str_empty(e->recurrence))
		return;
	const struct dates_module *d = dates(NULL);
	if (d != NULL)
		e->rrule = d->series_rule(&s, a);
}

void event_dates_fill(struct event *e, int64_t now_ms, struct arena *a)
{
	struct series s = series_of(e);
	if (e->starts_ms == 0 || (str_empty(e->rrule) && str_empty(e->recurrence)))
		return;
	const struct dates_module *d = dates(NULL);
	if (d == NULL)
		return;
	event_rule_fill(e, a);
	struct occurrence *by_rule = ARENA_ARRAY(a, SERIES_MAX, struct occurrence);
	int64_t last = last_named(e), from = last > e->starts_ms ? last : e->starts_ms;
	int found = d->series_expand(&s, from, now_ms + YearMs, by_rule, SERIES_MAX, NULL);
	add_later(e, by_rule, found, a);
}
