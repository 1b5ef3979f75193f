#include "rate_limit.h"

#include <stdlib.h>
#include <string.h>

#include "http.h"
#include "mem.h"
#include "str.h"

enum { Second = 1000, Minute = 60 * Second, Hour = 60 * Minute, Day = 24 * Hour, Slots = 1024,
	SweepMs = 5 * Minute };

struct counter {
	struct counter *next;
	enum limit_rule rule;
	char *who;
	int64_t *at;          /* ring of the counted attempts, oldest at `first` */
	int first, count, cap;
};

struct limits {
	struct limit_options options;
	struct counter *slot[Slots];
	int64_t swept_ms;
};

static const struct rule {
	size_t most;           /* offset in limit_options */
	int window_ms;
	bool aggressive;       /* refused attempts count too */
	const char *code;
} rules[LIMIT_RULES] = {
	[LIMIT_KEY_MINUTE] = {offsetof(struct limit_options, key_minute), Minute, false,
		"user_api_key_limiter_60_secs"},
	[LIMIT_KEY_DAY] = {offsetof(struct limit_options, key_day), Day, false, "user_api_key_limiter_1_day"},
	[LIMIT_ADMIN_MINUTE] = {offsetof(struct limit_options, admin_minute), Minute, false,
	"admin_api_key_rate_limit"}, [LIMIT_IP_10_SECONDS] = {offsetof(struct limit_options, ip_10_seconds),
	10 * Second, true, "ip_10_secs_limit"}, [LIMIT_IP_MINUTE] = {offsetof(struct limit_options, ip_minute),
	Minute, true, "ip_60_secs_limit"}, [LIMIT_LOGIN_MINUTE] = {offsetof(struct limit_options, logins_minute),
	Minute, false, "login-min"}, [LIMIT_LOGIN_HOUR] = {offsetof(struct limit_options, logins_hour), Hour,
	false, "login-hr"}, [LIMIT_DEVICE_START] = {offsetof(struct limit_options, device_starts), Minute, false,
	"user-api-key-device-start"}, [LIMIT_DEVICE_POLL] = {offsetof(struct limit_options, device_polls), Minute,
	false, "user-api-key-device-poll"}, [LIMIT_DEVICE_POLL_CODE] = {offsetof(struct limit_options,
		device_polls), Minute, false, "user-api-key-device-poll-code"},
	[LIMIT_ACTIVATION] = {offsetof(struct limit_options, activations), Minute, false, "user-api-key-activate-min"},
	[LIMIT_ACTIVATION_HOUR] = {offsetof(struct limit_options, activations_hour), Hour, false,
		"user-api-key-activate-hr"},
	[LIMIT_ONE_TIME] = {offsetof(struct limit_options, code_uses), 2 * Minute, false, "second-factor-used"},
};

const char *limits_code(enum limit_rule rule)
{
	return rules[rule].code;
}

static int most_of(const struct limits *l, enum limit_rule rule)
{
	return *(const int *)((const char *)&l->options + rules[rule].most);
}

struct limits *limits_new(const struct limit_options *options)
{
	struct limits *l = xcalloc(1, sizeof *l);
	l->options = *options;
	return l;
}

static void counter_free(struct counter *c)
{
	free(c->who);
	free(c->at);
	free(c);
}

void limits_free(struct limits *l)
{
	if (l == NULL)
		return;
	for (int i = 0; i < Slots; i++)
		for (struct counter *c = l->slot[i], *next; c != NULL; c = next) {
			next = c->next;
			counter_free(c);
		}
	free(l);
}

static int64_t newest(const struct counter *c)
{
	return c->count == 0 ? 0 : c->at[(c->first + c->count - 1) % c->cap];
}

/* Forgets who has been quiet for a whole window, so that strangers cannot fill the memory. */
static void sweep(struct limits *l, int64_t now_ms)
{
	if (now_ms - l->swept_ms < SweepMs)
		return;
	l->swept_ms = now_ms;
	for (int i = 0; i < Slots; i++)
		for (struct counter **link = &l->slot[i]; *link != NULL;) {
			struct counter *c = *link;
			if (now_ms - newest(c) < rules[c->rule].window_ms) {
				link = &c->next;
				continue;
			}
			*link = c->next;
			counter_free(c);
		}
}

static struct counter *counter_of(struct limits *l, enum limit_rule rule, const char *who)
{
	struct counter **slot = &l->slot[(str_hash(who, strlen(who)) + (uint64_t)rule) % Slots];
	for (struct counter *c = *slot; c != NULL; c = c->next)
		if (c->rule == rule && strcmp(c->who, who) == 0)
			return c;
	struct counter *c = xcalloc(1, sizeof *c);
	*c = (struct counter){.next = *slot, .rule = rule, .who = xstrdup(who)};
	*slot = c;
	return c;
}

