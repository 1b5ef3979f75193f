#pragma once
#include "forum.h"

/* Closing and pinning leave a small action in the topic. */
bool forum_topic_close(struct forum *f, int64_t topic_id, int64_t user_id, bool closed, struct error *err);
bool forum_topic_pin(struct forum *f, int64_t topic_id, bool globally, int64_t at_ms, struct error *err);
bool forum_topic_edit(struct forum *f, int64_t topic_id, int64_t user_id, const char *title,
	int64_t category_id, struct error *err); /* title NULL, category_id 0: unchanged */
/* posts_count, highest_post_number, reply_count, like_count, last poster and times, from the posts. */
bool forum_topic_recount(struct forum *f, int64_t topic_id, struct error *err);
bool forum_message_invite(struct forum *f, int64_t topic_id, int64_t user_id, int64_t group_id,
	struct error *err);

/* What a member has with a topic. level 0 muted, 1 normal, 2 tracking, 3 watching. */
bool forum_topic_set_level(struct forum *f, int64_t topic_id, int64_t user_id, int level, struct error *err);
/* Raises it to at least `level`; never lowers. */
bool forum_topic_raise_level(struct forum *f, int64_t topic_id, int64_t user_id, int level,
	struct error *err);
/* Read up to a post: never goes back; marks the topic's notifications up to it read; tells the member's other
 * clients. at_ms 0: now. */
bool forum_read_set(struct forum *f, int64_t topic_id, int64_t user_id, int post_number, int64_t msecs,
	int64_t at_ms, struct error *err);
