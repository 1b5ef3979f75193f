#include "when.h"

#include <stdio.h>
#include <string.h>

#include "str.h"
#include "text.h"

/* Weeks, and what repeats, in words. */
enum { ShownExceptions = 3 };

static int64_t days_of(const struct civil *c)
{
	return civil_days(c->year, c->month, c->day);
}

void when_day_number(struct sbuf *out, int64_t day)
{
	struct civil c = civil_from_seconds(day * 86400);
	when_day(out, &c);
}

int64_t when_week_monday(int64_t day)
{
	return day - civil_from_seconds(day * 86400).weekday;
}

/* The week belongs to the year of its Thursday. */
int when_week_number(int64_t day, int *year)
{
	int64_t thursday = when_week_monday(day) + 3;
	*year = civil_from_seconds(thursday * 86400).year;
	return (int)((thursday - civil_days(*year, 1, 1)) / 7) + 1;
}

void when_week(struct sbuf *out, int64_t day)
{
	struct sbuf monday = {0};
	int year;
	when_day_number(&monday, when_week_monday(day));
	/* Translators: the number of a week and its first day. */
	sbuf_addf(out, _("Week %d, from %s"), when_week_number(day, &year), sbuf_str(&monday));
	sbuf_fini(&monday);
}

/* What stands after NAME= in a rule; NULL when it is not in it. */
static const char *part(const char *rule, const char *name)
{
	size_t n = strlen(name);
	for (const char *at = rule; (at = strstr(at, name)) != NULL; at += n)
		if ((at == rule || strchr(":;\n ", at[-1]) != NULL) && at[n] == '=')
			return at + n + 1;
	return NULL;
}

static int part_number(const char *rule, const char *name, int standard)
{
	const char *at = part(rule, name);
	int n;
	return at != NULL && sscanf(at, "%6d", &n) == 1 ? n : standard;
}

static const char *words_of_code(const char *code)
{
	static const struct {
		const char *code, *words;
	} rows[] = {
		{"every_day", N_("every day")}, {"every_weekday", N_("every working day")},
			{"every_week", N_("every week")},
		{"every_two_weeks", N_("every two weeks")}, {"every_four_weeks", N_("every four weeks")},
		{"every_month", N_("every month")},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		if (str_equal(code, rows[i].code))
			return _(rows[i].words);
	return NULL;
}

static const char *words_of_rule(const char *rule)
{
	static const struct {
		const char *often, *words;
		int interval;
	} rows[] = {
		{"DAILY", N_("every day"), 1}, {"WEEKLY", N_("every week"), 1}, {"WEEKLY", N_("every two weeks"), 2},
		{"WEEKLY", N_("every four weeks"), 4}, {"MONTHLY", N_("every month"), 1}, {"YEARLY", N_("every year"), 1},
	};
	const char *often = part(rule, "FREQ"), *days = part(rule, "BYDAY");
	if (days != NULL && str_starts(days, "MO,TU,WE,TH,FR") && days[14] != ',')
		return _("every working day");
	for (size_t i = 0; often != NULL && i < sizeof rows / sizeof rows[0]; i++)
		if (str_starts(often, rows[i].often) && part_number(rule, "INTERVAL", 1) == rows[i].interval)
			return _(rows[i].words);
	return _("more than once");
}

/* "20260630T220000Z", "20260630". Without a zone it is taken as the day it says. */
static bool rule_day(const char *text, bool ends, const struct zone *mine, int64_t *day)
{
	struct civil c = {0};
	int used = 0;
	int found = sscanf(text, "%4d%2d%2d%nT%2d%2d%2d", &c.year, &c.month, &c.day, &used, &c.hour, &c.minute,
		&c.second);
	if (found < 3 || used != 8 || !civil_valid(&c))
		return false;
	/* Midnight ends the day before. Discourse ends a series with the last second of the day itself, in UTC. */
	bool whole_day = ends && c.hour == 23 && c.minute == 59 && c.second == 59;
	if (found == 6 && text[15] == 'Z' && !whole_day)
		c = zone_civil(mine, civil_to_seconds(&c) - ends);
	*day = days_of(&c);
	return true;
}

static void add_exceptions(struct sbuf *out, const char *rule, const struct zone *mine)
{
	const char *at = strstr(rule, "EXDATE");
	int64_t day;
	at = at == NULL ? NULL : strchr(at, ':');
	for (int i = 0; at != NULL && i < ShownExceptions && rule_day(at + 1, false, mine, &day); i++) {
		struct sbuf text = {0};
		when_day_number(&text, day);
		/* Translators: a day on which a series has no meeting. */
		sbuf_addf(out, _(", not on %s"), sbuf_str(&text));
		sbuf_fini(&text);
		at += 1 + strcspn(at + 1, ",\n");
		at = *at == ',' ? at : NULL;
	}
}

void when_repeats(struct sbuf *out, const char *recurrence, const char *rrule, const struct zone *mine)
{
	const char *rule = str_or_empty(rrule), *words = words_of_code(recurrence), *until = part(rule, "UNTIL");
	int64_t day;
	if (str_empty(recurrence) && str_empty(rule))
		return;
	if (words == NULL)
		words = str_empty(rule) ? recurrence : words_of_rule(rule);
	sbuf_add(out, words);
	if (until != NULL && rule_day(until, true, mine, &day)) {
		struct sbuf text = {0};
		when_day_number(&text, day);
		/* Translators: the last day of a series. */
		sbuf_addf(out, _(", until %s"), sbuf_str(&text));
		sbuf_fini(&text);
	} else if (part_number(rule, "COUNT", 0) > 0) {
		int times = part_number(rule, "COUNT", 0);
		sbuf_addf(out, ngettext(", %d time", ", %d times", (unsigned long)times), times);
	}
	add_exceptions(out, rule, mine);
}
