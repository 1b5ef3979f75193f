#include "notification_encode.h"

#include <string.h>

#include "notification_type.h"
#include "people.h"
#include "resources.h"
#include "str.h"
#include "tracking.h"

enum { PAGE_ROWS = 60, RECENT_ROWS = 15, RECENT_MAX = 60, OFFSET_MAX = 1000000 };

void notification_count(struct sql *db, int64_t user_id, struct notification_counts *out)
{
	*out = (struct notification_counts){0};
	struct sql_query *q = sql_query(db,
		"SELECT sum(NOT n.high_priority AND n.id > u.seen_notification_id), sum(n.high_priority), count(*),"
		" sum(n.type = 6 AND n.id > u.seen_notification_id)"
		" FROM notification n JOIN user u ON u.id = n.user_id WHERE n.user_id = ? AND NOT n.read", "i", user_id);
	if (sql_next(q))
		*out = (struct notification_counts){
			.unread = sql_int(q, 0),
			.unread_high_priority = sql_int(q, 1),
			.all_unread = sql_int(q, 2),
			.new_messages = sql_int(q, 3),
		};
	sql_end(q, NULL);
}

void notification_append(struct request *r, struct json *array, struct sql_query *q)
{
	struct json *n = json_append_object(array);
	json_add_int(n, "id", sql_int(q, 0));
	json_add_int(n, "user_id", sql_int(q, 1));
	json_add_int(n, "notification_type", sql_int(q, 2));
	json_add_bool(n, "read", sql_int(q, 3));
	json_add_bool(n, "high_priority", sql_int(q, 4));
	json_add_time_ms(n, "created_at", sql_int(q, 5), 0);
	if (sql_is_null(q, 7))
		json_add_null(n, "post_number");
	else
		json_add_int(n, "post_number", sql_int(q, 7));
	if (sql_is_null(q, 6))
		json_add_null(n, "topic_id");
	else
		json_add_int(n, "topic_id", sql_int(q, 6));
	if (!sql_is_null(q, 9))
		json_add_string(n, "fancy_title", forum_escape(r->mem, sql_text(q, 9)));
	json_add_string(n, "slug", sql_text(q, 10));
	json_add_parsed(n, "data", sql_text(q, 8));
}

/* A notification about a topic that is gone, or that the member may no longer read, is not shown. ?1 and ?2 as the
 * conditions of forum.h want them, ?3 "read", "unread" or NULL. */
#define NOTIFICATION_WHERE \
	" FROM notification n LEFT JOIN topic t ON t.id = n.topic_id WHERE n.user_id = ?1" \
	" AND (t.id IS NULL OR (t.deleted_ms IS NULL AND " FORUM_TOPIC_VISIBLE("t") "))" \
	" AND (?3 IS NULL OR n.read = (?3 = 'read'))"

/* "mentioned,replied" as a JSON array of type ids; NULL when it was not given. False: an unknown type, answered. */
static bool types_param(struct request *r, struct response *w, const char **types)
{
	const char *names = request_param(r, "filter_by_types");
	*types = NULL;
	if (str_empty(names))
		return true;
	struct sbuf ids = {0};
	bool known = true;
	char *rest = arena_strdup(r->mem, names);
	for (char *name = strtok_r(rest, ",", &rest); name != NULL && known; name = strtok_r(NULL, ",", &rest)) {
		int type = notification_type_id(str_trim(name));
		known = type != 0;
		sbuf_addf(&ids, "%c%d", ids.n > 0 ? ',' : '[', type);
	}
	sbuf_add(&ids, ids.n > 0 ? "]" : "[]");
	*types = arena_strdup(r->mem, sbuf_str(&ids));
	sbuf_fini(&ids);
	if (!known)
		response_invalid(r, w, "filter_by_types");
	return known;
}

static void rows_encode(struct request *r, struct json *list, const char *filter, int64_t limit, int64_t offset)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT " NOTIFICATION_COLUMNS NOTIFICATION_WHERE " ORDER BY n.created_ms DESC, n.id DESC"
		" LIMIT ?4 OFFSET ?5", "insii", FORUM_VIEWER(forum_viewer(r)), filter, limit, offset);
	while (sql_next(q))
		notification_append(r, list, q);
	sql_end(q, NULL);
}

