#include "event_store.h"

#include <stdio.h>

#include "match.h"
#include "outbox_join.h"
#include "str.h"
#include "zone.h"

/* An event that lasts longer is found by its start only. */
static const int64_t LongestMs = 31LL * 24 * 3600 * 1000, DayMs = 24LL * 3600 * 1000;

/* The parameters of every statement about the list: 1 from, 2 to, 3 category, 4 who comes, 5 creator, 6
 * words, 7 and 8 the start and id of an occurrence, 9 and 10 from and to as dates, 11 words of a place, 12 limit,
 * 13 offset. */
struct list_query {
	const struct event_filter *f;
	struct sbuf match, place;
	bool nothing;
};

static struct list_query query_for(const struct event_filter *f)
{
	struct list_query l = {.f = f};
	if (!str_empty(f->text))
		l.nothing = !match_expression(&l.match, f->text, true);
	if (!str_empty(f->place))
		l.nothing = !match_expression(&l.place, f->place, true) || l.nothing;
	if (l.nothing) {
		sbuf_fini(&l.match);
		sbuf_fini(&l.place);
	}
	return l;
}

#define LIKE_ANY(TEXT, WORD) "coalesce(" TEXT ", '') LIKE '%" WORD "%'"
#define IS_INTERVISION "(" LIKE_ANY("c.slug", "intervisi") " OR " LIKE_ANY("c.name", "intervisi") " OR " \
	LIKE_ANY("t.tags", "intervisi") " OR " \
	LIKE_ANY("coalesce(nullif(e.name, ''), t.title, e.topic_title)", "intervisi") \
	" OR EXISTS (SELECT 1 FROM category p WHERE p.id = c.parent_id AND p.slug LIKE '%intervisi%'))"
#define PLACE_ONLINE "(" LIKE_ANY("e.location", "online") " OR " LIKE_ANY("e.location", "://") ")"
#define IS_ONLINE \
	"(coalesce(e.url, '') <> '' OR " PLACE_ONLINE " OR " LIKE_ANY("t.tags", "online") " OR (e.said & 2) <> 0)"
#define IS_ON_SITE "((coalesce(e.location, '') <> '' AND NOT " PLACE_ONLINE ") OR (e.said & 1) <> 0)"

static void add_kinds(struct sbuf *sql, const struct event_filter *f)
{
	if (f->intervision != f->other)
		sbuf_add(sql, f->intervision ? " AND " IS_INTERVISION : " AND NOT " IS_INTERVISION);
	if (f->online != f->on_site)
		sbuf_add(sql, f->online ? " AND " IS_ONLINE : " AND " IS_ON_SITE);
	if (f->free_places)
		sbuf_add(sql, " AND e.closed = 0 AND e.at_capacity IS NOT 1 AND (e.max_attendees = 0"
			" OR e.going < e.max_attendees)");
}

static void add_where(struct sbuf *sql, const struct event_filter *f)
{
	sbuf_add(sql,
		" FROM occurrence o JOIN event e ON e.id = o.event_id LEFT JOIN topic t ON t.id = e.topic_id"
		" LEFT JOIN category c ON c.id = coalesce(nullif(e.category_id, 0), t.category_id) WHERE 1");
	if (f->from_ms != 0)
		sbuf_addf(sql, " AND o.starts_ms >= ?1 - %lld AND o.last_ms >= iif(e.all_day, ?9, ?1)",
			(long long)LongestMs);
	if (f->to_ms != 0)
		sbuf_addf(sql, " AND o.starts_ms < ?2 + %lld AND o.starts_ms < iif(e.all_day, ?10, ?2)", (long long)DayMs);
	if (f->category_id != 0)
		sbuf_add(sql, " AND c.id = ?3");
	if (f->mine)
		sbuf_add(sql, " AND coalesce(" OUTBOX_ATTENDANCE("e.id") ", e.mine) IN (1, 2)");
	if (!str_empty(f->attending))
		sbuf_add(sql, " AND coalesce(CASE WHEN ?4 = (SELECT username FROM session) COLLATE NOCASE THEN "
			OUTBOX_ATTENDANCE("e.id") " END, e.id IN (SELECT event_id FROM invitee WHERE username = ?4"
			" AND attendance = 1)) = 1");
	if (!str_empty(f->creator))
		sbuf_add(sql, " AND e.creator = ?5 COLLATE NOCASE");
	if (!str_empty(f->text))
		sbuf_add(sql, " AND e.id IN (SELECT rowid FROM event_text WHERE event_text MATCH ?6)");
	if (!str_empty(f->place))
		sbuf_add(sql, " AND (e.id IN (SELECT rowid FROM event_text WHERE event_text MATCH ?11)"
			" OR e.id IN (SELECT rowid FROM post_text WHERE post_text MATCH ?11))");
	add_kinds(sql, f);
}

