#include "sync_private.h"

#include "event_dates.h"
#include "event_decode.h"
#include "event_store.h"
#include "str.h"
#include "text.h"

/* The calendar from 12 months back to 18 ahead, in one question where 200 events are enough. Cursors:
 * events_todo, events_from (where the next question begins, ms), events_ms (when this walk began),
 * events_done_ms. */
enum { AtMost = 200 };
static const int64_t MonthMs = 2629800000LL, WeekMs = 7LL * 24 * 3600 * 1000;

static int64_t first_ms(const struct sync *s)
{
	return s->now_ms - 12 * MonthMs;
}

static int64_t last_ms(const struct sync *s)
{
	return s->now_ms + 18 * MonthMs;
}

/* The horizon moves: once a week is enough for that. */
static bool events_wanted(struct sync *s)
{
	int64_t done = sync_get(s, "events_done_ms");
	return sync_get(s, "events_todo") != 0 || (s->stale && done != 0 && s->now_ms - done > WeekMs);
}

static struct request events_ask(struct sync *s)
{
	int64_t from = sync_get(s, "events_from");
	return endpoint_events((from == 0 ? first_ms(s) : from) / 1000, last_ms(s) / 1000);
}

static bool is_changed(struct sync *s, const struct event *e)
{
	const struct event *old = event_store_get(s->store, e->id, &s->arena);
	return old == NULL || old->starts_ms != e->starts_ms || old->ends_ms != e->ends_ms
		|| old->closed != e->closed || !str_equal(old->location, e->location)
		|| !str_equal(old->name, e->name)
		|| (e->detailed
			&& (old->going != e->going || old->interested != e->interested || old->mine != e->mine));
}

static bool put_events(struct sync *s, const struct event_list *events, int64_t *latest, struct error *err)
{
	for (int i = 0; i < events->count; i++) {
		struct event e = events->event[i];
		event_dates_fill(&e, s->now_ms, &s->arena);
		s->report.events += is_changed(s, &e);
		if (e.starts_ms > *latest)
			*latest = e.starts_ms;
		if (!event_store_put(s->store, &e, err) || !event_store_seen(s->store, e.id, s->now_ms, err))
			return false;
	}
	return true;
}

static bool walk_ended(struct sync *s, struct error *err)
{
	return event_store_remove_unseen(s->store, first_ms(s), last_ms(s), sync_get(s, "events_ms"), err) >= 0
		&& sync_done(s, "events_todo", err) && sync_set(s, "events_from", 0, err)
		&& sync_set(s, "events_done_ms", s->now_ms, err);
}

static bool events_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct event_list events;
	int64_t from = sync_get(s, "events_from"), latest = 0;
	if (!event_list_decode(a->json, &s->arena, &events))
		return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
	if (from == 0 && !sync_set(s, "events_ms", s->now_ms, err))
		return false;
	if (!put_events(s, &events, &latest, err))
		return false;
	bool more = events.count >= AtMost && latest > from;
	return more ? sync_set(s, "events_from", latest, err) : walk_ended(s, err);
}

/* A site without a calendar. */
static bool events_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "events_todo", 0, err) && sync_set(s, "events_from", 0, err)
		&& sync_set(s, "events_done_ms", s->now_ms, err);
}

static bool invitees_wanted(struct sync *s)
{
	return sync_get(s, "events_todo") == 0 && event_store_without_invitees(s->store, s->now_ms) != 0;
}

static struct request invitees_ask(struct sync *s)
{
	s->asked_topic = event_store_without_invitees(s->store, s->now_ms);
	return endpoint_invitees(s->asked_topic);
}

static bool invitees_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct invitee_list list;
	if (!invitee_list_decode(a->json, &s->arena, &list))
		return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
	return event_store_put_invitees(s->store, s->asked_topic, list.invitee, list.count, err);
}

/* Who comes is not shown to us: what is known stays. */
static bool invitees_refused(struct sync *s, const struct error *why, struct error *err)
{
	return event_store_keep_invitees(s->store, s->asked_topic, err);
}

const struct round round_events = {.phase = "events", .turn = 3, .wanted = events_wanted, .ask = events_ask,
	.take = events_take, .refused = events_refused};
const struct round round_invitees = {.phase = "events",
	.turn = 5,
	.wanted = invitees_wanted,
	.ask = invitees_ask,
	.take = invitees_take,
	.refused = invitees_refused};
