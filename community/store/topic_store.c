#include "topic_store.h"

#include <stdlib.h>

#include "match.h"
#include "outbox_join.h"
#include "store_private.h"
#include "str.h"

/* The parameters of every statement about a list: 1 category, 2 author, 3 tag, 4 words in the title, 5 and 6
 * the time and id of a topic to stand beside, 7 limit, 8 offset. */
struct list_query {
	const struct topic_filter *f;
	struct sbuf match;
	bool nothing;  /* the text has no words that can match */
	bool children; /* the category has any */
	/* Something of this kind is underway: what is in the list then depends on the outbox too. */
	bool levels, bookmarks, archives;
};

static struct list_query query_for(struct store *s, const struct topic_filter *f)
{
	struct list_query l = {.f = f};
	l.children = f->children && f->category_id != 0
		&& sql_get_int(s->db, 0, "SELECT 1 FROM category WHERE parent_id = ? LIMIT 1", "i", f->category_id)
			== 1;
	if (!str_empty(f->text))
		l.nothing = !match_expression(&l.match, f->text, true);
	l.levels = f->unread && outbox_has_underway(s, CHANGE_TOPIC_LEVEL, CHANGE_TOPIC_LEVEL);
	l.bookmarks = f->bookmarked && outbox_has_underway(s, CHANGE_BOOKMARK, CHANGE_UNBOOKMARK);
	l.archives = f->messages && outbox_has_underway(s, CHANGE_ARCHIVE, CHANGE_UNARCHIVE);
	return l;
}

/* The newest change underway of the topic, of these kinds. */
#define NEWEST(WHAT, KINDS)                                                                                  \
	"(SELECT " WHAT " FROM outbox o WHERE o.topic_id = topic.id AND o.kind IN (" KINDS ")"                    \
	" AND o.state IN " OUTBOX_UNDERWAY " ORDER BY o.queued DESC LIMIT 1)"
static const char is_unread[] = "CASE " NEWEST("o.number", "12")
	" WHEN 0 THEN 0 WHEN 1 THEN highest > max(last_read, local_read) WHEN 2 THEN highest > max(last_read,"
	" local_read) WHEN 3 THEN highest > max(last_read, local_read) ELSE unread END";
static const char is_bookmarked[] = "CASE WHEN " NEWEST("o.kind", "9, 10") " IS NULL THEN bookmarked ELSE "
	OUTBOX_TOPIC_SAVED("topic.id") " END";
static const char is_put_away[] = "CASE " NEWEST("o.kind", "15, 16") " WHEN 15 THEN 1 WHEN 16 THEN 0"
	" ELSE put_away END";

/* `ordered`: rows are wanted in order of time, so the index of that order goes before the one of the
 * category. */
static void add_where(struct sbuf *sql, const struct list_query *l, bool ordered)
{
	const struct topic_filter *f = l->f;
	sbuf_add(sql, f->messages ? " WHERE is_message = 1" : " WHERE is_message = 0");
	if (f->messages)
		sbuf_addf(sql, " AND %s = %d", l->archives ? is_put_away : "put_away", f->put_away);
	if (f->unread)
		sbuf_addf(sql, " AND %s = 1", l->levels ? is_unread : "unread");
	if (f->bookmarked)
		sbuf_addf(sql, " AND %s = 1", l->bookmarks ? is_bookmarked : "bookmarked");
	if (f->category_id != 0)
		sbuf_addf(sql, " AND %scategory_id %s", l->children && ordered ? "+" : "",
			l->children ? "IN (SELECT id FROM category WHERE id = ?1 OR parent_id = ?1)" : "= ?1");
	if (!str_empty(f->author))
		sbuf_add(sql, " AND author = ?2 COLLATE NOCASE");
	if (!str_empty(f->tag))
		sbuf_add(sql, " AND id IN (SELECT topic_id FROM topic_tag WHERE tag = ?3)");
	if (!str_empty(f->text))
		sbuf_add(sql, " AND id IN (SELECT rowid FROM topic_text WHERE topic_text MATCH ?4)");
}

/* `further`: later in the list. */
static void add_order(struct sbuf *sql, const struct topic_filter *f)
{
	sbuf_add(sql, f->oldest_first ? " ORDER BY bumped_ms, id" : " ORDER BY bumped_ms DESC, id DESC");
}

