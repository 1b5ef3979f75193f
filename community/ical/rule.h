#pragma once
#include "series.h"
#include "wall.h"
#include "zone.h"

/* How a series repeats, read from Discourse's word or from iCalendar's text. */
struct rule {
	struct icalrecurrencetype ical; /* without its end */
	char text[48];                  /* of a word; "" else */
	struct civil start;             /* what it counts from, on the wall */
	int64_t last_ms;                /* none begins after this; INT64_MAX: no end */
};

/* False: not known, or of a kind that is not for meetings (every hour, another calendar). */
bool rule_read(struct rule *r, const struct series *s, const struct zone *z);
const char *rule_text(const struct rule *r, struct arena *a);
/* The zone of a series; what is not known is UTC. */
const struct zone *series_zone(const struct series *s, unsigned *odd);
