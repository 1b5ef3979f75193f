#pragma once
#include "forum.h"

/* A stale sequence is ERR_CONFLICT unless forced. *sequence comes back as it now stands. */
bool forum_draft_set(struct forum *f, int64_t user_id, const char *key, int64_t *sequence, const char *data,
	const char *owner, bool force, struct error *err);
bool forum_draft_clear(struct forum *f, int64_t user_id, const char *key, struct error *err);
int64_t forum_draft_sequence(struct sql *db, int64_t user_id, const char *key);
/* After posting: the draft is gone and its sequence has grown. */
bool forum_draft_advance(struct forum *f, int64_t user_id, const char *key, struct error *err);
