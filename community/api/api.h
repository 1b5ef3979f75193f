#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "answer.h"
#include "error.h"
#include "limits.h"
#include "request.h"
#include "transport.h"

/* The way to one site as one member. Plain struct, owned by the caller; used by one thread. */
struct api {
	struct transport *transport;
	const char *base_url;    /* "https://forum.example/sub", no slash at the end */
	const char *key;         /* User-Api-Key; NULL: not logged in */
	const char *client_id;   /* User-Api-Client-Id; NULL: not sent */
	struct limits *limits;   /* NULL: none */
	uint64_t seed;           /* for jitter */
	int64_t (*now_ms)(void); /* NULL: the wall clock, going on even when KRING_NOW fixes it */
	/* While api_ask waits (for its turn or for an answer), about every second and after transport_wake: true
	 * ends it with ERR_CANCELLED. turn_ms: how long until it may send, 0 when it waits for the answer. When
	 * it is NULL, a turn more than five minutes away is ERR_LIMIT at once. */
	bool (*waiting)(void *context, int64_t turn_ms);
	void *context;
	/* What went over the line so far. */
	int64_t requests, bytes;
};

/* Sends, waits, answers: takes its turn by the limits, follows redirects within the site (never gives the key
 * to another host), waits and tries again after a 429 (unless `waiting` says no). Ends the request. The
 * answer is to be ended by answer_fini, also after an error. */
bool api_ask(struct api *api, struct request *r, struct answer *out, struct error *err);

/* The same without waiting: start, transport_poll until done, take. Waiting for a turn (limits_wait_ms) and trying
 * again are the caller's. Ends the request. */
struct exchange;
struct exchange *exchange_start(struct api *api, struct request *r);
bool exchange_done(const struct exchange *x);
bool exchange_take(struct exchange *x, struct answer *out, struct error *err);
void exchange_free(struct exchange *x); /* cancels when it runs; NULL is fine */

/* The time the limits go by. */
int64_t api_now_ms(const struct api *api);