static struct sql_query *start(struct store *s, struct list_query *l, struct sbuf *sql, int64_t bumped_ms,
	int64_t id, int limit, int64_t offset)
{
	sbuf_add(sql, " LIMIT ?7 OFFSET ?8");
	const struct topic_filter *f = l->f;
	struct sql_query *q = sql_query(s->db, store_statement(s, sql), "isssiini", f->category_id, f->author,
		f->tag, sbuf_str(&l->match), bumped_ms, id, limit, offset);
	sbuf_fini(&l->match);
	return q;
}

static int64_t run_for_int(
	struct store *s, struct list_query *l, struct sbuf *sql, int64_t bumped_ms, int64_t id, int64_t otherwise)
{
	struct sql_query *q = start(s, l, sql, bumped_ms, id, 1, 0);
	int64_t v = sql_next(q) ? sql_int(q, 0) : otherwise;
	store_end(s, q);
	return v;
}

#define ROW_COLUMNS                                                                                          \
	"t.id, t.category_id, t.title, coalesce(c.name, ''), t.author, t.last_poster, t.tags,"                   \
	" coalesce(t.people, '') || iif(t.people <> '' AND t.member_groups <> '', ', ', '')"                     \
	" || coalesce(t.member_groups, ''),"                                                                     \
	" t.created_ms, t.bumped_ms, t.event_starts_ms, t.posts_count, t.highest, max(t.last_read, "             \
	"t.local_read), t.unread,"                                                                               \
	" t.closed, t.archived, t.pinned, t.bookmarked, t.is_message, t.level, t.put_away,"                      \
	" coalesce((SELECT e.id FROM event e WHERE e.topic_id = t.id LIMIT 1), 0)"

static struct topic_row read_row(struct sql_query *q, struct arena *a)
{
	return (struct topic_row){.id = sql_int(q, 0),
		.category_id = sql_int(q, 1),
		.title = store_text(q, 2, a),
		.category = store_text(q, 3, a),
		.author = store_text(q, 4, a),
		.last_poster = store_text(q, 5, a),
		.tags = store_text(q, 6, a),
		.people = store_text(q, 7, a),
		.created_ms = sql_int(q, 8),
		.bumped_ms = sql_int(q, 9),
		.event_starts_ms = sql_int(q, 10),
		.posts_count = (int)sql_int(q, 11),
		.highest_post_number = (int)sql_int(q, 12),
		.last_read_post_number = (int)sql_int(q, 13),
		.unread = sql_int(q, 14),
		.closed = sql_int(q, 15),
		.archived = sql_int(q, 16),
		.pinned = sql_int(q, 17),
		.bookmarked = sql_int(q, 18),
		.is_message = sql_int(q, 19),
		.muted = sql_int(q, 20) == TOPIC_MUTED,
		.notification_level = (int)sql_int(q, 20),
		.put_away = sql_int(q, 21),
		.event_id = sql_int(q, 22)};
}

struct topic_rows topic_store_list(struct store *s, const struct topic_filter *f, int64_t offset, int limit,
	struct arena *a)
{
	struct topic_rows out = {.row = ARENA_ARRAY(a, (size_t)limit, struct topic_row)};
	struct list_query l = query_for(s, f);
	if (l.nothing)
		return out;
	/* The inner list runs in an index alone, so that a place far down the list costs little. */
	struct sbuf sql = {0};
	sbuf_add(&sql, "SELECT " ROW_COLUMNS " FROM (SELECT id AS listed_id FROM topic");
	add_where(&sql, &l, true);
	add_order(&sql, f);
	sbuf_add(&sql,
		" LIMIT ?7 OFFSET ?8) JOIN topic t ON t.id = listed_id LEFT JOIN category c ON c.id = t.category_id");
	sbuf_add(&sql, f->oldest_first ? " ORDER BY t.bumped_ms, t.id" : " ORDER BY t.bumped_ms DESC, t.id DESC");
	struct sql_query *q = sql_query(s->db, store_statement(s, &sql), "isssiini", f->category_id, f->author,
		f->tag, sbuf_str(&l.match), (int64_t)0, (int64_t)0, limit, offset);
	sbuf_fini(&l.match);
	while (out.count < limit && sql_next(q))
		out.row[out.count++] = read_row(q, a);
	store_end(s, q);
	outbox_join_topics(s, out.row, out.count, a);
	return out;
}

