#include "read_store.h"

#include "outbox_private.h"

/* topic.unread follows what was read, the newest post and whether the topic is muted (level 0). */
#define SET_UNREAD "unread = (level <> 0 AND highest > max(last_read, local_read))"

enum { AtMostMs = 60000, FewestMs = 1000 };

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

/* The time is shared by the posts that were not read before. */
bool read_store_put_time(struct store *s, int64_t topic_id, int post_number, int64_t ms, struct error *err)
{
	if (ms <= 0)
		return true;
	int64_t from = sql_get_int(
		s->db, 0, "SELECT max(last_read, local_read) FROM topic WHERE id = ?", "i", topic_id);
	int64_t posts = sql_get_int(s->db, 0, "SELECT count(*) FROM post WHERE topic_id = ? AND post_number > ?"
		" AND post_number <= ?", "iin", topic_id, from, post_number);
	return posts == 0
		|| sql_run(s->db, err, "INSERT INTO reading(topic_id, post_number, ms)"
			" SELECT topic_id, post_number, min(?5, ?4 / ?6) FROM post WHERE topic_id = ?1 AND post_number > ?2"
			" AND post_number <= ?3 ON CONFLICT(topic_id, post_number) DO UPDATE SET ms = min(?5,"
			" ms + excluded.ms)", "iinini", topic_id, from, post_number, ms, AtMostMs, posts);
}

bool read_store_reset(struct store *s, int64_t topic_id, int post_number, struct error *err)
{
	return sql_run(s->db, err,
			   "UPDATE topic SET local_read = ?2, last_read = min(last_read, ?2) WHERE id = ?1", "in",
			   topic_id, post_number)
		&& sql_run(s->db, err, "DELETE FROM reading WHERE topic_id = ? AND post_number > ?", "in",
			topic_id, post_number)
		&& refresh(s, topic_id, err);
}

bool read_store_put_all(struct store *s, const struct change *c, struct error *err)
{
	topics_changed(s);
	return sql_run(s->db, err, "INSERT OR IGNORE INTO read_before(change_id, topic_id, was, moved_to)"
			" SELECT ?1, id, local_read, highest FROM topic WHERE unread = 1 AND bumped_ms <= ?2", "ii",
			c->id, c->time_ms)
		&& sql_run(s->db, err, "UPDATE topic SET local_read = max(local_read, highest), unread = 0"
			" WHERE unread = 1 AND bumped_ms <= ?", "i", c->time_ms);
}

bool read_store_undo_all(struct store *s, int64_t change_id, struct error *err)
{
	topics_changed(s);
	return sql_run(s->db, err, "UPDATE topic SET local_read = b.was FROM read_before b WHERE b.change_id = ?"
			" AND b.topic_id = topic.id AND topic.local_read = b.moved_to", "i", change_id)
		&& sql_run(s->db, err, "UPDATE topic SET " SET_UNREAD " WHERE id IN (SELECT topic_id FROM read_before"
			" WHERE change_id = ?)", "i", change_id)
		&& sql_run(s->db, err, "DELETE FROM read_before WHERE change_id = ?", "i", change_id);
}

/* "Everything is read" is kept back as long as it can be taken back without a trace. */
#define TO_TELL                                                                                              \
	" FROM topic t WHERE t.local_read > t.last_read AND min(t.local_read, t.highest) > t.last_read"            \
	" AND NOT EXISTS (SELECT 1 FROM read_before b"                                                            \
	" JOIN outbox o ON o.id = b.change_id WHERE b.topic_id = t.id AND o.state = 1)"

int read_store_next(struct store *s, int64_t *topic_id, int *post_number, int *ms, int max)
{
	*topic_id = sql_get_int(s->db, 0, "SELECT t.id" TO_TELL " ORDER BY t.id LIMIT 1", "");
	if (*topic_id == 0)
		return 0;
	int count = 0;
	struct sql_query *q = sql_query(s->db, "SELECT p.post_number, coalesce(r.ms, 0) FROM topic t"
		" JOIN post p ON p.topic_id = t.id AND p.post_number > t.last_read AND p.post_number <= t.local_read"
		" LEFT JOIN reading r ON r.topic_id = t.id AND r.post_number = p.post_number"
		" WHERE t.id = ? ORDER BY p.post_number LIMIT ?", "in", *topic_id, max);
	while (count < max && sql_next(q)) {
		post_number[count] = (int)sql_int(q, 0);
		ms[count] = (int)sql_int(q, 1) < FewestMs ? FewestMs : (int)sql_int(q, 1);
		count++;
	}
	store_end(s, q);
	if (count == 0 && max > 0) {
		post_number[0] = (int)sql_get_int(s->db, 0, 
			"SELECT min(local_read, highest) FROM topic WHERE id = ?", "i", *topic_id);
		ms[0] = FewestMs;
		count = 1;
	}
	return count;
}

bool read_store_told(struct store *s, int64_t topic_id, int post_number, struct error *err)
{
	return sql_run(s->db, err, "UPDATE topic SET last_read = max(last_read, ?2) WHERE id = ?1", "in",
			topic_id, post_number)
		&& sql_run(s->db, err, "DELETE FROM reading WHERE topic_id = ? AND post_number <= ?", "in",
			topic_id, post_number)
		&& refresh(s, topic_id, err);
}
