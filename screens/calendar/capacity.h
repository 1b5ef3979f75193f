#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "event_store.h"
#include "option.h"
#include "sbuf.h"
#include "store.h"
#include "zone.h"

/* What the member can carry in a week, in a unit of their own: private, only on this computer, off until a
 * budget is set. It counts the meetings the member comes to and gives no advice. */
enum meeting_kind { MEETING_ON_SITE, MEETING_ONLINE, MEETING_INTERVISION };

enum meeting_kind meeting_kind_of(const struct event_row *e);

struct capacity_load {
	int64_t minutes;          /* with weight, recovery included; a whole day is 8 hours, no end is 1 hour */
	int64_t recovery_minutes;
	int meetings;             /* with weight */
};

bool capacity_is_on(const struct config *c);
/* Of the week (Monday to Sunday) with this moment. */
struct capacity_load capacity_of_week(struct store *s, const struct config *c, int64_t ms, const struct zone *z);
/* "Planned this week: 5 of 8 hours, of which 2 hours recovery." Appends. */
void capacity_says(struct sbuf *out, const struct config *c, const struct capacity_load *load);
/* What a member may want to know before they sign up: which of their meetings are at the same time, and what
 * the week becomes. Of a series: its first time from now on. Appends a sentence a line; false: there is
 * nothing to say. */
bool capacity_conflict(struct store *s, const struct config *c, const struct event *e, int64_t now_ms,
	const struct zone *z, struct sbuf *says);
