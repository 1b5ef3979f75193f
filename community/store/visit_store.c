#include "visit_store.h"

#include "event.h"
#include "post.h"
#include "store_private.h"
#include "topic.h"

/* From the topics to their posts (CROSS JOIN), never over all posts. 1 since when, 2 the type of a post, 3
 * from which level a topic is followed, 4 the level of what is muted, 5 and 6 going and interested, 7 how
 * many. */
static const char query[] =
	"SELECT t.id, t.title, coalesce(c.name, ''), t.is_message, t.unread, min(p.post_number),"
	" group_concat(DISTINCT p.username)"
	" FROM topic t CROSS JOIN post p ON p.topic_id = t.id LEFT JOIN category c ON c.id = t.category_id"
	" WHERE t.bumped_ms > ?1 AND p.created_ms > ?1 AND p.type = ?2 AND coalesce(t.level, 1) <> ?4"
	" AND p.username <> (SELECT username FROM session) COLLATE NOCASE"
	" AND p.username NOT IN (SELECT username FROM ignored)"
	" AND (t.is_message = 1 OR t.level >= ?3 OR c.level >= ?3"
	"  OR t.author = (SELECT username FROM session) COLLATE NOCASE"
	"  OR t.id IN (SELECT topic_id FROM post WHERE username = (SELECT username FROM session) COLLATE NOCASE)"
	"  OR t.id IN (SELECT topic_id FROM event WHERE mine IN (?5, ?6)))"
	" GROUP BY t.id ORDER BY max(p.created_ms) DESC, t.id DESC LIMIT ?7";

/* SQLite puts a comma between them. */
static const char *spaced(const char *joined, struct arena *a)
{
	struct sbuf b = {0};
	for (const char *s = joined; *s != '\0'; s++)
		sbuf_addf(&b, *s == ',' ? "%c " : "%c", *s);
	const char *out = arena_strdup(a, sbuf_str(&b));
	sbuf_fini(&b);
	return out;
}

struct visit_rows visit_store_list(struct store *s, int64_t since_ms, int limit, struct arena *a)
{
	struct visit_rows out = {.row = ARENA_ARRAY(a, (size_t)limit, struct visit_row)};
	struct sql_query *q = sql_query(s->db, query, "innnnnn", since_ms, POST_REGULAR, TOPIC_TRACKING, TOPIC_MUTED,
		ATTENDANCE_GOING, ATTENDANCE_INTERESTED, limit);
	while (out.count < limit && sql_next(q))
		out.row[out.count++] = (struct visit_row){.topic_id = sql_int(q, 0), .title = store_text(q, 1, a),
			.category = store_text(q, 2, a), .is_message = sql_int(q, 3), .unread = sql_int(q, 4),
			.first_number = (int)sql_int(q, 5), .names = spaced(store_text(q, 6, a), a)};
	store_end(s, q);
	return out;
}
