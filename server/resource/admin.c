#include <string.h>

#include "mem.h"
#include "people.h"
#include "resources.h"
#include "str.h"

/* What Discourse shows its staff about members. */
enum { ADMIN_PAGE = 100 };

static const char *const lists[] = {"active", "new", "staff", "silenced", "pending", "suspended", "staged"};

/* Who is in which list; ?1 is now, ?7 the list. */
#define IN_LIST \
	"CASE ?7 WHEN 'active' THEN u.active WHEN 'new' THEN u.active WHEN 'staff' THEN u.admin OR u.moderator" \
	" WHEN 'silenced' THEN u.silenced_until_ms > ?1 WHEN 'pending' THEN NOT u.active ELSE 0 END"

#define COLUMNS \
	" u.id, u.username, u.name, u.email, u.title, u.admin, u.moderator, u.trust_level, u.active, u.created_ms," \
	" u.last_seen_ms, coalesce(u.silenced_until_ms, 0)," \
	" (SELECT count(*) FROM post p WHERE p.user_id = u.id AND p.deleted_ms IS NULL) AS posts"
#define SORT_KEY \
	"CASE ?3 WHEN 'created' THEN u.created_ms WHEN 'username' THEN lower(u.username)" \
	" WHEN 'trust_level' THEN u.trust_level WHEN 'posts' THEN posts ELSE u.last_seen_ms END"

static void add_since(struct json *into, const char *time, const char *age, int64_t ms, int64_t now_ms)
{
	if (ms == 0) {
		json_add_null(into, time);
		json_add_null(into, age);
		return;
	}
	json_add_time_ms(into, time, ms, 0);
	json_add_int(into, age, (now_ms - ms) / 1000);
}

static void row_encode(struct request *r, struct json *into, struct sql_query *q, bool emails)
{
	int64_t silenced_ms = sql_int(q, 11);
	user_brief_encode(r, into, sql_int(q, 0), sql_text(q, 1), sql_text(q, 2));
	if (emails)
		json_add_string(into, "email", sql_text(q, 3));
	json_add_string(into, "title", sql_text(q, 4));
	json_add_bool(into, "admin", sql_int(q, 5) != 0);
	json_add_bool(into, "moderator", sql_int(q, 6) != 0);
	json_add_int(into, "trust_level", sql_int(q, 7));
	json_add_bool(into, "active", sql_int(q, 8) != 0);
	add_since(into, "created_at", "created_at_age", sql_int(q, 9), r->now_ms);
	add_since(into, "last_seen_at", "last_seen_age", sql_int(q, 10), r->now_ms);
	json_add_bool(into, "staged", false);
	json_add_bool(into, "suspended", false);
	json_add_bool(into, "silenced", silenced_ms > r->now_ms);
	if (silenced_ms > r->now_ms)
		json_add_time_ms(into, "silenced_till", silenced_ms, 0);
	json_add_int(into, "post_count", sql_int(q, 12));
}

/* An address is looked for by admins only. */
static struct sql_query *members_of(struct request *r, const char *list)
{
	const char *order = request_param(r, "order"), *filter = request_param(r, "filter");
	int64_t page = request_param_int(r, "page", 1);
	return sql_query(r->db, "SELECT" COLUMNS " FROM user u WHERE u.id > 0 AND " IN_LIST " AND (?2 IS NULL"
		" OR instr(fold(u.username), fold(?2)) > 0 OR (?6 AND instr(fold(coalesce(u.email, '')), fold(?2)) > 0))"
		" ORDER BY CASE WHEN ?4 THEN " SORT_KEY " END ASC NULLS FIRST,"
		" CASE WHEN NOT ?4 THEN " SORT_KEY " END DESC NULLS LAST, u.id LIMIT ?8 OFFSET ?5",
		"issninsn", r->now_ms, str_empty(filter) ? NULL : filter,
		order != NULL ? order : strcmp(list, "new") == 0 ? "created" : "seen", request_param_bool(r, "asc", false),
		page > 1 && page < INT32_MAX ? (page - 1) * ADMIN_PAGE : 0, r->me.admin, list, ADMIN_PAGE);
}

static void list_members(struct request *r, struct response *w)
{
	const char *name = *request_part(r, "query") == '\0' ? "active" : request_part(r, "query");
	bool emails = r->me.admin && request_param_bool(r, "show_emails", false);
	size_t i = 0;
	while (i < COUNT(lists) && strcmp(lists[i], name) != 0)
		i++;
	if (i == COUNT(lists)) {
		response_not_found(r, w);
		return;
	}
	struct json *rows = json_array();
	struct sql_query *q = members_of(r, lists[i]);
	while (sql_next(q))
		row_encode(r, json_append_object(rows), q, emails);
	sql_end(q, NULL);
	response_json(w, rows);
}

/* Nobody is suspended or warned in a kringd. */
static void staff_info(struct request *r, struct response *w)
{
	static const struct {
		const char *name, *sql;
	} counts[] = {
		{"number_of_deleted_posts", "SELECT count(*) FROM post WHERE user_id = ? AND deleted_ms IS NOT NULL"},
		{"number_of_flagged_posts", "SELECT count(DISTINCT p.id) FROM post p JOIN post_action a ON a.post_id = p.id"
			" WHERE p.user_id = ? AND a.type <> 2"},
		{"number_of_flags", "SELECT count(*) FROM post p JOIN post_action a ON a.post_id = p.id"
			" WHERE p.user_id = ? AND a.type <> 2"},
		{"number_of_flags_given", "SELECT count(*) FROM post_action WHERE user_id = ? AND type <> 2"},
		{"number_of_silencings", "SELECT silenced_until_ms IS NOT NULL FROM user WHERE id = ?"},
	};
	int64_t id = person_of_route(r, w);
	if (id == 0)
		return;
	struct json *root = json_object();
	for (size_t i = 0; i < COUNT(counts); i++)
		json_add_int(root, counts[i].name, sql_get_int(r->db, 0, counts[i].sql, "i", id));
	json_add_int(root, "number_of_suspensions", 0);
	json_add_int(root, "warnings_received_count", 0);
	response_json(w, root);
}

const struct route admin_routes[] = {
	{"GET", "/admin/users/list", list_members, ROUTE_STAFF},
	{"GET", "/admin/users/list/:query", list_members, ROUTE_STAFF},
	{"GET", "/u/:username/staff-info", staff_info, ROUTE_STAFF},
	{0},
};
