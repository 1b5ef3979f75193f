#pragma once
#include <stdbool.h>

#include "arena.h"
#include "member.h"
#include "store.h"

struct group_rows {
	struct group *row;
	int count;
};

struct group_rows group_store_list(struct store *s, struct arena *a);
bool group_store_put(struct store *s, const struct group *g, struct error *err);
