#include <libical/ical.h>
#include <string.h>

#include "cook.h"
#include "event_view.h"
#include "str.h"
#include "zone.h"

/* Events as iCalendar (RFC 5545). Times carry their zone, so a series stays at the same wall-clock time in every
 * calendar program. */
enum {
	FEED_ENTRIES = 500, FEED_BACK_DAYS = 91, DESCRIPTION_BYTES = 1000, HOUR_S = 3600, DAY_S = 86400, ZONES_MAX = 64
};

struct feed {
	struct request *r;
	icalcomponent *calendar;
	const struct zone *zone[ZONES_MAX]; /* those already described by a VTIMEZONE */
	int zone_count;
};

static const char *host_of(const char *base_url)
{
	const char *rest = strstr(base_url, "://");
	return rest == NULL ? base_url : rest + 3;
}

static void feed_begin(struct feed *f, struct request *r, const char *name)
{
	*f = (struct feed){.r = r, .calendar = icalcomponent_new_vcalendar()};
	icalcomponent_add_property(f->calendar, icalproperty_new_version("2.0"));
	icalcomponent_add_property(f->calendar, icalproperty_new_prodid("-//kring//kringd//EN"));
	icalcomponent_add_property(f->calendar, icalproperty_new_calscale("GREGORIAN"));
	icalproperty *title = icalproperty_new_x(name);
	icalproperty_set_x_name(title, "X-WR-CALNAME");
	icalcomponent_add_property(f->calendar, title);
}

/* libical puts a prefix of its own before the names of its zones. */
static icalcomponent *zone_description(const char *name)
{
	icaltimezone *builtin = icaltimezone_get_builtin_timezone(name);
	icalcomponent *original = builtin == NULL ? NULL : icaltimezone_get_component(builtin);
	if (original == NULL)
		return NULL;
	icalcomponent *own = icalcomponent_new_clone(original);
	icalproperty_set_tzid(icalcomponent_get_first_property(own, ICAL_TZID_PROPERTY), name);
	return own;
}

/* The event's zone, described in the calendar on first use; UTC when nobody can describe it. */
static const struct zone *feed_zone(struct feed *f, const struct event_view *v)
{
	const struct zone *zone = event_view_zone(v);
	if (zone_same(zone, zone_utc()))
		return zone_utc();
	for (int i = 0; i < f->zone_count; i++)
		if (zone_same(f->zone[i], zone))
			return zone;
	icalcomponent *description = f->zone_count == ZONES_MAX ? NULL : zone_description(zone_name(zone));
	if (description == NULL)
		return zone_utc();
	icalcomponent_add_component(f->calendar, description);
	f->zone[f->zone_count++] = zone;
	return zone;
}

static struct icaltimetype ical_time(const struct civil *c, bool date)
{
	struct icaltimetype t = icaltime_null_time();
	t.year = c->year;
	t.month = c->month;
	t.day = c->day;
	t.hour = date ? 0 : c->hour;
	t.minute = date ? 0 : c->minute;
	t.second = date ? 0 : c->second;
	t.is_date = date;
	return t;
}

static void time_add(icalcomponent *event, icalproperty_kind kind, struct icaltimetype t, const char *tzid)
{
	icalproperty *p = kind == ICAL_DTSTART_PROPERTY ? icalproperty_new_dtstart(t) : icalproperty_new_dtend(t);
	if (tzid != NULL)
		icalproperty_add_parameter(p, icalparameter_new_tzid(tzid));
	icalcomponent_add_property(event, p);
}

static void times_add(struct feed *f, icalcomponent *event, const struct event_view *v)
{
	int64_t starts = v->e.starts_ms / 1000, ends = v->e.ends_ms / 1000;
	if (v->e.all_day) {
		int64_t last = ends == 0 ? starts : ends - 1;
		struct civil from = civil_from_seconds(starts), to = civil_from_seconds(last - last % DAY_S + DAY_S);
		time_add(event, ICAL_DTSTART_PROPERTY, ical_time(&from, true), NULL);
		time_add(event, ICAL_DTEND_PROPERTY, ical_time(&to, true), NULL);
		return;
	}
	const struct zone *z = feed_zone(f, v);
	bool utc = zone_same(z, zone_utc());
	struct civil from = zone_civil(z, starts), to = zone_civil(z, ends == 0 ? starts + HOUR_S : ends);
	struct icaltimetype begin = ical_time(&from, false), end = ical_time(&to, false);
	if (utc)
		begin.zone = end.zone = icaltimezone_get_utc_timezone();
	time_add(event, ICAL_DTSTART_PROPERTY, begin, utc ? NULL : zone_name(z));
	time_add(event, ICAL_DTEND_PROPERTY, end, utc ? NULL : zone_name(z));
}

