#pragma once
#include <stdint.h>

#include "arena.h"
#include "event.h"

/* Gives a series its rule and, behind the dates that the site names, those of the coming 12 months. Texts and
 * dates in the arena. A date that is named already stays as it is. */
void event_dates_fill(struct event *e, int64_t now_ms, struct arena *a);
/* Only the rule, for a site that names how a series repeats by a word. */
void event_rule_fill(struct event *e, struct arena *a);
