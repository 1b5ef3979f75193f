#include "ics.h"

#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "ics_time.h"
#include "mem.h"
#include "sbuf.h"
#include "str.h"
#include "utf8.h"

enum { SummaryBytes = 500, LocationBytes = 1000, DescriptionBytes = 8000, NameBytes = 200, PeopleMax = 200 };

struct ics {
	icalcomponent *calendar;
	icalcomponent *events;    /* a basket: they go behind the zones */
	struct ics_zones zones;
	struct arena mem;         /* of one item */
};

static void add_x(icalcomponent *to, const char *name, const char *value)
{
	icalproperty *p = icalproperty_new_x(value);
	icalproperty_set_x_name(p, name);
	icalcomponent_add_property(to, p);
}

struct ics *ics_new(const char *product, const char *name)
{
	struct ics *c = xcalloc(1, sizeof *c);
	icalerror_set_errors_are_fatal(false);
	c->calendar = icalcomponent_new_vcalendar();
	c->events = icalcomponent_new(ICAL_XROOT_COMPONENT);
	icalcomponent_add_property(c->calendar, icalproperty_new_version("2.0"));
	icalcomponent_add_property(c->calendar, icalproperty_new_prodid(product));
	icalcomponent_add_property(c->calendar, icalproperty_new_calscale("GREGORIAN"));
	char *clean = utf8_clean_arena(&c->mem, str_or_empty(name), 0, SummaryBytes);
	if (!str_empty(clean))
		add_x(c->calendar, "X-WR-CALNAME", clean);
	return c;
}

/* An address goes in as it is: a line break in it would begin a property of the writer's choice. */
static bool is_address(const char *url)
{
	const char *p = str_or_empty(url);
	while (*p > ' ' && *p < 0x7f && *p != '"')
		p++;
	return (str_starts(url, "https://") || str_starts(url, "http://")) && *p == '\0';
}

/* A property without a value is an error to libical. */
static const char *summary(struct ics *c, const struct ics_item *i)
{
	char *clean = utf8_clean_arena(&c->mem, str_or_empty(i->summary), 0, SummaryBytes);
	return str_empty(clean) ? "-" : clean;
}

static void add_words(struct ics *c, icalcomponent *event, const struct ics_item *i)
{
	struct arena *a = &c->mem;
	icalcomponent_add_property(event, icalproperty_new_summary(summary(c, i)));
	if (!str_empty(i->location))
		icalcomponent_add_property(event,
			icalproperty_new_location(utf8_clean_arena(a, i->location, UTF8_LINES, LocationBytes)));
	if (!str_empty(i->description))
		icalcomponent_add_property(event,
			icalproperty_new_description(utf8_clean_arena(a, i->description, UTF8_LINES, DescriptionBytes)));
	if (is_address(i->url))
		icalcomponent_add_property(event, icalproperty_new_url(i->url));
}

/* Double quotes end a parameter. */
static void add_name(struct ics *c, icalproperty *p, const char *name)
{
	char *clean = utf8_clean_arena(&c->mem, name, 0, NameBytes);
	if (str_empty(clean))
		return;
	for (char *s = clean; *s != '\0'; s++)
		if (*s == '"')
			*s = '\'';
	icalproperty_add_parameter(p, icalparameter_new_cn(clean));
}

static void add_people(struct ics *c, icalcomponent *event, const struct ics_item *i)
{
	static const icalparameter_partstat part[] = {[ATTENDANCE_NONE] = ICAL_PARTSTAT_NEEDSACTION,
		[ATTENDANCE_GOING] = ICAL_PARTSTAT_ACCEPTED, [ATTENDANCE_INTERESTED] = ICAL_PARTSTAT_TENTATIVE,
		[ATTENDANCE_NOT_GOING] = ICAL_PARTSTAT_DECLINED};
	if (i->organizer != NULL && is_address(i->organizer->url)) {
		icalproperty *p = icalproperty_new_organizer(i->organizer->url);
		add_name(c, p, i->organizer->name);
		icalcomponent_add_property(event, p);
	}
	for (int k = 0; k < i->person_count && k < PeopleMax; k++) {
		if (!is_address(i->person[k].url))
			continue;
		icalproperty *p = icalproperty_new_attendee(i->person[k].url);
		add_name(c, p, i->person[k].name);
		icalproperty_add_parameter(p, icalparameter_new_partstat(part[i->person[k].attendance]));
		icalcomponent_add_property(event, p);
	}
}

