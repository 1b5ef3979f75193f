#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "store.h"

/* How far the member has read, here and on the server: the furthest of the two counts. What was read here and
 * the server was not told yet is told, topic by topic. */
bool read_store_put(struct store *s, int64_t topic_id, int post_number, struct error *err);
/* How long that took, before read_store_put moves the position; at most a minute a post is kept. */
bool read_store_put_time(struct store *s, int64_t topic_id, int post_number, int64_t ms, struct error *err);
/* Back to what it was; post_number 0 is "never read here". Takes the word "new" back on. */
bool read_store_reset(struct store *s, int64_t topic_id, int post_number, struct error *err);

/* The posts of one topic that the server has to be told of, in order, at most max, with the time each was in view
 * (POST /topics/timings); returns how many, 0 when there is nothing to tell. */
int read_store_next(struct store *s, int64_t *topic_id, int *post_number, int *ms, int max);
/* The server knows that this topic was read up to here: it was told, or it says so. */
bool read_store_told(struct store *s, int64_t topic_id, int post_number, struct error *err);
