#include "guide_store.h"

#include "store_private.h"
#include "str.h"

/* ?1 how the part begins. One row a meeting. */
#define MEETINGS \
	"WITH meeting AS (SELECT g.event_id, g.starts_ms AS occurrence_ms, min(g.part) AS part," \
	" coalesce(nullif(g.starts_ms, 0), e.starts_ms, 0) AS begins_ms, max(g.changed_ms) AS changed_ms" \
	" FROM guide g LEFT JOIN event e ON e.id = g.event_id" \
	" WHERE g.event_id > 0 AND substr(g.part, 1, length(?1)) = ?1 GROUP BY g.event_id, g.starts_ms) "

const char *guide_store_get(struct store *s, struct guide_key key, const char *part, struct arena *a)
{
	return str_or_empty(sql_get_text(s->db, a, "SELECT text FROM guide WHERE event_id = ? AND starts_ms = ?"
		" AND part = ?", "iis", key.event_id, key.starts_ms, part));
}

bool guide_store_put(struct store *s, struct guide_key key, const char *part, const char *text, int64_t now_ms,
	struct error *err)
{
	store_changed(s, STORE_NOTES);
	if (str_empty(text))
		return sql_run(s->db, err, "DELETE FROM guide WHERE event_id = ? AND starts_ms = ? AND part = ?", "iis",
			key.event_id, key.starts_ms, part);
	return sql_run(s->db, err, "INSERT OR REPLACE INTO guide(event_id, starts_ms, part, text, changed_ms)"
		" VALUES (?, ?, ?, ?, ?)", "iissi", key.event_id, key.starts_ms, part, text, now_ms);
}

static struct guide_meeting read_row(struct sql_query *q, struct arena *a)
{
	return (struct guide_meeting){.key = {sql_int(q, 0), sql_int(q, 1)}, .starts_ms = sql_int(q, 2),
		.changed_ms = sql_int(q, 3), .text = store_text(q, 4, a), .title = store_text(q, 5, a),
		.topic_id = sql_int(q, 6), .category_id = sql_int(q, 7)};
}

static struct guide_meetings read_rows(struct store *s, struct sql_query *q, int limit, struct arena *a)
{
	struct guide_meetings out = {.row = ARENA_ARRAY(a, (size_t)limit, struct guide_meeting)};
	while (out.count < limit && sql_next(q))
		out.row[out.count++] = read_row(q, a);
	store_end(s, q);
	return out;
}

struct guide_meetings guide_store_list(struct store *s, const char *part, int64_t offset, int limit,
	struct arena *a)
{
	return read_rows(s, sql_query(s->db, MEETINGS
		"SELECT m.event_id, m.occurrence_ms, m.begins_ms, m.changed_ms, g.text,"
		" coalesce(nullif(e.name, ''), e.topic_title, ''), coalesce(e.topic_id, 0), coalesce(e.category_id, 0)"
		" FROM meeting m JOIN guide g ON g.event_id = m.event_id AND g.starts_ms = m.occurrence_ms"
		" AND g.part = m.part LEFT JOIN event e ON e.id = m.event_id"
		" ORDER BY m.begins_ms DESC, m.event_id DESC LIMIT ?2 OFFSET ?3", "sni", part, limit, offset), limit, a);
}

int64_t guide_store_count(struct store *s, const char *part)
{
	return sql_get_int(s->db, 0, MEETINGS "SELECT count(*) FROM meeting", "s", part);
}

int64_t guide_store_position(struct store *s, const char *part, struct guide_key key)
{
	return sql_get_int(s->db, -1, MEETINGS "SELECT count(*) FROM meeting m, meeting own"
		" WHERE own.event_id = ?2 AND own.occurrence_ms = ?3"
		" AND (m.begins_ms, m.event_id) > (own.begins_ms, own.event_id)"
		" HAVING EXISTS (SELECT 1 FROM meeting WHERE event_id = ?2 AND occurrence_ms = ?3)", "sii", part,
		key.event_id, key.starts_ms);
}

struct guide_part *guide_store_parts(struct store *s, struct arena *a, int *count)
{
	int max = (int)sql_get_int(s->db, 0, "SELECT count(*) FROM guide", "");
	struct guide_part *list = ARENA_ARRAY(a, (size_t)max + 1, struct guide_part);
	struct sql_query *q = sql_query(s->db, "SELECT event_id, starts_ms, part, text, changed_ms FROM guide"
		" ORDER BY event_id, starts_ms, part", "");
	for (*count = 0; *count < max && sql_next(q);)
		list[(*count)++] = (struct guide_part){.key = {sql_int(q, 0), sql_int(q, 1)}, .part = store_text(q, 2, a),
			.text = store_text(q, 3, a), .changed_ms = sql_int(q, 4)};
	store_end(s, q);
	return list;
}
