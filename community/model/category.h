#pragma once
#include <stdbool.h>
#include <stdint.h>

enum category_permission { CATEGORY_FULL = 1, CATEGORY_REPLY = 2, CATEGORY_READ = 3 };

struct category {
	int64_t id, parent_id;  /* parent 0: none */
	const char *name, *slug, *description, *topic_template;
	const char *color;      /* six hex digits */
	int position, permission, notification_level, topic_count, minimum_required_tags;
	bool read_restricted;
};

/* May the member begin a topic here? 0 means that the site did not say. */
bool category_can_post(const struct category *c);