/* An address goes into the calendar as it is: a line break in it would begin a property of the writer's choice. */
static bool one_line(const char *url)
{
	const char *p = str_or_empty(url);
	while ((unsigned char)*p > ' ' && *p != 0x7f)
		p++;
	return !str_empty(url) && *p == '\0';
}

static void words_add(struct feed *f, icalcomponent *event, const struct event_view *v)
{
	struct request *r = f->r;
	const char *link = arena_printf(r->mem, "%s/t/%s/%lld", r->base_url, v->topic_slug, (long long)v->topic_id);
	const char *words = str_empty(v->e.description) ? cook_excerpt(r->mem, v->post_cooked, DESCRIPTION_BYTES)
		: v->e.description;
	icalcomponent_add_property(event, icalproperty_new_summary(event_view_title(v)));
	if (!str_empty(v->e.location))
		icalcomponent_add_property(event, icalproperty_new_location(v->e.location));
	icalcomponent_add_property(event, icalproperty_new_description(arena_printf(r->mem, "%s\n%s", words, link)));
	icalcomponent_add_property(event, icalproperty_new_url(one_line(v->e.url) ? v->e.url : link));
	if (v->e.closed)
		icalcomponent_add_property(event, icalproperty_new_status(ICAL_STATUS_CANCELLED));
}

static void feed_add(struct feed *f, const struct event_view *v)
{
	struct request *r = f->r;
	icalcomponent *event = icalcomponent_new_vevent();
	icalcomponent_add_property(event, icalproperty_new_uid(
		arena_printf(r->mem, "calendar_event_%lld@%s", (long long)v->id, host_of(r->base_url))));
	icalcomponent_add_property(event, icalproperty_new_dtstamp(
		icaltime_from_timet_with_zone((time_t)(r->now_ms / 1000), 0, icaltimezone_get_utc_timezone())));
	times_add(f, event, v);
	const char *rule = forum_event_rrule(&v->e, r->mem);
	if (rule != NULL)
		icalcomponent_add_property(event, icalproperty_new_rrule(icalrecurrencetype_from_string(rule)));
	words_add(f, event, v);
	icalcomponent_add_component(f->calendar, event);
}

static void feed_answer(struct feed *f, struct response *w, const char *file)
{
	char *text = icalcomponent_as_ical_string_r(f->calendar);
	response_header(w, "Content-Disposition", arena_printf(f->r->mem, "attachment; filename=\"%s.ics\"", file));
	response_text(w, "text/calendar; charset=utf-8", text);
	icalmemory_free_buffer(text);
	icalcomponent_free(f->calendar);
}

/* A name that changes with the events in it. */
static const char *feed_file(struct request *r, const struct event_view *list, int count)
{
	uint64_t hash = 0;
	for (int i = 0; i < count; i++)
		hash = hash * 31 + (uint64_t)list[i].id;
	return arena_printf(r->mem, "events-%016llx", (unsigned long long)hash);
}

void event_calendar(struct request *r, struct response *w)
{
	struct event_filter filter;
	if (!event_filter_read(r, w, &filter))
		return;
	if (filter.after_ms == 0)
		filter.after_ms = r->now_ms - FEED_BACK_DAYS * INT64_C(86400000);
	if (!filter.limited)
		filter.limit = FEED_ENTRIES;
	struct event_view *list;
	int count = event_filter_run(r, &filter, &list);
	struct feed f;
	feed_begin(&f, r, forum_setting(r->db, r->mem, "title", "kring"));
	for (int i = 0; i < count; i++)
		feed_add(&f, &list[i]);
	feed_answer(&f, w, feed_file(r, list, count));
}

void event_calendar_one(struct request *r, struct response *w, int64_t id)
{
	struct event_view v;
	if (!event_view_load(r, id, &v)) {
		response_not_found(r, w);
		return;
	}
	struct feed f;
	feed_begin(&f, r, event_view_title(&v));
	feed_add(&f, &v);
	feed_answer(&f, w, arena_printf(r->mem, "event-%lld", (long long)id));
}
