#include "people.h"
#include "resources.h"
#include "str.h"

/* GET /u/search/users: names to complete while somebody types one. */
enum { FOUND_DEFAULT = 20, FOUND_MAX = 50, GROUPS_FOUND = 6 };

/* Members of the topic come first, then those whose username begins with the term, then the recently seen. */
static void users_encode(struct request *r, struct json *list, const char *term, int64_t topic_id, int64_t limit)
{
	struct viewer v = forum_viewer(r);
	struct sql_query *q = sql_query(r->db,
		"SELECT u.id, u.username, u.name, u.status_emoji, u.status_text, u.status_ends_ms FROM user u"
		" WHERE u.id > 0 AND u.active AND (?3 = '' OR instr(fold(u.username), fold(?3)) > 0"
		"  OR instr(' ' || fold(coalesce(u.name, '')), ' ' || fold(?3)) > 0)"
		" ORDER BY (?4 <> 0 AND EXISTS (SELECT 1 FROM topic t JOIN post p ON p.topic_id = t.id WHERE t.id = ?4"
		"  AND p.user_id = u.id AND " FORUM_TOPIC_VISIBLE("t") ")) DESC,"
		" (fold(u.username) = fold(?3)) DESC, (instr(fold(u.username), fold(?3)) = 1) DESC,"
		" u.last_seen_ms DESC NULLS LAST, u.username COLLATE NOCASE LIMIT ?5",
		"insii", FORUM_VIEWER(v), term, topic_id, limit);
	while (sql_next(q)) {
		struct json *user = json_append_object(list);
		user_brief_encode(r, user, sql_int(q, 0), sql_text(q, 1), sql_text(q, 2));
		if (request_param_bool(r, "include_status", false))
			user_status_encode(r, user, "status", sql_text(q, 3), sql_text(q, 4), sql_int(q, 5));
	}
	sql_end(q, NULL);
}

static void groups_encode(struct request *r, struct json *list, const char *term, bool messageable)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT g.id, g.name, g.full_name, (SELECT count(*) FROM group_member m WHERE m.group_id = g.id)"
		" FROM groups g WHERE NOT g.automatic AND (NOT ?2 OR g.messageable)"
		" AND (?1 = '' OR instr(fold(g.name), fold(?1)) > 0 OR instr(fold(coalesce(g.full_name, '')),"
		" fold(?1)) > 0) ORDER BY g.name LIMIT ?3", "snn", term, messageable, GROUPS_FOUND);
	while (sql_next(q)) {
		struct json *group = json_append_object(list);
		json_add_int(group, "id", sql_int(q, 0));
		json_add_string(group, "name", sql_text(q, 1));
		json_add_string(group, "full_name", sql_text(q, 2));
		json_add_int(group, "user_count", sql_int(q, 3));
	}
	sql_end(q, NULL);
}

static void user_search(struct request *r, struct response *w)
{
	const char *term = str_or_empty(request_param(r, "term"));
	if (*term == '@')
		term++;
	int64_t topic_id = request_param_int(r, "topic_id", 0);
	bool messageable = request_param_bool(r, "include_messageable_groups", false);
	struct json *answer = json_object();
	users_encode(r, json_add_array(answer, "users"), term, topic_id,
		number_param(r, "limit", FOUND_DEFAULT, 1, FOUND_MAX));
	if (messageable || request_param_bool(r, "include_groups", false) ||
		request_param_bool(r, "include_mentionable_groups", false))
		groups_encode(r, json_add_array(answer, "groups"), term, messageable);
	response_json(w, answer);
}

const struct route user_search_routes[] = {
	{"GET", "/u/search/users", user_search},
	{0},
};
