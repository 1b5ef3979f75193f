#pragma once
#include "forum_names.h"
#include "forum_post.h"

/* What stands in a post besides its HTML: polls and, in a first post, the event. */
bool forum_store_parts(struct forum *f, const struct posted *p, int64_t user_id, const struct cooked *c,
	bool unchecked, struct error *err);
