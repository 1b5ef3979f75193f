#pragma once
#include <stdint.h>

#include "arena.h"
#include "store.h"

/* What others wrote since a moment, one row a topic: in topics and messages the member wrote in, began or
 * follows, in categories the member follows, and in those of a meeting the member goes to. */
struct visit_row {
	int64_t topic_id;
	const char *title, *category; /* category "" for a message */
	const char *names;            /* who wrote, joined with ", ", each once */
	int first_number;             /* of the posts since then */
	bool is_message, unread;
};

struct visit_rows {
	struct visit_row *row;
	int count;
};

/* The topic with the newest post first. */
struct visit_rows visit_store_list(struct store *s, int64_t since_ms, int limit, struct arena *a);
