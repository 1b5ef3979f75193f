#pragma once
#include "encode.h"
#include "paging.h"

/* The posts of one topic that the requester may see, in order. */
struct topic_stream {
	struct id_list ids;
	int *number;                  /* post_number of each */
	int64_t *created_ms;
};

/* `usernames`: only these writers' posts, comma-separated; NULL: everybody's. */
void topic_stream_read(struct request *r, int64_t topic_id, const char *usernames, bool show_deleted,
	struct topic_stream *out);

enum { STREAM_CHUNK = 20, STREAM_PRINT = 1000, STREAM_MEGA = 10000 };

/* A part of a stream. */
struct stream_window {
	int from, count;
};
/* Page n from 1. False: there is no such page. */
bool topic_stream_page(const struct topic_stream *s, int64_t page, int size, struct stream_window *out);
/* Some posts before the one with this number (or the nearest after it), and the rest of a chunk from there. */
struct stream_window topic_stream_near(const struct topic_stream *s, int64_t post_number, int size);
