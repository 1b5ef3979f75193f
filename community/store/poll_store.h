#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "discourse_poll.h"
#include "store.h"

/* The polls of a post, in order; returns how many. Written and removed with the post. */
int poll_store_get(struct store *s, int64_t post_id, struct arena *a, const struct poll **out);
/* Posts of a topic that have polls; returns how many, at most max. */
int poll_store_posts(struct store *s, int64_t topic_id, int64_t *post_id, int max);
bool poll_store_put(struct store *s, int64_t post_id, const struct poll *poll, int count, struct error *err);
bool poll_store_remove(struct store *s, int64_t post_id, struct error *err);
