#include "series.h"

#include <string.h>

#include "mem.h"
#include "rule.h"
#include "str.h"
#include "text.h"
#include "zone.h"

/* libical reads years before 1583 by the old calendar and stops after 2582. */
enum { FirstYear = 1583, LastYear = 2582, MaxSteps = 20000, HourMs = 3600 * 1000 };
static const int64_t DayMs = 24LL * HourMs;

/* One expansion under way. */
struct walk {
	const struct series *s;
	const struct zone *zone;
	struct civil first;        /* of the event itself */
	int64_t from_ms, to_ms, last_ms;
	struct occurrence *out;
	int count, max;
	bool any;                  /* the rule gave a date at all */
	unsigned odd;
};

static int64_t whole_seconds(int64_t ms)
{
	return ms >= 0 ? ms / 1000 : -((999 - ms) / 1000);
}

const struct zone *series_zone(const struct series *s, unsigned *odd)
{
	if (s->all_day || str_empty(s->timezone))
		return zone_utc();
	const struct zone *z = zone_get(s->timezone);
	if (z == NULL)
		*odd |= SERIES_UNKNOWN_ZONE;
	return z == NULL ? zone_utc() : z;
}

/* When it is over for people: without an end after an hour, all-day events after their last day. */
static int64_t over_ms(const struct series *s, const struct occurrence *o)
{
	int64_t end = o->ends_ms > o->starts_ms ? o->ends_ms : o->starts_ms;
	if (s->all_day)
		return end + DayMs;
	return end > o->starts_ms ? end : end + HourMs;
}

static int64_t length_ms(const struct series *s)
{
	return s->ends_ms > s->starts_ms ? s->ends_ms - s->starts_ms : 0;
}

static struct occurrence at(const struct series *s, int64_t starts_ms)
{
	int64_t length = length_ms(s);
	return (struct occurrence){starts_ms, length == 0 ? 0 : starts_ms + length};
}

/* False: everything that comes later is outside too. */
static bool take(struct walk *w, int64_t starts_ms)
{
	struct occurrence o = at(w->s, starts_ms);
	w->any = true;
	if (starts_ms >= w->to_ms || starts_ms > w->last_ms)
		return false;
	if (over_ms(w->s, &o) <= w->from_ms)
		return true;
	if (w->count == w->max) {
		w->odd |= SERIES_MORE;
		return false;
	}
	w->out[w->count++] = o;
	return true;
}

static bool same_wall(const struct civil *a, const struct civil *b)
{
	return civil_to_seconds(a) == civil_to_seconds(b);
}

/* The start itself may be the second of a doubled hour, which its wall clock does not tell. */
static int64_t instant_ms(const struct walk *w, const struct civil *c)
{
	return same_wall(c, &w->first) ? w->s->starts_ms : zone_instant(w->zone, c, NULL) * 1000;
}

static void step_through(struct walk *w, const struct rule *rule, icalrecur_iterator *it)
{
	for (int i = 0; i < MaxSteps; i++) {
		struct icaltimetype t = icalrecur_iterator_next(it);
		if (icaltime_is_null_time(t))
			return;
		struct civil c = wall_from_ical(t);
		int64_t ms = instant_ms(w, &c);
		if (ms >= w->s->starts_ms && !take(w, ms))
			return;
	}
	w->odd |= SERIES_TOO_FAR;
}

/* From shortly before the window on; a rule that counts has to be followed from its beginning. */
static void seek(const struct walk *w, const struct rule *rule, icalrecur_iterator *it)
{
	int64_t near = w->from_ms - length_ms(w->s) - 3 * DayMs;
	if (rule->ical.count > 0 || near <= w->s->starts_ms)
		return;
	struct civil c = zone_civil(w->zone, near / 1000);
	c.hour = rule->start.hour;
	c.minute = rule->start.minute;
	c.second = rule->start.second;
	icalrecur_iterator_set_start(it, wall_to_ical(&c, false));
}

static void follow(struct walk *w, const struct rule *rule)
{
	int year = rule->start.year;
	icalrecur_iterator *it = year < FirstYear || year > LastYear ? NULL
		: icalrecur_iterator_new(rule->ical, wall_to_ical(&rule->start, false));
	if (it == NULL) {
		w->odd |= year < FirstYear || year > LastYear ? SERIES_TOO_FAR : SERIES_UNKNOWN_RULE;
		return;
	}
	seek(w, rule, it);
	step_through(w, rule, it);
	icalrecur_iterator_free(it);
}

static bool repeats(const struct series *s)
{
	return !str_empty(s->rrule) || !str_empty(s->recurrence);
}

int series_expand(const struct series *s, int64_t from_ms, int64_t to_ms, struct occurrence *out, int max,
	unsigned *odd)
{
	struct walk w = {.s = s, .from_ms = from_ms, .to_ms = to_ms, .last_ms = INT64_MAX, .out = out,
		.max = max < SERIES_MAX ? max : SERIES_MAX};
	struct rule rule;
	w.zone = series_zone(s, &w.odd);
	w.first = zone_civil(w.zone, whole_seconds(s->starts_ms));
	if (s->starts_ms == 0) {
		w.odd |= SERIES_NO_START;
	} else if (repeats(s) && rule_read(&rule, s, w.zone)) {
		w.last_ms = rule.last_ms;
		follow(&w, &rule);
	} else if (repeats(s)) {
		w.odd |= SERIES_UNKNOWN_RULE;
	}
	if (!w.any && s->starts_ms != 0)
		take(&w, s->starts_ms);
	if (odd != NULL)
		*odd = w.odd;
	return w.count;
}

const char *series_rule(const struct series *s, struct arena *a)
{
	struct rule rule;
	unsigned odd = 0;
	if (!repeats(s) || !rule_read(&rule, s, series_zone(s, &odd)))
		return NULL;
	return rule_text(&rule, a);
}

const char *series_says(unsigned odd)
{
	static const struct {
		unsigned odd;
		const char *says;
	} rows[] = {
		{SERIES_UNKNOWN_ZONE, N_("kring does not know the time zone. The times are read as UTC.")},
		{SERIES_UNKNOWN_RULE, N_("kring cannot read how this repeats. Only the first date is shown.")},
		{SERIES_TOO_FAR, N_("This repeats too often or too far away to show each date.")},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		if (odd & rows[i].odd)
			return _(rows[i].says);
	return NULL;
}