/* Looking at the menu is "seen" unless the client says silent. */
static void bump_seen(struct request *r)
{
	sql_run(r->db, NULL,
		"UPDATE user SET seen_notification_id = max(seen_notification_id,"
		" coalesce((SELECT max(id) FROM notification WHERE user_id = ?1), 0)) WHERE id = ?1", "i", r->me.user_id);
}

/* The menu: unread ones that matter, then other unread ones (likes only when types were asked for), then the
 * rest. */
static void recent_encode(struct request *r, struct json *answer, const char *types)
{
	int64_t limit = number_param(r, "limit", RECENT_ROWS, 1, RECENT_MAX);
	struct json *list = json_add_array(answer, "notifications");
	struct sql_query *q = sql_query(r->db,
		"SELECT " NOTIFICATION_COLUMNS NOTIFICATION_WHERE
		" AND (?4 IS NULL OR n.type IN (SELECT value FROM json_each(?4)))"
		" ORDER BY (n.high_priority AND NOT n.read) DESC,"
		" (NOT n.read AND (?4 IS NOT NULL OR n.type NOT IN (5, 19, 25))) DESC, n.created_ms DESC, n.id DESC"
		" LIMIT ?5", "inssi", FORUM_VIEWER(forum_viewer(r)), NULL, types, limit);
	while (sql_next(q))
		notification_append(r, list, q);
	sql_end(q, NULL);
	if (request_param(r, "silent") == NULL)
		bump_seen(r);
}

static void page_encode(struct request *r, struct json *answer)
{
	const char *filter = request_param(r, "filter");
	if (!str_equal(filter, "read") && !str_equal(filter, "unread"))
		filter = NULL;
	int64_t limit = number_param(r, "limit", PAGE_ROWS, 1, PAGE_ROWS);
	int64_t offset = number_param(r, "offset", 0, 0, OFFSET_MAX);
	rows_encode(r, json_add_array(answer, "notifications"), filter, limit, offset);
	json_add_int(answer, "total_rows_notifications",
		sql_get_int(r->db, 0, "SELECT count(*)" NOTIFICATION_WHERE, "ins", FORUM_VIEWER(forum_viewer(r)), filter));
	json_add_string(answer, "load_more_notifications", arena_printf(r->mem,
		"/notifications?%s%slimit=%lld&offset=%lld&username=%s", filter == NULL ? "" : "filter=",
		filter == NULL ? "" : arena_printf(r->mem, "%s&", filter), (long long)limit, (long long)(offset + limit),
		r->me.username));
}

static void seen_encode(struct request *r, struct json *answer)
{
	json_add_int(answer, "seen_notification_id",
		sql_get_int(r->db, 0, "SELECT seen_notification_id FROM user WHERE id = ?", "i", r->me.user_id));
}

static void notifications(struct request *r, struct response *w)
{
	const char *username = request_param(r, "username");
	bool recent = !str_empty(request_param(r, "recent"));
	if (!recent && !str_empty(username) && strcasecmp(username, r->me.username) != 0) {
		response_forbidden(r, w);
		return;
	}
	const char *types;
	if (!types_param(r, w, &types))
		return;
	struct json *answer = json_object();
	if (recent)
		recent_encode(r, answer, types);
	else
		page_encode(r, answer);
	seen_encode(r, answer);
	response_json(w, answer);
}

static void notification_totals(struct request *r, struct response *w)
{
	struct notification_counts n;
	notification_count(r->db, r->me.user_id, &n);
	struct json *answer = json_object();
	json_add_int(answer, "id", r->me.user_id);
	json_add_string(answer, "username", r->me.username);
	json_add_int(answer, "unread_notifications", n.all_unread - n.new_messages);
	json_add_int(answer, "unread_personal_messages", n.new_messages);
	json_add_int(answer, "unseen_reviewables", 0);
	struct json *topics = json_add_object(answer, "topic_tracking");
	json_add_int(topics, "new", tracking_count_new(r));
	json_add_int(topics, "unread", tracking_count_unread(r));
	if (r->me.staff)
		json_add_array(answer, "group_inboxes");
	response_json(w, answer);
}

const struct route notification_routes[] = {
	{"GET", "/notifications", notifications, ROUTE_LOGIN | ROUTE_WRITES},
	{"GET", "/notifications/totals", notification_totals, ROUTE_LOGIN},
	{0},
};
