#include "sync_private.h"

#include "outbox_store.h"
#include "random.h"
#include "text.h"

enum { BadAnswers = 3, LongestWaitMs = 60 * 1000 };

static bool put_failure(struct sync *s, struct error *err)
{
	sync_remember_limits(s);
	return sync_store_put_result(s->store, s->now_ms, false, &s->error, s->wait_until_ms, err);
}

static void wait_until(struct sync *s, int64_t ms)
{
	s->wait_until_ms = ms;
	sync_in_transaction(s, put_failure);
}

/* Nobody waits long for what was written. */
static void wait_for_connection(struct sync *s)
{
	int64_t ms = limits_backoff_ms(s->failures, &s->api.seed);
	if (outbox_store_next_ms(s->store) != INT64_MAX && ms > LongestWaitMs)
		ms = LongestWaitMs + (int64_t)(random_next(&s->api.seed) % (uint32_t)(LongestWaitMs / 5));
	wait_until(s, s->now_ms + ms);
}

static void skip(struct sync *s)
{
	s->skipped[s->round] = true;
	s->why_skipped = s->error;
}

/* Forbidden may mean a key that was revoked: the session tells. When the key is good it is asked once more,
 * and then it was this question. */
static void settle_refusal(struct sync *s)
{
	const struct round *r = rounds[s->round];
	struct error err = {.kind = ERR_NONE}, why = s->error;
	if (why.kind == ERR_FORBIDDEN && r != &round_session && !s->key_good) {
		s->check_key = true;
		s->error = err;
		return;
	}
	bool settled = r->refused != NULL && store_begin(s->store, &err) && r->refused(s, &why, &err)
		&& store_commit(s->store, &s->changed, &err);
	if (settled) {
		s->error = (struct error){.kind = ERR_NONE};
		return;
	}
	store_rollback(s->store);
	skip(s);
	if (r == &round_session)
		fail(&s->error, ERR_AUTH, _("The site does not know this log-in any more."));
}

static void stop(struct sync *s)
{
	s->state = SYNC_STOPPED;
	struct error kept = s->error;
	sync_in_transaction(s, put_failure);
	s->error = kept;
}

static void set_aside(struct sync *s)
{
	if (sync_in_transaction(s, rounds[s->round]->set_aside))
		s->error = (struct error){.kind = ERR_NONE};
}

/* An answer that makes no sense, or a server error, may be of this question alone: after a few tries the
 * others go on without it. When the next question of the same round goes wrong too, it is the site. */
static void bad_answer(struct sync *s)
{
	wait_until(s, s->now_ms + limits_backoff_ms(s->failures, &s->api.seed));
	if (++s->bad_answers[s->round] < BadAnswers)
		return;
	if (rounds[s->round]->spare)
		settle_refusal(s);
	else if (rounds[s->round]->set_aside != NULL && s->bad_answers[s->round] == BadAnswers)
		set_aside(s);
	else
		skip(s);
}

static void refused(struct sync *s)
{
	settle_refusal(s);
	if (s->error.kind == ERR_AUTH)
		stop(s);
}

void sync_trouble(struct sync *s)
{
	s->failures++;
	switch (s->error.kind) {
	case ERR_LIMIT:
		wait_until(s, s->now_ms + limits_wait_ms(&s->limits, api_now_ms(&s->api)));
		return;
	case ERR_OFFLINE:
		if (s->error.http_status >= 500) {
			bad_answer(s);
			return;
		}
		wait_for_connection(s);
		return;
	case ERR_READONLY:
		wait_until(s, s->now_ms + limits_backoff_ms(s->failures, &s->api.seed));
		return;
	case ERR_PROTOCOL:
		bad_answer(s);
		return;
	case ERR_FORBIDDEN:
	case ERR_NOT_FOUND:
	case ERR_REFUSED:
	case ERR_INVALID:
	case ERR_CONFLICT:
		refused(s);
		return;
	default:
		stop(s);
	}
}

bool sync_failed_alone(struct sync *s, const struct answer *a)
{
	struct error err = {.kind = ERR_NONE};
	bool alone = false;
	sync_remember_limits(s);
	bool ok = store_begin(s->store, &err) && rounds[s->round]->failed(s, a, &s->error, &alone, &err)
		&& store_commit(s->store, &s->changed, &err);
	if (ok) {
		if (alone)
			s->error = (struct error){.kind = ERR_NONE};
		return alone;
	}
	store_rollback(s->store);
	s->recover = true;
	s->error = err;
	stop(s);
	return true;
}
