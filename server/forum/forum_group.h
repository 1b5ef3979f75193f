#pragma once
#include "forum.h"

/* Discourse's fixed ids. */
enum {
	GROUP_ADMINS = 1, GROUP_MODERATORS = 2, GROUP_STAFF = 3,
	GROUP_TRUST_LEVEL_0 = 10, /* ... GROUP_TRUST_LEVEL_0 + 4 */
};

/* Automatic groups of an empty community. */
bool forum_group_create_automatic(struct forum *f, struct error *err);
bool forum_group_create(struct forum *f, const char *name, const char *full_name, const char *bio,
	int64_t *id, struct error *err);
int64_t forum_group_id(struct sql *db, const char *name); /* 0: none */
/* Adding twice is fine. added_ms 0: now. */
bool forum_group_add(struct forum *f, int64_t group_id, int64_t user_id, bool owner, int64_t added_ms,
	struct error *err);
bool forum_group_remove(struct forum *f, int64_t group_id, int64_t user_id, struct error *err);
bool forum_group_has(struct sql *db, int64_t group_id, int64_t user_id);
