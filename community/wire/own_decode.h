#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "json.h"
#include "member.h"

/* What a member did (/user_actions.json): topics they began (4), replies they wrote (5). */
struct user_action {
	int type;
	int64_t topic_id, post_id; /* post_id 0: the whole topic */
	int post_number;
	const char *title, *username; /* username: who did it */
	int64_t created_ms;
};
struct user_action_list {
	const struct user_action *action;
	int count;
};
bool user_action_list_decode(const struct json *root, struct arena *a, struct user_action_list *out);

/* /u/NAME/bookmarks.json; only those of posts. */
struct bookmark {
	int64_t id, post_id, topic_id;
	const char *note; /* NULL: none */
};
struct bookmark_list {
	const struct bookmark *bookmark;
	int count;
	bool more;
};
bool bookmark_list_decode(const struct json *root, struct arena *a, struct bookmark_list *out);

/* The member's own /u/NAME.json, as far as it can be changed, and whether they may write at all. */
struct own_profile {
	const char *name, *bio, *location, *website; /* NULL: empty; bio: the text as it was typed */
	const struct field_value *field;
	int field_count;
	int64_t silenced_until_ms, suspended_until_ms; /* 0: not */
};
bool own_profile_decode(const struct json *root, struct arena *a, struct own_profile *out);
/* The value of a CHANGE_PROFILE by its name; "" when empty, NULL when the name is none of it. */
const char *own_profile_value(const struct own_profile *p, const char *name);
