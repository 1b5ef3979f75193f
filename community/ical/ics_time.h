#pragma once
#include <libical/ical.h>
#include <stdbool.h>

#include "arena.h"
#include "series.h"
#include "zone.h"

/* When an event of a calendar is, and the zones it needs for that. */
enum { ICS_ZONES_MAX = 64 };

struct ics_zones {
	struct {
		const struct zone *zone;
		int64_t from_ms;      /* the earliest time that is told in it */
	} row[ICS_ZONES_MAX];
	int count;
};

struct ics_rule {
	struct occurrence first;
	const char *text;
	int64_t *without;         /* starts of the dates that the rule has and the series has not */
	int without_count;
};

/* False: it does not repeat, or not by a rule that gives the known dates. */
bool ics_rule_make(struct ics_rule *r, const struct series *s, const struct occurrence *known, int count,
	struct arena *a);
/* DTSTART and DTEND. False: outside the years that other programs can show. */
bool ics_add_times(struct ics_zones *z, icalcomponent *event, const struct series *s, bool floating,
	struct occurrence when);
void ics_add_rule(struct ics_zones *z, icalcomponent *event, const struct series *s, bool floating,
	const struct ics_rule *r);
/* Adds a VTIMEZONE for each zone. */
void ics_zones_describe(const struct ics_zones *z, icalcomponent *calendar);
