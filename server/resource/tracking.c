#include "tracking.h"

#include "people.h"
#include "resources.h"

/* What is new and unread, for the counters of a client. Discourse counts a topic as new for two days. */
enum { NEW_MS = 2 * 86400 * 1000, STATES_MAX = 5000 };

/* ?1 and ?2 as FORUM_TOPIC_LISTED wants them, ?3 the oldest moment that is new. */
#define TRACKING_NEW \
	"FROM topic t LEFT JOIN topic_user tu ON tu.topic_id = t.id AND tu.user_id = ?1" \
	" WHERE t.created_ms >= max(?3, (SELECT created_ms FROM user WHERE id = ?1)) AND " FORUM_TOPIC_LISTED("t") \
	" AND coalesce(tu.last_read_post_number, 0) = 0 AND coalesce(tu.notification_level, 1) > 0" \
	" AND t.user_id <> ?1 AND NOT EXISTS (SELECT 1 FROM category_user cu WHERE cu.user_id = ?1" \
	"  AND cu.category_id = t.category_id AND cu.notification_level = 0)"
#define TRACKING_UNREAD \
	"FROM topic_user tu JOIN topic t ON t.id = tu.topic_id" \
	" WHERE tu.user_id = ?1 AND tu.last_read_post_number > 0 AND tu.notification_level >= 2" \
	" AND tu.last_read_post_number < t.highest_post_number AND " FORUM_TOPIC_LISTED("t")
#define TRACKING_COLUMNS \
	"t.id, t.highest_post_number, tu.last_read_post_number, t.created_ms, t.category_id," \
	" coalesce(tu.notification_level, 1)"

int64_t tracking_count_new(struct request *r)
{
	return sql_get_int(r->db, 0, "SELECT count(*) " TRACKING_NEW, "ini", FORUM_VIEWER(forum_viewer(r)),
		r->now_ms - NEW_MS);
}

int64_t tracking_count_unread(struct request *r)
{
	return sql_get_int(r->db, 0, "SELECT count(*) " TRACKING_UNREAD, "in", FORUM_VIEWER(forum_viewer(r)));
}

static void state_encode(struct request *r, struct json *list, struct sql_query *q)
{
	struct json *state = json_append_object(list);
	json_add_int(state, "topic_id", sql_int(q, 0));
	json_add_int(state, "highest_post_number", sql_int(q, 1));
	if (sql_is_null(q, 2) || sql_int(q, 2) == 0)
		json_add_null(state, "last_read_post_number");
	else
		json_add_int(state, "last_read_post_number", sql_int(q, 2));
	json_add_time_ms(state, "created_at", sql_int(q, 3), 0);
	if (sql_is_null(q, 4))
		json_add_null(state, "category_id");
	else
		json_add_int(state, "category_id", sql_int(q, 4));
	json_add_int(state, "notification_level", sql_int(q, 5));
	json_add_bool(state, "created_in_new_period", sql_int(q, 3) >= r->now_ms - NEW_MS);
	json_add_time_ms(state, "treat_as_new_topic_start_date", r->now_ms - NEW_MS, 0);
	topic_tags_encode(r, state, sql_int(q, 0));
}

static void states_encode(struct request *r, struct json *list, struct sql_query *q)
{
	while (json_count(list) < STATES_MAX && sql_next(q))
		state_encode(r, list, q);
	sql_end(q, NULL);
}

static void tracking_answer(struct request *r, struct response *w)
{
	struct json *list = json_array();
	struct viewer v = forum_viewer(r);
	states_encode(r, list, sql_query(r->db,
		"SELECT " TRACKING_COLUMNS " " TRACKING_NEW " ORDER BY t.bumped_ms DESC", "ini", FORUM_VIEWER(v),
		r->now_ms - NEW_MS));
	states_encode(r, list, sql_query(r->db,
		"SELECT " TRACKING_COLUMNS " " TRACKING_UNREAD " ORDER BY t.bumped_ms DESC", "in", FORUM_VIEWER(v)));
	response_json(w, list);
}

static void topic_tracking_state(struct request *r, struct response *w)
{
	int64_t id = person_self_of_route(r, w);
	if (id == r->me.user_id)
		tracking_answer(r, w);
	else if (id != 0)
		response_forbidden(r, w);
}

static void message_tracking_state(struct request *r, struct response *w)
{
	if (person_self_of_route(r, w) == 0)
		return;
	struct json *list = json_array();
	struct sql_query *q = sql_query(r->db,
		"SELECT t.id, t.highest_post_number, tu.last_read_post_number, coalesce(tu.notification_level, 1),"
		" t.created_ms FROM topic t LEFT JOIN topic_user tu ON tu.topic_id = t.id AND tu.user_id = ?1"
		" WHERE " FORUM_MESSAGE_MINE("t") " AND coalesce(tu.last_read_post_number, 0) < t.highest_post_number"
		" AND ?2 IS NOT NULL ORDER BY t.bumped_ms DESC LIMIT ?3", "ini", FORUM_VIEWER(forum_viewer(r)),
		(int64_t)STATES_MAX);
	while (sql_next(q)) {
		struct json *state = json_append_object(list);
		json_add_int(state, "topic_id", sql_int(q, 0));
		json_add_int(state, "highest_post_number", sql_int(q, 1));
		if (sql_int(q, 2) == 0)
			json_add_null(state, "last_read_post_number");
		else
			json_add_int(state, "last_read_post_number", sql_int(q, 2));
		json_add_int(state, "notification_level", sql_int(q, 3));
		json_add_array(state, "group_ids");
		json_add_bool(state, "created_in_new_period", sql_int(q, 4) >= r->now_ms - NEW_MS);
	}
	sql_end(q, NULL);
	response_json(w, list);
}

const struct route tracking_routes[] = {
	{"GET", "/u/:username/topic-tracking-state", topic_tracking_state, ROUTE_LOGIN},
	{"GET", "/u/:username/private-message-topic-tracking-state", message_tracking_state, ROUTE_LOGIN},
	{"GET", "/topic-tracking-state", tracking_answer, ROUTE_LOGIN},
	{0},
};
