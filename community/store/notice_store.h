#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "notice.h"
#include "store.h"

struct notice_rows {
	struct notice *row;
	int count;
};

/* Newest first. */
struct notice_rows notice_store_list(
	struct store *s, bool unread_only, int64_t offset, int limit, struct arena *a);
int64_t notice_store_count(struct store *s, bool unread_only);
int64_t notice_store_position(struct store *s, bool unread_only, int64_t id);

/* What was read here stays read, also while the site does not know yet. */
bool notice_store_put(struct store *s, const struct notice *n, struct error *err);
/* The member read it here: it is to be told to the site. */
bool notice_store_read(struct store *s, int64_t id, struct error *err);
/* The next one to tell; 0 none. */
int64_t notice_store_to_tell(struct store *s);
bool notice_store_told(struct store *s, int64_t id, struct error *err);
