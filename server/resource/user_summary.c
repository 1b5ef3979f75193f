#include "profile.h"

/* GET /u/NAME/summary: what a member wrote and with whom. */
enum { SUMMARY_ROWS = 6 };

static void counts_encode(struct request *r, struct json *summary, int64_t id)
{
	static const char *const names[] = {"likes_given", "likes_received", "topics_entered", "posts_read_count",
		"days_visited", "topic_count", "post_count", "time_read"};
	struct sql_query *q = sql_query(r->db,
		"SELECT (SELECT count(*) FROM post_action WHERE user_id = ?1 AND type = 2),"
		" (SELECT coalesce(sum(like_count), 0) FROM post WHERE user_id = ?1 AND deleted_ms IS NULL),"
		" (SELECT count(*) FROM topic_user WHERE user_id = ?1),"
		" (SELECT coalesce(sum(last_read_post_number), 0) FROM topic_user WHERE user_id = ?1),"
		" (SELECT max((SELECT count(DISTINCT last_visited_ms / 86400000) FROM topic_user WHERE user_id = ?1),"
		"  (SELECT count(DISTINCT created_ms / 86400000) FROM post WHERE user_id = ?1))),"
		" (SELECT count(*) FROM topic WHERE user_id = ?1 AND archetype = 'regular' AND deleted_ms IS NULL),"
		" (SELECT count(*) FROM post p JOIN topic t ON t.id = p.topic_id WHERE p.user_id = ?1 AND p.post_number > 1"
		"  AND p.deleted_ms IS NULL AND t.archetype = 'regular'),"
		" (SELECT coalesce(sum(total_msecs), 0) / 1000 FROM topic_user WHERE user_id = ?1)", "i", id);
	if (sql_next(q))
		for (int i = 0; i < (int)(sizeof names / sizeof names[0]); i++)
			json_add_int(summary, names[i], sql_int(q, i));
	json_add_int(summary, "recent_time_read", sql_int(q, 7));
	sql_end(q, NULL);
	if (person_is_mine(r, id))
		json_add_int(summary, "bookmark_count",
			sql_get_int(r->db, 0, "SELECT count(*) FROM bookmark WHERE user_id = ?", "i", id));
	json_add_bool(summary, "can_see_summary_stats", true);
	json_add_bool(summary, "can_see_user_actions", true);
}

static void topic_encode(struct request *r, struct json *topic, struct sql_query *q)
{
	json_add_int(topic, "id", sql_int(q, 0));
	json_add_string(topic, "title", sql_text(q, 1));
	json_add_string(topic, "fancy_title", forum_escape(r->mem, sql_text(q, 1)));
	json_add_string(topic, "slug", sql_text(q, 2));
	json_add_int(topic, "posts_count", sql_int(q, 3));
	json_add_int(topic, "like_count", sql_int(q, 4));
	json_add_time_ms(topic, "created_at", sql_int(q, 5), 0);
	if (sql_is_null(q, 6))
		json_add_null(topic, "category_id");
	else
		json_add_int(topic, "category_id", sql_int(q, 6));
}

static void topics_encode(struct request *r, struct json *topics, struct json *ids, int64_t id)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT t.id, t.title, t.slug, t.posts_count, t.like_count, t.created_ms, t.category_id FROM topic t"
		" WHERE t.user_id = ?3 AND " FORUM_TOPIC_LISTED("t") " ORDER BY t.like_count DESC, t.created_ms DESC"
		" LIMIT ?4", "inin", FORUM_VIEWER(forum_viewer(r)), id, SUMMARY_ROWS);
	while (sql_next(q)) {
		topic_encode(r, json_append_object(topics), q);
		json_append_int(ids, sql_int(q, 0));
	}
	sql_end(q, NULL);
}

/* The best replies; their topics join the topics of the answer, each once. */
static void replies_encode(struct request *r, struct json *replies, struct json *topics, int64_t id)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT t.id, t.title, t.slug, t.posts_count, t.like_count, t.created_ms, t.category_id, p.id,"
		" p.post_number,"
		" p.like_count, p.created_ms FROM post p JOIN topic t ON t.id = p.topic_id WHERE p.user_id = ?3"
		" AND p.post_number > 1 AND p.post_type = 1 AND p.deleted_ms IS NULL AND " FORUM_TOPIC_LISTED("t")
		" ORDER BY p.like_count DESC, p.created_ms DESC LIMIT ?4", "inin", FORUM_VIEWER(forum_viewer(r)), id,
		SUMMARY_ROWS);
	while (sql_next(q)) {
		struct json *reply = json_append_object(replies);
		json_add_int(reply, "post_id", sql_int(q, 7));
		json_add_int(reply, "post_number", sql_int(q, 8));
		json_add_int(reply, "like_count", sql_int(q, 9));
		json_add_time_ms(reply, "created_at", sql_int(q, 10), 0);
		json_add_int(reply, "topic_id", sql_int(q, 0));
		bool known = false;
		JSON_EACH(topic, topics)
			known |= json_int(topic, "id", 0) == sql_int(q, 0);
		if (!known)
			topic_encode(r, json_append_object(topics), q);
	}
	sql_end(q, NULL);
}

