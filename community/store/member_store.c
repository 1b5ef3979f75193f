#include "member_store.h"

#include <stdlib.h>
#include <string.h>

#include "match.h"
#include "outbox_join.h"
#include "str.h"
#include "utf8.h"

/* The parameters of every statement about the list: 1 words, 2 field, 3 choice (folded), 4 group, 5 event, 6
 * and 7 the sorting name and id of a member to stand beside, 8 limit, 9 offset. */
struct list_query {
	const struct member_filter *f;
	struct sbuf match;
	char *choice;
	bool nothing;
};

static struct list_query query_for(const struct member_filter *f)
{
	struct list_query l = {.f = f};
	if (!str_empty(f->text))
		l.nothing = !match_expression(&l.match, f->text, true);
	if (f->field_id != 0)
		l.choice = utf8_fold(str_or_empty(f->value));
	return l;
}

static void query_fini(struct list_query *l)
{
	sbuf_fini(&l->match);
	free(l->choice);
}

static void add_where(struct sbuf *sql, const struct member_filter *f)
{
	sbuf_add(sql, " FROM member m WHERE m.id > 0");
	if (!str_empty(f->text))
		sbuf_add(sql, " AND m.id IN (SELECT rowid FROM member_text WHERE member_text MATCH ?1)");
	if (f->field_id != 0)
		sbuf_add(
			sql, " AND m.id IN (SELECT member_id FROM member_choice WHERE field_id = ?2 AND choice = ?3)");
	if (!str_empty(f->group))
		sbuf_add(sql, " AND m.id IN (SELECT member_id FROM member_group WHERE name = ?4)");
	if (f->going_to != 0)
		sbuf_add(sql, " AND m.id IN (SELECT user_id FROM invitee WHERE event_id = ?5 AND attendance = 1 AND NOT"
			" (user_id = coalesce((SELECT user_id FROM session), 0) AND " OUTBOX_ATTENDANCE("?5") " IS NOT NULL)"
			" UNION SELECT user_id FROM session WHERE " OUTBOX_ATTENDANCE("?5") " = 1)");
}

static struct sql_query *start(struct store *s, struct list_query *l, struct sbuf *sql, const char *sort,
	int64_t id, int limit, int64_t offset)
{
	const struct member_filter *f = l->f;
	sbuf_add(sql, " LIMIT ?8 OFFSET ?9");
	return sql_query(s->db, store_statement(s, sql), "sissisini", sbuf_str(&l->match), f->field_id, l->choice,
		f->group, f->going_to, sort, id, limit, offset);
}

static struct member_row read_row(struct sql_query *q, struct arena *a)
{
	const char *username = store_text(q, 1, a);
	return (struct member_row){.id = sql_int(q, 0),
		.username = username,
		.name = member_display(store_text(q, 2, a), username),
		.title = store_text(q, 3, a),
		.what = store_text(q, 4, a),
		.region = store_text(q, 5, a),
		.open_for = store_text(q, 6, a),
		.capacity = store_text(q, 7, a),
		.ignored = sql_int(q, 8),
		.muted = sql_int(q, 9),
		.me = sql_int(q, 10)};
}

struct member_rows member_store_list(
	struct store *s, const struct member_filter *f, int64_t offset, int limit, struct arena *a)
{
	struct member_rows out = {.row = ARENA_ARRAY(a, (size_t)limit, struct member_row)};
	struct list_query l = query_for(f);
	if (!l.nothing) {
		struct sbuf sql = {0};
		sbuf_add(&sql,
			"SELECT m.id, m.username, m.name, m.title, m.what, m.region, m.open_for, m.capacity, m.ignored,"
			" m.muted, m.id = coalesce((SELECT user_id FROM session), 0)");
		add_where(&sql, f);
		sbuf_add(&sql, " ORDER BY m.sort, m.id");
		struct sql_query *q = start(s, &l, &sql, NULL, 0, limit, offset);
		while (out.count < limit && sql_next(q))
			out.row[out.count++] = read_row(q, a);
		store_end(s, q);
		outbox_join_members(s, out.row, out.count);
	}
	query_fini(&l);
	return out;
}

static int64_t count_where(
	struct store *s, const struct member_filter *f, const char *more, const char *sort, int64_t id)
{
	struct list_query l = query_for(f);
	int64_t n = 0;
	if (!l.nothing) {
		struct sbuf sql = {0};
		sbuf_add(&sql, "SELECT count(*)");
		add_where(&sql, f);
		sbuf_add(&sql, more);
		struct sql_query *q = start(s, &l, &sql, sort, id, 1, 0);
		n = sql_next(q) ? sql_int(q, 0) : 0;
		store_end(s, q);
	}
	query_fini(&l);
	return n;
}

int64_t member_store_count(struct store *s, const struct member_filter *f)
{
	return count_where(s, f, "", NULL, 0);
}

