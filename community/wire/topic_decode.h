#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "json.h"
#include "post.h"
#include "take.h"
#include "topic.h"

/* A page of any topic list: /latest.json, /c/.../l/latest.json, /topics/private-messages/NAME.json ... */
struct topic_page {
	const struct topic *topic;
	int count;
	bool more;    /* the server has another page */
	int per_page; /* as the server says, 0 unknown */
};

/* /t/ID.json */
struct topic_view {
	struct topic topic;
	const struct post *post;
	int post_count;
	const int64_t *stream;   /* ids of all posts we may see, in order; 0 of them when the server left it out */
	int stream_count;
	bool has_stream;         /* false for mega topics (10,000 posts or more), and when it cannot be all of it */
	int64_t bus_last_id;     /* message_bus_last_id; -1 unknown */
	int64_t draft_sequence;  /* -1 unknown */
	const char *draft_key;   /* NULL unknown */
	bool can_reply;
	int slow_mode_seconds;
};

/* An item of a list or a topic object. `members`: the list's own users[], because posters are named by id; may be
 * NULL. False without an id. */
bool topic_decode(const struct json *object, const struct name_index *members, struct arena *a, struct topic *out);
bool topic_page_decode(const struct json *root, struct arena *a, struct topic_page *out);
bool topic_view_decode(const struct json *root, struct arena *a, struct topic_view *out);
/* Tags as strings or as objects with a name. */
int tags_decode(const struct json *tags, struct arena *a, const char *const **out);
