#pragma once
#include <stdbool.h>
#include <stdint.h>

enum topic_level { TOPIC_MUTED = 0, TOPIC_NORMAL = 1, TOPIC_TRACKING = 2, TOPIC_WATCHING = 3 };

/* A topic as lists show it, or a private message (archetype private_message). */
struct topic {
	int64_t id, category_id;         /* category 0: none (messages, uncategorized) */
	const char *title, *slug;
	bool is_message;
	int posts_count, highest_post_number;
	int last_read_post_number;       /* 0: never opened */
	int notification_level;          /* -1: the answer did not say */
	int64_t created_ms, last_posted_ms, bumped_ms;
	bool pinned, closed, archived, visible, bookmarked, deleted;
	const char *author, *last_poster; /* usernames; author NULL when unknown */
	const char *const *tag;
	int tag_count;
	const char *const *participant;  /* usernames of a message; groups are in `group` */
	int participant_count;
	const char *const *group;
	int group_count;
	int64_t event_starts_ms;         /* 0: no event */
	int views, like_count;
};
