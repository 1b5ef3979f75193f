#include "when.h"

#include "mem.h"
#include "str.h"
#include "text.h"

static const char *const weekdays[] = {N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"),
	N_("Saturday"), N_("Sunday")};
static const char *const short_weekdays[] = {N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"),
	N_("Sat"), N_("Sun")};
static const char *const months[] = {N_("January"), N_("February"), N_("March"), N_("April"), N_("May"), N_("June"),
	N_("July"), N_("August"), N_("September"), N_("October"), N_("November"), N_("December")};

static int64_t to_seconds(int64_t ms)
{
	return ms / 1000 - (ms % 1000 < 0);
}

void when_day(struct sbuf *out, const struct civil *day)
{
	/* Translators: weekday, day, month, year. */
	sbuf_addf(out, _("%s %d %s %d"), _(weekdays[day->weekday]), day->day, _(months[day->month - 1]), day->year);
}

void when_day_short(struct sbuf *out, int64_t day)
{
	struct civil c = civil_from_seconds(day * 86400);
	/* Translators: weekday and day of the month. */
	sbuf_addf(out, _("%s %d"), _(short_weekdays[c.weekday]), c.day);
}

void when_time(struct sbuf *out, const struct civil *time)
{
	/* Translators: hour and minute on a 24-hour clock. */
	sbuf_addf(out, _("%02d:%02d"), time->hour, time->minute);
}

/* Puts two texts together as the language does, and frees them. */
static void add_both(struct sbuf *out, const char *format, struct sbuf *first, struct sbuf *second)
{
	sbuf_addf(out, format, sbuf_str(first), sbuf_str(second));
	sbuf_fini(first);
	sbuf_fini(second);
}

static void add_day_and_time(struct sbuf *out, const struct civil *c)
{
	struct sbuf day = {0}, time = {0};
	when_day(&day, c);
	when_time(&time, c);
	/* Translators: a day and a time. */
	add_both(out, _("%s, %s"), &day, &time);
}

void when_moment_day(struct sbuf *out, int64_t ms, const struct zone *z)
{
	struct civil c = zone_civil(z, to_seconds(ms));
	when_day(out, &c);
}

void when_moment(struct sbuf *out, int64_t ms, const struct zone *z)
{
	struct civil c = zone_civil(z, to_seconds(ms));
	add_day_and_time(out, &c);
}

void when_month(struct sbuf *out, int64_t ms, const struct zone *z)
{
	struct civil c = zone_civil(z, to_seconds(ms));
	/* Translators: month, year. */
	sbuf_addf(out, _("%s %04d"), _(months[c.month - 1]), c.year);
}

static void add_part(struct sbuf *all, const char *format, long number)
{
	struct sbuf before = *all, part = {0};
	*all = (struct sbuf){0};
	sbuf_addf(&part, format, number);
	if (before.n > 0) {
		/* Translators: how long: "1 hour" and "30 minutes". */
		add_both(all, _("%s %s"), &before, &part);
	} else {
		sbuf_fini(&before);
		*all = part;
	}
}

void when_duration(struct sbuf *out, int64_t minutes)
{
	long days = (long)(minutes / 1440), hours = (long)(minutes / 60 % 24), rest = (long)(minutes % 60);
	struct sbuf all = {0};
	if (days > 0)
		add_part(&all, ngettext("%ld day", "%ld days", (unsigned long)days), days);
	if (hours > 0)
		add_part(&all, ngettext("%ld hour", "%ld hours", (unsigned long)hours), hours);
	if (rest > 0 || minutes == 0)
		add_part(&all, ngettext("%ld minute", "%ld minutes", (unsigned long)rest), rest);
	sbuf_add(out, sbuf_str(&all));
	sbuf_fini(&all);
}

static const struct zone *own_zone(const struct when_span *s)
{
	const struct zone *z = zone_get(s->timezone);
	return z == NULL ? zone_utc() : z;
}

/* All-day dates carry no zone; local ones are shown on the event's own wall clock. */
static const struct zone *shown_zone(const struct when_span *s, const struct zone *mine)
{
	return s->all_day ? zone_utc() : s->local ? own_zone(s) : mine;
}

static bool has_end(const struct when_span *s)
{
	return s->ends_ms != 0 && s->ends_ms >= s->starts_ms;
}

static bool same_day(const struct civil *a, const struct civil *b)
{
	return a->year == b->year && a->month == b->month && a->day == b->day;
}

static void add_end(struct sbuf *out, const struct civil *from, const struct civil *to)
{
	if (same_day(from, to)) {
		/* Translators: begin and end, hours and minutes. */
		sbuf_addf(out, _("%02d:%02d to %02d:%02d"), from->hour, from->minute, to->hour, to->minute);
		return;
	}
	struct sbuf begin = {0}, end = {0};
	when_time(&begin, from);
	add_day_and_time(&end, to);
	/* Translators: begin and end of something: "22:00 to Tue 3 March 2026, 01:00". */
	add_both(out, _("%s to %s"), &begin, &end);
}

