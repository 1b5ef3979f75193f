#include "cook.h"
#include "forum_user.h"
#include "people.h"
#include "resources.h"
#include "str.h"

/* What a member did and what was done to them, newest first. Type numbers are Discourse's (UserAction). */
enum { ACTIONS_DEFAULT = 30, ACTIONS_MAX = 100, OFFSET_MAX = 100000, EXCERPT_BYTES = 300 };

#define ACTIONS_ALL ",1,2,4,5,6,7,9,11,12,13,"
#define WANTED(type) "instr(?4, '," #type ",')"
#define FROM_NOTICE(type, notice) \
	" UNION ALL SELECT " #type ", n.created_ms, p.topic_id, p.id, p.user_id FROM notification n" \
	" JOIN post p ON p.topic_id = n.topic_id AND p.post_number = n.post_number" \
	" WHERE " WANTED(type) " AND n.user_id = ?3 AND n.type = " #notice

/* ?1 and ?2 as the conditions of forum.h want them, ?3 whose, ?4 ",4,5,", ?5 by whom (NULL: anyone), ?6 may see the
 * messages of ?3. The columns of `a`: type, created_ms, topic_id, post_id, acting_id. */
static const char actions_sql[] =
	"WITH a(type, created_ms, topic_id, post_id, acting_id) AS ("
	"SELECT 4, t.created_ms, t.id, NULL, t.user_id FROM topic t WHERE " WANTED(4) " AND t.user_id = ?3"
	" AND t.archetype = 'regular'"
	" UNION ALL SELECT 5, p.created_ms, p.topic_id, p.id, p.user_id FROM post p"
	" WHERE " WANTED(5) " AND p.user_id = ?3 AND p.post_number > 1 AND p.post_type = 1"
	" UNION ALL SELECT 1, x.created_ms, p.topic_id, p.id, x.user_id FROM post_action x JOIN post p"
	" ON p.id = x.post_id WHERE " WANTED(1) " AND x.user_id = ?3 AND x.type = 2"
	" UNION ALL SELECT 2, x.created_ms, p.topic_id, p.id, x.user_id FROM post p JOIN post_action x"
	" ON x.post_id = p.id WHERE " WANTED(2) " AND p.user_id = ?3 AND x.type = 2"
	" UNION ALL SELECT 6, p.created_ms, p.topic_id, p.id, p.user_id FROM post o JOIN post p"
	" ON p.topic_id = o.topic_id"
	" AND p.reply_to_post_number = o.post_number WHERE " WANTED(6) " AND o.user_id = ?3 AND p.user_id <> ?3"
	FROM_NOTICE(7, 1) FROM_NOTICE(9, 3) FROM_NOTICE(11, 4)
	" UNION ALL SELECT 12, t.created_ms, t.id, NULL, t.user_id FROM topic t WHERE ?6 AND " WANTED(12)
	" AND t.user_id = ?3 AND t.archetype = 'private_message'"
	" UNION ALL SELECT 13, t.created_ms, t.id, NULL, t.user_id FROM topic_allowed l JOIN topic t"
	" ON t.id = l.topic_id WHERE ?6 AND " WANTED(13) " AND l.user_id = ?3 AND t.user_id <> ?3)"
	" SELECT a.type, a.created_ms, t.id, a.post_id, t.title, t.slug, t.category_id, t.closed, t.archived,"
	" p.post_number, p.cooked, p.deleted_ms IS NOT NULL, p.hidden, p.post_type, p.action_code,"
	" w.id, w.username, w.name, d.id, d.username, d.name, p.edit_reason"
	" FROM a JOIN topic t ON t.id = a.topic_id"
	" JOIN post p ON p.id = coalesce(a.post_id, (SELECT id FROM post WHERE topic_id = t.id AND post_number = 1))"
	" JOIN user w ON w.id = p.user_id JOIN user d ON d.id = a.acting_id"
	" WHERE t.deleted_ms IS NULL AND p.deleted_ms IS NULL AND " FORUM_POST_VISIBLE("p")
	" AND (CASE WHEN a.type >= 12 THEN 1 ELSE " FORUM_TOPIC_LISTED("t") " END)"
	" AND (?5 IS NULL OR d.username = ?5)"
	" ORDER BY a.created_ms DESC, p.id DESC LIMIT ?7 OFFSET ?8";

