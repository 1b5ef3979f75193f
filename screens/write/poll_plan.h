#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "discourse_poll.h"
#include "sbuf.h"

/* The first poll in a text, as it is written there:
 *   [poll type=regular results=always close=2026-03-17T22:59:59.000Z]
 *   # The question
 *   * an option
 *   [/poll] */
enum { POLL_PLAN_OPTIONS = 20 };

struct poll_plan {
	const char *name, *question; /* "" when none */
	const char *option[POLL_PLAN_OPTIONS];
	int option_count;
	enum poll_type type;
	enum poll_results results;
	int min, max;                /* of a number: the scale; of several: how many may be chosen; 0: not said */
	int64_t close_ms;            /* 0: no date */
	bool is_public;              /* everybody sees who chose what */
	const char *rest;            /* attributes that are kept as they are; "" */
};

/* False: there is no poll in the text; then *p is an empty plan. */
bool poll_plan_read(const char *body, struct poll_plan *p, struct arena *a);
/* The text with its first poll replaced by the plan, or with the plan behind it. Appends. */
void poll_plan_write(const char *body, const struct poll_plan *p, struct sbuf *out);
/* The text without its first poll. Appends. */
void poll_plan_remove(const char *body, struct sbuf *out);
