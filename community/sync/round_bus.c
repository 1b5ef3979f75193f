#include "sync_private.h"

#include <stdio.h>

#include "bus_decode.h"
#include "event_store.h"
#include "json.h"
#include "mem.h"
#include "poll_store.h"
#include "post_store.h"
#include "random.h"
#include "read_store.h"
#include "str.h"
#include "text.h"
#include "topic_store.h"

/* One question for all channels at once (MessageBus, one-shot). A channel without a position is asked with
 * -1, which answers the position alone; a topic of which posts are here is asked with 0, which answers
 * everything the server still has, so that nothing between fetching the posts and this question is missed.
 *
 * Nothing else of the site tells of an edit, and one question has room for so many channels. With more
 * topics than that the older ones take turns: of n topics one is looked at at least every (n - 900) / 100
 * looks. With 10,000 topics that is three hours with kring open, or 15 starts. What was edited is still
 * told then, for the server keeps it for a week; after a longer time the whole topic is fetched again.
 * Only the edit is late: new posts come at once, with the feed. */
enum {
	FirstTopics = 4000,  /* topics in the first look of a run: one answer has room for 5,000 channels */
	LaterTopics = 900,
	FirstRotation = 400, /* older topics that take turns, so that each is looked at now and then */
	LaterRotation = 100,
	Uncounted = 300,     /* so many topics without a position are worth a question during the first fill */
};
static const int64_t LongestAwayMs = 6LL * 24 * 3600 * 1000; /* the server keeps its backlog for 7 days */
static const int64_t TryAgainMs = 24LL * 3600 * 1000;

static const char *const site_channel[] = {
	"/latest", "/new", "/delete", "/recover", "/destroy", "/categories"};
static const char *const my_channel[] = {
	"/unread/", "/notification/", "/user-drafts/", "/private-message-topic-tracking-state/user/"};
enum {
	MyChannels = sizeof my_channel / sizeof my_channel[0],
	SiteChannels = sizeof site_channel / sizeof site_channel[0]
};

bool sync_bus_works(struct sync *s)
{
	return sync_get(s, "bus_off_until_ms") <= s->now_ms;
}

static bool bus_wanted(struct sync *s)
{
	if (!sync_bus_works(s) || sync_session(s) == NULL)
		return false;
	if (s->look || sync_store_bus(s->store, "/latest", -1) < 0)
		return true;
	return sync_get(s, "fill_done") == 0 && sync_store_topics_without_position_at_least(s->store) >= Uncounted;
}

static void add_site_channels(struct sync *s, struct json *channels)
{
	char name[96];
	for (int i = 0; i < SiteChannels; i++)
		json_add_int(channels, site_channel[i], sync_store_bus(s->store, site_channel[i], -1));
	for (int i = 0; i < MyChannels; i++) {
		snprintf(name, sizeof name, "%s%lld", my_channel[i], (long long)sync_session(s)->user_id);
		json_add_int(channels, name, sync_store_bus(s->store, name, -1));
	}
}

static void add_topic_channel(struct sync *s, struct json *channels, const struct topic_cursor *t)
{
	char name[64];
	snprintf(name, sizeof name, "/topic/%lld", (long long)t->topic_id);
	if (t->last_id < 0)
		s->new_topic[s->new_topics++] = t->topic_id;
	json_add_int(channels, name, t->last_id < 0 && t->has_posts ? 0 : t->last_id);
	if (t->has_event) {
		snprintf(name, sizeof name, "/discourse-post-event/%lld", (long long)t->topic_id);
		json_add_int(channels, name, sync_store_bus(s->store, name, 0));
	}
	if (t->has_poll) {
		snprintf(name, sizeof name, "/polls/%lld", (long long)t->topic_id);
		json_add_int(channels, name, sync_store_bus(s->store, name, 0));
	}
}

