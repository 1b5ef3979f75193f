#include "forum_notice.h"

#include "forum_publish.h"
#include "json.h"

/* Likes of one post become one notice: "a, b and 3 others". */
static void add_earlier_likes(struct forum *f, const struct new_notice *n, struct json *j)
{
	struct sql_query *q = sql_query(f->db,
		"SELECT u.username, count(*) OVER () FROM post_action a JOIN user u ON u.id = a.user_id"
		" WHERE a.post_id = ? AND a.type = 2 AND a.user_id <> ? AND EXISTS (SELECT 1 FROM notification o "
		"WHERE o.user_id = ?"
		" AND o.topic_id = ? AND o.type = ? AND o.post_number = ? AND NOT o.read) ORDER BY a.id DESC LIMIT 1",
		"iiiinn", n->post_id, n->from_user_id, n->user_id, n->topic_id, NOTICE_LIKED, n->post_number);
	if (sql_next(q)) {
		json_add_string(j, "username2", sql_text(q, 0));
		json_add_int(j, "count", sql_int(q, 1) + 1);
	}
	sql_end(q, NULL);
}

static char *notice_data(struct forum *f, const struct new_notice *n)
{
	struct json *j = json_object();
	struct sbuf b = {0};
	const char *from =
		sql_get_text(f->db, f->mem, "SELECT username FROM user WHERE id = ?", "i", n->from_user_id);
	json_add_string(j, "topic_title",
		sql_get_text(f->db, f->mem, "SELECT title FROM topic WHERE id = ?", "i", n->topic_id));
	json_add_int(j, "original_post_id", n->post_id);
	json_add_int(j, "original_post_type", 1);
	json_add_string(j, "original_username", from);
	json_add_null(j, "revision_number");
	json_add_string(j, "display_username", from);
	if (n->type == NOTICE_LIKED)
		add_earlier_likes(f, n, j);
	if (n->group_name != NULL)
		json_add_string(j, "group_name", n->group_name);
	if (n->event_name != NULL) {
		json_add_string(j, "event_name", n->event_name);
		json_add_string(j, "message", "discourse_post_event.notifications.invite_user_notification");
	}
	json_print(j, &b);
	char *text = arena_strdup(f->mem, b.p);
	sbuf_fini(&b);
	json_free(j);
	return text;
}

/* Muted and ignored people make no notices; silently. */
static bool unwanted(struct forum *f, const struct new_notice *n)
{
	return n->user_id <= 0 || n->user_id == n->from_user_id ||
		sql_get_int(f->db, 0, "SELECT 1 FROM user_relation WHERE user_id = ? AND other_id = ?"
			" AND (until_ms IS NULL OR until_ms > ?)", "iii", n->user_id, n->from_user_id, f->now_ms) == 1;
}

/* Of these, a topic (for likes: a post) has one unread at a time. */
static bool collapse(struct forum *f, const struct new_notice *n, struct error *err)
{
	if (n->type == NOTICE_LIKED)
		return sql_run(f->db, err,
			"DELETE FROM notification WHERE user_id = ? AND topic_id = ? AND type = ? AND post_number = ?"
			" AND NOT read",
			"iinn", n->user_id, n->topic_id, n->type, n->post_number);
	if (n->type != NOTICE_PRIVATE_MESSAGE && n->type != NOTICE_POSTED && n->type != NOTICE_WATCHING)
		return true;
	return sql_run(f->db, err,
		"DELETE FROM notification WHERE user_id = ? AND topic_id = ? AND type = ? AND NOT read", "iin",
		n->user_id, n->topic_id, n->type);
}

bool forum_notice_create(struct forum *f, const struct new_notice *n, struct error *err)
{
	if (unwanted(f, n))
		return true;
	bool high = n->type == NOTICE_PRIVATE_MESSAGE || n->type == NOTICE_BOOKMARK_REMINDER;
	const char *data = notice_data(f, n); /* looks at the one it replaces */
	return collapse(f, n, err) &&
		sql_run(f->db, err,
			"INSERT INTO notification (user_id, type, high_priority, created_ms, topic_id, post_number, data)"
			" VALUES (?, ?, ?, ?, ?, ?, ?)",
			"inniins", n->user_id, n->type, (int)high, n->created_ms == 0 ? f->now_ms : n->created_ms,
			n->topic_id, n->post_number, data) &&
		forum_notice_publish(f, n->user_id, err);
}

bool forum_notice_mark_read(struct forum *f, int64_t user_id, int64_t id, struct error *err)
{
	bool ok = id == 0
		? sql_run(f->db, err, "UPDATE notification SET read = 1 WHERE user_id = ? AND NOT read", "i", user_id)
		: sql_run(f->db, err, "UPDATE notification SET read = 1 WHERE user_id = ? AND id = ?", "ii", user_id,
			  id);
	return ok && forum_notice_publish(f, user_id, err);
}

bool forum_notice_publish(struct forum *f, int64_t user_id, struct error *err)
{
	return forum_publish_notices(f, user_id);
}
