#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "answer.h"
#include "error.h"

/* What is remembered of a change that went out, until its answer is there: enough to find on the site what
 * came of it, also after the program was killed. */
struct attempt {
	int64_t id;          /* of the change; 0: it never went out */
	int64_t newest_post; /* the highest post id here at the first try: what it became has a higher one */
	int64_t first_ms;    /* of the first try, by the site's clock when exact */
	bool exact;
	bool key_checked;    /* it was forbidden, and the key turned out to be good */
	int reads;           /* times the site did not have it since the last try */
	int step;            /* of change_request: those before it are done */
};

struct sync;
struct attempt attempt_get(struct sync *s, int64_t id);
bool attempt_put(struct sync *s, const struct attempt *a, struct error *err);
bool attempt_forget(struct sync *s, int64_t id, struct error *err);
/* Fills in the first try, now. */
void attempt_begin(struct sync *s, struct attempt *a, int64_t id);
/* May something the site made at created_ms have come of it? */
bool attempt_may_be(const struct attempt *a, int64_t created_ms);

/* Compares the clock of the site with ours (the header Date). */
void sync_note_clock(struct sync *s, const struct answer *a);
