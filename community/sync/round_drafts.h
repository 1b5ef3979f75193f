#pragma once
#include <stdbool.h>

#include "outbox_store.h"
#include "sync_private.h"

/* A text that had a draft on the site was sent or thrown away: the draft goes too. Inside a transaction. */
bool draft_of_change_ends(struct sync *s, const struct outbox_row *row, struct error *err);
bool draft_is_dropped(struct store *s, const struct outbox_row *row, struct error *err);
