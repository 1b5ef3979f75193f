#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "sbuf.h"

enum {
	LIMITS_PER_MINUTE = 20,  /* Discourse's defaults for a user API key until August 2026: the planning floor */
	LIMITS_PER_DAY = 2880,
	LIMITS_MAX_PER_MINUTE = 100,
	LIMITS_BURST = 10,       /* requests at once; after that one a second, for the address that members share */
};

/* What was sent lately and when the next request may go. Plain data: pass times in, save it with limits_print. */
struct limits {
	bool off;                /* for measuring */
	int per_minute, per_day;
	int64_t sent_ms[LIMITS_MAX_PER_MINUTE]; /* a ring of the last requests */
	int next;
	int64_t hour[25];        /* requests per hour; hour_number is that of the last one used */
	int64_t hour_number;
	int64_t pace_ms;         /* when the burst is full again */
	int64_t blocked_until_ms; /* the server asked to wait */
	int refusals;            /* in a row, without a time to wait */
};

/* per_minute and per_day 0: the floor. */
void limits_init(struct limits *l, int per_minute, int per_day);
/* Milliseconds until the next request may go; 0: now. */
int64_t limits_wait_ms(const struct limits *l, int64_t now_ms);
/* The same for what nobody waits for: it leaves half of a day's requests to the member. */
int64_t limits_spare_wait_ms(const struct limits *l, int64_t now_ms);
void limits_sent(struct limits *l, int64_t now_ms);
/* After a 429: retry_after_s 0 when the server did not say. */
void limits_refused(struct limits *l, int64_t now_ms, long retry_after_s, uint64_t *seed);
/* After any other answer. */
void limits_answered(struct limits *l);
/* How long to wait before trying again after `failures` in a row without an answer: 2 s, doubling to 10 min,
 * spread. */
int64_t limits_backoff_ms(int failures, uint64_t *seed);

/* The state as one line of text for the store, without the settings; bad text leaves a fresh state and is false. */
void limits_print(const struct limits *l, struct sbuf *out);
bool limits_parse(struct limits *l, const char *text);