static uint64_t count_key(const struct list_query *l, const struct sbuf *sql)
{
	const struct topic_filter *f = l->f;
	struct sbuf all = {0};
	sbuf_addf(&all, "%s\n%lld\n%s\n%s\n%s", sbuf_str(sql), (long long)f->category_id, str_or_empty(f->author),
		str_or_empty(f->tag), sbuf_str(&l->match));
	uint64_t key = str_hash(sbuf_str(&all), all.n);
	sbuf_fini(&all);
	return key;
}

static bool is_whole_board(const struct topic_filter *f)
{
	return !f->messages && !f->unread && !f->bookmarked && f->category_id == 0 && str_empty(f->author) &&
		str_empty(f->tag) && str_empty(f->text);
}

/* SQLite counts the rows of a whole table by its pages; with a condition it goes through them one by one. */
static void add_count(struct sbuf *sql, const struct list_query *l)
{
	sbuf_add(sql, "SELECT ");
	if (is_whole_board(l->f)) {
		sbuf_add(sql, "(SELECT count(*) FROM topic) - (SELECT count(*) FROM topic WHERE is_message = 1)");
		return;
	}
	sbuf_add(sql, "count(*) FROM topic");
	add_where(sql, l, false);
}

int64_t topic_store_count(struct store *s, const struct topic_filter *f)
{
	struct list_query l = query_for(s, f);
	if (l.nothing)
		return 0;
	struct sbuf sql = {0};
	add_count(&sql, &l);
	uint64_t key = count_key(&l, &sql);
	int64_t n;
	if (store_known_count(s, key, &n)) {
		sbuf_fini(&sql);
		sbuf_fini(&l.match);
		return n;
	}
	n = run_for_int(s, &l, &sql, 0, 0, 0);
	store_keep_count(s, key, n);
	return n;
}

static bool is_in_list(struct store *s, const struct topic_filter *f, int64_t id, int64_t *bumped_ms)
{
	struct list_query l = query_for(s, f);
	if (l.nothing)
		return false;
	struct sbuf sql = {0};
	sbuf_add(&sql, "SELECT bumped_ms FROM topic");
	add_where(&sql, &l, false);
	sbuf_add(&sql, " AND id = ?6");
	*bumped_ms = run_for_int(s, &l, &sql, 0, id, INT64_MIN);
	return *bumped_ms != INT64_MIN;
}

/* " AND (bumped_ms, id) < (?5, ?6)": those further down a list with the newest first. */
static void add_beside(struct sbuf *sql, const struct topic_filter *f, bool further)
{
	sbuf_add(sql,
		f->oldest_first == further ? " AND (bumped_ms, id) > (?5, ?6)" : " AND (bumped_ms, id) < (?5, ?6)");
}

int64_t topic_store_position(struct store *s, const struct topic_filter *f, int64_t id)
{
	int64_t bumped_ms;
	if (!is_in_list(s, f, id, &bumped_ms))
		return -1;
	struct list_query l = query_for(s, f);
	struct sbuf sql = {0};
	sbuf_add(&sql, "SELECT count(*) FROM topic");
	add_where(&sql, &l, false);
	add_beside(&sql, f, false);
	return run_for_int(s, &l, &sql, bumped_ms, id, -1);
}

static int64_t next_of(struct store *s, const struct topic_filter *f, int64_t bumped_ms, int64_t id)
{
	struct list_query l = query_for(s, f);
	struct sbuf sql = {0};
	sbuf_add(&sql, "SELECT id FROM topic");
	add_where(&sql, &l, true);
	add_beside(&sql, f, true);
	add_order(&sql, f);
	return run_for_int(s, &l, &sql, bumped_ms, id, 0);
}

static int64_t top_of(struct store *s, const struct topic_filter *f)
{
	struct list_query l = query_for(s, f);
	if (l.nothing)
		return 0;
	struct sbuf sql = {0};
	sbuf_add(&sql, "SELECT id FROM topic");
	add_where(&sql, &l, true);
	add_order(&sql, f);
	return run_for_int(s, &l, &sql, 0, 0, 0);
}