static void counter_add(struct counter *c, int64_t now_ms)
{
	if (c->count == c->cap) {
		int cap = c->cap == 0 ? 8 : c->cap * 2;
		int64_t *at = xcalloc((size_t)cap, sizeof *at);
		for (int i = 0; i < c->count; i++)
			at[i] = c->at[(c->first + i) % c->cap];
		free(c->at);
		c->at = at;
		c->first = 0;
		c->cap = cap;
	}
	c->at[(c->first + c->count++) % c->cap] = now_ms;
}

static void counter_drop_first(struct counter *c)
{
	c->first = (c->first + 1) % c->cap;
	c->count--;
}

bool limits_take(struct limits *l, enum limit_rule rule, const char *who, int64_t now_ms, long *wait_s)
{
	int most = most_of(l, rule);
	*wait_s = 0;
	if (most <= 0)
		return true;
	sweep(l, now_ms);
	struct counter *c = counter_of(l, rule, who);
	while (c->count > 0 && now_ms - c->at[c->first] >= rules[rule].window_ms)
		counter_drop_first(c);
	bool allowed = c->count < most;
	if (!allowed && rules[rule].aggressive)
		counter_drop_first(c);
	if (allowed || rules[rule].aggressive)
		counter_add(c, now_ms);
	if (!allowed) {
		*wait_s = (long)((c->at[c->first] + rules[rule].window_ms - now_ms + 999) / 1000);
		*wait_s = *wait_s < 1 ? 1 : *wait_s;
	}
	return allowed;
}

bool limits_counts_ip(const struct limits *l, const char *ip)
{
	static const char *const local[] = {"127.", "10.", "192.168.", "169.254.", "::1", "fe80:", "fc", "fd",
		"::ffff:127."};
	if (l->options.ip_local)
		return true;
	for (size_t i = 0; i < COUNT(local); i++)
		if (str_starts(ip, local[i]))
			return false;
	int second = 0;
	return !(str_starts(ip, "172.") && (second = atoi(ip + 4)) >= 16 && second <= 31);
}

static void refuse_headers(struct request *r, struct response *w, const char *code, long wait_s)
{
	w->status = 429;
	response_header(w, "Retry-After", arena_printf(r->mem, "%ld", wait_s));
	if (code != NULL)
		response_header(w, "Discourse-Rate-Limit-Error-Code", code);
}

static char *time_left(struct request *r, long wait_s)
{
	static const struct {
		long seconds;
		const char *one, *more;
	} units[] = {{3600, "%ld hour", "%ld hours"}, {60, "%ld minute", "%ld minutes"},
		{1, "%ld second", "%ld seconds"}};
	size_t i = 0;
	while (i + 1 < COUNT(units) && wait_s < units[i].seconds)
		i++;
	long n = (wait_s + units[i].seconds - 1) / units[i].seconds;
	return arena_printf(r->mem, say(r, n == 1 ? units[i].one : units[i].more), n);
}

void limits_refuse(struct request *r, struct response *w, const char *code, long wait_s)
{
	struct json *root = json_object();
	const char *left = time_left(r, wait_s);
	json_append_string(json_add_array(root, "errors"),
		arena_printf(r->mem, say(r, "You have done this too many times. Wait %s and try again."), left));
	json_add_string(root, "error_type", "rate_limit");
	struct json *extras = json_add_object(root, "extras");
	json_add_int(extras, "wait_seconds", wait_s);
	json_add_string(extras, "time_left", left);
	response_json(w, root);
	refuse_headers(r, w, code, wait_s);
}

bool limits_allow(struct request *r, struct response *w, enum limit_rule rule, const char *who)
{
	long wait_s;
	bool allowed = limits_take(r->server->limits, rule, who, r->now_ms, &wait_s);
	if (!allowed)
		limits_refuse(r, w, limits_code(rule), wait_s);
	return allowed;
}

bool limits_allow_ip(struct request *r, struct response *w)
{
	long wait_s;
	if (!limits_counts_ip(r->server->limits, r->ip))
		return true;
	for (enum limit_rule rule = LIMIT_IP_10_SECONDS; rule <= LIMIT_IP_MINUTE; rule++)
		if (!limits_take(r->server->limits, rule, r->ip, r->now_ms, &wait_s)) {
			response_text(w, "text/plain; charset=utf-8", arena_printf(r->mem,
				"Slow down, too many requests from this IP address. Retry again in %ld seconds.\n"
				"Error code: %s.\n", wait_s, limits_code(rule)));
			refuse_headers(r, w, limits_code(rule), wait_s);
			return false;
		}
	return true;
}
