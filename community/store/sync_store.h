#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "store.h"

/* How the fetching is doing, for the status line. */
struct sync_status {
	bool running, complete;      /* complete: the first fill was finished once */
	int64_t last_success_ms;     /* 0: never */
	enum error_kind error;       /* of the last try; ERR_NONE when it went well */
	const char *error_what;      /* "" when none */
	int64_t wait_until_ms;       /* the server asked to wait; 0 no */
	const char
		*phase; /* "site", "members", "categories", "topics", "posts", "events", "messages", "notices", "" */
	int64_t done, total;         /* of the phase; total 0: not known */
	bool older;                  /* posts of a longer period are still being fetched */
};
struct sync_status sync_store_status(struct store *s, struct arena *a);

/* Marks in the fetching that have to survive: whole numbers by name. */
int64_t sync_store_get(struct store *s, const char *name, int64_t otherwise);
bool sync_store_put(struct store *s, const char *name, int64_t value, struct error *err);
bool sync_store_put_progress(
	struct store *s, const char *phase, int64_t done, int64_t total, struct error *err);
/* Also clears the error when `failure` is NULL. */
bool sync_store_put_result(struct store *s, int64_t now_ms, bool complete, const struct error *failure,
	int64_t wait_until_ms, struct error *err);

/* A cursor that is a text: what the limits remember, the client's id on the bus. NULL when there is none. */
const char *sync_store_get_text(struct store *s, const char *name, struct arena *a);
bool sync_store_put_text(struct store *s, const char *name, const char *value, struct error *err);

/* Positions on the server's message bus: channels of the site by name, and those of topics ("/topic/ID"). */
int64_t sync_store_bus(struct store *s, const char *channel, int64_t otherwise);
bool sync_store_put_bus(struct store *s, const char *channel, int64_t last_id, struct error *err);
int64_t sync_store_topic_bus(struct store *s, int64_t topic_id, int64_t otherwise);
bool sync_store_put_topic_bus(struct store *s, int64_t topic_id, int64_t last_id, struct error *err);

/* Topics to follow on the bus: those that the member follows or takes part in, messages, then the one with
 * the newest post first. last_id -1: no position yet; has_posts tells of those alone. */
struct topic_cursor {
	int64_t topic_id, last_id;
	bool has_posts, has_event, has_poll;
};
int sync_store_topics(struct store *s, int64_t offset, int max, struct topic_cursor *out);
/* Only those without a position. */
int sync_store_new_topics(struct store *s, int max, struct topic_cursor *out);
int64_t sync_store_topics_without_position(struct store *s);
/* Quick, but too low when there are positions of topics that are not here. */
int64_t sync_store_topics_without_position_at_least(struct store *s);

/* What to look at again: a post (edited, liked), or a whole topic with post_id 0. An entry is done as soon as
 * the store has the post with this updated_ms or later, whichever way it came (INT64_MAX: only by looking).
 */
bool sync_store_queue(
	struct store *s, int64_t topic_id, int64_t post_id, int64_t updated_ms, struct error *err);
/* post_id -1: every post of the topic. */
bool sync_store_unqueue(struct store *s, int64_t topic_id, int64_t post_id, struct error *err);
/* The topic with the oldest entry and its post ids (only 0 when the whole topic is asked); 0 when there is
 * nothing but what was set aside. */
int64_t sync_store_queued(struct store *s, int64_t now_ms, int64_t *post_id, int max, int *count);
bool sync_store_any_queued(struct store *s, int64_t now_ms);
bool sync_store_queue_clean(struct store *s, struct error *err);

/* When a topic was last compared with the server as a whole; 0 never. */
int64_t sync_store_checked(struct store *s, int64_t topic_id);
bool sync_store_put_checked(struct store *s, int64_t topic_id, int64_t now_ms, struct error *err);
/* The topic to compare next: with posts here, least recently compared and before since_ms; 0 none. */
int64_t sync_store_unchecked(struct store *s, int64_t since_ms, int64_t now_ms);

/* A topic that the site answers badly again and again is not asked for 10 minutes; each time twice as long,
 * at most a day. The others go on without it. */
bool sync_store_set_aside(struct store *s, int64_t topic_id, int64_t now_ms, struct error *err);
bool sync_store_take_back(struct store *s, int64_t topic_id, struct error *err);
/* Topics with a wait that they still need, also when it has just ended. */
int sync_store_aside_count(struct store *s);
/* When the first one that waits may be asked again; INT64_MAX when none waits. */
int64_t sync_store_aside_ms(struct store *s, int64_t now_ms);
/* Queues topics that are followed or saved, begin an event to come, or
 * have more posts there than the feeds gave (those of moderators, what happened), and were never compared. */
bool sync_store_queue_incomplete(struct store *s, int64_t now_ms, struct error *err);
