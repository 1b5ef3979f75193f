#include <stdio.h>
#include <string.h>

#include "cook_writer.h"
#include "str.h"
#include "zone.h"

/* [date=2026-03-01 time=14:30 timezone="Europe/Amsterdam"] and [date-range from=... to=...]. */

struct local_date {
	char date[11], time[9];  /* time "" when not given */
	const char *timezone;
	int64_t instant;
	const struct bb_tag *tag;
	const char *range;       /* "from", "to" or NULL */
};

static bool read_date(struct local_date *d, const char *date, const char *time)
{
	int64_t ms;
	char whole[32];
	if (strlen(date) < 10 || strlen(str_or_empty(time)) > 8)
		return false;
	bool has_time = !str_empty(time);
	snprintf(whole, sizeof whole, "%.10sT%s%s", date, has_time ? time : "00:00",
		has_time && strlen(time) == 8 ? "" : ":00");
	if (!time_parse(whole, &ms, NULL))
		return false;
	struct civil c = civil_from_seconds(ms / 1000);
	const struct zone *z = d->timezone == NULL ? NULL : zone_get(d->timezone);
	d->instant = zone_instant(z == NULL ? zone_utc() : z, &c, NULL);
	snprintf(d->date, sizeof d->date, "%.10s", date);
	snprintf(d->time, sizeof d->time, "%.8s", has_time ? whole + 11 : "");
	return true;
}

static void add_attribute(struct writer *w, const char *name, const char *value)
{
	if (value == NULL)
		return;
	sbuf_addf(w->out, " data-%s=\"", name);
	cook_text(w, value, strlen(value));
	cook_add(w, "\"");
}

static void add_date(struct writer *w, const struct local_date *d)
{
	char instant[32];
	time_format(d->instant, instant);
	cook_add(w, "<span");
	add_attribute(w, "date", d->date);
	if (*d->time != '\0')
		add_attribute(w, "time", d->time);
	cook_add(w, " class=\"discourse-local-date\"");
	add_attribute(w, "range", d->range);
	add_attribute(w, "format", bb_get(d->tag, "format"));
	add_attribute(w, "timezones", bb_get(d->tag, "timezones"));
	add_attribute(w, "displayed-timezone", bb_get(d->tag, "displayedTimezone"));
	add_attribute(w, "countdown", bb_get(d->tag, "countdown"));
	add_attribute(w, "recurring", bb_get(d->tag, "recurring"));
	add_attribute(w, "timezone", d->timezone);
	if (*d->time != '\0')
		sbuf_addf(w->out, " data-email-preview=\"%.10s %.8s UTC\">%s</span>", instant, instant + 11, instant);
	else
		sbuf_addf(w->out, " data-email-preview=\"%s\">%s</span>", d->date, d->date);
}

static bool read_range(const struct bb_tag *t, const char *name, struct local_date *d)
{
	const char *value = bb_get(t, name);
	*d = (struct local_date){.timezone = bb_get(t, "timezone"), .tag = t, .range = name};
	if (value == NULL)
		return false;
	const char *time = strchr(value, 'T');
	return read_date(d, value, time == NULL ? NULL : time + 1);
}

bool cook_date(struct writer *w, const struct bb_tag *t)
{
	if (t->closing)
		return false;
	if (strcmp(t->name, "date") == 0 && t->value != NULL) {
		struct local_date d = {.timezone = bb_get(t, "timezone"), .tag = t};
		if (!read_date(&d, t->value, bb_get(t, "time")))
			return false;
		add_date(w, &d);
		return true;
	}
	struct local_date from, to;
	if (strcmp(t->name, "date-range") != 0 || !read_range(t, "from", &from))
		return false;
	bool has_end = read_range(t, "to", &to);
	add_date(w, &from);
	if (has_end) {
		cook_add(w, " → ");
		add_date(w, &to);
	}
	return true;
}
