#pragma once
#include <stdbool.h>

#include "arena.h"
#include "site.h"
#include "store.h"

/* What the site says of itself and who is logged in. NULL when it was not fetched yet. */
const struct site *site_store_get(struct store *s, struct arena *a);
const struct session *session_store_get(struct store *s, struct arena *a);

bool site_store_put(struct store *s, const struct site *site, struct error *err);
/* Also sets who is ignored. */
bool session_store_put(struct store *s, const struct session *session, struct error *err);