/* Dates carry no zone and are kept as if they were in UTC. */
static int64_t date_ms(const struct event_filter *f, int64_t ms)
{
	return ms + (f->zone == NULL ? 0 : zone_offset(f->zone, ms / 1000, NULL) * 1000LL);
}

static struct sql_query *start(struct store *s, struct list_query *l, struct sbuf *sql, int64_t starts_ms,
	int64_t id, int limit, int64_t offset)
{
	const struct event_filter *f = l->f;
	sbuf_add(sql, " LIMIT ?12 OFFSET ?13");
	struct sql_query *q = sql_query(s->db, store_statement(s, sql), "iiisssiiiisni", f->from_ms, f->to_ms,
		f->category_id, f->attending, f->creator, sbuf_str(&l->match), starts_ms, id, date_ms(f, f->from_ms),
		date_ms(f, f->to_ms), sbuf_str(&l->place), limit, offset);
	sbuf_fini(&l->match);
	sbuf_fini(&l->place);
	return q;
}

static struct event_row read_row(struct sql_query *q, struct arena *a)
{
	return (struct event_row){.id = sql_int(q, 0),
		.topic_id = sql_int(q, 1),
		.category_id = sql_int(q, 2),
		.starts_ms = sql_int(q, 3),
		.ends_ms = sql_int(q, 4),
		.title = store_text(q, 5, a),
		.location = store_text(q, 6, a),
		.timezone = store_text(q, 7, a),
		.category = store_text(q, 8, a),
		.creator = store_text(q, 9, a),
		.url = store_text(q, 10, a),
		.starts_wall = store_text(q, 11, a),
		.ends_wall = store_text(q, 12, a),
		.all_day = sql_int(q, 13),
		.show_local_time = sql_int(q, 14),
		.closed = sql_int(q, 15),
		.recurring = sql_int(q, 16),
		.mine = (enum attendance)sql_int(q, 17),
		.status = (enum event_status)sql_int(q, 18),
		.going = (int)sql_int(q, 19),
		.interested = (int)sql_int(q, 20),
		.max = (int)sql_int(q, 21),
		.recurrence = store_text(q, 22, a),
		.rrule = store_text(q, 23, a),
		.intervision = sql_int(q, 24),
		.online = sql_int(q, 25)};
}

static const char row_columns[] =
	"SELECT e.id, e.topic_id, coalesce(c.id, 0), o.starts_ms, o.ends_ms,"
	" coalesce(nullif(e.name, ''), nullif(t.title, ''), e.topic_title), e.location, e.timezone, c.name, e.creator,"
	" e.url, o.starts_wall, o.ends_wall, e.all_day, e.show_local_time, e.closed,"
	" e.recurrence IS NOT NULL OR e.rrule IS NOT NULL, e.mine, e.status, e.going, e.interested, e.max_attendees,"
	" e.recurrence, e.rrule, " IS_INTERVISION ", " IS_ONLINE;

struct event_rows event_store_list(struct store *s, const struct event_filter *f, int64_t offset, int limit,
	struct arena *a)
{
	struct event_rows out = {.row = ARENA_ARRAY(a, (size_t)limit, struct event_row)};
	struct list_query l = query_for(f);
	if (l.nothing)
		return out;
	struct sbuf sql = {0};
	sbuf_add(&sql, row_columns);
	add_where(&sql, f);
	sbuf_add(&sql,
		f->newest_first ? " ORDER BY o.starts_ms DESC, o.event_id DESC"
						: " ORDER BY o.starts_ms, o.event_id");
	struct sql_query *q = start(s, &l, &sql, 0, 0, limit, offset);
	while (out.count < limit && sql_next(q))
		out.row[out.count++] = read_row(q, a);
	store_end(s, q);
	outbox_join_event_rows(s, out.row, out.count);
	return out;
}

static int64_t whole_days(int64_t seconds)
{
	return seconds >= 0 ? seconds / 86400 : -((86399 - seconds) / 86400);
}

static int64_t zone_days(const struct zone *z, int64_t ms)
{
	int64_t s = ms >= 0 ? ms / 1000 : -((999 - ms) / 1000);
	return whole_days(s + (z == NULL ? 0 : zone_offset(z, s, NULL)));
}

/* "2026-03-03", "2026-03-03 14:30". */
static int64_t wall_days(const char *wall)
{
	int year, month, day;
	return sscanf(wall, "%4d-%2d-%2d", &year, &month, &day) == 3 ? civil_days(year, month, day) : INT64_MIN;
}

