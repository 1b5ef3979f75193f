#include "sync_private.h"

#include <stdio.h>

#include "json.h"
#include "mem.h"
#include "post_decode.h"
#include "post_store.h"
#include "site_store.h"
#include "text.h"
#include "topic_store.h"

/* A feed of posts (/posts.json, /private-posts.json) is walked from the newest down to the newest one of the
 * last whole walk. Cursors: NAME_todo; NAME_before (0: from the top); NAME_high (ids up to here were all
 * walked); NAME_next (the first id of this walk).
 *
 * Sites differ in what `before` means: the 50 newest with id < before, where a short page is the last one;
 * or, until 2023, the ids in (before - 50, before], where a page may be short or empty anywhere. The second
 * kind shows itself by giving `before` itself back, the first by a page that spans more than 50 ids.
 * NAME_kind: 0 not known yet.
 *
 * A walk ends where the period begins that the member wants. NAME_low: where to go on when more of the past is
 * wanted later; 0: there is nothing older. NAME_from_ms: how far back that is; 0: not known yet. */
enum { KIND_UNKNOWN, KIND_NEWEST, KIND_WINDOW };
enum { PageSize = 50 };

struct feed {
	const char *name, *list; /* list: the member of the answer */
	bool messages;
	char todo[32], before[32], high[32], next[32], kind[32], done[32], low[32], from[32];
};

static struct feed feed_of(bool messages)
{
	struct feed f = {.name = messages ? "private" : "feed",
		.list = messages ? "private_posts" : "latest_posts",
		.messages = messages};
	snprintf(f.todo, sizeof f.todo, "%s_todo", f.name);
	snprintf(f.before, sizeof f.before, "%s_before", f.name);
	snprintf(f.high, sizeof f.high, "%s_high", f.name);
	snprintf(f.next, sizeof f.next, "%s_next", f.name);
	snprintf(f.kind, sizeof f.kind, "%s_kind", f.name);
	snprintf(f.done, sizeof f.done, "%s_done", f.name);
	snprintf(f.low, sizeof f.low, "%s_low", f.name);
	snprintf(f.from, sizeof f.from, "%s_from_ms", f.name);
	return f;
}

/* What one page says. */
struct page {
	int64_t lowest, highest, newest_ms;
	bool has_before;
	int rows;
};

static struct page look_at(const struct post_list *posts, int rows, int64_t before)
{
	struct page p = {.lowest = INT64_MAX, .rows = rows};
	for (int i = 0; i < posts->count; i++) {
		const struct post *q = &posts->post[i];
		p.lowest = q->id < p.lowest ? q->id : p.lowest;
		p.highest = q->id > p.highest ? q->id : p.highest;
		p.newest_ms = q->created_ms > p.newest_ms ? q->created_ms : p.newest_ms;
		p.has_before |= q->id == before;
	}
	return p;
}

static int64_t kind_of(const struct page *p, int64_t known)
{
	if (known != KIND_UNKNOWN)
		return known;
	if (p->has_before)
		return KIND_WINDOW;
	if (p->highest - p->lowest >= PageSize)
		return KIND_NEWEST;
	return KIND_UNKNOWN;
}

/* Where to go on; 0 when this was the last page. */
static int64_t next_before(const struct page *p, int64_t before, int64_t kind)
{
	if (kind == KIND_WINDOW) {
		int64_t by_window = before > 0 ? before - PageSize : p->rows > 0 ? p->lowest - 1 : 0;
		int64_t next = p->rows > 0 && p->lowest - 1 < by_window ? p->lowest - 1 : by_window;
		return next > 1 ? next : 0;
	}
	/* Not known yet: a first short page is asked on from its lowest post, which a window gives back. */
	bool last = p->rows == 0 || (p->rows < PageSize && (kind == KIND_NEWEST || before != 0));
	return last || p->lowest <= 1 ? 0 : p->lowest;
}

