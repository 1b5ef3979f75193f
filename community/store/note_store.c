#include "note_store.h"

#include "match.h"
#include "store_private.h"
#include "str.h"

const char *note_store_get(struct store *s, enum note_kind kind, int64_t id, struct arena *a)
{
	return sql_get_text(s->db, a, "SELECT text FROM note WHERE kind = ? AND id = ?", "ni", (int)kind, id);
}

/* ?1 words, ?2 and ?3 the note to stand beside, ?4 limit, ?5 offset. */
static bool add_where(struct sbuf *sql, struct sbuf *match, const char *words)
{
	sbuf_add(sql, " WHERE 1");
	if (str_empty(words))
		return true;
	sbuf_add(sql, " AND n.key IN (SELECT rowid FROM note_text WHERE note_text MATCH ?1)");
	return match_expression(match, words, true);
}

static struct note_row read_row(struct sql_query *q, struct arena *a)
{
	return (struct note_row){.kind = (enum note_kind)sql_int(q, 0),
		.id = sql_int(q, 1),
		.topic_id = sql_int(q, 2),
		.post_number = (int)sql_int(q, 3),
		.where = store_text(q, 4, a),
		.text = store_text(q, 5, a),
		.changed_ms = sql_int(q, 6)};
}

struct note_rows note_store_list(struct store *s, const char *words, int64_t offset, int limit, struct arena *a)
{
	struct note_rows out = {.row = ARENA_ARRAY(a, (size_t)limit, struct note_row)};
	struct sbuf sql = {0}, match = {0};
	sbuf_add(&sql, "SELECT n.kind, n.id, coalesce(p.topic_id, 0), coalesce(p.post_number, 0),"
		" coalesce(t.title, nullif(m.name, ''), m.username, ''), n.text, n.changed_ms FROM note n"
		" LEFT JOIN post p ON n.kind = 2 AND p.id = n.id LEFT JOIN topic t ON t.id = p.topic_id"
		" LEFT JOIN member m ON n.kind = 1 AND m.id = n.id");
	if (add_where(&sql, &match, words)) {
		sbuf_add(&sql, " ORDER BY n.changed_ms DESC, n.key DESC LIMIT ?4 OFFSET ?5");
		struct sql_query *q = sql_query(s->db, store_statement(s, &sql), "siini", sbuf_str(&match), (int64_t)0,
			(int64_t)0, limit, offset);
		while (out.count < limit && sql_next(q))
			out.row[out.count++] = read_row(q, a);
		store_end(s, q);
	}
	sbuf_fini(&sql);
	sbuf_fini(&match);
	return out;
}

static int64_t count_where(struct store *s, const char *words, const char *more, int64_t changed_ms, int64_t key)
{
	int64_t n = 0;
	struct sbuf sql = {0}, match = {0};
	sbuf_add(&sql, "SELECT count(*) FROM note n");
	if (add_where(&sql, &match, words)) {
		sbuf_add(&sql, more);
		sbuf_add(&sql, " LIMIT ?4 OFFSET ?5");
		n = sql_get_int(s->db, 0, store_statement(s, &sql), "siini", sbuf_str(&match), changed_ms, key, 1,
			(int64_t)0);
	}
	sbuf_fini(&sql);
	sbuf_fini(&match);
	return n;
}

int64_t note_store_count(struct store *s, const char *words)
{
	return count_where(s, words, "", 0, 0);
}

int64_t note_store_position(struct store *s, const char *words, enum note_kind kind, int64_t id)
{
	int64_t key = sql_get_int(s->db, 0, "SELECT key FROM note WHERE kind = ? AND id = ?", "ni", (int)kind, id);
	int64_t changed_ms = sql_get_int(s->db, 0, "SELECT changed_ms FROM note WHERE key = ?", "i", key);
	if (key == 0 || count_where(s, words, " AND n.changed_ms = ?2 AND n.key = ?3", changed_ms, key) == 0)
		return -1;
	return count_where(s, words, " AND (n.changed_ms, n.key) > (?2, ?3)", changed_ms, key);
}

static bool remove_note(struct store *s, int64_t key, struct error *err)
{
	return sql_run(s->db, err, "DELETE FROM note_text WHERE rowid = ?", "i", key)
		&& sql_run(s->db, err, "DELETE FROM note WHERE key = ?", "i", key);
}

bool note_store_put(struct store *s, enum note_kind kind, int64_t id, const char *text, int64_t now_ms,
	struct error *err)
{
	store_changed(s, STORE_NOTES | (kind == NOTE_POST ? STORE_POSTS : STORE_MEMBERS));
	int64_t key = sql_get_int(s->db, 0, "SELECT key FROM note WHERE kind = ? AND id = ?", "ni", (int)kind, id);
	if (str_empty(text))
		return key == 0 || remove_note(s, key, err);
	return sql_run(s->db, err, "INSERT INTO note(kind, id, text, changed_ms) VALUES (?1, ?2, ?3, ?4)"
			" ON CONFLICT(kind, id) DO UPDATE SET text = ?3, changed_ms = ?4", "nisi", (int)kind, id, text, now_ms)
		&& sql_run(s->db, err, "INSERT OR REPLACE INTO note_text(rowid, body) SELECT key, text FROM note"
			" WHERE kind = ? AND id = ?", "ni", (int)kind, id);
}
