#pragma once
#include "http.h"

struct notification_counts {
	int64_t unread, unread_high_priority, all_unread, new_messages, unread_messages;
};
void notification_count(struct sql *db, int64_t user_id, struct notification_counts *out);
/* Appends rows of a statement whose columns are NOTIFICATION_COLUMNS over the alias n and topic t. */
struct sql_query;
void notification_append(struct json *array, struct sql_query *q);
#define NOTIFICATION_COLUMNS \
	"n.id, n.user_id, n.type, n.read, n.high_priority, n.created_ms, n.topic_id, n.post_number, n.data, t.title, t.slug"
