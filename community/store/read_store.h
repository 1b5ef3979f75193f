#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "store.h"

/* How far the member has read, here and on the server: the furthest of the two counts. */
bool read_store_put(struct store *s, int64_t topic_id, int post_number, struct error *err);
/* All topics (messages too) up to now: "everything up to today is fine". */
bool read_store_put_all(struct store *s, int64_t until_ms, struct error *err);
/* Back to what it was; post_number 0 is "never read here". Takes the word "new" back on. */
bool read_store_reset(struct store *s, int64_t topic_id, int post_number, struct error *err);
