#pragma once
#include "topic_stream.h"

/* The JSON of /t/{id}: posts of the window, the whole stream, and everything about the topic. */
struct topic_view {
	int64_t topic_id;
	struct topic_stream stream;
	struct stream_window window;
	int64_t current_number;        /* post number asked for; 0: none */
	int chunk;
	bool raw;
};
void topic_view_encode(struct request *r, struct json *into, const struct topic_view *v);
/* Only "post_stream" with the posts given, and "id". */
void topic_posts_encode(struct request *r, struct json *into, int64_t topic_id, const int64_t *id, int count,
	bool raw);
