#include "outbox_private.h"
#include "post_flags.h"
#include "str.h"

typedef bool applies(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err);

#define SET_UNREAD "unread = (level <> 0 AND highest > max(last_read, local_read))"

static bool like(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	return sql_run(s->db, err, "UPDATE post SET flags = (flags | ?2) & ~?3, like_count = like_count + 1"
		" WHERE id = ?1 AND flags & ?2 = 0", "inn", c->post_id, POST_FLAG_LIKED, POST_FLAG_CAN_LIKE);
}

static bool unlike(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	return sql_run(s->db, err, "UPDATE post SET flags = (flags & ~?2) | ?3, like_count = max(0, like_count - 1)"
		" WHERE id = ?1 AND flags & ?2 <> 0", "inn", c->post_id, POST_FLAG_LIKED, POST_FLAG_CAN_LIKE);
}

static bool topic_follows_bookmarks(struct store *s, const struct change *c, struct error *err)
{
	return sql_run(s->db, err, "UPDATE topic SET bookmarked = EXISTS (SELECT 1 FROM post p WHERE p.topic_id = topic.id"
		" AND p.flags & ?2 <> 0) WHERE id = (SELECT topic_id FROM post WHERE id = ?1)", "in", c->post_id,
		POST_FLAG_BOOKMARKED);
}

static bool bookmark(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	int64_t id = r->other_id != 0 ? r->other_id : c->before;
	return sql_run(s->db, err, "UPDATE post SET flags = flags | ?2, bookmark_id = CASE WHEN ?3 = 0 THEN bookmark_id ELSE ?3 END,"
			" bookmark_note = nullif(?4, '') WHERE id = ?1", "inis", c->post_id, POST_FLAG_BOOKMARKED, id, c->body)
		&& topic_follows_bookmarks(s, c, err);
}

static bool unbookmark(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	return sql_run(s->db, err, "UPDATE post SET flags = flags & ~?2, bookmark_id = 0, bookmark_note = NULL WHERE id = ?1",
			   "in", c->post_id, POST_FLAG_BOOKMARKED)
		&& topic_follows_bookmarks(s, c, err);
}

static bool topic_level(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	return sql_run(s->db, err, "UPDATE topic SET level = ?2 WHERE id = ?1", "ii", c->topic_id, c->number)
		&& sql_run(s->db, err, "UPDATE topic SET " SET_UNREAD " WHERE id = ?", "i", c->topic_id);
}

static bool category_level(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	(void)r;
	return sql_run(s->db, err, "UPDATE category SET level = ?2 WHERE id = ?1", "ii", c->category_id, c->number);
}

static applies *const to_apply[CHANGE_KINDS] = {
	[CHANGE_LIKE] = like,
	[CHANGE_UNLIKE] = unlike,
	[CHANGE_BOOKMARK] = bookmark,
	[CHANGE_UNBOOKMARK] = unbookmark,
	[CHANGE_TOPIC_LEVEL] = topic_level,
	[CHANGE_CATEGORY_LEVEL] = category_level,
};

bool outbox_apply(struct store *s, const struct change *c, const struct outbox_result *r, struct error *err)
{
	return to_apply[c->kind] == NULL || to_apply[c->kind](s, c, r, err);
}
