#include "forum_bookmark.h"
#include "forum_topic.h"
#include "forum_user.h"
#include "sample.h"
#include "str.h"

/* Members read at their own pace: each has a day up to which they have read, and topics they left alone. */

enum { DayMs = 24 * 3600 * 1000, FirstReaderDays = 4 };

struct topic_row {
	int64_t id;
	const char *slug;
};

static struct topic_row *load_topics(struct sample *s, const struct member_row *m, int *count)
{
	struct topic_row *list = NULL;
	struct viewer v = forum_viewer_of(s->f->db, m->id);
	*count = 0;
	struct sql_query *q = sql_query(s->f->db,
		"SELECT t.id, t.slug FROM topic t WHERE " FORUM_TOPIC_PUBLIC("t") " OR " FORUM_MESSAGE_MINE("t") " OR"
																										 "DER"
																										 " BY"
																										 " t."
																										 "id",
		"in", FORUM_VIEWER(v));
	while (sql_next(q)) {
		if ((*count & (*count - 1)) == 0)
			list = arena_grow(s->f->mem, list, (size_t)*count, (size_t)*count * 2 + 1, sizeof *list);
		list[(*count)++] = (struct topic_row){sql_int(q, 0), sql_text_in(q, 1, s->f->mem)};
	}
	sql_end(q, NULL);
	return list;
}

static bool read_topics(struct sample *s, const struct member_row *m, int64_t until_ms, uint32_t left_alone,
	struct error *err)
{
	int count;
	const struct topic_row *t = load_topics(s, m, &count);
	for (int i = 0; i < count; i++) {
		if (sample_pick(m->username, t[i].slug, 100) < left_alone)
			continue;
		int64_t number = sql_get_int(s->f->db, 0,
			"SELECT max(post_number) FROM post WHERE topic_id = ? AND created_ms <= ?", "ii", t[i].id,
			until_ms);
		if (number > 0 && !forum_read_set(s->f, t[i].id, m->id, (int)number, number * 15000, until_ms, err))
			return false;
	}
	return sql_run(s->f->db, err, "UPDATE notification SET read = 1 WHERE user_id = ? AND created_ms <= ?",
			   "ii", m->id, until_ms) &&
		sql_run(s->f->db, err,
			"UPDATE user SET last_seen_ms = max(?1, coalesce(last_posted_ms, 0)),"
			" seen_notification_id = coalesce((SELECT max(id) FROM notification WHERE user_id = ?2 AND "
			"created_ms <= ?1), 0)"
			" WHERE id = ?2",
			"ii", until_ms, m->id);
}

static bool count_readers(struct sample *s, struct error *err)
{
	return sql_run(s->f->db, err,
			   "UPDATE topic SET views = (SELECT count(*) * 2 FROM topic_user u WHERE u.topic_id = topic.id"
			   " AND u.last_read_post_number > 0) + posts_count",
			   "") &&
		sql_run(s->f->db, err,
			"UPDATE post SET reads = (SELECT count(*) FROM topic_user u WHERE u.topic_id = post.topic_id"
			" AND u.last_read_post_number >= post.post_number)",
			"");
}

static bool keep_bookmarks(struct sample *s, struct error *err)
{
	struct yaml_node *file = sample_read(s, "bookmarks.yaml", err);
	YAML_EACH(n, file == NULL ? NULL : yaml_get(file, "bookmarks")) {
		const char *title = str_or_empty(yaml_text(n, "topic_title"));
		int64_t user = forum_user_id(s->f->db, str_or_empty(yaml_text(n, "username")));
		int64_t post = sql_get_int(s->f->db, 0,
			"SELECT p.id FROM post p JOIN topic t ON t.id = p.topic_id WHERE t.title = ?"
			" AND p.post_number = ?",
			"sn", title, (int)yaml_number(n, "post_number", 1));
		int64_t at = s->now_ms - (2 + sample_pick(title, "kept", 20)) * (int64_t)DayMs;
		if (!forum_bookmark_create(s->f, user, "Post", post, yaml_text(n, "name"), 0, 3, at, NULL, err)) {
			error_detail(err, "%s", title);
			return false;
		}
	}
	return file != NULL;
}

bool sample_readers(struct sample *s, struct error *err)
{
	for (int i = 0; i < s->member_count; i++) {
		const struct member_row *m = &s->member[i];
		/* The first member is the one people log in as: nearly everything read, except the last days. */
		int64_t days = i == 0 ? FirstReaderDays : 1 + sample_pick(m->username, "pace", 25);
		if (!read_topics(s, m, s->now_ms - days * DayMs, i == 0 ? 6 : 35, err))
			return false;
	}
	return count_readers(s, err) && keep_bookmarks(s, err);
}
