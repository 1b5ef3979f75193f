#include "outbox_private.h"
#include "str.h"
#include "topic_store.h"

/* Parameters: 1 kind, 2 category, 3 username of who began it, 4 tag, 5 words, 6 id, 7 limit, 8 offset. */
static void add_where(struct sbuf *sql, const struct topic_filter *f)
{
	sbuf_add(sql, " WHERE o.kind = ?1 AND o.state IN (1, 2, 3, 5)");
	if (f->unread || f->bookmarked || f->put_away)
		sbuf_add(sql, " AND false");
	if (f->category_id != 0)
		sbuf_addf(sql, " AND (o.category_id = ?2%s)",
			f->children ? " OR o.category_id IN (SELECT id FROM category WHERE parent_id = ?2)" : "");
	if (!str_empty(f->author))
		sbuf_add(sql, " AND ?3 = (SELECT username FROM session) COLLATE NOCASE");
	if (!str_empty(f->tag))
		sbuf_add(sql, " AND instr(', ' || o.names || ', ', ', ' || ?4 || ', ') > 0");
	if (!str_empty(f->text))
		sbuf_add(sql, " AND instr(lower(o.title), lower(?5)) > 0");
}

static struct sql_query *start(
	struct store *s, const struct topic_filter *f, struct sbuf *sql, int64_t id, int limit, int64_t offset)
{
	sbuf_add(sql, " LIMIT ?7 OFFSET ?8");
	return sql_query(s->db, store_statement(s, sql), "nisssini", (int)(f->messages ? CHANGE_MESSAGE : CHANGE_TOPIC),
		f->category_id, f->author, f->tag, f->text, id, limit, offset);
}

static int64_t run_for_int(struct store *s, const struct topic_filter *f, struct sbuf *sql, int64_t id)
{
	struct sql_query *q = start(s, f, sql, id, 1, 0);
	int64_t n = sql_next(q) ? sql_int(q, 0) : 0;
	store_end(s, q);
	return n;
}

struct outbox_rows outbox_store_topics(
	struct store *s, const struct topic_filter *f, int64_t offset, int limit, struct arena *a)
{
	struct sbuf sql = {0};
	sbuf_add(&sql, OUTBOX_SELECT);
	add_where(&sql, f);
	sbuf_add(&sql, f->oldest_first ? " ORDER BY o.queued, o.id" : " ORDER BY o.queued DESC, o.id DESC");
	return outbox_read_all(s, start(s, f, &sql, 0, limit, offset), limit, a);
}

int64_t outbox_store_topics_count(struct store *s, const struct topic_filter *f)
{
	struct sbuf sql = {0};
	sbuf_add(&sql, "SELECT count(*) FROM outbox o");
	add_where(&sql, f);
	return run_for_int(s, f, &sql, 0);
}

int64_t outbox_store_topics_position(struct store *s, const struct topic_filter *f, int64_t id)
{
	struct sbuf in = {0}, before = {0};
	sbuf_add(&in, "SELECT count(*) FROM outbox o");
	add_where(&in, f);
	sbuf_add(&in, " AND o.id = ?6");
	sbuf_add(&before, "SELECT count(*) FROM outbox o");
	add_where(&before, f);
	sbuf_addf(&before, " AND (o.queued, o.id) %s (SELECT w.queued, w.id FROM outbox w WHERE w.id = ?6)",
		f->oldest_first ? "<" : ">");
	bool listed = run_for_int(s, f, &in, id) == 1;
	int64_t place = run_for_int(s, f, &before, id);
	return listed ? place : -1;
}