/* An administrator's feed has everybody's messages: only those of conversations that are the member's own. */
static bool is_ours(struct sync *s, const struct post *p)
{
	const struct session *me = sync_session(s);
	if (!p->is_message || me == NULL || !(me->admin || me->moderator))
		return true;
	return topic_store_row(s->store, p->topic_id, &s->arena) != NULL;
}

/* The oldest first: the search index takes rising ids at once, and writes itself out at each one that
 * falls. */
static bool put_posts(struct sync *s, const struct post_list *posts, struct error *err)
{
	for (int i = posts->count - 1; i >= 0; i--)
		if (is_ours(s, &posts->post[i]) && !sync_put_post(s, &posts->post[i], err))
			return false;
	return true;
}

static bool walk_ended(struct sync *s, const struct feed *f, struct error *err)
{
	int64_t next = sync_get(s, f->next);
	if ((next > sync_get(s, f->high) && !sync_set(s, f->high, next, err)) || !sync_set(s, f->before, 0, err)
		|| !sync_set(s, f->next, 0, err) || !sync_done(s, f->todo, err))
		return false;
	/* Only when both feeds are here is a post that misses really one to ask for. */
	bool all = sync_get(s, "feed_todo") == 0 && sync_get(s, "private_todo") == 0;
	return !all || sync_store_queue_incomplete(s->store, s->now_ms, err);
}

static bool is_old(const struct sync *s, const struct post_list *posts, const struct page *p)
{
	return posts->count > 0 && p->newest_ms < sync_horizon_ms(s);
}

/* How many posts there will be, counted now and then: it goes through all topics. */
static int64_t posts_expected(struct sync *s, int64_t done)
{
	enum { Every = 1000 };
	if (s->posts_expected == 0 || done % Every < PageSize)
		s->posts_expected = topic_store_posts_expected(s->store);
	return s->posts_expected;
}

static bool note_depth(struct sync *s, const struct feed *f, int64_t low, struct error *err)
{
	return sync_set(s, f->low, low, err) && sync_set(s, f->from, sync_horizon_ms(s), err);
}

static bool read_page(
	struct sync *s, const struct feed *f, const struct answer *a, struct post_list *posts, struct error *err)
{
	if (!post_list_decode(a->json, &s->arena, posts) || !json_is_array(json_get(a->json, f->list)))
		return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
	return true;
}

/* Puts the posts of a page that was asked with `before`; *next as next_before. */
static bool take_page(struct sync *s, const struct feed *f, const struct answer *a, const struct post_list *posts,
	int64_t before, struct page *p, int64_t *next, struct error *err)
{
	*p = look_at(posts, json_count(json_get(a->json, f->list)), before);
	int64_t known = sync_get(s, f->kind), kind = kind_of(p, known);
	*next = next_before(p, before, kind);
	return (kind == known || sync_set(s, f->kind, kind, err)) && put_posts(s, posts, err);
}

static bool feed_take(struct sync *s, const struct feed *f, const struct answer *a, struct error *err)
{
	struct post_list posts;
	struct page p;
	int64_t before = sync_get(s, f->before), high = sync_get(s, f->high), next;
	if (!read_page(s, f, a, &posts, err) || !take_page(s, f, a, &posts, before, &p, &next, err)
		|| (p.highest > sync_get(s, f->next) && !sync_set(s, f->next, p.highest, err)))
		return false;
	bool met = high > 0 && ((posts.count > 0 && p.lowest <= high) || (next != 0 && next <= high));
	bool deep = next == 0 || is_old(s, &posts, &p);
	if (!met && deep ? !note_depth(s, f, next, err)
			: met && sync_get(s, f->from) == 0 && !note_depth(s, f, high + 1, err))
		return false;
	if (met || deep)
		next = 0;
	int64_t done = sync_get(s, f->done) + posts.count;
	if (!sync_set(s, f->done, next == 0 ? 0 : done, err)
		|| !sync_store_put_progress(s->store, f->messages ? "messages" : "posts", done,
			high == 0 && !f->messages ? posts_expected(s, done) : 0, err))
		return false;
	return next == 0 ? walk_ended(s, f, err) : sync_set(s, f->before, next, err);
}

