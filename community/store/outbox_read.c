#include <string.h>

#include "outbox_private.h"
#include "str.h"

/* A damaged file can say any number; outbox_mend makes the same of it. */
static enum change_kind read_kind(int64_t kind)
{
	return kind >= CHANGE_TOPIC && kind < CHANGE_KINDS ? (enum change_kind)kind : CHANGE_TOPIC;
}

static struct change read_change(struct sql_query *q, struct arena *a)
{
	return (struct change){.id = sql_int(q, 0),
		.kind = read_kind(sql_int(q, 1)),
		.state = (enum change_state)(sql_int(q, 2) < 0 ? CHANGE_DRAFT : sql_int(q, 2)),
		.topic_id = sql_int(q, 3),
		.post_id = sql_int(q, 4),
		.category_id = sql_int(q, 5),
		.number = sql_int(q, 6),
		.before = sql_int(q, 7),
		.time_ms = sql_int(q, 8),
		.title = store_text(q, 9, a),
		.body = store_text(q, 10, a),
		.original = store_text(q, 11, a),
		.names = store_text(q, 12, a),
		.created_ms = sql_int(q, 13),
		.typing_ms = sql_int(q, 14),
		.open_ms = sql_int(q, 15),
		.due_ms = sql_int(q, 16),
		.was_category_id = sql_int(q, 17),
		.was_title = store_text(q, 18, a),
		.was_names = store_text(q, 19, a),
		.after = sql_int(q, 20),
		.writer = sql_int(q, 21)};
}

struct changes outbox_underway(struct store *s, enum change_kind first, enum change_kind last, int64_t topic_id,
	int64_t post_id, struct arena *a)
{
	struct changes out = {0};
	int room = 0;
	if (s->flags & STORE_WRITE)
		return out;
	struct sql_query *q = sql_query(s->db, "SELECT " OUTBOX_CHANGE " FROM outbox o"
		" WHERE o.state IN " OUTBOX_UNDERWAY
		" AND o.kind BETWEEN ?1 AND ?2 AND (?3 = 0 OR o.topic_id = ?3) AND (?4 = 0 OR o.post_id = ?4)"
		" ORDER BY o.queued", "nnii", (int)first, (int)last, topic_id, post_id);
	for (; sql_next(q); out.count++) {
		if (out.count == room) {
			room = room == 0 ? 8 : room * 2;
			out.row = arena_grow(a, out.row, (size_t)out.count, (size_t)room, sizeof *out.row);
		}
		out.row[out.count] = read_change(q, a);
	}
	store_end(s, q);
	return out;
}

bool outbox_has_underway(struct store *s, enum change_kind first, enum change_kind last)
{
	return !(s->flags & STORE_WRITE)
		&& sql_get_int(s->db, 0, "SELECT 1 FROM outbox WHERE state IN " OUTBOX_UNDERWAY
			" AND kind BETWEEN ? AND ? LIMIT 1",
			"nn", (int)first, (int)last) == 1;
}

static struct outbox_row read_row(struct sql_query *q, struct arena *a)
{
	return (struct outbox_row){.change = read_change(q, a),
		.sent_ms = sql_int(q, 22),
		.next_ms = sql_int(q, 23),
		.done_ms = sql_int(q, 24),
		.tries = (int)sql_int(q, 25),
		.error = (enum error_kind)sql_int(q, 26),
		.http_status = (int)sql_int(q, 27),
		.error_what = store_text(q, 28, a),
		.held = sql_int(q, 29),
		.resend = sql_int(q, 30),
		.done_topic_id = sql_int(q, 31),
		.done_post_id = sql_int(q, 32),
		.done_post_number = (int)sql_int(q, 33),
		.draft_key = store_text(q, 34, a),
		.draft_sequence = sql_int(q, 35),
		.draft_dirty = sql_int(q, 36),
		.theirs = store_text(q, 37, a),
		.where = store_text(q, 38, a),
		.after_state = (int)sql_int(q, 39),
		.followers = (int)sql_int(q, 40)};
}

