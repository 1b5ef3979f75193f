#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "event.h"
#include "series.h"

/* A calendar for other programs (iCalendar, RFC 5545). The same events give the same text. */
struct ics;

struct ics_person {
	const char *name, *url;     /* of the profile: no addresses of mail */
	enum attendance attendance;
};

struct ics_item {
	const char *uid;            /* the same for always: "event-12@community.example" */
	const char *summary, *location, *description, *url;
	struct series series;
	bool show_local_time;       /* the clock on the wall, wherever one is */
	bool cancelled;
	const struct occurrence *known; /* dates of a series as the site gave them, in order: they go before the rule */
	int known_count;
	const struct ics_person *organizer; /* NULL: not known */
	const struct ics_person *person;
	int person_count;
	enum attendance mine;
	int64_t changed_ms;         /* 0: not known */
	int version;                /* how often it was changed */
	int reminder_minutes;       /* 0: none */
};

/* product: "-//kring//kring//EN". */
struct ics *ics_new(const char *product, const char *name);
/* False: it has no time, or one that other programs cannot show; then nothing is added. */
bool ics_add(struct ics *c, const struct ics_item *i);
/* The whole text; yours. Ends c. */
char *ics_finish(struct ics *c);
