#include "read_store.h"
#include "sync_private.h"
#include "write_endpoints.h"

/* What was read is told topic by topic, not more often than every ten seconds. What is not told yet stays in
 * the store; telling it twice does no harm. */
enum { PostsAtOnce = 200 };
static const int64_t PaceMs = 10 * 1000;

static int next(struct sync *s, int64_t *topic_id, int *post_number, int *ms)
{
	return sync_session(s) == NULL ? 0 : read_store_next(s->store, topic_id, post_number, ms, PostsAtOnce);
}

static bool anything(struct sync *s)
{
	int64_t topic_id;
	int post_number, ms;
	return sync_session(s) != NULL && read_store_next(s->store, &topic_id, &post_number, &ms, 1) > 0;
}

/* The first one waits too: more of the same topic may follow. */
int64_t sync_next_reading_ms(struct sync *s)
{
	if (sync_is_left_alone(s) || !anything(s)) {
		s->reading_from_ms = 0;
		return INT64_MAX;
	}
	if (s->reading_from_ms == 0)
		s->reading_from_ms = s->now_ms + (s->interval_s > 0 ? PaceMs : 0);
	return s->reading_from_ms > s->writes_from_ms ? s->reading_from_ms : s->writes_from_ms;
}

static bool reading_wanted(struct sync *s)
{
	return sync_next_reading_ms(s) <= s->now_ms;
}

static struct request reading_ask(struct sync *s)
{
	int post_number[PostsAtOnce], ms[PostsAtOnce];
	struct reading r[PostsAtOnce];
	int count = next(s, &s->asked_topic, post_number, ms);
	for (int i = 0; i < count; i++)
		r[i] = (struct reading){.post_number = post_number[i], .ms = ms[i]};
	s->asked_number = count > 0 ? post_number[count - 1] : 0;
	s->reading_from_ms = s->now_ms + (s->interval_s > 0 ? PaceMs : 0);
	return endpoint_timings(s->asked_topic, r, count);
}

static bool told(struct sync *s, struct error *err)
{
	return read_store_told(s->store, s->asked_topic, s->asked_number, err);
}

static bool reading_take(struct sync *s, const struct answer *a, struct error *err)
{
	return told(s, err);
}

/* Nobody is helped by a reading mark that the site does not want. */
static bool reading_failed(
	struct sync *s, const struct answer *a, const struct error *why, bool *alone, struct error *err)
{
	switch (why->kind) {
	case ERR_READONLY:
		*alone = true;
		s->writes_from_ms = s->now_ms + limits_backoff_ms(4, &s->api.seed);
		return true;
	case ERR_LIMIT:
		*alone = a->own_limit;
		s->reading_from_ms = s->now_ms + PaceMs + why->retry_after_s * 1000LL;
		return true;
	case ERR_FORBIDDEN:
		*alone = s->key_good;
		return !s->key_good || told(s, err);
	case ERR_NOT_FOUND:
	case ERR_CONFLICT:
	case ERR_REFUSED:
		*alone = true;
		return told(s, err);
	case ERR_OFFLINE:
	case ERR_PROTOCOL:
		*alone = a->status != 0;
		s->reading_from_ms = s->now_ms + limits_backoff_ms(5, &s->api.seed);
		return true;
	default:
		*alone = false;
		return true;
	}
}

const struct round round_reading = {.phase = "", .turn = 3, .wanted = reading_wanted, .ask = reading_ask,
	.take = reading_take, .failed = reading_failed};
