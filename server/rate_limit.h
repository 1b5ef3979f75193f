#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "options.h"

/* Counts attempts per somebody in a sliding window, in memory. Time comes in as milliseconds. */
struct limits;

enum limit_rule {
	LIMIT_KEY_MINUTE, LIMIT_KEY_DAY, LIMIT_ADMIN_MINUTE,
	LIMIT_IP_10_SECONDS, LIMIT_IP_MINUTE,
	LIMIT_LOGIN_MINUTE, LIMIT_LOGIN_HOUR,
	LIMIT_DEVICE_START, LIMIT_DEVICE_POLL, LIMIT_DEVICE_POLL_CODE,
	LIMIT_ACTIVATION, LIMIT_ACTIVATION_HOUR,
	LIMIT_ONE_TIME, /* a second-factor code counts once */
	LIMIT_RULES,
};

struct limits *limits_new(const struct limit_options *options);
void limits_free(struct limits *l);

/* True: within the limit, and counted. False: *wait_s seconds until the next attempt can succeed (at least 1). A
 * refused attempt is counted only by the rules for addresses. */
bool limits_take(struct limits *l, enum limit_rule rule, const char *who, int64_t now_ms, long *wait_s);
/* Do the rules for addresses count this one? */
bool limits_counts_ip(const struct limits *l, const char *ip);
/* Discourse's word for the rule in Discourse-Rate-Limit-Error-Code. */
const char *limits_code(enum limit_rule rule);

struct request;
struct response;
/* limits_take, and the answer 429 as JSON when it is refused. */
bool limits_allow(struct request *r, struct response *w, enum limit_rule rule, const char *who);
/* The answer 429 as JSON with the time to wait; code NULL: Discourse gives none. */
void limits_refuse(struct request *r, struct response *w, const char *code, long wait_s);
/* The rules for the caller's address; refused as plain text, as a proxy in front would. */
bool limits_allow_ip(struct request *r, struct response *w);
