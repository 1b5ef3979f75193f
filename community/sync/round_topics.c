#include "sync_private.h"

#include <stdio.h>

#include "post_store.h"
#include "site_store.h"
#include "str.h"
#include "text.h"
#include "topic_decode.h"
#include "topic_store.h"

enum { PerPage = 100, AtMostPages = 1000 };

/* A list of topics, newest post first, is walked until a topic that was there at the end of the last walk.
 * Its cursors: NAME_todo, NAME_page, NAME_mark (the newest post of the last whole walk), NAME_next (that of
 * this walk). */
struct walk {
	char todo[32], page[32], mark[32], next[32];
};

static struct walk walk_of(const char *name)
{
	struct walk w;
	snprintf(w.todo, sizeof w.todo, "%s_todo", name);
	snprintf(w.page, sizeof w.page, "%s_page", name);
	snprintf(w.mark, sizeof w.mark, "%s_mark", name);
	snprintf(w.next, sizeof w.next, "%s_next", name);
	return w;
}

static bool walk_wanted(struct sync *s, const char *name)
{
	return sync_get(s, walk_of(name).todo) != 0;
}

static bool walk_ended(struct sync *s, const struct walk *w, struct error *err)
{
	int64_t next = sync_get(s, w->next);
	return sync_set(s, w->mark, next > sync_get(s, w->mark) ? next : sync_get(s, w->mark), err)
		&& sync_done(s, w->todo, err) && sync_set(s, w->page, 0, err) && sync_set(s, w->next, 0, err);
}

/* Without the bus a deleted post shows only as a smaller number. */
static bool compare_counts(struct sync *s, const struct topic *t, struct error *err)
{
	if (sync_bus_works(s) || sync_store_checked(s->store, t->id) == 0
		|| t->posts_count >= post_store_count(s->store, t->id))
		return true;
	return sync_store_queue(s->store, t->id, 0, 0, err);
}

enum list { LIST_BOARD, LIST_MESSAGES, LIST_SAVED };

static bool put_topics(
	struct sync *s, const struct topic_page *page, enum list list, int64_t *oldest, struct error *err)
{
	for (int i = 0; i < page->count; i++) {
		struct topic t = page->topic[i];
		t.is_message |= list == LIST_MESSAGES;
		t.bookmarked |= list == LIST_SAVED;
		if (t.bumped_ms < *oldest)
			*oldest = t.bumped_ms;
		if (t.bumped_ms < sync_horizon_ms(s) && topic_store_row(s->store, t.id, &s->arena) == NULL
			&& t.notification_level < TOPIC_TRACKING && !t.bookmarked)
			continue;
		if (!topic_store_put(s->store, &t, err) || !compare_counts(s, &t, err))
			return false;
	}
	return true;
}

static bool walk_take(
	struct sync *s, const char *name, bool messages, const struct answer *a, struct error *err)
{
	struct walk w = walk_of(name);
	struct topic_page page;
	int64_t oldest = INT64_MAX, at = sync_get(s, w.page);
	if (!topic_page_decode(a->json, &s->arena, &page))
		return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
	if (at == 0 && page.count > 0 && !sync_set(s, w.next, page.topic[0].bumped_ms, err))
		return false;
	if (!put_topics(s, &page, messages ? LIST_MESSAGES : LIST_BOARD, &oldest, err))
		return false;
	int64_t mark = sync_get(s, w.mark), horizon = sync_horizon_ms(s);
	bool ended = !page.more || page.count == 0 || oldest <= mark || oldest < horizon || at >= AtMostPages;
	if (!sync_store_put_progress(
			s->store, messages ? "messages" : "topics", (at + 1) * (int64_t)page.count, 0, err))
		return false;
	/* Away for longer than the period: what lies between is not here. */
	if (mark > 0 && oldest > mark && oldest < horizon && !sync_set(s, "lists_from_ms", horizon, err))
		return false;
	return ended ? walk_ended(s, &w, err) : sync_set(s, w.page, at + 1, err);
}

static bool latest_wanted(struct sync *s)
{
	return walk_wanted(s, "latest");
}

static struct request latest_ask(struct sync *s)
{
	return endpoint_latest((int)sync_get(s, "latest_page"), PerPage);
}

static bool latest_take(struct sync *s, const struct answer *a, struct error *err)
{
	return walk_take(s, "latest", false, a, err);
}

static const char *my_name(struct sync *s)
{
	const struct session *me = sync_session(s);
	return me == NULL ? "" : str_or_empty(me->username);
}

static bool inbox_wanted(struct sync *s)
{
	return walk_wanted(s, "inbox");
}

static struct request inbox_ask(struct sync *s)
{
	return endpoint_messages(my_name(s), "", (int)sync_get(s, "inbox_page"));
}

static bool inbox_take(struct sync *s, const struct answer *a, struct error *err)
{
	return walk_take(s, "inbox", true, a, err);
}

static bool inbox_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "inbox_todo", 0, err);
}

static bool sent_wanted(struct sync *s)
{
	return walk_wanted(s, "sent");
}

static struct request sent_ask(struct sync *s)
{
	return endpoint_messages(my_name(s), "-sent", (int)sync_get(s, "sent_page"));
}

static bool sent_take(struct sync *s, const struct answer *a, struct error *err)
{
	return walk_take(s, "sent", true, a, err);
}

static bool sent_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "sent_todo", 0, err);
}

static bool archive_wanted(struct sync *s)
{
	return walk_wanted(s, "archive");
}

static struct request archive_ask(struct sync *s)
{
	return endpoint_messages(my_name(s), "-archive", (int)sync_get(s, "archive_page"));
}

static bool archive_take(struct sync *s, const struct answer *a, struct error *err)
{
	return walk_take(s, "archive", true, a, err);
}

static bool archive_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "archive_todo", 0, err);
}

/* Topics the member saved may lie before the period; one page of them (Discourse's /bookmarks.json). */
static bool saved_wanted(struct sync *s)
{
	return sync_get(s, "saved_todo") != 0;
}

static struct request saved_ask(struct sync *s)
{
	return request_new("GET", "/bookmarks.json");
}

static bool saved_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct topic_page page;
	int64_t oldest = INT64_MAX;
	if (topic_page_decode(a->json, &s->arena, &page) && !put_topics(s, &page, LIST_SAVED, &oldest, err))
		return false;
	return sync_set(s, "saved_todo", 0, err);
}

static bool saved_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "saved_todo", 0, err);
}

const struct round round_latest = {
	.phase = "topics", .turn = 3, .wanted = latest_wanted, .ask = latest_ask, .take = latest_take};
const struct round round_inbox = {.phase = "messages", .turn = 3, .wanted = inbox_wanted, .ask = inbox_ask,
	.take = inbox_take, .refused = inbox_refused};
const struct round round_sent = {.phase = "messages", .turn = 3, .wanted = sent_wanted, .ask = sent_ask,
	.take = sent_take, .refused = sent_refused};
const struct round round_archive = {.phase = "messages",
	.turn = 3,
	.wanted = archive_wanted,
	.ask = archive_ask,
	.take = archive_take,
	.refused = archive_refused};
const struct round round_saved = {.phase = "topics", .turn = 3, .wanted = saved_wanted, .ask = saved_ask,
	.take = saved_take, .refused = saved_refused};
