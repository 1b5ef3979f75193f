#pragma once
#include <stdbool.h>

#include "meeting_plan.h"

/* What a changed meeting says of its change: a line in its list, and a reply in its topic. `old` is the meeting as
 * the site has it. */

enum meeting_news { MEETING_NO_NEWS, MEETING_MOVED, MEETING_CANCELLED };
enum meeting_news meeting_change_news(const struct meeting_plan *old, const struct meeting_plan *now);

struct meeting_reason {
	const char *why;    /* "" when it is not said */
	struct civil since; /* when it was decided */
};
/* What the lines of `now` say of it; since is `today` when they do not say. */
struct meeting_reason meeting_change_reason(
	const struct meeting_plan *old, const struct meeting_plan *now, const struct civil *today, struct arena *a);
/* Renews the lines of `now`; those of earlier changes stay. */
void meeting_change_say(
	const struct meeting_plan *old, struct meeting_plan *now, const struct meeting_reason *r, struct arena *a);
/* The reply; nothing when there is no news. Appends. */
void meeting_change_reply(
	const struct meeting_plan *old, const struct meeting_plan *now, const struct meeting_reason *r,
	struct sbuf *out);
