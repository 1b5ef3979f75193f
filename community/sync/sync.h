#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "store.h"
#include "sync_report.h"
#include "transport.h"

/* What to fetch next, one request at a time. A plain object without a thread and without a clock: sync_step
 * does what can be done now and says when to come back. Every answer is one transaction that also moves the
 * cursors, so it can be stopped, or killed, between any two steps and goes on where it was. */
struct sync;

struct sync_settings {
	const char *base_url, *key, *client_id; /* copied */
	int history_months;       /* 0: 12 */
	int interval_s;           /* between two looks at the server; 0: only when asked */
	bool no_limits;
	uint64_t seed;            /* for jitter */
	int64_t (*now_ms)(void);  /* the clock of the limits; NULL: the real one */
};

enum sync_state {
	SYNC_WORKING, /* something is under way or waits for its turn */
	SYNC_RESTING, /* everything is here; the next look is at the time sync_step answered */
	SYNC_STOPPED, /* sync_error says why; only sync_look starts it again */
};

/* The store is open for writing and stays the caller's, like the transport. */
struct sync *sync_new(struct store *store, struct transport *transport, const struct sync_settings *settings);
/* Leaves what is under way. */
void sync_free(struct sync *s);

/* Does what can be done at now_ms without waiting. Answers when to call it again (INT64_MAX: when the
 * transport has something, or when asked). */
int64_t sync_step(struct sync *s, int64_t now_ms);
enum sync_state sync_now(const struct sync *s);

/* Asks for a look at the server. */
void sync_look(struct sync *s);
/* While it is quiet it looks only when asked; what waits to be sent still goes. Afterwards it looks soon. */
void sync_be_quiet(struct sync *s, bool quiet);
/* Another kring may have fetched in between: takes over what it remembers of the limits. */
void sync_reload(struct sync *s);
/* Somebody else put something in the queue (sync_store_queue): goes on when it rested. */
void sync_resume(struct sync *s);

/* Something went out before and is to be sent again or looked for within half a minute. */
bool sync_has_loose_end(struct sync *s);

/* The last trouble; ERR_NONE when the last answer was good. */
const struct error *sync_error(const struct sync *s);
/* How many times in a row it did not work. */
int sync_failures(const struct sync *s);
struct sync_report sync_result(const struct sync *s);
/* STORE_* bits of what was committed since the last call. */
unsigned sync_take_changes(struct sync *s);
