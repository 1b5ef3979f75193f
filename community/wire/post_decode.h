#pragma once
#include <stdbool.h>

#include "arena.h"
#include "json.h"
#include "post.h"

struct post_list {
	const struct post *post;
	int count;
	int unread;              /* rows that are not a post, or are too many */
};

/* One post object. False without an id. */
bool post_decode(const struct json *object, struct arena *a, struct post *out);
/* The posts of: /posts.json and /private-posts.json (feeds; is_message is set for the second), /t/ID/posts.json,
 * /t/ID.json, or one post (/posts/ID.json, also nested in {"post": ...}). False when there is no such list. */
bool post_list_decode(const struct json *root, struct arena *a, struct post_list *out);
