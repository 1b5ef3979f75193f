#pragma once
#include <stdbool.h>

#include "arena.h"
#include "category.h"
#include "json.h"

struct category_list {
	const struct category *category;
	int count;
};

/* One category object. False without an id. */
bool category_decode(const struct json *object, struct arena *a, struct category *out);
/* /site.json, /categories.json (subcategories too) or /c/ID/show.json. False when the answer has no such list. */
bool category_list_decode(const struct json *root, struct arena *a, struct category_list *out);
