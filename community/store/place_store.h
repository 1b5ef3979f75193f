#pragma once
#include <stdbool.h>

#include "arena.h"
#include "store.h"

/* Where the member was, to come back to it: a name ("screen", "topic:12"...) and a short text of the caller's
 * own making. NULL when there is none. */
const char *place_store_get(struct store *s, const char *name, struct arena *a);
/* NULL forgets it. */
bool place_store_put(struct store *s, const char *name, const char *value, struct error *err);
