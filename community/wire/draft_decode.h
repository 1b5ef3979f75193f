#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "json.h"

/* A draft as the server keeps it (/drafts.json). */
struct server_draft {
	const char *key;   /* new_topic, new_private_message, topic_ID */
	int64_t sequence, topic_id, category_id; /* 0: none */
	const char *title, *text;
};
struct draft_list {
	const struct server_draft *draft;
	int count;
};

bool draft_list_decode(const struct json *root, struct arena *a, struct draft_list *out);
