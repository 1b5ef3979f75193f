#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "discourse_poll.h"
#include "json.h"
#include "post.h"

/* A text that waits for a moderator. */
struct pending_post {
	int64_t id, topic_id, category_id;
	const char *title, *raw;
	int64_t created_ms;
};
struct pending_list {
	const struct pending_post *post;
	int count;
};
/* /posts/NAME/pending.json */
bool pending_list_decode(const struct json *root, struct arena *a, struct pending_list *out);

/* What a site made of a text: the answers to creating, editing and liking a post, nested in {"post": ...} or
 * flat. */
struct written_post {
	bool held;               /* a moderator looks first: `pending`, else `post` */
	struct post post;
	struct pending_post pending;
};
bool written_post_decode(const struct json *root, struct arena *a, struct written_post *out);

/* {"success": "OK", "id": 5}: a new bookmark. 0 unknown. */
int64_t written_id_decode(const struct json *root);
/* {"poll": {...}, "vote": [...]} */
bool written_vote_decode(const struct json *root, struct arena *a, struct poll *out);