static void add_state(icalcomponent *event, const struct ics_item *i)
{
	static const icalproperty_status status[] = {[ATTENDANCE_GOING] = ICAL_STATUS_CONFIRMED,
		[ATTENDANCE_INTERESTED] = ICAL_STATUS_TENTATIVE, [ATTENDANCE_NOT_GOING] = ICAL_STATUS_NONE};
	icalproperty_status s = i->cancelled ? ICAL_STATUS_CANCELLED : status[i->mine];
	if (s == ICAL_STATUS_CANCELLED || s == ICAL_STATUS_CONFIRMED || s == ICAL_STATUS_TENTATIVE)
		icalcomponent_add_property(event, icalproperty_new_status(s));
	if (i->mine == ATTENDANCE_NOT_GOING)
		icalcomponent_add_property(event, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	if (i->mine != ATTENDANCE_NONE)
		add_x(event, "X-KRING-ANSWER", attendance_word(i->mine));
}

static struct icaltimetype utc_time(int64_t ms)
{
	return icaltime_from_timet_with_zone((time_t)(ms / 1000), false, icaltimezone_get_utc_timezone());
}

/* DTSTAMP too is when the event was last changed: the same events give the same text. */
static void add_changed(icalcomponent *event, const struct ics_item *i)
{
	icalcomponent_add_property(event, icalproperty_new_dtstamp(utc_time(i->changed_ms)));
	if (i->changed_ms != 0)
		icalcomponent_add_property(event, icalproperty_new_lastmodified(utc_time(i->changed_ms)));
	if (i->version > 0)
		icalcomponent_add_property(event, icalproperty_new_sequence(i->version));
}

static void add_reminder(struct ics *c, icalcomponent *event, const struct ics_item *i)
{
	if (i->reminder_minutes <= 0 || i->cancelled)
		return;
	struct icaltriggertype before = {.duration = icaldurationtype_from_int(-60 * i->reminder_minutes)};
	icalcomponent *alarm = icalcomponent_new_valarm();
	icalcomponent_add_property(alarm, icalproperty_new_action(ICAL_ACTION_DISPLAY));
	icalcomponent_add_property(alarm, icalproperty_new_trigger(before));
	icalcomponent_add_property(alarm, icalproperty_new_description(summary(c, i)));
	icalcomponent_add_component(event, alarm);
}

/* NULL when it lies outside the years that other programs can show. */
static icalcomponent *add_event(struct ics *c, const struct ics_item *i, const char *uid, struct occurrence when)
{
	icalcomponent *event = icalcomponent_new_vevent();
	icalcomponent_add_property(event, icalproperty_new_uid(uid));
	add_changed(event, i);
	if (!ics_add_times(&c->zones, event, &i->series, i->show_local_time, when)) {
		icalcomponent_free(event);
		return NULL;
	}
	add_words(c, event, i);
	add_people(c, event, i);
	add_state(event, i);
	add_reminder(c, event, i);
	icalcomponent_add_component(c->events, event);
	return event;
}

static bool add_each(struct ics *c, const struct ics_item *i)
{
	const char *host = strchr(i->uid, '@');
	int n = host == NULL ? (int)strlen(i->uid) : (int)(host - i->uid);
	bool any = false;
	for (int k = 0; k < i->known_count; k++) {
		char when[32];
		time_format(i->known[k].starts_ms / 1000, when);
		any |= add_event(c, i, arena_printf(&c->mem, "%.*s-%s%s", n, i->uid, when, str_or_empty(host)), i->known[k])
			!= NULL;
	}
	return any;
}

static bool add_series(struct ics *c, const struct ics_item *i, const struct ics_rule *rule)
{
	icalcomponent *event = add_event(c, i, i->uid, rule->first);
	if (event != NULL)
		ics_add_rule(&c->zones, event, &i->series, i->show_local_time, rule);
	return event != NULL;
}

bool ics_add(struct ics *c, const struct ics_item *i)
{
	struct ics_rule rule;
	bool any = false;
	if (ics_rule_make(&rule, &i->series, i->known, i->known_count, &c->mem))
		any = add_series(c, i, &rule);
	else if (i->known_count > 1 || (i->known_count == 1 && i->series.starts_ms == 0))
		any = add_each(c, i);
	else if (i->series.starts_ms != 0)
		any = add_event(c, i, i->uid, (struct occurrence){i->series.starts_ms, i->series.ends_ms}) != NULL;
	arena_reset(&c->mem);
	return any;
}

static void unfold(struct sbuf *out, const char *text)
{
	for (const char *p = text, *fold; *p != '\0'; p = *fold == '\0' ? fold : fold + 3) {
		fold = strstr(p, "\r\n ");
		fold = fold == NULL ? p + strlen(p) : fold;
		sbuf_addn(out, p, (size_t)(fold - p));
	}
}

/* libical now and then folds a line within its own end. */
static char *fold_anew(const char *text)
{
	enum { LineBytes = 75 };
	struct sbuf plain = {0}, out = {0};
	int used = 0, n;
	unfold(&plain, text);
	for (const char *p = sbuf_str(&plain); *p != '\0'; p += n) {
		uint32_t cp;
		bool end = str_starts(p, "\r\n");
		n = end ? 2 : (int)utf8_decode(p, strnlen(p, 4), &cp);
		if (!end && used + n > LineBytes) {
			sbuf_add(&out, "\r\n ");
			used = 1;
		}
		sbuf_addn(&out, p, (size_t)n);
		used = end ? 0 : used + n;
	}
	sbuf_fini(&plain);
	return sbuf_take(&out);
}

char *ics_finish(struct ics *c)
{
	ics_zones_describe(&c->zones, c->calendar);
	for (icalcomponent *e; (e = icalcomponent_get_first_component(c->events, ICAL_VEVENT_COMPONENT)) != NULL;) {
		icalcomponent_remove_component(c->events, e);
		icalcomponent_add_component(c->calendar, e);
	}
	char *text = icalcomponent_as_ical_string_r(c->calendar), *folded = fold_anew(str_or_empty(text));
	icalmemory_free_buffer(text);
	icalcomponent_free(c->events);
	icalcomponent_free(c->calendar);
	arena_fini(&c->mem);
	free(c);
	return folded;
}
