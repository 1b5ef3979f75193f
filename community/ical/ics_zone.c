#include "ics_time.h"

#include <stdint.h>

#include "clock.h"
#include "wall.h"

/* libical describes a zone from 1835 on; what is over before the first event is left out. */

/* The last time that this part of a zone's history begins, on its wall clock; INT64_MAX: every year again. */
static int64_t last_onset(icalcomponent *part)
{
	struct civil c = wall_from_ical(icalcomponent_get_dtstart(part));
	int64_t last = civil_to_seconds(&c);
	for (icalproperty *p = icalcomponent_get_first_property(part, ICAL_RDATE_PROPERTY); p != NULL;
		p = icalcomponent_get_next_property(part, ICAL_RDATE_PROPERTY)) {
		c = wall_from_ical(icalproperty_get_rdate(p).time);
		int64_t at = civil_to_seconds(&c);
		last = at > last ? at : last;
	}
	icalproperty *p = icalcomponent_get_first_property(part, ICAL_RRULE_PROPERTY);
	if (p == NULL)
		return last;
	struct icaltimetype until = icalproperty_get_rrule(p).until;
	if (icaltime_is_null_time(until))
		return INT64_MAX;
	c = wall_from_ical(until);
	return civil_to_seconds(&c);
}

static void remove_past(icalcomponent *zone, int64_t from)
{
	enum { Year = 366 * 86400 };
	int64_t kept = INT64_MIN;
	icalcomponent *part, *next;
	for (part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT); part != NULL;
		part = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT)) {
		struct civil first = wall_from_ical(icalcomponent_get_dtstart(part));
		int64_t last = last_onset(part);
		/* One that goes on every year tells what held before. */
		if (last >= from && civil_to_seconds(&first) < from - Year)
			last = from;
		if (last <= from && last > kept)
			kept = last;
	}
	for (part = icalcomponent_get_first_component(zone, ICAL_ANY_COMPONENT); part != NULL; part = next) {
		next = icalcomponent_get_next_component(zone, ICAL_ANY_COMPONENT);
		if (last_onset(part) < kept) {
			icalcomponent_remove_component(zone, part);
			icalcomponent_free(part);
		}
	}
}

/* libical puts a prefix of its own before the names of its zones. */
static icalcomponent *description(const char *name, int64_t from_ms)
{
	icaltimezone *builtin = icaltimezone_get_builtin_timezone(name);
	icalcomponent *original = builtin == NULL ? NULL : icaltimezone_get_component(builtin);
	if (original == NULL)
		return NULL;
	icalcomponent *own = icalcomponent_new_clone(original);
	icalproperty_set_tzid(icalcomponent_get_first_property(own, ICAL_TZID_PROPERTY), name);
	remove_past(own, from_ms / 1000 - 86400);
	return own;
}

void ics_zones_describe(const struct ics_zones *z, icalcomponent *calendar)
{
	for (int i = 0; i < z->count; i++) {
		icalcomponent *own = description(zone_name(z->row[i].zone), z->row[i].from_ms);
		if (own != NULL)
			icalcomponent_add_component(calendar, own);
	}
}