void event_store_days(const struct event_row *e, const struct zone *zone, int64_t *first, int64_t *last)
{
	bool own = (e->all_day || e->show_local_time) && wall_days(e->starts_wall) != INT64_MIN;
	*first = own ? wall_days(e->starts_wall) : zone_days(zone, e->starts_ms);
	*last = *first;
	if (e->ends_ms <= e->starts_ms)
		return;
	*last = own ? wall_days(e->ends_wall) - str_ends(e->ends_wall, " 00:00") : zone_days(zone, e->ends_ms - 1);
	if (*last < *first)
		*last = *first;
}

struct event_times event_store_times(struct store *s, const struct event_filter *f, int max, struct arena *a)
{
	struct event_times out = {.row = ARENA_ARRAY(a, (size_t)max, struct event_time)};
	struct list_query l = query_for(f);
	if (l.nothing)
		return out;
	struct sbuf sql = {0};
	struct arena walls = {0};
	sbuf_add(&sql, "SELECT e.id, o.starts_ms, o.ends_ms, o.starts_wall, o.ends_wall, e.all_day, e.show_local_time");
	add_where(&sql, f);
	sbuf_add(&sql, f->newest_first ? " ORDER BY o.starts_ms DESC, o.event_id DESC"
		: " ORDER BY o.starts_ms, o.event_id");
	struct sql_query *q = start(s, &l, &sql, 0, 0, max, 0);
	for (; out.count < max && sql_next(q); out.count++) {
		struct event_time *t = &out.row[out.count];
		struct event_row e = {.starts_ms = sql_int(q, 1), .ends_ms = sql_int(q, 2),
			.starts_wall = store_text(q, 3, &walls), .ends_wall = store_text(q, 4, &walls),
			.all_day = sql_int(q, 5),
			.show_local_time = sql_int(q, 6)};
		*t = (struct event_time){.id = sql_int(q, 0), .starts_ms = e.starts_ms};
		event_store_days(&e, f->zone, &t->first_day, &t->last_day);
		arena_reset(&walls);
	}
	store_end(s, q);
	arena_fini(&walls);
	return out;
}

struct event_row *event_store_pick(struct store *s, const struct event_time *want, int count, struct arena *a)
{
	static const struct event_filter every;
	struct event_row *out = ARENA_ARRAY(a, (size_t)count + 1, struct event_row);
	for (int i = 0; i < count; i++) {
		struct list_query l = query_for(&every);
		struct sbuf sql = {0};
		sbuf_add(&sql, row_columns);
		add_where(&sql, &every);
		sbuf_add(&sql, " AND o.event_id = ?8 AND o.starts_ms = ?7");
		struct sql_query *q = start(s, &l, &sql, want[i].starts_ms, want[i].id, 1, 0);
		out[i] = sql_next(q) ? read_row(q, a) : (struct event_row){0};
		store_end(s, q);
	}
	outbox_join_event_rows(s, out, count);
	return out;
}

int64_t *event_store_ids(struct store *s, const struct event_filter *f, int *count, struct arena *a)
{
	int max = (int)sql_get_int(s->db, 0, "SELECT count(*) FROM event", ""), n = 0;
	int64_t *ids = ARENA_ARRAY(a, (size_t)max + 1, int64_t);
	struct list_query l = query_for(f);
	*count = 0;
	if (l.nothing)
		return ids;
	struct sbuf sql = {0};
	sbuf_add(&sql, "SELECT DISTINCT e.id");
	add_where(&sql, f);
	sbuf_add(&sql, " ORDER BY e.id");
	struct sql_query *q = start(s, &l, &sql, 0, 0, max, 0);
	while (n < max && sql_next(q))
		ids[n++] = sql_int(q, 0);
	store_end(s, q);
	*count = n;
	return ids;
}

int64_t event_store_count(struct store *s, const struct event_filter *f)
{
	struct list_query l = query_for(f);
	if (l.nothing)
		return 0;
	struct sbuf sql = {0};
	sbuf_add(&sql, "SELECT count(*)");
	add_where(&sql, f);
	struct sql_query *q = start(s, &l, &sql, 0, 0, 1, 0);
	int64_t n = sql_next(q) ? sql_int(q, 0) : 0;
	store_end(s, q);
	return n;
}

static void read_occurrences(struct store *s, struct event *e, struct arena *a)
{
	int max = (int)sql_get_int(s->db, 0, "SELECT count(*) FROM occurrence WHERE event_id = ?", "i", e->id);
	struct occurrence *o = ARENA_ARRAY(a, (size_t)max, struct occurrence);
	struct sql_query *q = sql_query(
		s->db, "SELECT starts_ms, ends_ms FROM occurrence WHERE event_id = ? ORDER BY starts_ms", "i", e->id);
	while (e->occurrence_count < max && sql_next(q))
		o[e->occurrence_count++] = (struct occurrence){.starts_ms = sql_int(q, 0), .ends_ms = sql_int(q, 1)};
	store_end(s, q);
	e->occurrence = o;
}

