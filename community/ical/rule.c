#include "rule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "str.h"

static const int64_t DayMs = 24LL * 3600 * 1000;

static const struct {
	const char *word, *rule;
	bool nth; /* the n-th weekday of the month */
} words[] = {
	{"every_day", "FREQ=DAILY;INTERVAL=1"},
	{"every_weekday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"},
	{"every_week", "FREQ=WEEKLY;INTERVAL=1"},
	{"every_two_weeks", "FREQ=WEEKLY;INTERVAL=2"},
	{"every_four_weeks", "FREQ=WEEKLY;INTERVAL=4"},
	{"every_month", "FREQ=MONTHLY", .nth = true},
};

/* What stands behind "RRULE:" or "DTSTART...:" in lines of iCalendar, which may have become one line; NULL
 * when there is no such line. */
static const char *line_value(const char *text, const char *name, struct arena *a)
{
	size_t n = strlen(name), length;
	for (const char *line = text; *line != '\0'; line += length + (line[length] != '\0')) {
		length = strcspn(line, "\r\n ");
		const char *colon = memchr(line, ':', length);
		if (strncmp(line, name, n) == 0 && (line[n] == ':' || line[n] == ';') && colon != NULL)
			return arena_strndup(a, colon + 1, (size_t)(line + length - colon) - 1);
	}
	return NULL;
}

static int64_t end_of_day_ms(int64_t ms)
{
	int64_t days = ms >= 0 ? ms / DayMs : -((DayMs - 1 - ms) / DayMs);
	return days * DayMs + DayMs - 1;
}

static int64_t until_ms(struct icaltimetype until, const struct zone *z)
{
	struct civil c = wall_from_ical(until);
	if (until.is_date) {
		c.hour = 23;
		c.minute = c.second = 59;
	}
	return (icaltime_is_utc(until) ? civil_to_seconds(&c) : zone_instant(z, &c, NULL)) * 1000 + 999;
}

static bool has(const short *list)
{
	return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

/* The n-th weekday: there are at most `most` of each in the period. */
static bool days_exist(const struct icalrecurrencetype *r, int most)
{
	for (int i = 0; i < ICAL_BY_DAY_SIZE && r->by_day[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
		if (abs(icalrecurrencetype_day_position(r->by_day[i])) > most)
			return false;
	return true;
}

static bool has_nth(const struct icalrecurrencetype *r)
{
	return !days_exist(r, 0);
}

static bool places_exist(const struct icalrecurrencetype *r)
{
	int days = 0;
	while (days < ICAL_BY_DAY_SIZE && r->by_day[days] != ICAL_RECURRENCE_ARRAY_MAX)
		days++;
	for (int i = 0; i < ICAL_BY_SETPOS_SIZE && r->by_set_pos[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
		if (abs(r->by_set_pos[i]) > 4 * days)
			return false;
	return true;
}

/* A rule that never has a date costs libical more than a second for each event: it looks at every day of six
 * centuries. */
static bool may_have_dates(const struct icalrecurrencetype *r)
{
	switch (r->freq) {
	case ICAL_DAILY_RECURRENCE:
		return !has(r->by_month) && !has(r->by_month_day) && !has(r->by_set_pos) && !has_nth(r);
	case ICAL_WEEKLY_RECURRENCE:
		return !has_nth(r) && !has(r->by_set_pos) && !has(r->by_month) && !has(r->by_month_day);
	case ICAL_MONTHLY_RECURRENCE:
		return days_exist(r, 5) && places_exist(r)
			&& !(has(r->by_month_day) && (has_nth(r) || has(r->by_month) || has(r->by_set_pos)))
			&& !(has_nth(r) && has(r->by_set_pos));
	case ICAL_YEARLY_RECURRENCE:
		return days_exist(r, 53);
	default:
		return false;
	}
}

static bool is_for_meetings(const struct icalrecurrencetype *r)
{
	return r->rscale == NULL && !has(r->by_hour) && !has(r->by_minute) && !has(r->by_second) && may_have_dates(r);
}

static bool parse(struct rule *r, const char *text, const struct zone *z)
{
	icalerror_set_errors_are_fatal(false);
	r->ical = icalrecurrencetype_from_string(text);
	r->last_ms = INT64_MAX;
	if (!is_for_meetings(&r->ical)) {
		icalmemory_free_buffer(r->ical.rscale);
		return false;
	}
	if (!icaltime_is_null_time(r->ical.until))
		r->last_ms = until_ms(r->ical.until, z);
	r->ical.until = icaltime_null_time();
	return true;
}

static bool read_word(struct rule *r, const struct series *s, const struct zone *z)
{
	static const char *const day[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
	for (size_t i = 0; i < COUNT(words); i++)
		if (str_equal(words[i].word, s->recurrence)) {
			int n = snprintf(r->text, sizeof r->text, "%s", words[i].rule);
			if (words[i].nth)
				snprintf(r->text + n, sizeof r->text - (size_t)n, ";BYDAY=%d%s", (r->start.day - 1) / 7 + 1,
					day[r->start.weekday]);
			return parse(r, r->text, z);
		}
	return false;
}

/* An event of a long series names only its next date; the rule counts from the first. */
static void read_start(struct rule *r, const char *text, const struct zone *z, int64_t starts_ms)
{
	struct icaltimetype t = icaltime_from_string(text);
	struct civil c = wall_from_ical(t);
	if (icaltime_is_null_time(t) || !civil_valid(&c))
		return;
	int64_t seconds = icaltime_is_utc(t) ? civil_to_seconds(&c) : zone_instant(z, &c, NULL);
	if (seconds * 1000 < starts_ms)
		r->start = zone_civil(z, seconds);
}

static bool read_lines(struct rule *r, const struct series *s, const struct zone *z, struct arena *a)
{
	const char *rule = line_value(s->rrule, "RRULE", a), *start = line_value(s->rrule, "DTSTART", a);
	if (start != NULL)
		read_start(r, start, z, s->starts_ms);
	return parse(r, rule != NULL ? rule : s->rrule, z);
}

bool rule_read(struct rule *r, const struct series *s, const struct zone *z)
{
	struct arena a = {0};
	int64_t first = s->starts_ms >= 0 ? s->starts_ms / 1000 : -((999 - s->starts_ms) / 1000);
	*r = (struct rule){.start = zone_civil(z, first)};
	bool ok = str_empty(s->rrule) ? read_word(r, s, z) : read_lines(r, s, z, &a);
	if (ok && s->until_ms != 0 && end_of_day_ms(s->until_ms) < r->last_ms)
		r->last_ms = end_of_day_ms(s->until_ms);
	arena_fini(&a);
	return ok;
}

static const char *ical_text(const struct icalrecurrencetype *r, struct arena *a)
{
	struct icalrecurrencetype copy = *r;
	char *text = icalrecurrencetype_as_string_r(&copy);
	const char *kept = arena_strdup(a, str_or_empty(text));
	icalmemory_free_buffer(text);
	return kept;
}

const char *rule_text(const struct rule *r, struct arena *a)
{
	const char *text = r->text[0] != '\0' ? arena_strdup(a, r->text) : ical_text(&r->ical, a);
	if (r->last_ms == INT64_MAX)
		return text;
	int64_t last = r->last_ms >= 0 ? r->last_ms / 1000 : -((999 - r->last_ms) / 1000);
	struct civil u = civil_from_seconds(last);
	return arena_printf(a, "%s;UNTIL=%04d%02d%02dT%02d%02d%02dZ", text, u.year, u.month, u.day, u.hour,
		u.minute, u.second);
}
