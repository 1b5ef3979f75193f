#pragma once
#include "http.h"

struct notification_counts {
	int64_t unread, unread_high_priority, all_unread, new_messages;
};
void notification_count(struct sql *db, int64_t user_id, struct notification_counts *out);
/* Appends the row of a statement that selects NOTIFICATION_COLUMNS from notification n left-joined to topic t. */
void notification_append(struct request *r, struct json *array, struct sql_query *q);
#define NOTIFICATION_COLUMNS \
	"n.id, n.user_id, n.type, n.read, n.high_priority, n.created_ms, n.topic_id, n.post_number, n.data," \
	" t.title, t.slug"
