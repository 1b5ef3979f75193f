#pragma once
#include <stdbool.h>

#include "arena.h"
#include "json.h"
#include "member.h"

struct group_list {
	const struct group *group;
	int count;
};

bool group_decode(const struct json *object, struct arena *a, struct group *out);
/* /groups.json, /groups/NAME.json or the groups of /site.json. */
bool group_list_decode(const struct json *root, struct arena *a, struct group_list *out);