static void add_days(struct sbuf *out, const struct civil *from, const struct civil *to)
{
	struct sbuf begin = {0}, end = {0};
	when_day(&begin, from);
	when_day(&end, to);
	add_both(out, _("%s to %s"), &begin, &end);
}

void when_span_times(struct sbuf *out, const struct when_span *s, const struct zone *mine)
{
	const struct zone *z = shown_zone(s, mine);
	struct civil from = zone_civil(z, to_seconds(s->starts_ms)), to = zone_civil(z, to_seconds(s->ends_ms));
	if (s->all_day)
		sbuf_add(out, _("all day"));
	else if (has_end(s))
		add_end(out, &from, &to);
	else
		when_time(out, &from);
}

static void add_all_day(struct sbuf *out, const struct when_span *s)
{
	struct civil from = civil_from_seconds(to_seconds(s->starts_ms)),
		to = civil_from_seconds(to_seconds(s->ends_ms));
	struct sbuf days = {0};
	if (has_end(s) && !same_day(&from, &to))
		add_days(&days, &from, &to);
	else
		when_day(&days, &from);
	/* Translators: a day, or the first and the last one. */
	sbuf_addf(out, _("%s, all day"), sbuf_str(&days));
	sbuf_fini(&days);
}

/* The times, and how long when there is an end. */
static void add_times(struct sbuf *out, const struct when_span *s, const struct zone *mine)
{
	struct sbuf times = {0}, how_long = {0};
	if (s->all_day || !has_end(s)) {
		when_span_times(out, s, mine);
		return;
	}
	when_span_times(&times, s, mine);
	when_duration(&how_long, (s->ends_ms - s->starts_ms) / 60000);
	/* Translators: times and how long that is; or times and the time zone. */
	add_both(out, _("%s (%s)"), &times, &how_long);
}

void when_span(struct sbuf *out, const struct when_span *s, const struct zone *mine)
{
	if (s->all_day) {
		add_all_day(out, s);
		return;
	}
	struct civil from = zone_civil(shown_zone(s, mine), to_seconds(s->starts_ms));
	struct sbuf day = {0}, times = {0};
	when_day(&day, &from);
	add_times(&times, s, mine);
	add_both(out, _("%s, %s"), &day, &times);
}

static void note_own_zone(struct sbuf *out, const struct when_span *s, const struct zone *mine)
{
	const struct zone *own = own_zone(s);
	int64_t at = to_seconds(s->starts_ms);
	if (zone_same(own, mine) || zone_offset(own, at, NULL) == zone_offset(mine, at, NULL))
		return;
	const struct zone *other = s->local ? mine : own;
	struct civil c = zone_civil(other, at);
	struct sbuf time = {0};
	add_day_and_time(&time, &c);
	if (s->local)
		sbuf_addf(out, _("These are the times in %s. For you that is %s."), zone_name(own), sbuf_str(&time));
	else
		sbuf_addf(out, _("In %s that is %s."), zone_name(own), sbuf_str(&time));
	sbuf_addc(out, '\n');
	sbuf_fini(&time);
}

void when_span_notes(struct sbuf *out, const struct when_span *s, const struct zone *mine)
{
	int64_t changed;
	int by;
	if (s->ends_ms == 0)
		sbuf_addf(out, "%s\n", _("The end is not filled in."));
	else if (s->ends_ms < s->starts_ms)
		sbuf_addf(out, "%s\n", _("The end is before the start. The organiser has to change this."));
	if (!str_empty(s->timezone) && zone_get(s->timezone) == NULL) {
		sbuf_addf(out, _("The time zone %s is not known. The times may be wrong."), s->timezone);
		sbuf_addc(out, '\n');
	}
	if (s->all_day)
		return;
	note_own_zone(out, s, mine);
	int64_t from = to_seconds(s->starts_ms), to = has_end(s) ? to_seconds(s->ends_ms) : from;
	if (zone_change(mine, from - 12 * 3600, to, &changed, &by))
		sbuf_addf(out, "%s\n", by > 0 ? _("Note: the clock goes forward one hour around this time.")
			: _("Note: the clock goes back one hour around this time."));
}

void when_span_in_day(struct sbuf *out, const struct when_span *s, const struct zone *mine)
{
	struct civil from = civil_from_seconds(to_seconds(s->starts_ms)),
		to = civil_from_seconds(to_seconds(s->ends_ms));
	add_times(out, s, mine);
	if (s->all_day && has_end(s) && !same_day(&from, &to)) {
		struct sbuf last = {0};
		when_day(&last, &to);
		/* Translators: the last day of something that takes several days. */
		sbuf_addf(out, _(", until %s"), sbuf_str(&last));
		sbuf_fini(&last);
	}
}

static void add_change(struct sbuf *out, int64_t at, int by, const struct zone *z, const char *forward,
	const char *back)
{
	struct sbuf how_long = {0}, day = {0};
	struct civil c = zone_civil(z, at);
	when_duration(&how_long, (by < 0 ? -by : by) / 60);
	when_day(&day, &c);
	sbuf_addf(out, by > 0 ? forward : back, sbuf_str(&how_long), sbuf_str(&day), zone_name(z));
	sbuf_fini(&how_long);
	sbuf_fini(&day);
}

