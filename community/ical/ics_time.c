#include "ics_time.h"

#include <string.h>

#include "rule.h"
#include "str.h"

static const int64_t HourMs = 3600 * 1000, DayMs = 24LL * 3600 * 1000;

/* How the times of one event are written. */
struct form {
	const struct zone *zone;
	bool date, utc, floating;
};

static bool can_describe(const struct zone *z)
{
	return !str_empty(zone_name(z)) && icaltimezone_get_builtin_timezone(zone_name(z)) != NULL;
}

static bool remember(struct ics_zones *z, const struct zone *zone, int64_t from_ms)
{
	for (int i = 0; i < z->count; i++)
		if (zone_same(z->row[i].zone, zone)) {
			if (from_ms < z->row[i].from_ms)
				z->row[i].from_ms = from_ms;
			return true;
		}
	if (z->count == ICS_ZONES_MAX || !can_describe(zone))
		return false;
	z->row[z->count].zone = zone;
	z->row[z->count++].from_ms = from_ms;
	return true;
}

static struct civil civil_at(const struct zone *z, int64_t ms)
{
	return zone_civil(z, ms >= 0 ? ms / 1000 : -((999 - ms) / 1000));
}

/* In a doubled hour: not every program takes the first one for a time on the wall. */
static bool is_doubled(const struct zone *z, int64_t ms)
{
	bool shifted;
	struct civil c = civil_at(z, ms);
	zone_instant(z, &c, &shifted);
	return shifted;
}

static struct form form_for(struct ics_zones *z, const struct series *s, bool floating, struct occurrence when)
{
	unsigned odd = 0;
	struct form f = {.zone = series_zone(s, &odd), .date = s->all_day, .floating = floating && !s->all_day};
	if (f.date || f.floating)
		return f;
	f.utc = zone_same(f.zone, zone_utc()) || is_doubled(f.zone, when.starts_ms)
		|| (when.ends_ms != 0 && is_doubled(f.zone, when.ends_ms)) || !remember(z, f.zone, when.starts_ms);
	f.zone = f.utc ? zone_utc() : f.zone;
	return f;
}

static struct icaltimetype time_as(const struct form *f, int64_t ms)
{
	struct civil c = civil_at(f->zone, ms);
	struct icaltimetype t = wall_to_ical(&c, f->date);
	if (f->utc)
		t.zone = icaltimezone_get_utc_timezone();
	return t;
}

static void add(icalcomponent *event, icalproperty *p, const struct form *f)
{
	if (!f->date && !f->floating && !f->utc)
		icalproperty_add_parameter(p, icalparameter_new_tzid(zone_name(f->zone)));
	icalcomponent_add_property(event, p);
}

/* All-day: the days are named, the last one included. Without an end Discourse shows an hour. */
static int64_t end_ms(const struct series *s, struct occurrence when)
{
	bool ends = when.ends_ms > when.starts_ms;
	if (s->all_day)
		return (ends ? when.ends_ms : when.starts_ms) + DayMs;
	return ends ? when.ends_ms : when.starts_ms + HourMs;
}

/* Other programs fail on years far away, and then on the whole file. */
static bool year_fits(struct icaltimetype t)
{
	enum { First = 1902, Last = 2199 };
	return t.year >= First && t.year <= Last;
}

bool ics_add_times(struct ics_zones *z, icalcomponent *event, const struct series *s, bool floating,
	struct occurrence when)
{
	struct form f = form_for(z, s, floating, when);
	struct icaltimetype begin = time_as(&f, when.starts_ms), end = time_as(&f, end_ms(s, when));
	if (!year_fits(begin) || !year_fits(end))
		return false;
	add(event, icalproperty_new_dtstart(begin), &f);
	add(event, icalproperty_new_dtend(end), &f);
	return true;
}

/* The series from where its rule began, which may be before the date that the site names. */
static struct series from_the_beginning(const struct series *s, const struct rule *rule, const struct zone *z)
{
	struct series whole = *s;
	int64_t starts_ms = zone_instant(z, &rule->start, NULL) * 1000;
	if (starts_ms < s->starts_ms && civil_to_seconds(&rule->start) >= 0) {
		whole.starts_ms = starts_ms;
		whole.ends_ms = s->ends_ms > s->starts_ms ? starts_ms + s->ends_ms - s->starts_ms : 0;
	}
	return whole;
}

static bool has(const struct occurrence *list, int count, int64_t starts_ms)
{
	for (int i = 0; i < count; i++)
		if (list[i].starts_ms == starts_ms)
			return true;
	return false;
}

/* False: the series has dates that the rule has not. */
static bool compare(struct ics_rule *r, const struct series *whole, int64_t current_ms,
	const struct occurrence *known, int count, struct arena *a)
{
	struct occurrence *by_rule = ARENA_ARRAY(a, SERIES_MAX, struct occurrence);
	int64_t from = known[0].starts_ms, to = known[count - 1].starts_ms + 1;
	unsigned odd;
	int n = series_expand(whole, from, to, by_rule, SERIES_MAX, &odd);
	r->without = ARENA_ARRAY(a, (size_t)n + 1, int64_t);
	for (int i = 0; i < n; i++)
		if (by_rule[i].starts_ms >= from && !has(known, count, by_rule[i].starts_ms))
			r->without[r->without_count++] = by_rule[i].starts_ms;
	for (int i = 0; i < count; i++)
		if (known[i].starts_ms >= current_ms && !has(by_rule, n, known[i].starts_ms))
			return false;
	return odd == 0 || odd == SERIES_UNKNOWN_ZONE;
}

bool ics_rule_make(struct ics_rule *r, const struct series *s, const struct occurrence *known, int count,
	struct arena *a)
{
	struct rule rule;
	unsigned odd = 0;
	const struct zone *z = series_zone(s, &odd);
	*r = (struct ics_rule){.text = series_rule(s, a)};
	if (r->text == NULL || s->starts_ms == 0 || !rule_read(&rule, s, z))
		return false;
	struct series whole = from_the_beginning(s, &rule, z);
	int found = series_expand(&whole, whole.starts_ms, INT64_MAX, &r->first, 1, &odd);
	if (found == 0 || (odd & (SERIES_TOO_FAR | SERIES_UNKNOWN_RULE)) != 0 || is_doubled(z, r->first.starts_ms))
		return false;
	return count == 0 || compare(r, &whole, s->starts_ms, known, count, a);
}

/* The end of a rule has the form of the beginning, but with a zone it is in UTC. */
static struct icaltimetype until_as(const struct form *f, const struct series *s, struct icaltimetype until)
{
	unsigned odd = 0;
	struct civil c = wall_from_ical(until);
	if (!f->date && !f->floating)
		return until;
	const struct zone *z = f->date ? zone_utc() : series_zone(s, &odd);
	c = zone_civil(z, civil_to_seconds(&c));
	return wall_to_ical(&c, f->date);
}

void ics_add_rule(struct ics_zones *z, icalcomponent *event, const struct series *s, bool floating,
	const struct ics_rule *r)
{
	struct form f = form_for(z, s, floating, r->first);
	struct icalrecurrencetype rule = icalrecurrencetype_from_string(r->text);
	if (!icaltime_is_null_time(rule.until))
		rule.until = until_as(&f, s, rule.until);
	icalcomponent_add_property(event, icalproperty_new_rrule(rule));
	for (int i = 0; i < r->without_count; i++)
		add(event, icalproperty_new_exdate(time_as(&f, r->without[i])), &f);
}
