#include "meeting_check.h"

#include <string.h>

#include "event_fields.h"
#include "meeting_moment.h"
#include "str.h"
#include "text.h"
#include "when.h"

enum { MostRemarks = 24, DaysBefore = 14, DaySeconds = 86400 };

struct check {
	const struct screen *s;
	const struct meeting_plan *p;
	struct arena *a;
	struct compose_remarks out;
	const struct zone *zone;         /* of the meeting */
	struct meeting_time start, end;
	int64_t starts, ends;            /* seconds; ends 0: none */
};

static void add(struct check *c, bool missing, const char *says)
{
	if (c->out.count < MostRemarks)
		c->out.row[c->out.count++] = (struct compose_remark){.missing = missing, .says = says};
}

static bool is_all_day(const struct check *c)
{
	return event_markup_is(&c->p->block, "allDay");
}

static void check_zone(struct check *c)
{
	const char *name = event_markup_get(&c->p->block, "timezone");
	if (!str_empty(name) && zone_get(name) == NULL)
		add(c, true, arena_printf(c->a, _("kring does not know the time zone %s."), name));
	else if (str_empty(name))
		add(c, false, _("There is no time zone. The site takes the times as those of UTC."));
}

static void check_end(struct check *c)
{
	if (!c->end.has_day) {
		if (!is_all_day(c))
			add(c, false, _("There is no end. Many people want to know how long it takes."));
		return;
	}
	if (is_all_day(c) ? c->ends < c->starts : c->ends <= c->starts)
		add(c, true, _("The end is not after the start."));
}

static void check_clock(struct check *c)
{
	bool shifted = false, end_shifted = false;
	int64_t when;
	int by;
	if (is_all_day(c))
		return;
	zone_instant(c->zone, &c->start.at, &shifted);
	if (c->ends != 0)
		zone_instant(c->zone, &c->end.at, &end_shifted);
	if (shifted || end_shifted)
		add(c, false, _("The clock changes that night. This time does not exist, or exists twice."));
	else if (c->ends > c->starts && zone_change(c->zone, c->starts, c->ends, &when, &by))
		add(c, false, _("The clock changes during this meeting. It takes an hour more or less."));
}

static void check_soon(struct check *c)
{
	int64_t now = c->s->ctx->now_ms / 1000;
	if (c->starts < (is_all_day(c) ? now - DaySeconds : now))
		add(c, false, _("This day is past."));
	else if (c->starts < now + (int64_t)DaysBefore * DaySeconds)
		add(c, false, _("This is within 14 days. Many members need more time to prepare."));
}

static void check_when(struct check *c)
{
	if (!c->start.has_day) {
		add(c, true, _("The date is missing."));
		return;
	}
	if (!is_all_day(c) && !c->start.has_time) {
		add(c, true, _("The time at which it begins is missing."));
		return;
	}
	check_end(c);
	check_clock(c);
	check_soon(c);
}

static void check_series(struct check *c)
{
	struct meeting_time until = meeting_plan_time(c->p, "recurrenceUntil");
	if (str_empty(event_markup_get(&c->p->block, "recurrence")))
		return;
	if (!until.has_day)
		add(c, false, _("The series has no last day."));
	else if (c->start.has_day && civil_to_seconds(&until.at) < civil_to_seconds(&c->start.at))
		add(c, true, _("The last day of the series is before its first day."));
}

static const char *length_words(int minutes, struct arena *a)
{
	struct sbuf words = {0};
	when_duration(&words, minutes);
	const char *text = arena_strdup(a, sbuf_str(&words));
	sbuf_fini(&words);
	return text;
}

static void check_steps(struct check *c)
{
	int steps = meeting_plan_steps(c->p);
	int64_t length = (c->ends - c->starts) / 60;
	if (steps == 0 || !c->start.has_time || !c->end.has_time || length <= 0 || length == steps)
		return;
	const char *words = length_words(steps, c->a), *whole = length_words((int)length, c->a);
	if (length < steps)
		add(c, false, arena_printf(c->a, _("The steps take %s. The meeting is shorter: %s."), words, whole));
	else
		add(c, false, arena_printf(c->a, _("The steps take %s. The meeting is longer: %s."), words, whole));
}

/* Until when somebody can sign up or withdraw. */
static void check_until(struct check *c, const char *id)
{
	struct civil today = meeting_today(c->s), day = {0};
	const char *value = meeting_plan_value(c->p, id);
	int field = event_field_find(&c->p->set, id);
	if (field < 0 || str_empty(value) || !c->start.has_day || !meeting_moment_day(value, &today, &day, NULL, c->a))
		return;
	if (civil_days(day.year, day.month, day.day) > civil_days(c->start.at.year, c->start.at.month, c->start.at.day))
		add(c, false, arena_printf(c->a, _("%s: this day is after the meeting."), c->p->set.field[field].label));
}

static void check_fields(struct check *c)
{
	struct sbuf names = {0};
	for (int i = 0; i < c->p->set.count; i++)
		if (meeting_plan_requires(c->p, i) && event_fields_is_empty(c->p->value[i]))
			sbuf_addf(&names, "%s%s", names.n > 0 ? ", " : "", c->p->set.field[i].label);
	if (names.n > 0)
		add(c, false, arena_printf(c->a, _("Members look for this, and it is not filled in: %s."),
			sbuf_str(&names)));
	sbuf_fini(&names);
}

static struct check begin(const struct screen *s, const struct meeting_plan *p, struct arena *a)
{
	struct check c = {.s = s, .p = p, .a = a, .out = {.row = ARENA_ARRAY(a, MostRemarks, struct compose_remark)},
		.zone = zone_get(event_markup_get(&p->block, "timezone")), .start = meeting_plan_time(p, "start"),
		.end = meeting_plan_time(p, "end")};
	if (c.zone == NULL)
		c.zone = zone_utc();
	if (c.start.has_day)
		c.starts = zone_instant(c.zone, &c.start.at, NULL);
	if (c.end.has_day)
		c.ends = zone_instant(c.zone, &c.end.at, NULL);
	return c;
}

static void check_change(struct check *c, const struct composition *w)
{
	struct meeting_plan old;
	if (!meeting_read_old(c->s, w, &old, c->a) || meeting_change_news(&old, c->p) == MEETING_NO_NEWS)
		return;
	struct meeting_reason r = meeting_reason(c->s, w, c->p, c->a);
	if (str_empty(r.why))
		add(c, false, _("It is not filled in why this changes."));
}

struct compose_remarks meeting_check(const struct screen *s, const struct composition *w, struct arena *a)
{
	struct meeting_plan p;
	if (!w->meeting)
		return (struct compose_remarks){0};
	meeting_read(s, w, &p, a);
	struct check c = begin(s, &p, a);
	bool cancelled = event_markup_is(&p.block, "closed");
	check_change(&c, w);
	if (cancelled)
		return c.out;
	check_zone(&c);
	check_when(&c);
	check_series(&c);
	check_steps(&c);
	check_until(&c, "sign_up_until");
	check_until(&c, "cancel_until");
	check_fields(&c);
	return c.out;
}

const char *meeting_time_remark(const struct screen *s, const struct meeting_plan *p, struct arena *a)
{
	struct check c = begin(s, p, a);
	if (!c.start.has_day)
		return NULL;
	if (c.end.has_day)
		check_end(&c);
	check_clock(&c);
	check_soon(&c);
	return c.out.count == 0 ? NULL : c.out.row[0].says;
}