static bool feed_wanted(struct sync *s)
{
	return sync_get(s, "feed_todo") != 0;
}

static struct request feed_ask(struct sync *s)
{
	return endpoint_posts_feed(sync_get(s, "feed_before"));
}

static bool public_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct feed f = feed_of(false);
	return feed_take(s, &f, a, err);
}

static bool private_wanted(struct sync *s)
{
	return sync_get(s, "private_todo") != 0 && sync_get(s, "inbox_todo") == 0
		&& sync_get(s, "sent_todo") == 0;
}

static struct request private_ask(struct sync *s)
{
	return endpoint_private_feed(sync_get(s, "private_before"));
}

static bool private_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct feed f = feed_of(true);
	return feed_take(s, &f, a, err);
}

static bool private_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "private_todo", 0, err);
}

/* The member wants more of the past than was walked. */
static bool is_short(struct sync *s, bool messages)
{
	struct feed f = feed_of(messages);
	return sync_get(s, f.low) > 0 && sync_reaches_back(s, sync_get(s, f.from));
}

bool sync_wants_older(struct sync *s)
{
	static const char *const first[] = {"feed_todo", "private_todo", "latest_todo", "inbox_todo", "sent_todo",
		"archive_todo"};
	for (size_t i = 0; i < COUNT(first); i++)
		if (sync_get(s, first[i]) != 0)
			return false;
	return is_short(s, false) || is_short(s, true);
}

static bool older_wanted(struct sync *s)
{
	return s->interval_s > 0 && s->now_ms >= s->background_ms && sync_wants_older(s);
}

static bool older_wanted_now(struct sync *s)
{
	return s->interval_s == 0 && sync_wants_older(s);
}

static struct request older_ask(struct sync *s)
{
	sync_pace_background(s);
	s->asked_messages = !is_short(s, false);
	struct feed f = feed_of(s->asked_messages);
	int64_t before = sync_get(s, f.low);
	return f.messages ? endpoint_private_feed(before) : endpoint_posts_feed(before);
}

static bool older_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct feed f = feed_of(s->asked_messages);
	struct post_list posts;
	struct page p;
	int64_t next;
	if (!read_page(s, &f, a, &posts, err) || !take_page(s, &f, a, &posts, sync_get(s, f.low), &p, &next, err))
		return false;
	if (next != 0 && !is_old(s, &posts, &p))
		return sync_set(s, f.low, next, err);
	if (!note_depth(s, &f, next, err))
		return false;
	return sync_wants_older(s)
		|| (sync_set(s, "older_todo", 0, err) && sync_store_queue_incomplete(s->store, s->now_ms, err));
}

static bool older_refused(struct sync *s, const struct error *why, struct error *err)
{
	struct feed f = feed_of(s->asked_messages);
	return note_depth(s, &f, sync_get(s, f.low), err);
}

const struct round round_older = {.phase = "posts", .turn = 6, .background = true, .wanted = older_wanted,
	.ask = older_ask, .take = older_take, .refused = older_refused};
/* When nothing goes on by itself it is part of the look that was asked. */
const struct round round_older_now = {.phase = "posts", .turn = 5, .wanted = older_wanted_now, .ask = older_ask,
	.take = older_take, .refused = older_refused};
const struct round round_feed = {
	.phase = "posts", .turn = 3, .wanted = feed_wanted, .ask = feed_ask, .take = public_take};
const struct round round_private = {.phase = "messages",
	.turn = 3,
	.wanted = private_wanted,
	.ask = private_ask,
	.take = private_take,
	.refused = private_refused};
