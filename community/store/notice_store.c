#include "notice_store.h"

#include "store_private.h"

struct notice_rows notice_store_list(
	struct store *s, bool unread_only, int64_t offset, int limit, struct arena *a)
{
	struct notice_rows out = {.row = ARENA_ARRAY(a, (size_t)limit, struct notice)};
	struct sql_query *q = sql_query(s->db,
		unread_only ? "SELECT id, topic_id, created_ms, type, post_number, read, high_priority, title, "
					  "username, detail FROM notice"
					  " WHERE read = 0 ORDER BY created_ms DESC, id DESC LIMIT ? OFFSET ?"
					: "SELECT id, topic_id, created_ms, type, post_number, read, high_priority, title, "
					  "username, detail FROM notice"
					  " ORDER BY created_ms DESC, id DESC LIMIT ? OFFSET ?",
		"ni", limit, offset);
	while (out.count < limit && sql_next(q))
		out.row[out.count++] = (struct notice){.id = sql_int(q, 0),
			.topic_id = sql_int(q, 1),
			.created_ms = sql_int(q, 2),
			.type = (int)sql_int(q, 3),
			.post_number = (int)sql_int(q, 4),
			.read = sql_int(q, 5),
			.high_priority = sql_int(q, 6),
			.title = sql_text_in(q, 7, a),
			.username = sql_text_in(q, 8, a),
			.detail = sql_text_in(q, 9, a)};
	store_end(s, q);
	return out;
}

int64_t notice_store_count(struct store *s, bool unread_only)
{
	return sql_get_int(s->db, 0,
		unread_only ? "SELECT count(*) FROM notice WHERE read = 0" : "SELECT count(*) FROM notice", "");
}

int64_t notice_store_position(struct store *s, bool unread_only, int64_t id)
{
	return sql_get_int(s->db, -1,
		unread_only ? "SELECT (SELECT count(*) FROM notice o WHERE o.read = 0 AND (o.created_ms, o.id) > "
					  "(n.created_ms, n.id))"
					  " FROM notice n WHERE n.id = ? AND n.read = 0"
					: "SELECT (SELECT count(*) FROM notice o WHERE (o.created_ms, o.id) > (n.created_ms, "
					  "n.id))"
					  " FROM notice n WHERE n.id = ?",
		"i", id);
}

bool notice_store_put(struct store *s, const struct notice *n, struct error *err)
{
	store_changed(s, STORE_NOTICES);
	return (!n->read || notice_store_told(s, n->id, err))
		&& sql_run(s->db, err,
			"INSERT OR REPLACE INTO notice(id, topic_id, created_ms, type, post_number, read,"
			" high_priority, title, username, detail) VALUES (?1, ?2, ?3, ?4, ?5,"
			" ?6 OR EXISTS (SELECT 1 FROM notice_read WHERE id = ?1), ?7, ?8, ?9, ?10)",
			"iiinnnnsss", n->id, n->topic_id, n->created_ms, n->type, n->post_number, n->read, n->high_priority,
			n->title, n->username, n->detail);
}

bool notice_store_read(struct store *s, int64_t id, struct error *err)
{
	store_changed(s, STORE_NOTICES);
	return sql_run(s->db, err, "INSERT OR IGNORE INTO notice_read(id) SELECT id FROM notice WHERE id = ?"
			" AND read = 0", "i", id)
		&& sql_run(s->db, err, "UPDATE notice SET read = 1 WHERE id = ?", "i", id);
}

int64_t notice_store_to_tell(struct store *s)
{
	return sql_get_int(s->db, 0, "SELECT id FROM notice_read ORDER BY id LIMIT 1", "");
}

bool notice_store_told(struct store *s, int64_t id, struct error *err)
{
	return sql_run(s->db, err, "DELETE FROM notice_read WHERE id = ?", "i", id);
}