int64_t topic_store_next_unread(struct store *s, const struct topic_filter *f, int64_t id)
{
	struct topic_filter unread = *f;
	unread.unread = true;
	struct topic_filter anyway = *f;
	anyway.unread = false;
	int64_t bumped_ms, next = 0;
	if (id != 0 && is_in_list(s, &anyway, id, &bumped_ms))
		next = next_of(s, &unread, bumped_ms, id);
	if (next == 0)
		next = top_of(s, &unread);
	return next == id ? 0 : next;
}

const struct topic_row *topic_store_row(struct store *s, int64_t id, struct arena *a)
{
	struct topic_row *row = NULL;
	struct sql_query *q = sql_query(s->db,
		"SELECT " ROW_COLUMNS " FROM topic t LEFT JOIN category c ON c.id = t.category_id"
		" WHERE t.id = ?",
		"i", id);
	if (sql_next(q)) {
		row = ARENA_NEW(a, struct topic_row);
		*row = read_row(q, a);
	}
	store_end(s, q);
	outbox_join_topics(s, row, row != NULL, a);
	return row;
}

struct tag_count *topic_store_tags(struct store *s, struct arena *a, int *count)
{
	size_t max = (size_t)sql_get_int(s->db, 0, "SELECT count(DISTINCT tag) FROM topic_tag", "");
	struct tag_count *out = ARENA_ARRAY(a, max, struct tag_count);
	*count = 0;
	struct sql_query *q = sql_query(
		s->db, "SELECT tag, count(*) FROM topic_tag GROUP BY tag ORDER BY tag", "");
	while ((size_t)*count < max && sql_next(q))
		out[(*count)++] = (struct tag_count){.tag = store_text(q, 0, a), .topics = (int)sql_int(q, 1)};
	store_end(s, q);
	return out;
}

int64_t topic_store_posts_expected(struct store *s)
{
	return sql_get_int(s->db, 0, "SELECT sum(posts_count) FROM topic WHERE is_message = 0", "");
}

static bool put_tags(struct store *s, const struct topic *t, struct error *err)
{
	if (!sql_run(s->db, err, "DELETE FROM topic_tag WHERE topic_id = ?", "i", t->id))
		return false;
	for (int i = 0; i < t->tag_count; i++)
		if (!sql_run(s->db, err, "INSERT OR IGNORE INTO topic_tag(tag, topic_id) VALUES (?, ?)", "si",
				t->tag[i], t->id))
			return false;
	return true;
}

static bool put_row(struct store *s, const struct topic *t, const char *tags, const char *people,
	const char *groups, struct error *err)
{
	return sql_run(s->db, err,
			   "INSERT INTO topic(id, category_id, title, slug, is_message, unread, bumped_ms, created_ms,"
			   " last_posted_ms, posts_count, highest, last_read, level, pinned, closed, archived, visible, "
			   "bookmarked, views,"
			   " like_count, event_starts_ms, author, last_poster, tags, people, member_groups, listed)"
			   " VALUES (?1, ?2, ?3, ?4, ?5, ?12 <> 0 AND ?10 > ?11, ?6, ?7, ?8, ?9, ?10, ?11, CASE WHEN ?12 "
			   "< 0 THEN 1 ELSE ?12 END,"
			   " ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, 1)"
			   " ON CONFLICT(id) DO UPDATE SET category_id = excluded.category_id, title = excluded.title, "
			   "slug = excluded.slug,"
			   " is_message = excluded.is_message, bumped_ms = excluded.bumped_ms,"
			   " created_ms = CASE WHEN excluded.created_ms > 0 THEN excluded.created_ms ELSE created_ms END,"
			   " last_posted_ms = excluded.last_posted_ms, posts_count = excluded.posts_count,"
			   " highest = max(excluded.highest, coalesce((SELECT max(post_number) FROM post WHERE topic_id "
			   "= excluded.id), 0)),"
			   " last_read = excluded.last_read, level = CASE WHEN ?12 < 0 THEN level ELSE ?12 END,"
			   " pinned = excluded.pinned, closed = excluded.closed, archived = excluded.archived, visible = "
			   "excluded.visible,"
			   " bookmarked = excluded.bookmarked, views = excluded.views, like_count = excluded.like_count,"
			   " event_starts_ms = excluded.event_starts_ms, author = coalesce(excluded.author, author),"
			   " last_poster = coalesce(excluded.last_poster, last_poster), tags = excluded.tags,"
			   " people = CASE WHEN excluded.people = '' THEN people ELSE excluded.people END,"
			   " member_groups = CASE WHEN excluded.member_groups = '' THEN member_groups ELSE "
			   "excluded.member_groups END,"
			   " put_away = put_away AND excluded.highest <= highest, listed = 1",
			   "iissniiinnnnnnnnnnnisssss", t->id, t->category_id, str_or_empty(t->title), t->slug,
			   t->is_message, t->bumped_ms, t->created_ms, t->last_posted_ms, t->posts_count,
			   t->highest_post_number, t->last_read_post_number, t->notification_level, t->pinned, t->closed,
			   t->archived, t->visible, t->bookmarked, t->views, t->like_count, t->event_starts_ms, t->author,
			   t->last_poster, tags, people, groups)
		&& sql_run(s->db, err,
			"UPDATE topic SET unread = (level <> 0 AND highest > max(last_read, local_read)) WHERE id = ?",
			"i", t->id);
}

