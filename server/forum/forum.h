#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "error.h"
#include "sql.h"

struct request;
struct bus;

/* What every operation on the community needs. Operations run inside the caller's transaction. Their errors
 * are English sentences for say(): ERR_INVALID and ERR_REFUSED are 422, ERR_FORBIDDEN 403, ERR_NOT_FOUND 404,
 * ERR_CONFLICT 409, ERR_IO 500. */
struct forum {
	struct sql *db;
	struct bus *bus;     /* NULL: nobody is told (init, import, tests) */
	struct arena *mem;   /* what operations return lives here, and their scratch */
	int64_t now_ms;
	const char *base_url; /* "https://host:port" or "" */
};
struct forum forum_of(const struct request *r);

/* Whose eyes a query looks through. */
struct viewer {
	int64_t user_id;     /* 0: nobody */
	bool staff, admin;
	int rank;            /* 0 member or nobody, 1 moderator, 2 admin: bound in the conditions below */
};
struct viewer forum_viewer(const struct request *r);
/* Of a member by id; 0 is nobody. */
struct viewer forum_viewer_of(struct sql *db, int64_t user_id);

/* Conditions for a WHERE. They use the numbered parameters ?1 (viewer.user_id) and ?2 (viewer.rank), so a
 * statement that holds one binds those two first, with types "in" and FORUM_VIEWER(v), and numbers its own
 * from ?3 on. `t`, `c` and `p` are the aliases of topic, category and post, as strings. */
#define FORUM_VIEWER(v) (v).user_id, (v).rank

#define FORUM_READABLE_CATEGORIES \
	"(SELECT id FROM category WHERE NOT read_restricted" \
	" UNION SELECT category_id FROM category_group JOIN group_member USING (group_id)" \
	" WHERE group_member.user_id = ?1)"
#define FORUM_CATEGORY_VISIBLE(c) "(?2 = 2 OR " c ".id IN " FORUM_READABLE_CATEGORIES ")"

/* A regular topic that is not deleted (staff see deleted ones). Unlisted ones count as visible: lists add
 * FORUM_TOPIC_LISTED. */
#define FORUM_TOPIC_PUBLIC(t) \
	"(" t ".archetype = 'regular' AND (" t ".deleted_ms IS NULL OR ?2 >= 1)" \
	" AND (?2 = 2 OR " t ".category_id IS NULL OR " t ".category_id IN " FORUM_READABLE_CATEGORIES "))"
/* What lists and feeds show: the same without deleted and unlisted topics, for staff too. */
#define FORUM_TOPIC_LISTED(t) \
	"(" t ".archetype = 'regular' AND " t ".deleted_ms IS NULL AND " t ".visible AND (?2 = 2 OR " t \
	".category_id IS NULL OR " t ".category_id IN " FORUM_READABLE_CATEGORIES "))"
/* A message that the viewer takes part in, alone or through a group; admins do not see it here. */
#define FORUM_MESSAGE_MINE(t) \
	"(" t ".archetype = 'private_message' AND " t ".deleted_ms IS NULL AND ?2 >= 0 AND " t ".id IN" \
	" (SELECT topic_id FROM topic_allowed WHERE user_id = ?1 UNION SELECT topic_id FROM topic_allowed" \
	" JOIN group_member USING (group_id) WHERE group_member.user_id = ?1))"
/* Any topic or message that the viewer may open (admins open every message). */
#define FORUM_TOPIC_VISIBLE(t) \
	"(CASE " t ".archetype WHEN 'regular' THEN " FORUM_TOPIC_PUBLIC(t) \
	" ELSE (" t ".deleted_ms IS NULL OR ?2 >= 1) AND (?2 = 2 OR EXISTS (SELECT 1 FROM topic_allowed ta" \
	" WHERE ta.topic_id = " t ".id AND (ta.user_id = ?1" \
	" OR ta.group_id IN (SELECT group_id FROM group_member WHERE user_id = ?1)))) END)"
/* A post, given that its topic is visible. Whispers are for staff. */
#define FORUM_POST_VISIBLE(p) "((" p ".deleted_ms IS NULL OR ?2 >= 1) AND (" p ".post_type <> 4 OR ?2 >= 1))"

bool forum_topic_visible(struct sql *db, struct viewer v, int64_t topic_id);
bool forum_post_visible(struct sql *db, struct viewer v, int64_t post_id); /* with its topic */

/* Settings that differ from the table of defaults are rows of `setting`. */
const char *forum_setting(struct sql *db, struct arena *a, const char *name, const char *otherwise);
int64_t forum_setting_int(struct sql *db, const char *name, int64_t otherwise);
bool forum_setting_set(struct sql *db, const char *name, const char *value, struct error *err);

/* "Hulp bij een offerte?" -> "hulp-bij-een-offerte"; "topic" when nothing is left. */
char *forum_slug(struct arena *a, const char *title);
/* Text with & < > " ' as entities, for fancy_title. */
char *forum_escape(struct arena *a, const char *text);