/* offset -1: those without a position. */
static int add_topics(struct sync *s, struct json *channels, int64_t offset, int max)
{
	struct topic_cursor *t = ARENA_ARRAY(&s->arena, (size_t)max, struct topic_cursor);
	int count = offset < 0 ? sync_store_new_topics(s->store, max, t)
						   : sync_store_topics(s->store, offset, max, t);
	s->new_topic = xreallocarray(s->new_topic, (size_t)(s->new_topics + count), sizeof *s->new_topic);
	for (int i = 0; i < count; i++)
		add_topic_channel(s, channels, &t[i]);
	return count;
}

/* The member's own id on the bus; kept, because the server sees another id as another client. */
static const char *bus_client(struct sync *s)
{
	static const char name[] = "bus_client";
	const char *known = sync_store_get_text(s->store, name, &s->arena);
	if (known != NULL)
		return known;
	char uuid[37];
	random_uuid(uuid);
	if (store_begin(s->store, NULL) && sync_store_put_text(s->store, name, uuid, NULL))
		store_commit(s->store, NULL, NULL);
	else
		store_rollback(s->store);
	return arena_strdup(&s->arena, uuid);
}

static struct request bus_ask(struct sync *s)
{
	struct json *channels = json_object();
	s->new_topics = 0;
	add_site_channels(s, channels);
	if (!s->look) {
		s->asked_rotation = sync_get(s, "bus_rotation");
		add_topics(s, channels, -1, FirstTopics);
		return endpoint_bus(bus_client(s), channels);
	}
	int newest = s->first_look ? FirstTopics : LaterTopics,
		turn = s->first_look ? FirstRotation : LaterRotation;
	s->asked_rotation = 0;
	if (add_topics(s, channels, 0, newest) == newest) {
		/* By place in the whole list: a first look has room for more than a later one. */
		int64_t at = sync_get(s, "bus_rotation"), from = at > newest ? at : newest;
		int got = add_topics(s, channels, from, turn);
		s->asked_rotation = got == turn ? from + turn : 0;
	}
	return endpoint_bus(bus_client(s), channels);
}

static bool posts_came(struct sync *s, bool messages, struct error *err)
{
	if (messages)
		return sync_todo(s, "private_todo", "private_before", err)
			&& sync_todo(s, "inbox_todo", "inbox_page", err) && sync_todo(s, "sent_todo", "sent_page", err);
	return sync_todo(s, "feed_todo", "feed_before", err) && sync_todo(s, "latest_todo", "latest_page", err);
}

static bool post_went(struct sync *s, const struct bus_message *m, struct error *err)
{
	if (post_store_missing(s->store, &m->id, 1, &(int64_t){0}) == 0)
		s->report.deleted++;
	return post_store_remove(s->store, m->id, err) && sync_store_unqueue(s->store, m->topic_id, m->id, err);
}

static bool post_changed(struct sync *s, const struct bus_message *m, int64_t updated_ms, struct error *err)
{
	/* The title and the tags are revised with the first post. */
	if (m->post_number == 1)
		return sync_store_queue(s->store, m->topic_id, 0, 0, err);
	return sync_store_queue(s->store, m->topic_id, m->id, updated_ms, err);
}

/* `backlog`: from before the first look at this topic; likes of then came with the
 * posts, and a post that did not may be gone again. */
static bool topic_message(struct sync *s, const struct bus_message *m, bool backlog, struct error *err)
{
	const char *type = str_or_empty(m->type);
	bool here = m->id > 0 && post_store_missing(s->store, &m->id, 1, &(int64_t){0}) == 0;
	const struct topic_row *t = topic_store_row(s->store, m->topic_id, &s->arena);
	/* Removed by an earlier message of this answer. */
	if (t == NULL)
		return true;
	if (str_equal(type, "created"))
		return here || ((backlog || posts_came(s, t->is_message, err))
			&& (m->id <= 0 || sync_store_queue(s->store, m->topic_id, m->id, 0, err)));
	if (str_equal(type, "deleted") || str_equal(type, "destroyed"))
		return post_went(s, m, err);
	if (str_equal(type, "recovered"))
		return here || post_changed(s, m, 0, err);
	if (str_equal(type, "revised")) {
		const struct post_row *p = here ? post_store_get(s->store, m->id, &s->arena) : NULL;
		bool known = p != NULL && m->updated_ms > 0 && p->post.updated_ms >= m->updated_ms;
		return known || post_changed(s, m, m->updated_ms > 0 ? m->updated_ms : INT64_MAX, err);
	}
	if (str_equal(type, "rebaked") || str_equal(type, "acted") || str_equal(type, "liked")
		|| str_equal(type, "unliked"))
		return !here || backlog || sync_store_queue(s->store, m->topic_id, m->id, INT64_MAX, err);
	/* Without a type: the topic itself changed (closed, moved, renamed). */
	if (*type == '\0' && !backlog)
		return sync_store_queue(s->store, m->topic_id, 0, 0, err);
	return true;
}