struct outbox_row *outbox_read_one(struct store *s, struct sql_query *q, struct arena *a)
{
	struct outbox_row *row = NULL;
	if (sql_next(q)) {
		row = ARENA_NEW(a, struct outbox_row);
		*row = read_row(q, a);
	}
	store_end(s, q);
	return row;
}

struct outbox_rows outbox_read_all(struct store *s, struct sql_query *q, int limit, struct arena *a)
{
	struct outbox_rows out = {.row = ARENA_ARRAY(a, (size_t)limit, struct outbox_row)};
	while (out.count < limit && sql_next(q))
		out.row[out.count++] = read_row(q, a);
	store_end(s, q);
	return out;
}

/* The order of the list: what needs the member, what is not there yet, what arrived. */
#define PLACE                                                                                                \
	"CASE o.state WHEN 5 THEN 0 WHEN 4 THEN 2 ELSE 1 END,"                                                    \
	" CASE o.state WHEN 4 THEN -o.done_ms ELSE o.created_ms END, o.queued, o.id"

/* ?1 topic, ?2 a row to stand beside, ?3 limit, ?4 offset. */
static void add_where(struct sbuf *sql, const struct outbox_filter *f)
{
	sbuf_add(sql, " WHERE o.state <= 5");
	if (f->drafts)
		sbuf_add(sql, " AND o.state = 0");
	if (f->open)
		sbuf_add(sql, " AND o.state IN (1, 2, 3, 5)");
	if (f->refused)
		sbuf_add(sql, " AND o.state = 5");
	if (f->topic_id != 0)
		sbuf_add(sql, " AND o.topic_id = ?1");
}

struct outbox_rows outbox_store_list(
	struct store *s, const struct outbox_filter *f, int64_t offset, int limit, struct arena *a)
{
	struct sbuf sql = {0};
	sbuf_add(&sql, OUTBOX_SELECT);
	add_where(&sql, f);
	sbuf_add(&sql, " ORDER BY " PLACE " LIMIT ?3 OFFSET ?4");
	return outbox_read_all(s,
		sql_query(s->db, store_statement(s, &sql), "iini", f->topic_id, (int64_t)0, limit, offset), limit, a);
}

static int64_t count_where(struct store *s, const struct outbox_filter *f, const char *more, int64_t id)
{
	struct sbuf sql = {0};
	sbuf_add(&sql, "SELECT count(*) FROM outbox o");
	add_where(&sql, f);
	sbuf_add(&sql, more);
	sbuf_add(&sql, " LIMIT ?3 OFFSET ?4");
	return sql_get_int(s->db, 0, store_statement(s, &sql), "iini", f->topic_id, id, 1, (int64_t)0);
}

int64_t outbox_store_count(struct store *s, const struct outbox_filter *f)
{
	return count_where(s, f, "", 0);
}

int64_t outbox_store_position(struct store *s, const struct outbox_filter *f, int64_t id)
{
	if (count_where(s, f, " AND o.id = ?2", id) == 0)
		return -1;
	return count_where(
		s, f, " AND (" PLACE ") < (SELECT " PLACE " FROM outbox o WHERE o.id = ?2)", id);
}

const struct outbox_row *outbox_store_get(struct store *s, int64_t id, struct arena *a)
{
	return outbox_read_one(s, sql_query(s->db, OUTBOX_SELECT " WHERE o.id = ? AND o.state <= 5", "i", id), a);
}

const struct outbox_row *outbox_store_draft_for(struct store *s, const struct change *c, struct arena *a)
{
	return outbox_read_one(s, sql_query(s->db, OUTBOX_SELECT " WHERE o.state = 0 AND o.kind = ?1"
		" AND o.topic_id = ?2"
		" AND o.post_id = ?3 AND (?1 <> 3 OR o.names = ?4 COLLATE NOCASE) ORDER BY o.created_ms DESC,"
		" o.id DESC LIMIT 1", "niis", (int)c->kind, c->topic_id, c->post_id, str_or_empty(c->names)), a);
}