static void people_encode(struct request *r, struct json *list, struct sql_query *q)
{
	while (sql_next(q)) {
		struct json *user = json_append_object(list);
		user_brief_encode(r, user, sql_int(q, 0), sql_text(q, 1), sql_text(q, 2));
		json_add_int(user, "count", sql_int(q, 3));
	}
	sql_end(q, NULL);
}

/* Only from topics that the requester can read: who writes to whom in messages is theirs. */
static void company_encode(struct request *r, struct json *summary, int64_t id)
{
	struct viewer v = forum_viewer(r);
	people_encode(r, json_add_array(summary, "most_liked_by_users"), sql_query(r->db,
		"SELECT u.id, u.username, u.name, count(*) FROM post p JOIN post_action a ON a.post_id = p.id"
		" AND a.type = 2"
		" JOIN user u ON u.id = a.user_id JOIN topic t ON t.id = p.topic_id WHERE p.user_id = ?3 AND "
		FORUM_TOPIC_LISTED("t") " GROUP BY u.id ORDER BY 4 DESC, 2 LIMIT ?4", "inin", FORUM_VIEWER(v), id,
		SUMMARY_ROWS));
	people_encode(r, json_add_array(summary, "most_liked_users"), sql_query(r->db,
		"SELECT u.id, u.username, u.name, count(*) FROM post_action a JOIN post p ON p.id = a.post_id"
		" JOIN user u ON u.id = p.user_id JOIN topic t ON t.id = p.topic_id WHERE a.user_id = ?3"
		" AND a.type = 2 AND "
		FORUM_TOPIC_LISTED("t") " GROUP BY u.id ORDER BY 4 DESC, 2 LIMIT ?4", "inin", FORUM_VIEWER(v), id,
		SUMMARY_ROWS));
	people_encode(r, json_add_array(summary, "most_replied_to_users"), sql_query(r->db,
		"SELECT u.id, u.username, u.name, count(*) FROM post p JOIN post o ON o.topic_id = p.topic_id"
		" AND o.post_number = p.reply_to_post_number JOIN topic t ON t.id = p.topic_id"
		" JOIN user u ON u.id = o.user_id WHERE p.user_id = ?3 AND u.id <> ?3 AND " FORUM_TOPIC_LISTED("t") " AND "
		FORUM_POST_VISIBLE("p") " GROUP BY u.id ORDER BY 4 DESC, 2 LIMIT ?4", "inin", FORUM_VIEWER(v), id,
		SUMMARY_ROWS));
}

static void categories_encode_top(struct request *r, struct json *list, int64_t id)
{
	struct sql_query *q = sql_query(r->db,
		"SELECT c.id, c.name, c.slug, c.color, c.read_restricted, c.parent_id, sum(p.post_number = 1),"
		" sum(p.post_number > 1) FROM post p JOIN topic t ON t.id = p.topic_id JOIN category c"
		" ON c.id = t.category_id WHERE p.user_id = ?3 AND p.deleted_ms IS NULL AND " FORUM_TOPIC_LISTED("t")
		" GROUP BY c.id ORDER BY count(*) DESC, c.id LIMIT ?4", "inin", FORUM_VIEWER(forum_viewer(r)), id,
		SUMMARY_ROWS);
	while (sql_next(q)) {
		struct json *category = json_append_object(list);
		json_add_int(category, "topic_count", sql_int(q, 6));
		json_add_int(category, "post_count", sql_int(q, 7));
		json_add_int(category, "id", sql_int(q, 0));
		json_add_string(category, "name", sql_text(q, 1));
		json_add_string(category, "color", sql_text(q, 3));
		json_add_string(category, "text_color", "FFFFFF");
		json_add_string(category, "slug", sql_text(q, 2));
		json_add_bool(category, "read_restricted", sql_int(q, 4));
		if (sql_is_null(q, 5))
			json_add_null(category, "parent_category_id");
		else
			json_add_int(category, "parent_category_id", sql_int(q, 5));
	}
	sql_end(q, NULL);
}

void user_summary(struct request *r, struct response *w)
{
	int64_t id = person_of_route(r, w);
	if (id == 0)
		return;
	struct json *answer = json_object(), *topics = json_add_array(answer, "topics");
	json_add_array(answer, "badges");
	struct json *summary = json_add_object(answer, "user_summary");
	counts_encode(r, summary, id);
	topics_encode(r, topics, json_add_array(summary, "topic_ids"), id);
	replies_encode(r, json_add_array(summary, "replies"), topics, id);
	json_add_array(summary, "links");
	company_encode(r, summary, id);
	json_add_array(summary, "badges");
	categories_encode_top(r, json_add_array(summary, "top_categories"), id);
	response_json(w, answer);
}
