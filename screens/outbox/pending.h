#pragma once
#include "outbox_store.h"
#include "screen.h"

/* What the site does not have yet, for the words beside it on a screen. */
/* Of one topic, or with 0 of everything; the newest last. Texts are in s->mem. */
struct outbox_rows pending_load(struct screen *s, int64_t topic_id);
/* The newest of a kind about this post (0: any) and with this title (NULL: any); NULL: there is none. */
const struct outbox_row *pending_find(
	const struct outbox_rows *rows, enum change_kind kind, int64_t post_id, const char *title);
/* "waiting", "needs you"; NULL for NULL. */
const char *pending_word(const struct outbox_row *row);
