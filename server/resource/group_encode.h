#pragma once
#include "encode.h"

/* Columns of a group for group_encode, over the alias g, with the numbered parameter ?1 the requester. */
#define GROUP_COLUMNS \
	"g.id, g.automatic, g.name, g.full_name, g.bio_raw, g.bio_cooked, g.messageable," \
	" (SELECT count(*) FROM group_member m WHERE m.group_id = g.id AND m.user_id > 0)," \
	" (SELECT owner FROM group_member m WHERE m.group_id = g.id AND m.user_id = ?1)"
enum group_place { GROUP_IN_LIST, GROUP_IN_PROFILE, GROUP_ALONE };
void group_encode(struct request *r, struct json *into, struct sql_query *q, enum group_place place);
/* "groups" and "group_users" of a profile. */
void groups_of_member_encode(struct request *r, struct json *into, int64_t user_id);
