#pragma once
#include "forum_names.h"
#include "forum_post.h"

/* Tells everyone a new post concerns, each person once: message, mention, group mention, quote, reply,
 * watched topic. */
bool forum_notify_post(struct forum *f, const struct posted *p, int64_t writer_id, int reply_to,
	const struct cooked *c, int64_t at_ms, struct error *err);