static bool poll_message(struct sync *s, int64_t topic_id, struct error *err)
{
	int64_t id[20];
	int count = poll_store_posts(s->store, topic_id, id, 20);
	for (int i = 0; i < count; i++)
		if (!sync_store_queue(s->store, topic_id, id[i], INT64_MAX, err))
			return false;
	return true;
}

static bool topic_went(struct sync *s, int64_t topic_id, struct error *err)
{
	if (topic_store_row(s->store, topic_id, &s->arena) == NULL)
		return true;
	s->report.deleted++;
	return topic_store_remove(s->store, topic_id, err);
}

static bool take_message(struct sync *s, const struct bus_message *m, bool backlog, struct error *err)
{
	const char *c = m->channel;
	if (bus_channel_number(c, "/topic/") > 0)
		return topic_message(s, m, backlog, err);
	if (str_equal(c, "/latest") || str_equal(c, "/new"))
		return posts_came(s, false, err);
	if (str_equal(c, "/delete") || str_equal(c, "/destroy"))
		return topic_went(s, m->topic_id, err);
	if (str_equal(c, "/recover"))
		return posts_came(s, false, err) && sync_store_queue(s->store, m->topic_id, 0, 0, err);
	if (str_equal(c, "/categories"))
		return sync_set(s, "site_ms", 0, err);
	if (str_starts(c, "/unread/"))
		return m->topic_id == 0 || m->last_read < 0
			|| read_store_told(s->store, m->topic_id, m->last_read, err);
	if (str_starts(c, "/notification/"))
		return sync_set(s, "notices_todo", 1, err);
	if (str_starts(c, "/user-drafts/"))
		return sync_set(s, "drafts_todo", 1, err);
	if (str_starts(c, "/private-message-topic-tracking-state/"))
		return posts_came(s, true, err);
	if (bus_channel_number(c, "/discourse-post-event/") > 0)
		return sync_todo(s, "events_todo", "events_from", err);
	if (bus_channel_number(c, "/polls/") > 0)
		return poll_message(s, bus_channel_number(c, "/polls/"), err);
	return true;
}

static int64_t position_of(struct sync *s, const char *channel)
{
	int64_t topic_id = bus_channel_number(channel, "/topic/");
	return topic_id > 0 ? sync_store_topic_bus(s->store, topic_id, -1)
						: sync_store_bus(s->store, channel, -1);
}

static bool put_position(struct sync *s, const char *channel, int64_t id, struct error *err)
{
	int64_t topic_id = bus_channel_number(channel, "/topic/");
	return topic_id > 0 ? sync_store_put_topic_bus(s->store, topic_id, id, err)
		: sync_store_put_bus(s->store, channel, id, err);
}

static bool has_status(const struct bus_answer *b, const char *channel)
{
	for (int i = 0; i < b->position_count; i++)
		if (str_equal(b->position[i].channel, channel))
			return true;
	return false;
}

/* Messages were lost: a topic is compared with the server. Where they only say that something came, one says
 * as much as all of them: after a busy night nothing else is asked. For the site's other channels everything
 * is. */
