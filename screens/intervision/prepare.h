#pragma once
#include "guide_plan.h"

/* Preparing a case for a meeting: kept on this computer until the member posts it. */
struct preparation {
	struct guide_key key;
	const struct event *event;     /* NULL: not in kring */
	const struct methods *all;     /* in the language of the reader */
	const char **value;            /* one a question, "" when there is none */
	int64_t day;                   /* its first second: from then on it can be posted; 0: not known */
	int64_t posted_ms;             /* when the member made a draft of it; 0: not yet */
};

/* All texts are in the arena. */
struct preparation prepare_read(const struct context *ctx, int64_t event_id, int64_t starts_ms, struct arena *a);
/* The label of what is needed and not filled in; NULL: nothing is missing. */
const char *prepare_missing(const struct preparation *p);
/* What would be posted, in the language of the site. Appends; `title` "" when there is none. */
void prepare_write(const struct context *ctx, const struct preparation *p, struct sbuf *out);
const char *prepare_title(const struct preparation *p);
/* The day that is proposed: a week before the meeting, but not before today. 0: not known. */
int64_t prepare_day(const struct context *ctx, int64_t event_id, int64_t starts_ms);
/* One sentence about a preparation that can be posted now; NULL when there is nothing. In the arena. */
const char *prepare_says(const struct context *ctx, struct arena *a);