/* The title index holds its text, so an equal one need not be written again. */
static bool put_text(struct store *s, const struct topic *t, const char *tags, struct error *err)
{
	if (sql_get_int(s->db, 0, "SELECT 1 FROM topic_text WHERE rowid = ? AND title = ? AND tags = ?", "iss",
			t->id, str_or_empty(t->title), tags)
		== 1)
		return true;
	return sql_run(s->db, err, "INSERT OR REPLACE INTO topic_text(rowid, title, tags) VALUES (?, ?, ?)",
		"iss", t->id, str_or_empty(t->title), tags);
}

/* The others in a message. */
static void join_people(struct store *s, const struct topic *t, struct sbuf *out)
{
	for (int i = 0; i < t->participant_count; i++) {
		if (sql_get_int(
				s->db, 0, "SELECT 1 FROM session WHERE username = ? COLLATE NOCASE", "s", t->participant[i])
			== 1)
			continue;
		if (out->n > 0)
			sbuf_add(out, ", ");
		sbuf_add(out, t->participant[i]);
	}
}

bool topic_store_put(struct store *s, const struct topic *t, struct error *err)
{
	struct sbuf tags = {0}, people = {0}, groups = {0};
	store_join(&tags, t->tag, t->tag_count);
	join_people(s, t, &people);
	store_join(&groups, t->group, t->group_count);
	store_changed(s, t->is_message ? STORE_MESSAGES : STORE_TOPICS);
	bool ok = put_row(s, t, sbuf_str(&tags), sbuf_str(&people), sbuf_str(&groups), err)
		&& put_text(s, t, sbuf_str(&tags), err) && put_tags(s, t, err);
	sbuf_fini(&tags);
	sbuf_fini(&people);
	sbuf_fini(&groups);
	return ok;
}

bool topic_store_remove(struct store *s, int64_t id, struct error *err)
{
	static const char *const table[] = {
		"DELETE FROM topic WHERE id = ?", "DELETE FROM topic_text WHERE rowid = ?",
		"DELETE FROM topic_tag WHERE topic_id = ?", "DELETE FROM topic_bus WHERE topic_id = ?",
		"DELETE FROM topic_check WHERE topic_id = ?", "DELETE FROM queue WHERE topic_id = ?",
		"DELETE FROM notice WHERE topic_id = ?", "DELETE FROM reading WHERE topic_id = ?",
		"DELETE FROM read_before WHERE topic_id = ?", "DELETE FROM topic_aside WHERE topic_id = ?",
	};
	store_changed(s, STORE_TOPICS | STORE_MESSAGES | STORE_POSTS);
	if (!post_store_remove_topic(s, id, err) || !event_store_remove_topic(s, id, err))
		return false;
	for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
		if (!sql_run(s->db, err, table[i], "i", id))
			return false;
	return true;
}
