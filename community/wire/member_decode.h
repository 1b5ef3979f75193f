#pragma once
#include <stdbool.h>

#include "arena.h"
#include "json.h"
#include "member.h"

struct member_page {
	const struct member *member; /* each id once */
	int count;
	bool more;
	int total; /* of all pages; -1 unknown */
};

/* One user object. False without an id and a username. `complete` stays false. */
bool member_decode(const struct json *object, struct arena *a, struct member *out);
/* /u/NAME.json: the whole profile. */
bool member_profile_decode(const struct json *root, struct arena *a, struct member *out);
/* /directory_items.json, /user-cards.json (complete profiles), /groups/NAME/members.json, and the users[] that come
 * with topic lists and searches. */
bool member_page_decode(const struct json *root, struct arena *a, struct member_page *out);
