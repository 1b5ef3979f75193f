#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "category.h"
#include "store.h"

struct category_row {
	struct category category;
	bool unread; /* some topic has posts that were not read */
};

struct category_rows {
	struct category_row *row;
	int count;
};

/* In the site's order, each followed by its children. */
struct category_rows category_store_list(struct store *s, struct arena *a);
const struct category *category_store_get(struct store *s, int64_t id, struct arena *a);
/* By name or slug, accents and case folded; 0 when there is none. */
int64_t category_store_find(struct store *s, const char *name);

/* Replaces all categories. */
bool category_store_put(struct store *s, const struct category *c, int count, struct error *err);
