#include "limits.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "random.h"

enum { Minute = 60 * 1000, Hour = 60 * Minute, Slack = 500 /* ms, for what two clocks differ */ };
enum { FirstRefusal = 30 * 1000, LongestRefusal = 15 * Minute, PaceMs = 1000 };

void limits_init(struct limits *l, int per_minute, int per_day)
{
	*l = (struct limits){
		.per_minute = per_minute > 0 ? per_minute : LIMITS_PER_MINUTE,
		.per_day = per_day > 0 ? per_day : LIMITS_PER_DAY,
	};
	if (l->per_minute > LIMITS_MAX_PER_MINUTE)
		l->per_minute = LIMITS_MAX_PER_MINUTE;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* When the request that makes this one too many in a minute is a minute old. */
static int64_t minute_turn(const struct limits *l)
{
	int at = (l->next - l->per_minute + 2 * LIMITS_MAX_PER_MINUTE) % LIMITS_MAX_PER_MINUTE;
	return l->sent_ms[at] == 0 ? 0 : l->sent_ms[at] + Minute + Slack;
}

/* When the oldest requests of the 24 whole hours before and this one stop counting, if those are a day's. */
static int64_t day_turn(const struct limits *l, int64_t now_ms, int per_day)
{
	int64_t hour = now_ms / Hour, turn = 0, used = 0;
	for (int64_t h = hour - 24; h <= hour; h++) {
		if (h < 0 || h > l->hour_number || h <= l->hour_number - 25)
			continue;
		int64_t n = l->hour[h % 25];
		used += n;
		if (turn == 0 && n > 0)
			turn = (h + 25) * Hour;
	}
	return used >= per_day ? turn : 0;
}

static int64_t pace_turn(const struct limits *l)
{
	return l->pace_ms - (int64_t)(LIMITS_BURST - 1) * PaceMs;
}

/* A clock that was set back must not make anyone wait for days. */
static int64_t bounded(int64_t turn, int64_t now_ms, int64_t most)
{
	return turn - now_ms > most ? now_ms + most : turn;
}

static int64_t wait_ms(const struct limits *l, int64_t now_ms, int per_day)
{
	int64_t turn = bounded(l->blocked_until_ms, now_ms, 24 * (int64_t)Hour);
	if (!l->off) {
		turn = later(turn, bounded(minute_turn(l), now_ms, Minute + Slack));
		turn = later(turn, bounded(day_turn(l, now_ms, per_day), now_ms, 25 * (int64_t)Hour));
		turn = later(turn, bounded(pace_turn(l), now_ms, LIMITS_BURST * PaceMs));
	}
	return turn > now_ms ? turn - now_ms : 0;
}

int64_t limits_wait_ms(const struct limits *l, int64_t now_ms)
{
	return wait_ms(l, now_ms, l->per_day);
}

int64_t limits_spare_wait_ms(const struct limits *l, int64_t now_ms)
{
	return wait_ms(l, now_ms, l->per_day / 2);
}

static void enter_hour(struct limits *l, int64_t hour)
{
	if (hour > l->hour_number + 25 || hour < l->hour_number - 25) {
		memset(l->hour, 0, sizeof l->hour);
		l->hour_number = hour;
	}
	while (l->hour_number < hour)
		l->hour[++l->hour_number % 25] = 0;
}

void limits_sent(struct limits *l, int64_t now_ms)
{
	l->sent_ms[l->next] = now_ms;
	l->next = (l->next + 1) % LIMITS_MAX_PER_MINUTE;
	l->pace_ms = later(bounded(l->pace_ms, now_ms, LIMITS_BURST * PaceMs), now_ms) + PaceMs;
	enter_hour(l, now_ms / Hour);
	l->hour[l->hour_number % 25]++;
}

/* Between ms and a fifth more, so that members behind one address do not all come back at once. */
static int64_t spread(int64_t ms, uint64_t *seed)
{
	return ms + (int64_t)(random_next(seed) % (uint32_t)(ms / 5 + 1));
}

static int64_t doubled(int64_t first, int times, int64_t longest)
{
	int64_t ms = first;
	for (int i = 0; i < times && ms < longest; i++)
		ms *= 2;
	return ms > longest ? longest : ms;
}

void limits_refused(struct limits *l, int64_t now_ms, long retry_after_s, uint64_t *seed)
{
	int64_t ms = retry_after_s > 0 ? retry_after_s * 1000LL : doubled(FirstRefusal, l->refusals, LongestRefusal);
	l->refusals++;
	l->blocked_until_ms = later(l->blocked_until_ms,
		now_ms + Slack + (retry_after_s > 600 ? ms : spread(ms, seed)));
}

void limits_answered(struct limits *l)
{
	l->refusals = 0;
}

int64_t limits_backoff_ms(int failures, uint64_t *seed)
{
	return failures <= 0 ? 0 : spread(doubled(2000, failures - 1, 10 * Minute), seed);
}

/* "1 blocked pace refusals hour_number h0 ... h24 sent sent ..." */
void limits_print(const struct limits *l, struct sbuf *out)
{
	sbuf_addf(out, "1 %" PRId64 " %" PRId64 " %d %" PRId64, l->blocked_until_ms, l->pace_ms, l->refusals,
		l->hour_number);
	for (int i = 0; i < 25; i++)
		sbuf_addf(out, " %" PRId64, l->hour[i]);
	for (int i = 0; i < LIMITS_MAX_PER_MINUTE; i++) {
		int64_t at = l->sent_ms[(l->next + i) % LIMITS_MAX_PER_MINUTE];
		if (at != 0)
			sbuf_addf(out, " %" PRId64, at);
	}
}

static bool next_number(const char **s, int64_t *out)
{
	int used = 0;
	if (sscanf(*s, "%19" SCNd64 "%n", out, &used) != 1 || *out < 0)
		return false;
	*s += used;
	return true;
}

static bool parse_state(struct limits *l, const char *s)
{
	int64_t version, refusals, sent;
	if (!next_number(&s, &version) || version != 1 || !next_number(&s, &l->blocked_until_ms) ||
		!next_number(&s, &l->pace_ms) || !next_number(&s, &refusals) || !next_number(&s, &l->hour_number))
		return false;
	l->refusals = refusals > 20 ? 20 : (int)refusals;
	for (int i = 0; i < 25; i++)
		if (!next_number(&s, &l->hour[i]) || l->hour[i] > 1000000)
			return false;
	for (l->next = 0; l->next < LIMITS_MAX_PER_MINUTE && next_number(&s, &sent); l->next++)
		l->sent_ms[l->next] = sent;
	l->next %= LIMITS_MAX_PER_MINUTE;
	return *s == '\0';
}

bool limits_parse(struct limits *l, const char *text)
{
	struct limits read = *l;
	memset(read.sent_ms, 0, sizeof read.sent_ms);
	if (text != NULL && parse_state(&read, text)) {
		*l = read;
		return true;
	}
	bool off = l->off;
	limits_init(l, l->per_minute, l->per_day);
	l->off = off;
	return false;
}