static void person_of_action(struct request *r, struct json *action, const char *prefix, int64_t id,
	const char *username, const char *name)
{
	json_add_string(action, arena_printf(r->mem, "%susername", prefix), username);
	json_add_string(action, arena_printf(r->mem, "%sname", prefix), name);
	json_add_int(action, arena_printf(r->mem, "%suser_id", prefix), id);
}

/* Post members are null for an action on a whole topic. */
static void post_of_action(struct json *action, struct sql_query *q)
{
	json_add_int(action, "post_number", sql_int(q, 9));
	json_add_bool(action, "deleted", sql_int(q, 11));
	if (sql_is_null(q, 3)) {
		json_add_null(action, "post_id");
		json_add_null(action, "hidden");
		json_add_null(action, "post_type");
	} else {
		json_add_int(action, "post_id", sql_int(q, 3));
		json_add_bool(action, "hidden", sql_int(q, 12));
		json_add_int(action, "post_type", sql_int(q, 13));
	}
	json_add_string(action, "action_code", sql_text(q, 14));
}

static void action_append(struct request *r, struct json *list, struct sql_query *q, int64_t owner_id,
	const char *owner, const char *owner_name)
{
	struct json *action = json_append_object(list);
	bool withheld = sql_int(q, 12) && !r->me.staff && sql_int(q, 15) != r->me.user_id;
	json_add_string(action, "excerpt", withheld ? "" : cook_excerpt(r->mem, sql_text(q, 10), EXCERPT_BYTES));
	json_add_int(action, "action_type", sql_int(q, 0));
	json_add_time_ms(action, "created_at", sql_int(q, 1), 0);
	json_add_string(action, "avatar_template", forum_avatar_template(r->mem, sql_text(q, 16)));
	json_add_string(action, "acting_avatar_template", forum_avatar_template(r->mem, sql_text(q, 19)));
	json_add_string(action, "slug", sql_text(q, 5));
	json_add_int(action, "topic_id", sql_int(q, 2));
	person_of_action(r, action, "target_", owner_id, owner, owner_name);
	post_of_action(action, q);
	person_of_action(r, action, "", sql_int(q, 15), sql_text(q, 16), sql_text(q, 17));
	person_of_action(r, action, "acting_", sql_int(q, 18), sql_text(q, 19), sql_text(q, 20));
	json_add_string(action, "title", sql_text(q, 4));
	if (sql_is_null(q, 6))
		json_add_null(action, "category_id");
	else
		json_add_int(action, "category_id", sql_int(q, 6));
	json_add_bool(action, "closed", sql_int(q, 7));
	json_add_bool(action, "archived", sql_int(q, 8));
}

static void user_actions(struct request *r, struct response *w)
{
	const char *username = request_param(r, "username"), *filter = request_param(r, "filter");
	const char *acting = request_param(r, "acting_username");
	int64_t id = forum_user_id(r->db, str_or_empty(username));
	if (str_empty(username)) {
		response_invalid(r, w, "username");
		return;
	}
	if (id == 0) {
		response_not_found(r, w);
		return;
	}
	const char *owner = sql_get_text(r->db, r->mem, "SELECT username FROM user WHERE id = ?", "i", id);
	const char *owner_name = sql_get_text(r->db, r->mem, "SELECT name FROM user WHERE id = ?", "i", id);
	struct json *answer = json_object(), *list = json_add_array(answer, "user_actions");
	struct sql_query *q = sql_query(r->db, actions_sql, "inissnii", FORUM_VIEWER(forum_viewer(r)), id,
		str_empty(filter) ? ACTIONS_ALL : arena_printf(r->mem, ",%s,", filter), str_empty(acting) ? NULL : acting,
		id == r->me.user_id || r->me.admin, number_param(r, "limit", ACTIONS_DEFAULT, 1, ACTIONS_MAX),
		number_param(r, "offset", 0, 0, OFFSET_MAX));
	while (sql_next(q))
		action_append(r, list, q, id, owner, owner_name);
	sql_end(q, NULL);
	response_json(w, answer);
}

const struct route user_action_routes[] = {
	{"GET", "/user_actions", user_actions},
	{0},
};
