#include "sync_private.h"

#include "attempt.h"
#include "mem.h"
#include "outbox_store.h"
#include "random.h"
#include "text.h"

static const int64_t MonthMs = 2629800000LL;

static bool first_time(struct sync *s, struct error *err)
{
	return sync_get(s, "began_ms") != 0 || (sync_set(s, "began_ms", s->now_ms, err) && sync_want_all(s, err)
		&& sync_set(s, "archive_todo", 1, err) && sync_set(s, "members_todo", 1, err));
}

/* Without the bus nothing tells what changed: the tops of the lists are looked at. */
static bool look_without_bus(struct sync *s, struct error *err)
{
	if (!s->look || sync_bus_works(s))
		return true;
	s->look = s->first_look = false;
	return sync_want_all(s, err) && sync_set(s, "saved_todo", 0, err);
}

/* Members change without a word on the bus: their list is a day old at most. */
static bool refresh_members(struct sync *s, struct error *err)
{
	int64_t done = sync_get(s, "members_done_ms");
	if (!s->stale || done == 0 || s->now_ms - done < 24LL * 3600 * 1000 || sync_get(s, "members_todo") != 0)
		return true;
	return sync_set(s, "members_todo", 1, err) && sync_set(s, "members_at", 0, err);
}

/* The member chose a longer period than the lists were walked for: they are walked again, down to there. */
static bool lengthen_lists(struct sync *s, struct error *err)
{
	static const char *const list[][3] = {{"latest_todo", "latest_page", "latest_mark"},
		{"inbox_todo", "inbox_page", "inbox_mark"}, {"sent_todo", "sent_page", "sent_mark"},
		{"archive_todo", "archive_page", "archive_mark"}};
	int64_t from_ms = sync_get(s, "lists_from_ms");
	if (from_ms != 0 && !sync_reaches_back(s, from_ms))
		return true;
	for (size_t i = 0; i < COUNT(list) && from_ms != 0; i++)
		if (!sync_set(s, list[i][2], 0, err) || !sync_todo(s, list[i][0], list[i][1], err))
			return false;
	return sync_set(s, "lists_from_ms", sync_horizon_ms(s), err);
}

/* What arrived is still listed for a month. */
static bool forget_old_changes(struct sync *s, struct error *err)
{
	const int64_t day_ms = 24LL * 3600 * 1000;
	if (!s->stale || s->now_ms - sync_get(s, "pruned_ms") < day_ms)
		return true;
	return sync_set(s, "pruned_ms", s->now_ms, err) && outbox_store_prune(s->store, s->now_ms - MonthMs, err);
}

static bool prepare(struct sync *s, struct error *err)
{
	return first_time(s, err) && lengthen_lists(s, err) && look_without_bus(s, err) && refresh_members(s, err)
		&& forget_old_changes(s, err);
}

static bool any_change_due(struct sync *s)
{
	return s->recover || sync_next_change(s) != NULL;
}

/* The wanted round that goes next; -1 when there is none. */
static int choose_round(struct sync *s)
{
	int best = -1;
	for (int i = 0; i < round_count; i++) {
		if (s->skipped[i] || (best >= 0 && rounds[i]->turn > rounds[best]->turn))
			continue;
		if (best >= 0 && rounds[i]->turn == rounds[best]->turn && rounds[i]->turn == 3
			&& s->steps[i] >= s->steps[best])
			continue;
		if (best >= 0 && rounds[i]->turn == rounds[best]->turn && rounds[i]->turn != 3)
			continue;
		if (rounds[i]->wanted(s))
			best = i;
	}
	return best;
}

static bool anything_skipped(const struct sync *s)
{
	for (int i = 0; i < round_count; i++)
		if (s->skipped[i])
			return true;
	return false;
}

/* Without a look this says nothing of how new everything is. */
static bool put_success(struct sync *s, struct error *err)
{
	sync_remember_limits(s);
	int64_t looked_ms = s->looked ? s->now_ms : sync_store_status(s->store, &s->arena).last_success_ms;
	if (sync_wants_older(s) != (sync_get(s, "older_todo") != 0)
		&& !sync_set(s, "older_todo", sync_wants_older(s), err))
		return false;
	if (!anything_skipped(s) && sync_get(s, "fill_done") == 0 && !sync_set(s, "fill_done", s->now_ms, err))
		return false;
	return sync_store_put_result(
		s->store, looked_ms, !anything_skipped(s), anything_skipped(s) ? &s->why_skipped : NULL, 0, err);
}

/* Spread over a fifth of the interval, so that members behind one address do not all ask at once. */
static int64_t next_look(struct sync *s)
{
	if (s->interval_s <= 0)
		return INT64_MAX;
	int64_t ms = s->interval_s * 1000LL;
	return s->now_ms + ms + (int64_t)(random_next(&s->api.seed) % (uint32_t)(ms / 5 + 1));
}

