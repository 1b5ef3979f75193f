#pragma once
#include "forum.h"
#include "discourse_poll.h"

/* Makes the post's polls those of the block list; votes of options that stay are kept. */
bool forum_poll_store(struct forum *f, int64_t post_id, const struct poll *poll, int count,
	struct error *err);
/* Replaces the member's vote. Closed, unknown option, too many or too few: ERR_INVALID. at_ms 0: now. */
bool forum_poll_vote(struct forum *f, int64_t post_id, const char *name, int64_t user_id,
	const char *const *digest, int count, int64_t at_ms, struct error *err);
bool forum_poll_unvote(struct forum *f, int64_t post_id, const char *name, int64_t user_id,
	struct error *err);
bool forum_poll_set_open(struct forum *f, int64_t post_id, const char *name, bool open, struct error *err);