bool when_clock_change(struct sbuf *out, int64_t from_ms, int64_t to_ms, const struct zone *z)
{
	int64_t changed;
	int by;
	if (!zone_change(z, to_seconds(from_ms), to_seconds(to_ms), &changed, &by))
		return false;
	/* Translators: how long ("1 hour"), the day. */
	add_change(out, changed, by, z, _("The clock goes forward %s on %s."), _("The clock goes back %s on %s."));
	return true;
}

/* A clock changes at least once in so many days, when it ever does. */
static int64_t look_from(int64_t starts, int64_t now)
{
	enum { LookDays = 200 };
	int64_t from = starts - LookDays * 86400LL;
	return from > now ? from : now;
}

/* How far apart the two clocks are is not what it is now. */
static bool moves_apart(const struct zone *own, const struct zone *mine, int64_t now, int64_t starts)
{
	int then = zone_offset(own, starts, NULL) - zone_offset(mine, starts, NULL);
	return now < starts && then != zone_offset(own, now, NULL) - zone_offset(mine, now, NULL);
}

void when_span_between(struct sbuf *out, const struct when_span *s, int64_t now_ms, const struct zone *mine)
{
	const struct zone *own = own_zone(s);
	int64_t now = to_seconds(now_ms), starts = to_seconds(s->starts_ms), from = look_from(starts, now), changed;
	int by;
	if (s->all_day || starts <= now)
		return;
	if (when_clock_change(out, from * 1000, s->starts_ms, mine))
		sbuf_addc(out, '\n');
	if (zone_same(own, mine) || !moves_apart(own, mine, now, starts)
		|| !zone_change(own, from, starts, &changed, &by))
		return;
	/* Translators: how long ("1 hour"), the day, the time zone. */
	add_change(out, changed, by, own, _("The clock goes forward %s on %s in %s."),
		_("The clock goes back %s on %s in %s."));
	sbuf_addc(out, '\n');
}

static void hint_own_zone(struct sbuf *out, const struct when_span *s, const struct zone *mine)
{
	const struct zone *own = own_zone(s), *other = s->local ? mine : own;
	int64_t at = to_seconds(s->starts_ms);
	if (zone_get(s->timezone) == NULL || zone_offset(own, at, NULL) == zone_offset(mine, at, NULL))
		return;
	struct sbuf time = {0};
	struct civil there = zone_civil(other, at), here = zone_civil(s->local ? own : mine, at);
	if (same_day(&there, &here))
		when_time(&time, &there);
	else
		add_day_and_time(&time, &there);
	if (s->local)
		sbuf_addf(out, _(" | time in %s, for you %s"), zone_name(own), sbuf_str(&time));
	else
		/* Translators: a time zone and the time there. */
		sbuf_addf(out, _(" | in %s %s"), zone_name(own), sbuf_str(&time));
	sbuf_fini(&time);
}

static bool changes_inside(const struct when_span *s, const struct zone *z)
{
	int64_t changed;
	int by;
	return has_end(s) && zone_change(z, to_seconds(s->starts_ms), to_seconds(s->ends_ms), &changed, &by);
}

void when_span_hints(struct sbuf *out, const struct when_span *s, int64_t now_ms, const struct zone *mine)
{
	if (s->ends_ms == 0 && !s->all_day)
		sbuf_add(out, _(" | no end given"));
	else if (s->ends_ms != 0 && s->ends_ms < s->starts_ms)
		sbuf_add(out, _(" | the end is before the start"));
	if (!str_empty(s->timezone) && zone_get(s->timezone) == NULL)
		sbuf_add(out, _(" | the time zone is not known"));
	if (s->all_day)
		return;
	if (changes_inside(s, mine) || changes_inside(s, own_zone(s)))
		sbuf_add(out, _(" | the clock changes in between"));
	hint_own_zone(out, s, mine);
	if (zone_get(s->timezone) != NULL
		&& moves_apart(own_zone(s), mine, to_seconds(now_ms), to_seconds(s->starts_ms)))
		sbuf_addf(out, _(" | before it the clock changes in %s or here"), zone_name(own_zone(s)));
}

static void add_html_date(struct sbuf *out, const struct html_date *d)
{
	struct civil from = zone_civil(d->zone, d->start), to = zone_civil(d->zone, d->end);
	struct sbuf day = {0}, times = {0};
	if (!d->has_time && d->end != 0 && !same_day(&from, &to)) {
		add_days(out, &from, &to);
	} else if (d->has_time && d->end != 0) {
		when_day(&day, &from);
		add_end(&times, &from, &to);
		add_both(out, _("%s, %s"), &day, &times);
	} else if (d->has_time) {
		add_day_and_time(out, &from);
	} else {
		when_day(out, &from);
	}
}

void when_html_date(void *data, const struct html_date *d, struct sbuf *out)
{
	struct sbuf date = {0}, zone = {0};
	if (data == NULL || zone_same(d->zone, data)) {
		add_html_date(out, d);
		return;
	}
	add_html_date(&date, d);
	sbuf_add(&zone, zone_name(d->zone));
	add_both(out, _("%s (%s)"), &date, &zone);
}