static bool gap(struct sync *s, const char *channel, struct error *err)
{
	int64_t topic_id = bus_channel_number(channel, "/topic/");
	if (topic_id > 0)
		return sync_store_queue(s->store, topic_id, 0, 0, err);
	if (str_equal(channel, "/latest") || str_equal(channel, "/new"))
		return posts_came(s, false, err);
	if (str_starts(channel, "/private-message-topic-tracking-state/"))
		return posts_came(s, true, err);
	if (str_starts(channel, "/notification/"))
		return sync_set(s, "notices_todo", 1, err);
	return sync_set(s, "verify_since_ms", s->now_ms, err) && sync_want_all(s, err);
}

static bool take_messages(struct sync *s, const struct bus_answer *b, struct error *err)
{
	for (int i = 0; i < b->message_count; i++) {
		const struct bus_message *m = &b->message[i];
		int64_t at = position_of(s, m->channel);
		if (at > 0 && m->message_id > at + 1 && !has_status(b, m->channel) && !gap(s, m->channel, err))
			return false;
		if (m->message_id <= at)
			continue;
		if (!take_message(s, m, at < 0, err) || !put_position(s, m->channel, m->message_id, err))
			return false;
	}
	return true;
}

/* A position behind ours: the server's numbers began anew. */
static bool take_positions(struct sync *s, const struct bus_answer *b, struct error *err)
{
	for (int i = 0; i < b->position_count; i++) {
		const struct bus_position *p = &b->position[i];
		int64_t at = position_of(s, p->channel);
		if (p->id < at && !gap(s, p->channel, err))
			return false;
		if (p->id != at && !put_position(s, p->channel, p->id, err))
			return false;
	}
	return true;
}

/* A channel that the server says nothing of is asked from its beginning the next time. */
static bool note_silent(struct sync *s, struct error *err)
{
	for (int i = 0; i < s->new_topics; i++)
		if (sync_store_topic_bus(s->store, s->new_topic[i], -1) < 0
			&& !sync_store_put_topic_bus(s->store, s->new_topic[i], 0, err))
			return false;
	s->new_topics = 0;
	return sync_store_bus(s->store, "/latest", -1) >= 0 || sync_store_put_bus(s->store, "/latest", 0, err);
}

static bool came_back_late(struct sync *s, struct error *err)
{
	int64_t last = sync_get(s, "bus_ms");
	if (last == 0 || s->now_ms - last < LongestAwayMs)
		return true;
	return sync_set(s, "verify_since_ms", s->now_ms, err) && sync_want_all(s, err);
}

static bool bus_take(struct sync *s, const struct answer *a, struct error *err)
{
	struct bus_answer b;
	if (!bus_answer_decode(a->json, &s->arena, &b))
		return fail(err, ERR_PROTOCOL, _("The answer of the site is not what was asked."));
	s->look = s->first_look = false;
	return came_back_late(s, err) && take_messages(s, &b, err) && take_positions(s, &b, err)
		&& note_silent(s, err) && sync_set(s, "bus_rotation", s->asked_rotation, err)
		&& sync_set(s, "bus_ms", s->now_ms, err);
}

/* The key may lack the right, or the site has no bus: feeds and lists do it. */
static bool bus_refused(struct sync *s, const struct error *why, struct error *err)
{
	return sync_set(s, "bus_off_until_ms", s->now_ms + TryAgainMs, err);
}

/* The first fill ends with a question about every topic it brought, so that the next look begins where the
 * fill ended. */
static bool last_look_wanted(struct sync *s)
{
	return sync_bus_works(s) && sync_get(s, "fill_done") == 0
		&& sync_store_topics_without_position(s->store) > 0;
}

const struct round round_last_look = {.phase = "site", .turn = 5, .spare = true, .wanted = last_look_wanted,
	.ask = bus_ask, .take = bus_take, .refused = bus_refused};
const struct round round_bus = {.phase = "site",
	.turn = 2,
	.spare = true,
	.wanted = bus_wanted,
	.ask = bus_ask,
	.take = bus_take,
	.refused = bus_refused};
