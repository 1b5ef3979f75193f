#pragma once
#include "compose_check.h"
#include "meeting.h"

/* What a member should know of a meeting before it is sent; nothing when the text is no meeting. All in the
 * arena. */
struct compose_remarks meeting_check(const struct screen *s, const struct composition *w, struct arena *a);
/* The first of them that is about its day and time; NULL when there is none. */
const char *meeting_time_remark(const struct screen *s, const struct meeting_plan *p, struct arena *a);
