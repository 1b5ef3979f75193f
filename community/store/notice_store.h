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

bool notice_store_put(struct store *s, const struct notice *n, struct error *err);
