#include "forum_topic.h"

#include <string.h>

#include "forum_category.h"
#include "forum_notice.h"
#include "forum_post.h"
#include "forum_publish.h"
#include "forum_search.h"
#include "str.h"
#include "text.h"

bool forum_topic_recount(struct forum *f, int64_t topic_id, struct error *err)
{
	return sql_run(f->db, err,
		"UPDATE topic SET"
		" posts_count = (SELECT count(*) FROM post WHERE topic_id = ?1 AND deleted_ms IS NULL AND post_type "
		"IN (1, 2)),"
		" reply_count = (SELECT count(*) FROM post WHERE topic_id = ?1 AND deleted_ms IS NULL AND "
		"reply_to_post_number > 0),"
		" highest_post_number = (SELECT coalesce(max(post_number), 0) FROM post WHERE topic_id = ?1 AND "
		"deleted_ms IS NULL),"
		" like_count = (SELECT coalesce(sum(like_count), 0) FROM post WHERE topic_id = ?1 AND deleted_ms IS "
		"NULL),"
		" last_posted_ms = coalesce((SELECT max(created_ms) FROM post WHERE topic_id = ?1 AND deleted_ms IS "
		"NULL"
		"  AND post_type IN (1, 2)), created_ms),"
		" last_post_user_id = coalesce((SELECT user_id FROM post WHERE topic_id = ?1 AND deleted_ms IS NULL"
		"  AND post_type IN (1, 2) ORDER BY post_number DESC LIMIT 1), user_id) WHERE id = ?1",
		"i", topic_id);
}

bool forum_topic_close(struct forum *f, int64_t topic_id, int64_t user_id, bool closed, struct error *err)
{
	struct posted p;
	return sql_run(f->db, err, "UPDATE topic SET closed = ? WHERE id = ?", "ni", (int)closed, topic_id) &&
		forum_post_small_action(f, topic_id, user_id, closed ? "closed.enabled" : "closed.disabled", NULL, &p,
			err);
}

bool forum_topic_pin(struct forum *f, int64_t topic_id, bool globally, int64_t at_ms, struct error *err)
{
	return sql_run(f->db, err, "UPDATE topic SET pinned_ms = nullif(?, 0), pinned_globally = ? WHERE id = ?",
		"ini", at_ms, (int)globally, topic_id);
}

static bool rename_topic(struct forum *f, int64_t topic_id, const char *title, struct error *err)
{
	struct sql_query *q = sql_query(f->db,
		"SELECT p.id, p.raw, t.title FROM topic t JOIN post p ON p.topic_id = t.id"
		" AND p.post_number = 1 WHERE t.id = ?",
		"i", topic_id);
	bool found = sql_next(q);
	int64_t post_id = found ? sql_int(q, 0) : 0;
	const char *raw = found ? sql_text_in(q, 1, f->mem) : "", *old = found ? sql_text_in(q, 2, f->mem) : "";
	sql_end(q, NULL);
	return sql_run(f->db, err, "UPDATE topic SET title = ?, slug = ?, updated_ms = ? WHERE id = ?", "ssii",
			   title, forum_slug(f->mem, title), f->now_ms, topic_id) &&
		(!found ||
			(forum_search_remove(f->db, post_id, old, raw, err) &&
				forum_search_add(f->db, post_id, title, raw, err)));
}

bool forum_topic_edit(struct forum *f, int64_t topic_id, int64_t user_id, const char *title,
	int64_t category_id, struct error *err)
{
	struct viewer v = forum_viewer_of(f->db, user_id);
	int64_t owner = sql_get_int(f->db, 0, "SELECT user_id FROM topic WHERE id = ?", "i", topic_id);
	if (owner != user_id && !v.staff)
		return fail(err, ERR_FORBIDDEN, N_("You may not change this."));
	if (title != NULL && (int64_t)strlen(title) < forum_setting_int(f->db, "min_topic_title_length", 15) &&
		!v.staff)
		return fail(err, ERR_INVALID, N_("The title is too short."));
	if (category_id != 0 && forum_category_permission(f->db, v, category_id) != 1)
		return fail(err, ERR_FORBIDDEN, N_("You may not begin a topic in this category."));
	if (title != NULL && !rename_topic(f, topic_id, title, err))
		return false;
	if (category_id != 0 &&
		!sql_run(f->db, err, "UPDATE topic SET category_id = ?, updated_ms = ? WHERE id = ?", "iii",
			category_id, f->now_ms, topic_id))
		return false;
	int64_t first =
		sql_get_int(f->db, 0, "SELECT id FROM post WHERE topic_id = ? AND post_number = 1", "i", topic_id);
	return forum_publish_post(f, first, "revised");
}

bool forum_message_invite(struct forum *f, int64_t topic_id, int64_t user_id, int64_t group_id,
	struct error *err)
{
	if (group_id != 0)
		return sql_run(f->db, err, "INSERT OR IGNORE INTO topic_allowed (topic_id, group_id) VALUES (?, ?)",
			"ii", topic_id, group_id);
	return sql_run(f->db, err, "INSERT OR IGNORE INTO topic_allowed (topic_id, user_id) VALUES (?, ?)", "ii",
		topic_id, user_id);
}

bool forum_topic_set_level(struct forum *f, int64_t topic_id, int64_t user_id, int level, struct error *err)
{
	return sql_run(f->db, err,
		"INSERT INTO topic_user (topic_id, user_id, notification_level) VALUES (?, ?, ?)"
		" ON CONFLICT (topic_id, user_id) DO UPDATE SET notification_level = excluded.notification_level",
		"iin", topic_id, user_id, level);
}

bool forum_topic_raise_level(struct forum *f, int64_t topic_id, int64_t user_id, int level, struct error *err)
{
	return sql_run(f->db, err,
		"INSERT INTO topic_user (topic_id, user_id, notification_level) VALUES (?, ?, ?)"
		" ON CONFLICT (topic_id, user_id) DO UPDATE SET notification_level = max(notification_level,"
		" excluded.notification_level)",
		"iin", topic_id, user_id, level);
}

bool forum_read_set(struct forum *f, int64_t topic_id, int64_t user_id, int post_number, int64_t msecs,
	int64_t at_ms, struct error *err)
{
	int64_t at = at_ms == 0 ? f->now_ms : at_ms;
	int64_t highest =
		sql_get_int(f->db, 0, "SELECT highest_post_number FROM topic WHERE id = ?", "i", topic_id);
	int64_t number = post_number < highest ? post_number : highest;
	if (!sql_run(f->db, err,
			"INSERT INTO topic_user (topic_id, user_id, last_read_post_number, total_msecs, first_visited_ms,"
			" last_visited_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?5) ON CONFLICT (topic_id, user_id) DO UPDATE SET"
			" last_read_post_number = max(last_read_post_number, excluded.last_read_post_number),"
			" total_msecs = total_msecs + excluded.total_msecs, last_visited_ms = excluded.last_visited_ms,"
			" first_visited_ms = coalesce(first_visited_ms, excluded.first_visited_ms)",
			"iiiii", topic_id, user_id, number, msecs, at))
		return false;
	if (!sql_run(f->db, err,
			"UPDATE notification SET read = 1 WHERE user_id = ? AND topic_id = ? AND post_number <= ?"
			" AND NOT read",
			"iii", user_id, topic_id, number))
		return false;
	bool told = sql_changes(f->db) == 0 || forum_notice_publish(f, user_id, err);
	return told && forum_publish_read(f, topic_id, user_id);
}
