#pragma once
#include "forum.h"

/* What other clients hear, on the channels of MessageBus. Nothing happens without a bus. */

/* /topic/ID. type: created, revised, rebaked, deleted, recovered, liked, unliked, acted, stats. */
bool forum_publish_post(struct forum *f, int64_t post_id, const char *type);
/* /latest and, for a new topic, /new, else /unread; for a message the participants' own channel. */
bool forum_publish_activity(struct forum *f, int64_t topic_id, bool is_new);
/* /delete, /recover, /destroy. */
bool forum_publish_gone(struct forum *f, int64_t topic_id, const char *what);
/* /unread/UID: the member read up to here. */
bool forum_publish_read(struct forum *f, int64_t topic_id, int64_t user_id);
/* /notification/UID: the counters. */
bool forum_publish_notices(struct forum *f, int64_t user_id);
/* /discourse-post-event/TOPIC, /polls/TOPIC, /user-drafts/UID. */
bool forum_publish_event(struct forum *f, int64_t event_id);
bool forum_publish_poll(struct forum *f, int64_t post_id, const char *name);
bool forum_publish_drafts(struct forum *f, int64_t user_id);