static void read_invitees(struct store *s, struct event *e, struct arena *a)
{
	int max = (int)sql_get_int(s->db, 0, "SELECT count(*) FROM invitee WHERE event_id = ?", "i", e->id);
	struct invitee *v = ARENA_ARRAY(a, (size_t)max, struct invitee);
	struct sql_query *q = sql_query(s->db,
		"SELECT id, user_id, username, name, attendance FROM invitee WHERE event_id = ?"
		" ORDER BY attendance, username",
		"i", e->id);
	while (e->invitee_count < max && sql_next(q))
		v[e->invitee_count++] = (struct invitee){.id = sql_int(q, 0),
			.user_id = sql_int(q, 1),
			.username = store_text(q, 2, a),
			.name = sql_text_in(q, 3, a),
			.attendance = (enum attendance)sql_int(q, 4)};
	store_end(s, q);
	e->invitee = v;
}

const struct event *event_store_get(struct store *s, int64_t id, struct arena *a)
{
	struct event *e = NULL;
	struct sql_query *q = sql_query(s->db,
		"SELECT e.topic_id, e.category_id, e.name, coalesce(nullif(t.title, ''), e.topic_title),"
		" e.starts_ms, e.ends_ms, e.timezone, e.all_day, e.show_local_time, e.recurrence, e.rrule, e.url, "
		"e.location,"
		" e.description, e.status, e.closed, e.expired, e.minimal, e.max_attendees, e.at_capacity, "
		"e.can_sign_up, e.can_act,"
		" e.going, e.interested, e.not_going, e.invited, e.mine, e.my_invitee_id, e.creator, e.detailed,"
		" (e.said & 4) <> 0 FROM event e LEFT JOIN topic t ON t.id = e.topic_id WHERE e.id = ?",
		"i", id);
	if (sql_next(q)) {
		e = ARENA_NEW(a, struct event);
		*e = (struct event){.id = id,
			.topic_id = sql_int(q, 0),
			.category_id = sql_int(q, 1),
			.name = sql_text_in(q, 2, a),
			.topic_title = sql_text_in(q, 3, a),
			.starts_ms = sql_int(q, 4),
			.ends_ms = sql_int(q, 5),
			.timezone = sql_text_in(q, 6, a),
			.all_day = sql_int(q, 7),
			.show_local_time = sql_int(q, 8),
			.recurrence = sql_text_in(q, 9, a),
			.rrule = sql_text_in(q, 10, a),
			.url = sql_text_in(q, 11, a),
			.location = sql_text_in(q, 12, a),
			.description = sql_text_in(q, 13, a),
			.status = (enum event_status)sql_int(q, 14),
			.closed = sql_int(q, 15),
			.expired = sql_int(q, 16),
			.minimal = sql_int(q, 17),
			.max_attendees = (int)sql_int(q, 18),
			.at_capacity = sql_int(q, 19),
			.can_sign_up = sql_int(q, 20),
			.can_act = sql_int(q, 21),
			.going = (int)sql_int(q, 22),
			.interested = (int)sql_int(q, 23),
			.not_going = (int)sql_int(q, 24),
			.invited = (int)sql_int(q, 25),
			.mine = (enum attendance)sql_int(q, 26),
			.my_invitee_id = sql_int(q, 27),
			.creator = sql_text_in(q, 28, a),
			.detailed = sql_int(q, 29),
			.cancelled = sql_int(q, 30)};
	}
	store_end(s, q);
	if (e != NULL) {
		read_occurrences(s, e, a);
		read_invitees(s, e, a);
		outbox_join_event(s, e, a);
	}
	return e;
}

int64_t event_store_by_topic(struct store *s, int64_t topic_id)
{
	return sql_get_int(
		s->db, 0, "SELECT id FROM event WHERE topic_id = ? ORDER BY id LIMIT 1", "i", topic_id);
}

int64_t event_store_without_invitees(struct store *s, int64_t now_ms)
{
	return sql_get_int(s->db, 0, "SELECT e.id FROM event e WHERE e.detailed = 1 AND e.status <> 2"
		" AND (e.going > (SELECT count(*) FROM invitee v WHERE v.event_id = e.id AND v.attendance = 1)"
		"  OR e.interested > (SELECT count(*) FROM invitee v WHERE v.event_id = e.id AND v.attendance = 2))"
		" AND e.invitees_for <> e.going * 100000 + e.interested"
		" ORDER BY e.starts_ms < ?1, abs(e.starts_ms - ?1) LIMIT 1", "i", now_ms);
}