int64_t member_store_position(struct store *s, const struct member_filter *f, int64_t id)
{
	struct arena a = {0};
	int64_t place = -1;
	const char *sort = sql_get_text(s->db, &a, "SELECT sort FROM member WHERE id = ?", "i", id);
	if (sort != NULL && count_where(s, f, " AND m.id = ?7", sort, id) == 1)
		place = count_where(s, f, " AND (m.sort, m.id) < (?6, ?7)", sort, id);
	arena_fini(&a);
	return place;
}

static void read_fields(struct store *s, struct member *m, struct arena *a)
{
	size_t max = (size_t)sql_get_int(
		s->db, 0, "SELECT count(*) FROM member_value WHERE member_id = ?", "i", m->id);
	struct field_value *v = ARENA_ARRAY(a, max, struct field_value);
	struct sql_query *q = sql_query(s->db,
		"SELECT v.field_id, v.value FROM member_value v"
		" LEFT JOIN user_field f ON f.id = v.field_id WHERE v.member_id = ? ORDER BY f.position, v.field_id",
		"i", m->id);
	while ((size_t)m->field_count < max && sql_next(q))
		v[m->field_count++] = (struct field_value){.field_id = sql_int(q, 0), .value = store_text(q, 1, a)};
	store_end(s, q);
	m->field = v;
}

static void read_groups(struct store *s, struct member *m, struct arena *a)
{
	size_t max = (size_t)sql_get_int(
		s->db, 0, "SELECT count(*) FROM member_group WHERE member_id = ?", "i", m->id);
	const char **name = ARENA_ARRAY(a, max, const char *);
	struct sql_query *q = sql_query(
		s->db, "SELECT name FROM member_group WHERE member_id = ? ORDER BY name", "i", m->id);
	while ((size_t)m->group_count < max && sql_next(q))
		name[m->group_count++] = store_text(q, 0, a);
	store_end(s, q);
	m->group = name;
}

struct member *member_store_read(struct store *s, int64_t id, struct arena *a)
{
	struct member *m = NULL;
	struct sql_query *q = sql_query(s->db,
		"SELECT username, name, title, bio_cooked, location, website, timezone, status,"
		" trust_level, admin, moderator, hidden, ignored, muted, complete, created_ms, bio_raw FROM member"
		" WHERE id = ?",
		"i", id);
	if (sql_next(q)) {
		m = ARENA_NEW(a, struct member);
		*m = (struct member){.id = id,
			.username = store_text(q, 0, a),
			.name = sql_text_in(q, 1, a),
			.title = sql_text_in(q, 2, a),
			.bio_cooked = sql_text_in(q, 3, a),
			.location = sql_text_in(q, 4, a),
			.website = sql_text_in(q, 5, a),
			.timezone = sql_text_in(q, 6, a),
			.status = sql_text_in(q, 7, a),
			.trust_level = (int)sql_int(q, 8),
			.admin = sql_int(q, 9),
			.moderator = sql_int(q, 10),
			.hidden = sql_int(q, 11),
			.ignored = sql_int(q, 12),
			.muted = sql_int(q, 13),
			.complete = sql_int(q, 14),
			.created_ms = sql_int(q, 15),
			.bio_raw = sql_text_in(q, 16, a)};
	}
	store_end(s, q);
	if (m != NULL) {
		read_fields(s, m, a);
		read_groups(s, m, a);
	}
	return m;
}

const struct member *member_store_get(struct store *s, int64_t id, struct arena *a)
{
	struct member *m = member_store_read(s, id, a);
	if (m != NULL)
		outbox_join_member(s, m, a);
	return m;
}

const struct member *member_store_by_username(struct store *s, const char *username, struct arena *a)
{
	int64_t id = sql_get_int(
		s->db, 0, "SELECT id FROM member WHERE username = ? COLLATE NOCASE LIMIT 1", "s", username);
	return id == 0 ? NULL : member_store_get(s, id, a);
}

static int read_ids(struct store *s, struct sql_query *q, int64_t *out, int max)
{
	int count = 0;
	while (count < max && sql_next(q))
		out[count++] = sql_int(q, 0);
	store_end(s, q);
	return count;
}

int member_store_stale(struct store *s, int64_t since_ms, int64_t *out, int max)
{
	return read_ids(s,
		sql_query(s->db,
			"SELECT id FROM member WHERE fetched_ms < ? AND id > 0 ORDER BY fetched_ms, id LIMIT ?", "in",
			since_ms, max),
		out, max);
}

int64_t member_store_stale_count(struct store *s, int64_t since_ms)
{
	return sql_get_int(
		s->db, 0, "SELECT count(*) FROM member WHERE fetched_ms < ? AND id > 0", "i", since_ms);
}

int member_store_unknown_writers(struct store *s, int64_t *out, int max)
{
	return read_ids(s, sql_query(s->db, "SELECT user_id FROM unknown_writer LIMIT ?", "n", max), out, max);
}
