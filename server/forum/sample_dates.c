#include "sample.h"

#include <stdio.h>
#include <string.h>

#include "sbuf.h"
#include "str.h"
#include "zone.h"

static int weekday_of(const char *word)
{
	static const char *const day[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	for (int i = 0; i < 7; i++) {
		if (str_equal(word, day[i]))
			return i;
	}
	return -1;
}

static const char *written_out(struct sample *s, const struct civil *c)
{
	static const char *const dutch_day[] = {
		"maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"};
	static const char *const dutch_month[] = {
		"januari",
		"februari",
		"maart",
		"april",
		"mei",
		"juni",
		"juli",
		"augustus",
		"september",
		"oktober",
		"november",
		"december",
	};
	static const char *const english_day[] = {
		"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};
	static const char *const english_month[] = {
		"January",
		"February",
		"March",
		"April",
		"May",
		"June",
		"July",
		"August",
		"September",
		"October",
		"November",
		"December",
	};
	bool dutch = str_equal(s->language, "nl");
	return arena_printf(s->f->mem, "%s %d %s %d", (dutch ? dutch_day : english_day)[c->weekday], c->day,
		(dutch ? dutch_month : english_month)[(c->month + 11) % 12], c->year);
}

static void write_date(char *out, size_t size, int64_t days, const char *clock)
{
	struct civil c = civil_from_seconds(days * 86400);
	snprintf(out, size, "%04d-%02d-%02d%s%s", c.year % 10000, c.month, c.day, clock == NULL ? "" : " ",
		str_or_empty(clock));
}

bool sample_dates_of(struct sample *s, const struct yaml_node *when, struct sample_dates *d,
	struct error *err)
{
	const char *zone = yaml_text(when, "timezone"), *start = yaml_text(when, "start"),
			   *end = yaml_text(when, "end");
	const struct zone *z = zone == NULL ? zone_utc() : zone_get(zone);
	if (z == NULL)
		return fail(err, ERR_INVALID, "The sample names a time zone that does not exist: %s.", zone);
	*d = (struct sample_dates){.date = ""};
	struct civil today = zone_civil(z, s->now_ms / 1000);
	int64_t day = civil_days(today.year, today.month, today.day) + (int64_t)yaml_number(when, "in_days", 0);
	int weekday = weekday_of(yaml_text(when, "weekday"));
	if (weekday >= 0)
		day += (weekday - civil_from_seconds(day * 86400).weekday + 7) % 7;
	bool all_day = yaml_bool(when, "all_day");
	int64_t last = day + (int64_t)yaml_number(when, "days", 1) - 1;
	write_date(d->start, sizeof d->start, day, all_day ? NULL : start);
	write_date(d->end, sizeof d->end, last, all_day ? NULL : end);
	write_date(d->start_date, sizeof d->start_date, day, NULL);
	if (yaml_get(when, "recurrence_until_days") != NULL)
		write_date(d->until, sizeof d->until, day + (int64_t)yaml_number(when, "recurrence_until_days", 0),
			NULL);
	struct civil c = civil_from_seconds(day * 86400);
	int hour = 0, minute = 0;
	if (start != NULL)
		sscanf(start, "%2d:%2d", &hour, &minute);
	d->date = written_out(s, &c);
	c.hour = hour;
	c.minute = minute;
	d->starts_ms = zone_instant(z, &c, NULL) * 1000;
	return true;
}

char *sample_fill(struct sample *s, const char *text, const struct sample_dates *d)
{
	const struct {
		const char *word, *value;
	} rows[] = {
		{"{start}", d->start}, {"{end}", d->end}, {"{date}", d->date}, {"{start_date}", d->start_date}};
	struct sbuf b = {0};
	bool until = d->until[0] != '\0' && strstr(text, "recurrenceUntil") == NULL;
	while (*text != '\0') {
		size_t n = 1;
		const char *value = NULL;
		for (size_t i = 0; *text == '{' && i < sizeof rows / sizeof rows[0]; i++) {
			if (str_starts(text, rows[i].word)) {
				value = rows[i].value;
				n = strlen(rows[i].word);
			}
		}
		if (value != NULL)
			sbuf_add(&b, value);
		else
			sbuf_addc(&b, *text);
		if (until && str_starts(text, "[event ")) {
			sbuf_addf(&b, "event recurrenceUntil=\"%s\"", d->until);
			n = strlen("[event");
		}
		text += n;
	}
	char *filled = arena_strdup(s->f->mem, sbuf_str(&b));
	sbuf_fini(&b);
	return filled;
}
