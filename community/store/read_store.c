#include "read_store.h"

#include "store_private.h"

/* topic.unread follows what was read, the newest post and whether the topic is muted (level 0). */
#define SET_UNREAD "unread = (level <> 0 AND highest > max(last_read, local_read))"

static void topics_changed(struct store *s)
{
	store_changed(s, STORE_TOPICS | STORE_MESSAGES | STORE_POSTS);
}

static bool refresh(struct store *s, int64_t topic_id, struct error *err)
{
	topics_changed(s);
	return sql_run(s->db, err, "UPDATE topic SET " SET_UNREAD " WHERE id = ?", "i", topic_id);
}

bool read_store_put(struct store *s, int64_t topic_id, int post_number, struct error *err)
{
	return sql_run(s->db, err, "UPDATE topic SET local_read = max(local_read, ?2) WHERE id = ?1", "in",
			   topic_id, post_number)
		&& refresh(s, topic_id, err);
}

bool read_store_put_all(struct store *s, int64_t until_ms, struct error *err)
{
	topics_changed(s);
	return sql_run(s->db, err, "UPDATE topic SET local_read = max(local_read, highest), unread = 0"
		" WHERE unread = 1 AND bumped_ms <= ?", "i", until_ms);
}

bool read_store_reset(struct store *s, int64_t topic_id, int post_number, struct error *err)
{
	return sql_run(s->db, err,
			   "UPDATE topic SET local_read = ?2, last_read = min(last_read, ?2) WHERE id = ?1", "in",
			   topic_id, post_number)
		&& refresh(s, topic_id, err);
}
