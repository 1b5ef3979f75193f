#include "forum_event.h"

#include "str.h"
#include "zone.h"

/* Repeating events, on the clock of the event's zone: Tuesday 14:30 stays 14:30 in summer and winter. */

enum { HourMs = 3600 * 1000, DayMs = 24 * HourMs, MaxSteps = 5000 };

static const struct pattern {
	const char *word, *rule;
	int days;       /* between two occurrences */
	bool months;    /* the n-th weekday of each month */
	bool weekdays;  /* not on Saturday and Sunday */
} patterns[] = {
	{"every_day", "FREQ=DAILY;INTERVAL=1", .days = 1},
	{"every_weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", .days = 1, .weekdays = true},
	{"every_week", "FREQ=WEEKLY;INTERVAL=1", .days = 7},
	{"every_two_weeks", "FREQ=WEEKLY;INTERVAL=2", .days = 14},
	{"every_four_weeks", "FREQ=WEEKLY;INTERVAL=4", .days = 28},
	{"every_month", "FREQ=MONTHLY", .days = 31, .months = true},
};

static const struct pattern *pattern_of(const struct forum_event *e)
{
	for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
		if (str_equal(patterns[i].word, e->recurrence))
			return &patterns[i];
	}
	return NULL;
}

static const struct zone *zone_of(const struct forum_event *e)
{
	const struct zone *z = e->all_day || e->timezone == NULL ? NULL : zone_get(e->timezone);
	return z == NULL ? zone_utc() : z;
}

/* The day of the month that is the same weekday in the same week; 0: this month has none. */
static int day_in_month(const struct civil *first, int year, int month)
{
	int week = (first->day - 1) / 7;
	struct civil c = civil_from_seconds(civil_days(year, month, 1) * 86400);
	int day = 1 + (first->weekday - c.weekday + 7) % 7 + week * 7;
	struct civil made = {.year = year, .month = month, .day = day};
	return civil_valid(&made) ? day : 0;
}

/* The k-th step of the pattern; false: nothing falls there. */
static bool step(const struct forum_event *e, const struct pattern *p, int64_t k, int64_t *starts_ms)
{
	const struct zone *z = zone_of(e);
	struct civil first = zone_civil(z, e->starts_ms / 1000), c = first;
	if (p->months) {
		int64_t month = first.month - 1 + k;
		c.year = first.year + (int)(month / 12);
		c.month = (int)(month % 12) + 1;
		c.day = day_in_month(&first, c.year, c.month);
		if (c.day == 0)
			return false;
	} else {
		struct civil day =
			civil_from_seconds((civil_days(first.year, first.month, first.day) + k * p->days) * 86400);
		if (p->weekdays && day.weekday >= 5)
			return false;
		c.year = day.year;
		c.month = day.month;
		c.day = day.day;
	}
	*starts_ms = zone_instant(z, &c, NULL) * 1000;
	return true;
}

static int64_t last_start(const struct forum_event *e)
{
	return e->recurrence_until_ms == 0 ? INT64_MAX : e->recurrence_until_ms + DayMs - 1;
}

/* When it is over for people: without an end after an hour, all-day events after their last day. */
static int64_t over_ms(const struct forum_event *e, const struct forum_occurrence *o)
{
	if (e->all_day)
		return (o->ends_ms == 0 ? o->starts_ms : o->ends_ms) + DayMs;
	return o->ends_ms == 0 ? o->starts_ms + HourMs : o->ends_ms;
}

int forum_event_occurrences(const struct forum_event *e, int64_t from_ms, int64_t to_ms,
	struct forum_occurrence *out, int max)
{
	const struct pattern *p = pattern_of(e);
	int64_t length = e->ends_ms == 0 ? 0 : e->ends_ms - e->starts_ms, k = 0;
	int count = 0;
	if (p != NULL && from_ms - length > e->starts_ms)
		k = (from_ms - length - e->starts_ms) / ((int64_t)p->days * DayMs) - 2;
	if (k < 0)
		k = 0;
	for (int steps = 0; count < max && steps < MaxSteps; steps++, k++) {
		struct forum_occurrence o = {e->starts_ms, e->ends_ms};
		bool falls = p == NULL || step(e, p, k, &o.starts_ms);
		o.ends_ms = e->ends_ms == 0 ? 0 : o.starts_ms + length;
		if (falls && (o.starts_ms >= to_ms || (p != NULL && o.starts_ms > last_start(e))))
			break;
		if (falls && over_ms(e, &o) > from_ms)
			out[count++] = o;
		if (p == NULL)
			break;
	}
	return count;
}

bool forum_event_next(const struct forum_event *e, int64_t from_ms, struct forum_occurrence *out)
{
	return forum_event_occurrences(e, from_ms, INT64_MAX, out, 1) == 1;
}

const char *forum_event_rrule(const struct forum_event *e, struct arena *a)
{
	static const char *const day[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
	const struct pattern *p = pattern_of(e);
	if (p == NULL)
		return NULL;
	struct civil first = zone_civil(zone_of(e), e->starts_ms / 1000);
	const char *rule = p->months
		? arena_printf(a, "%s;BYDAY=%d%s", p->rule, (first.day - 1) / 7 + 1, day[first.weekday])
		: p->rule;
	if (e->recurrence_until_ms == 0)
		return rule;
	struct civil u = civil_from_seconds(last_start(e) / 1000);
	return arena_printf(a, "%s;UNTIL=%04d%02d%02dT%02d%02d%02dZ", rule, u.year, u.month, u.day, u.hour,
		u.minute, u.second);
}
