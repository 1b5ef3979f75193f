#pragma once
#include <stdbool.h>

#include "arena.h"
#include "json.h"
#include "notice.h"

struct notice_page {
	const struct notice *notice;
	int count;
	int64_t seen_id; /* seen_notification_id; 0 unknown */
	bool more;
};

bool notice_decode(const struct json *object, struct arena *a, struct notice *out);
/* /notifications.json */
bool notice_page_decode(const struct json *root, struct arena *a, struct notice_page *out);
