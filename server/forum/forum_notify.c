#include "forum_notify.h"

#include "forum_group.h"
#include "forum_notice.h"
#include "forum_topic.h"
#include "forum_user.h"

enum { MaxTold = 500 };

struct telling {
	struct forum *f;
	const struct posted *post;
	int64_t writer_id, at_ms;
	int64_t told[MaxTold];
	int told_count;
};

static bool told_before(const struct telling *t, int64_t user_id)
{
	for (int i = 0; i < t->told_count; i++) {
		if (t->told[i] == user_id)
			return true;
	}
	return t->told_count == MaxTold;
}

static bool muted(const struct telling *t, int64_t user_id)
{
	return sql_get_int(t->f->db, 1,
			   "SELECT notification_level FROM topic_user WHERE topic_id = ? AND user_id = ?", "ii",
			   t->post->topic_id, user_id) == 0;
}

static bool tell(struct telling *t, int64_t user_id, int type, const char *group, struct error *err)
{
	struct forum *f = t->f;
	if (user_id <= 0 || user_id == t->writer_id || told_before(t, user_id) || muted(t, user_id) ||
		!forum_topic_visible(f->db, forum_viewer_of(f->db, user_id), t->post->topic_id))
		return true;
	t->told[t->told_count++] = user_id;
	return forum_notice_create(f,
		&(struct new_notice){
			.user_id = user_id,
			.type = type,
			.from_user_id = t->writer_id,
			.topic_id = t->post->topic_id,
			.post_id = t->post->post_id,
			.post_number = t->post->post_number,
			.group_name = group,
			.created_ms = t->at_ms,
		},
		err);
}

/* Everyone a statement answers; it binds the topic or group as ?1. */
static bool tell_all(struct telling *t, const char *statement, int64_t id, int type, const char *group,
	struct error *err)
{
	int64_t user[MaxTold];
	int count = 0;
	struct sql_query *q = sql_query(t->f->db, statement, "i", id);
	while (count < MaxTold && sql_next(q))
		user[count++] = sql_int(q, 0);
	bool ok = sql_end(q, err);
	for (int i = 0; ok && i < count; i++)
		ok = tell(t, user[i], type, group, err);
	return ok;
}

static bool tell_mentioned(struct telling *t, const struct cooked *c, struct error *err)
{
	bool ok = true;
	for (int i = 0; ok && i < c->user_count; i++)
		ok = tell(t, forum_user_id(t->f->db, c->user[i]), NOTICE_MENTIONED, NULL, err);
	for (int i = 0; ok && i < c->group_count; i++)
		ok = tell_all(t,
			"SELECT user_id FROM group_member JOIN groups ON groups.id = group_id WHERE group_id = ? AND NOT "
			"automatic",
			forum_group_id(t->f->db, c->group[i]), NOTICE_GROUP_MENTIONED, c->group[i], err);
	return ok;
}

static bool tell_answered(struct telling *t, int reply_to, const struct cooked *c, struct error *err)
{
	bool ok = true;
	for (int i = 0; ok && i < c->quote_count; i++)
		ok = tell(t, forum_user_id(t->f->db, c->quote[i].username), NOTICE_QUOTED, NULL, err);
	int64_t answered = sql_get_int(t->f->db, 0,
		"SELECT user_id FROM post WHERE topic_id = ? AND post_number = ?", "in", t->post->topic_id, reply_to);
	return ok && (reply_to == 0 || tell(t, answered, NOTICE_REPLIED, NULL, err));
}

/* Level 3 hears every post, level 4 the first of a topic. */
static bool tell_watchers(struct telling *t, int64_t topic_id, bool first, struct error *err)
{
	return (!first || tell_all(t, "SELECT u.user_id FROM category_user u JOIN topic t"
		" ON t.category_id = u.category_id"
		" WHERE t.id = ?1 AND u.notification_level = 4 UNION SELECT u.user_id FROM tag_user u JOIN topic_tag t"
		" ON t.tag_id = u.tag_id WHERE t.topic_id = ?1 AND u.notification_level = 4", topic_id,
		NOTICE_WATCHING_FIRST_POST, NULL, err)) &&
		tell_all(t, "SELECT u.user_id FROM category_user u JOIN topic t ON t.category_id = u.category_id"
			" WHERE t.id = ?1"
			" AND u.notification_level = 3 UNION SELECT u.user_id FROM tag_user u JOIN topic_tag t"
			" ON t.tag_id = u.tag_id"
			" WHERE t.topic_id = ?1 AND u.notification_level = 3", topic_id, NOTICE_WATCHING, NULL, err);
}

bool forum_notify_post(struct forum *f, const struct posted *p, int64_t writer_id, int reply_to,
	const struct cooked *c, int64_t at_ms, struct error *err)
{
	struct telling t = {.f = f, .post = p, .writer_id = writer_id, .at_ms = at_ms};
	if (sql_get_int(f->db, 0, "SELECT archetype = 'private_message' FROM topic WHERE id = ?", "i",
			p->topic_id) == 1)
		return tell_all(&t, "SELECT user_id FROM topic_allowed WHERE topic_id = ?1 AND user_id IS NOT NULL"
			" UNION SELECT m.user_id FROM topic_allowed a JOIN group_member m ON m.group_id = a.group_id"
			" WHERE a.topic_id = ?1", p->topic_id, NOTICE_PRIVATE_MESSAGE, NULL, err);
	return tell_mentioned(&t, c, err) && tell_answered(&t, reply_to, c, err) &&
		tell_all(&t, "SELECT user_id FROM topic_user WHERE topic_id = ? AND notification_level = 3",
			p->topic_id, NOTICE_POSTED, NULL, err) && tell_watchers(&t, p->topic_id, p->post_number == 1, err);
}
