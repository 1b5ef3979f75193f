#include "sync_private.h"

#include <string.h>

#include "post_decode.h"
#include "post_store.h"
#include "text.h"
#include "topic_decode.h"
#include "topic_store.h"

static bool wrong_answer(struct error *err)
{
	return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
}

static bool queue_wanted(struct sync *s)
{
	return sync_get(s, "feed_todo") == 0 && sync_get(s, "private_todo") == 0
		&& sync_store_any_queued(s->store, s->now_ms);
}

static bool asks_whole_topic(const struct sync *s)
{
	return s->asked_count == 0;
}

static struct request queue_ask(struct sync *s)
{
	s->asked_topic = sync_store_queued(s->store, s->now_ms, s->asked_id, ENDPOINT_POSTS_AT_ONCE, &s->asked_count);
	if (s->asked_count == 1 && s->asked_id[0] == 0)
		s->asked_count = 0;
	return asks_whole_topic(s) ? endpoint_topic(s->asked_topic)
		: endpoint_topic_posts(s->asked_topic, s->asked_id, s->asked_count);
}

static bool put_posts(struct sync *s, const struct post *post, int count, struct error *err)
{
	for (int i = 0; i < count; i++)
		if (!sync_put_post(s, &post[i], err))
			return false;
	return true;
}

/* The stream is every post that we may see: what else is here was deleted, what is not here is asked. */
static bool follow_stream(struct sync *s, const struct topic_view *view, struct error *err)
{
	if (!view->has_stream)
		return true;
	int removed = post_store_keep_only(s->store, view->topic.id, view->stream, view->stream_count, err);
	if (removed < 0)
		return false;
	s->report.deleted += removed;
	int64_t *missing = ARENA_ARRAY(&s->arena, (size_t)view->stream_count, int64_t);
	int count = post_store_missing(s->store, view->stream, view->stream_count, missing);
	for (int i = 0; i < count; i++)
		if (!sync_store_queue(s->store, view->topic.id, missing[i], 0, err))
			return false;
	return true;
}

static bool take_topic(struct sync *s, const struct answer *a, struct error *err)
{
	struct topic_view view;
	if (!topic_view_decode(a->json, &s->arena, &view) || view.topic.id != s->asked_topic)
		return wrong_answer(err);
	return topic_store_put(s->store, &view.topic, err) && put_posts(s, view.post, view.post_count, err)
		&& sync_store_unqueue(s->store, s->asked_topic, 0, err) && follow_stream(s, &view, err)
		&& (view.bus_last_id < 0 || sync_store_put_topic_bus(s->store, s->asked_topic, view.bus_last_id, err))
		&& sync_store_put_checked(s->store, s->asked_topic, s->now_ms, err);
}

static bool was_answered(const struct post_list *posts, int64_t id)
{
	for (int i = 0; i < posts->count; i++)
		if (posts->post[i].id == id)
			return true;
	return false;
}

/* A post that was asked by its id and is not in the answer is gone, when all of the answer can be read. */
static bool take_posts(struct sync *s, const struct answer *a, struct error *err)
{
	struct post_list posts;
	if (!post_list_decode(a->json, &s->arena, &posts))
		return wrong_answer(err);
	if (!put_posts(s, posts.post, posts.count, err))
		return false;
	for (int i = 0; i < s->asked_count; i++) {
		bool gone = posts.unread == 0 && !was_answered(&posts, s->asked_id[i]);
		if (!sync_store_unqueue(s->store, s->asked_topic, s->asked_id[i], err)
			|| (gone && !post_store_remove(s->store, s->asked_id[i], err)))
			return false;
	}
	return true;
}

static bool queue_take(struct sync *s, const struct answer *a, struct error *err)
{
	return (asks_whole_topic(s) ? take_topic(s, a, err) : take_posts(s, a, err))
		&& sync_store_take_back(s->store, s->asked_topic, err);
}

/* The topic is not for us any more. */
static bool queue_refused(struct sync *s, const struct error *why, struct error *err)
{
	s->report.deleted += topic_store_row(s->store, s->asked_topic, &s->arena) != NULL;
	return topic_store_remove(s->store, s->asked_topic, err)
		&& sync_store_unqueue(s->store, s->asked_topic, -1, err);
}

static bool set_aside(struct sync *s, struct error *err)
{
	return sync_store_set_aside(s->store, s->asked_topic, s->now_ms, err);
}

/* After a gap every topic is compared with the server, slowly, while nothing else is to be done. */
static bool verify_wanted(struct sync *s)
{
	int64_t since = sync_get(s, "verify_since_ms");
	return since != 0 && s->now_ms >= s->background_ms && sync_store_unchecked(s->store, since, s->now_ms) != 0;
}

static struct request verify_ask(struct sync *s)
{
	sync_pace_background(s);
	s->asked_topic = sync_store_unchecked(s->store, sync_get(s, "verify_since_ms"), s->now_ms);
	s->asked_count = 0;
	return endpoint_topic(s->asked_topic);
}

const struct round round_queue = {.phase = "posts", .turn = 4, .wanted = queue_wanted, .ask = queue_ask,
	.take = queue_take, .refused = queue_refused, .set_aside = set_aside};
const struct round round_verify = {.phase = "posts", .turn = 6, .background = true, .wanted = verify_wanted,
	.ask = verify_ask, .take = queue_take, .refused = queue_refused, .set_aside = set_aside};