static bool any_background(struct sync *s)
{
	int64_t since_ms = sync_get(s, "verify_since_ms");
	return (since_ms != 0 && sync_store_unchecked(s->store, since_ms, s->now_ms) != 0) || sync_wants_older(s);
}

static int64_t rest(struct sync *s)
{
	if (s->state == SYNC_WORKING) {
		if (!sync_in_transaction(s, put_success))
			return INT64_MAX;
		s->report.complete = !anything_skipped(s);
		if (anything_skipped(s))
			s->error = s->why_skipped;
		if (s->looked)
			s->next_look_ms = next_look(s);
		s->stale = s->looked = false;
		s->state = SYNC_RESTING;
	}
	int64_t look_ms = s->quiet ? INT64_MAX : s->next_look_ms;
	int64_t due = sync_looks_by_itself(s) && s->background_ms < look_ms
		&& any_background(s) ? s->background_ms : look_ms;
	const int64_t more[] = {sync_next_change_ms(s), sync_next_reading_ms(s), sync_next_notice_ms(s),
		sync_next_draft_ms(s)};
	int64_t aside_ms = sync_looks_by_itself(s) ? sync_store_aside_ms(s->store, s->now_ms) : INT64_MAX;
	due = aside_ms < due ? aside_ms : due;
	for (size_t i = 0; i < COUNT(more); i++)
		due = more[i] < due ? more[i] : due;
	return due;
}

static bool take_answer(struct sync *s, const struct answer *a, struct error *err)
{
	if (!store_begin(s->store, err) || !rounds[s->round]->take(s, a, err)
		|| !sync_store_queue_clean(s->store, err))
		return false;
	sync_remember_limits(s);
	return store_commit(s->store, &s->changed, err);
}

static void finish_exchange(struct sync *s)
{
	struct answer a = {0};
	struct error err = {.kind = ERR_NONE};
	arena_reset(&s->arena);
	bool ok = exchange_take(s->exchange, &a, &err);
	sync_note_clock(s, &a);
	exchange_free(s->exchange);
	s->exchange = NULL;
	if (ok && !take_answer(s, &a, &err)) {
		store_rollback(s->store);
		ok = false;
		if (err.kind == ERR_CONFLICT) /* from the database: the answer contradicts itself */
			fail(&err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
	}
	s->error = err;
	bool alone = !ok && rounds[s->round]->failed != NULL && sync_failed_alone(s, &a);
	answer_fini(&a);
	if (alone)
		return;
	if (!ok) {
		sync_trouble(s);
		return;
	}
	s->failures = s->bad_answers[s->round] = 0;
	s->wait_until_ms = 0;
}

static bool start_exchange(struct sync *s, int round)
{
	s->nothing_to_ask = false;
	if (rounds[round]->prepare != NULL && (!sync_in_transaction(s, rounds[round]->prepare) || s->nothing_to_ask))
		return false;
	struct request r = rounds[round]->ask(s);
	s->round = round;
	s->steps[round]++;
	s->exchange = exchange_start(&s->api, &r);
	return true;
}

static void wake_for_look(struct sync *s)
{
	if (s->quiet || s->state != SYNC_RESTING || s->now_ms < s->next_look_ms)
		return;
	/* Another kring of the member may just have looked. */
	int64_t looked_ms = sync_get(s, "bus_ms"), interval_ms = s->interval_s * 1000LL;
	if (looked_ms <= s->now_ms && looked_ms + interval_ms > s->now_ms)
		s->next_look_ms = looked_ms + interval_ms;
	else
		sync_look(s);
}

int64_t sync_step(struct sync *s, int64_t now_ms)
{
	s->now_ms = now_ms;
	if (s->exchange != NULL) {
		if (!exchange_done(s->exchange))
			return INT64_MAX;
		finish_exchange(s);
	}
	arena_reset(&s->arena);
	wake_for_look(s);
	if (s->state == SYNC_STOPPED)
		return INT64_MAX;
	if (now_ms < s->wait_until_ms)
		return s->wait_until_ms;
	if (s->state == SYNC_WORKING && !sync_in_transaction(s, prepare))
		return INT64_MAX;
	if (any_change_due(s) && !sync_in_transaction(s, sync_settle_changes))
		return INT64_MAX;
	int round = choose_round(s);
	bool background = round >= 0 && rounds[round]->background;
	if (round < 0 || (background && (s->state == SYNC_WORKING || !sync_looks_by_itself(s))))
		return rest(s);
	if (!background)
		s->state = SYNC_WORKING;
	int64_t wait = background ? limits_spare_wait_ms(&s->limits, api_now_ms(&s->api))
		: limits_wait_ms(&s->limits, api_now_ms(&s->api));
	if (wait > 0 && background) {
		s->background_ms = now_ms + wait;
		return rest(s);
	}
	if (wait > 0)
		return now_ms + wait;
	if (!start_exchange(s, round))
		return s->state == SYNC_STOPPED ? INT64_MAX : now_ms;
	return exchange_done(s->exchange) ? now_ms : INT64_MAX;
}
