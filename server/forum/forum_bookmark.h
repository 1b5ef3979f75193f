#pragma once
#include "forum.h"

/* type "Post" or "Topic"; name may be NULL; reminder_ms and created_ms 0: none, now. A second one on the
 * same thing changes it. */
bool forum_bookmark_create(struct forum *f, int64_t user_id, const char *type, int64_t thing_id,
	const char *name, int64_t reminder_ms, int auto_delete, int64_t created_ms, int64_t *id,
	struct error *err);
bool forum_bookmark_delete(struct forum *f, int64_t user_id, int64_t id, struct error *err);
