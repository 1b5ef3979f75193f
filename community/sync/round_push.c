#include "attempt.h"
#include "settle_change.h"

/* Each change is put to SENDING, for good, before its request leaves; whatever happens after that, it is
 * either known what the site made of it, or the site is asked (round_reconcile). */

enum {
	FirstLookMs = 2000,
	ReadOnlyMs = 30 * 1000,
	NothingToDoMs = 1000,
	RequestTimeout = 408,
	LooseEndMs = 30 * 1000
};

const struct outbox_row *sync_next_change(struct sync *s)
{
	if (s->check_key || sync_session(s) == NULL)
		return NULL;
	const struct outbox_row *row = outbox_store_next(s->store, s->now_ms, &s->arena);
	bool writes = row != NULL && row->change.state == CHANGE_WAITING;
	return writes && s->now_ms < s->writes_from_ms ? NULL : row;
}

int64_t sync_next_change_ms(struct sync *s)
{
	int64_t due = sync_session(s) == NULL ? INT64_MAX : outbox_store_next_ms(s->store);
	int64_t soon = s->now_ms + NothingToDoMs;
	if (due > s->now_ms)
		return due;
	return s->writes_from_ms > soon ? s->writes_from_ms : soon;
}

bool sync_has_loose_end(struct sync *s)
{
	const struct outbox_row *row = outbox_store_next(s->store, s->now_ms + LooseEndMs, &s->arena);
	return sync_session(s) != NULL && row != NULL && row->tries > 0;
}

static bool is_ready(struct sync *s, enum change_state state)
{
	const struct outbox_row *row = sync_next_change(s);
	return row != NULL && row->change.state == state;
}

static bool needs_request(struct sync *s, const struct outbox_row *row)
{
	struct change c;
	struct change_site site = settle_site(s, row, &c);
	struct request r;
	bool needs = change_request(&c, &site, attempt_get(s, c.id).step, &r);
	request_fini(&r);
	return needs;
}

bool sync_settle_changes(struct sync *s, struct error *err)
{
	const struct outbox_row *row;
	if (s->recover && outbox_store_is_sending(s->store) && !outbox_store_recover(s->store, err))
		return false;
	s->recover = false;
	while ((row = sync_next_change(s)) != NULL) {
		bool unsure = row->change.state == CHANGE_UNSURE;
		bool again =
			unsure && (!settle_can_look(row->change.kind) || attempt_get(s, row->change.id).step > 0);
		if (unsure && !again)
			return true;
		if (again && !outbox_store_set_waiting(s->store, row->change.id, 0, true, NULL, err))
			return false;
		if (again)
			continue;
		if (needs_request(s, row))
			return true;
		if (!settle_done(s, row, &(struct outbox_result){0}, NULL, err))
			return false;
	}
	return true;
}

static bool push_wanted(struct sync *s)
{
	return is_ready(s, CHANGE_WAITING);
}

static bool push_prepare(struct sync *s, struct error *err)
{
	const struct outbox_row *row = sync_next_change(s);
	if (row == NULL || row->change.state != CHANGE_WAITING) {
		s->nothing_to_ask = true; /* another kring of the member took it back */
		return true;
	}
	s->asked_change = row->change.id;
	struct attempt t = attempt_get(s, row->change.id);
	if (t.id == 0)
		attempt_begin(s, &t, row->change.id);
	t.reads = 0;
	return attempt_put(s, &t, err) && outbox_store_set_sending(s->store, row->change.id, s->now_ms, err);
}

static struct request push_ask(struct sync *s)
{
	const struct outbox_row *row = outbox_store_get(s->store, s->asked_change, &s->arena);
	struct change c;
	struct change_site site = settle_site(s, row, &c);
	struct request r;
	change_request(&c, &site, attempt_get(s, c.id).step, &r);
	return r;
}

static const struct outbox_row *asked(struct sync *s)
{
	return outbox_store_get(s->store, s->asked_change, &s->arena);
}

static bool push_take(struct sync *s, const struct answer *a, struct error *err)
{
	const struct outbox_row *row = asked(s);
	return row == NULL || settle_answer(s, row, a, err);
}

/* The same answer is given for a key that is not good any more: the session tells. */
static bool forbidden(struct sync *s, const struct outbox_row *row, const struct answer *a,
	const struct error *why, struct error *err)
{
	struct attempt t = attempt_get(s, row->change.id);
	if (t.key_checked)
		return settle_refused(s, row, a, why, err);
	t.key_checked = s->check_key = true;
	return attempt_put(s, &t, err) && settle_waiting(s, row, 0, NULL, err);
}

static bool push_failed(
	struct sync *s, const struct answer *a, const struct error *why, bool *alone, struct error *err)
{
	const struct outbox_row *row = asked(s);
	*alone = true;
	if (row == NULL)
		return true;
	if (a->nothing_sent) {
		*alone = false;
		return settle_waiting(s, row, 0, why, err);
	}
	switch (a->status == RequestTimeout ? ERR_OFFLINE : why->kind) {
	case ERR_LIMIT:
		*alone = a->own_limit;
		return settle_limited(s, row, a, why, err);
	case ERR_READONLY:
		s->writes_from_ms = s->now_ms + ReadOnlyMs + (settle_later(s, row) - s->now_ms);
		return settle_waiting(s, row, 0, why, err);
	case ERR_AUTH:
		*alone = false;
		return settle_waiting(s, row, 0, why, err);
	case ERR_FORBIDDEN:
		return forbidden(s, row, a, why, err);
	case ERR_NOT_FOUND:
	case ERR_CONFLICT:
	case ERR_REFUSED:
		return settle_refused(s, row, a, why, err);
	default:
		*alone = a->status != 0 || why->kind == ERR_PROTOCOL;
		return outbox_store_set_unsure(s->store, row->change.id,
			row->tries > 1 ? settle_later(s, row) : s->now_ms + FirstLookMs, why, err);
	}
}

const struct round round_push = {.phase = "", .turn = -1, .wanted = push_wanted, .prepare = push_prepare,
	.ask = push_ask, .take = push_take, .failed = push_failed};
