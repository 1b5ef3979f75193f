#include "sync_store.h"

#include "store_private.h"
#include "str.h"
#include "topic.h"

struct sync_status sync_store_status(struct store *s, struct arena *a)
{
	struct sync_status out = {.error_what = "", .phase = ""};
	struct sql_query *q = sql_query(s->db,
		"SELECT running, complete, last_success_ms, error, error_what, wait_until_ms, phase,"
		" done, total, coalesce((SELECT value FROM cursor WHERE name = 'older_todo'), 0) FROM progress",
		"");
	if (sql_next(q))
		out = (struct sync_status){.running = sql_int(q, 0),
			.complete = sql_int(q, 1),
			.last_success_ms = sql_int(q, 2),
			.error = (enum error_kind)sql_int(q, 3),
			.error_what = store_text(q, 4, a),
			.wait_until_ms = sql_int(q, 5),
			.phase = store_text(q, 6, a),
			.done = sql_int(q, 7),
			.total = sql_int(q, 8),
			.older = sql_int(q, 9)};
	store_end(s, q);
	return out;
}

static bool make_progress(struct store *s, struct error *err)
{
	store_changed(s, STORE_SYNC);
	return sql_run(s->db, err,
		"INSERT OR IGNORE INTO progress(id, running, complete, last_success_ms, error, wait_until_ms,"
		" done, total) VALUES (1, 0, 0, 0, 0, 0, 0, 0)",
		"");
}

bool sync_store_put_progress(
	struct store *s, const char *phase, int64_t done, int64_t total, struct error *err)
{
	return make_progress(s, err)
		&& sql_run(s->db, err,
			"UPDATE progress SET running = ?1 <> '', phase = ?1, done = ?2,"
			" total = ?3",
			"sii", phase, done, total);
}

bool sync_store_put_result(struct store *s, int64_t now_ms, bool complete, const struct error *failure,
	int64_t wait_until_ms, struct error *err)
{
	if (!make_progress(s, err))
		return false;
	if (failure != NULL)
		return sql_run(s->db, err,
			"UPDATE progress SET running = 0, error = ?, error_what = ?, wait_until_ms = ?, phase = ''",
			"nsi", (int)failure->kind, failure->what, wait_until_ms);
	return sql_run(s->db, err,
		"UPDATE progress SET running = 0, complete = max(complete, ?), last_success_ms = ?, error = 0,"
		" error_what = NULL, wait_until_ms = ?, phase = ''",
		"nii", complete, now_ms, wait_until_ms);
}

int64_t sync_store_get(struct store *s, const char *name, int64_t otherwise)
{
	return sql_get_int(s->db, otherwise, "SELECT value FROM cursor WHERE name = ?", "s", name);
}

bool sync_store_put(struct store *s, const char *name, int64_t value, struct error *err)
{
	return sql_run(s->db, err, "INSERT OR REPLACE INTO cursor(name, value) VALUES (?, ?)", "si", name, value);
}

const char *sync_store_get_text(struct store *s, const char *name, struct arena *a)
{
	return sql_get_text(s->db, a, "SELECT value FROM cursor WHERE name = ?", "s", name);
}

bool sync_store_put_text(struct store *s, const char *name, const char *value, struct error *err)
{
	return sql_run(s->db, err, "INSERT OR REPLACE INTO cursor(name, value) VALUES (?, ?)", "ss", name, value);
}

int64_t sync_store_bus(struct store *s, const char *channel, int64_t otherwise)
{
	return sql_get_int(s->db, otherwise, "SELECT last_id FROM bus WHERE channel = ?", "s", channel);
}

bool sync_store_put_bus(struct store *s, const char *channel, int64_t last_id, struct error *err)
{
	return sql_run(
		s->db, err, "INSERT OR REPLACE INTO bus(channel, last_id) VALUES (?, ?)", "si", channel, last_id);
}

int64_t sync_store_topic_bus(struct store *s, int64_t topic_id, int64_t otherwise)
{
	return sql_get_int(s->db, otherwise, "SELECT last_id FROM topic_bus WHERE topic_id = ?", "i", topic_id);
}

bool sync_store_put_topic_bus(struct store *s, int64_t topic_id, int64_t last_id, struct error *err)
{
	return sql_run(s->db, err, "INSERT OR REPLACE INTO topic_bus(topic_id, last_id) VALUES (?, ?)", "ii",
		topic_id, last_id);
}

/* Every look at the bus goes through all topics: their posts are only looked for where that matters. */
#define TOPIC_CURSOR                                                                                         \
	"SELECT t.id, coalesce(b.last_id, -1),"                                                                  \
	" b.last_id IS NULL AND EXISTS (SELECT 1 FROM post p WHERE p.topic_id = t.id),"                          \
	" t.id IN (SELECT e.topic_id FROM event e),"                                                             \
	" t.id IN (SELECT p.topic_id FROM poll o JOIN post p ON p.id = o.post_id WHERE p.post_number = 1)"       \
	" FROM "
#define TOPIC_BUS " LEFT JOIN topic_bus b ON b.topic_id = t.id"

static int read_cursors(struct store *s, struct sql_query *q, int max, struct topic_cursor *out)
{
	int count = 0;
	while (count < max && sql_next(q))
		out[count++] = (struct topic_cursor){.topic_id = sql_int(q, 0),
			.last_id = sql_int(q, 1),
			.has_posts = sql_int(q, 2),
			.has_event = sql_int(q, 3),
			.has_poll = sql_int(q, 4)};
	store_end(s, q);
	return count;
}

int sync_store_topics(struct store *s, int64_t offset, int max, struct topic_cursor *out)
{
	return read_cursors(s,
		sql_query(
			s->db, TOPIC_CURSOR "(SELECT id FROM topic t ORDER BY t.level >= ?3 OR t.bookmarked"
			" OR t.is_message DESC,"
			" t.bumped_ms DESC, t.id DESC LIMIT ?1 OFFSET ?2) t" TOPIC_BUS, "nin", max, offset,
			(int)TOPIC_TRACKING),
		max, out);
}

int sync_store_new_topics(struct store *s, int max, struct topic_cursor *out)
{
	return read_cursors(s,
		sql_query(s->db,
			TOPIC_CURSOR "topic t" TOPIC_BUS " WHERE b.topic_id IS NULL ORDER BY t.bumped_ms DESC, t.id DESC"
						 " LIMIT ?",
			"n", max),
		max, out);
}

int64_t sync_store_topics_without_position(struct store *s)
{
	return sql_get_int(s->db, 0, "SELECT count(*) FROM topic t WHERE NOT EXISTS"
		" (SELECT 1 FROM topic_bus b WHERE b.topic_id = t.id)", "");
}

int64_t sync_store_topics_without_position_at_least(struct store *s)
{
	return sql_get_int(s->db, 0, "SELECT (SELECT count(*) FROM topic) - (SELECT count(*) FROM topic_bus)", "");
}

bool sync_store_queue(
	struct store *s, int64_t topic_id, int64_t post_id, int64_t updated_ms, struct error *err)
{
	return sql_run(s->db, err,
		"INSERT INTO queue(topic_id, post_id, updated_ms) VALUES (?, ?, ?)"
		" ON CONFLICT(topic_id, post_id) DO UPDATE SET updated_ms = max(updated_ms, excluded.updated_ms)",
		"iii", topic_id, post_id, updated_ms);
}

bool sync_store_unqueue(struct store *s, int64_t topic_id, int64_t post_id, struct error *err)
{
	return sql_run(s->db, err, "DELETE FROM queue WHERE topic_id = ?1 AND (?2 = -1 OR post_id = ?2)", "ii",
		topic_id, post_id);
}

bool sync_store_queue_clean(struct store *s, struct error *err)
{
	return sql_run(s->db, err, "DELETE FROM queue WHERE post_id <> 0 AND EXISTS"
		" (SELECT 1 FROM post p WHERE p.id = queue.post_id AND p.updated_ms >= queue.updated_ms)", "");
}

#define NOT_ASIDE(topic) \
	" NOT EXISTS (SELECT 1 FROM topic_aside a WHERE a.topic_id = " topic " AND a.until_ms > ?1)"

int64_t sync_store_queued(struct store *s, int64_t now_ms, int64_t *post_id, int max, int *count)
{
	*count = 0;
	int64_t topic_id = sql_get_int(s->db, 0, "SELECT topic_id FROM queue q WHERE" NOT_ASIDE("q.topic_id")
		" ORDER BY post_id = 0, id LIMIT 1", "i", now_ms);
	if (topic_id == 0)
		return 0;
	struct sql_query *q = sql_query(
		s->db, "SELECT post_id FROM queue WHERE topic_id = ? ORDER BY post_id LIMIT ?", "in", topic_id, max);
	while (*count < max && sql_next(q))
		post_id[(*count)++] = sql_int(q, 0);
	store_end(s, q);
	if (*count > 0 && post_id[0] == 0)
		*count = 1;
	return topic_id;
}

bool sync_store_any_queued(struct store *s, int64_t now_ms)
{
	return sql_get_int(s->db, 0, "SELECT EXISTS (SELECT 1 FROM queue q WHERE" NOT_ASIDE("q.topic_id") ")",
		"i", now_ms);
}

int64_t sync_store_checked(struct store *s, int64_t topic_id)
{
	return sql_get_int(s->db, 0, "SELECT checked_ms FROM topic_check WHERE topic_id = ?", "i", topic_id);
}

bool sync_store_put_checked(struct store *s, int64_t topic_id, int64_t now_ms, struct error *err)
{
	return sql_run(s->db, err, "INSERT OR REPLACE INTO topic_check(topic_id, checked_ms) VALUES (?, ?)", "ii",
		topic_id, now_ms);
}

int64_t sync_store_unchecked(struct store *s, int64_t since_ms, int64_t now_ms)
{
	return sql_get_int(s->db, 0, "SELECT t.id FROM topic t LEFT JOIN topic_check k ON k.topic_id = t.id"
		" WHERE coalesce(k.checked_ms, 0) < ?2 AND EXISTS (SELECT 1 FROM post p WHERE p.topic_id = t.id) AND"
		NOT_ASIDE("t.id") " ORDER BY coalesce(k.checked_ms, 0), t.bumped_ms DESC LIMIT 1", "ii", now_ms, since_ms);
}

bool sync_store_set_aside(struct store *s, int64_t topic_id, int64_t now_ms, struct error *err)
{
	enum { FirstMs = 10 * 60 * 1000, LongestMs = 24 * 3600 * 1000 };
	store_changed(s, STORE_SYNC);
	return sql_run(s->db, err,
		"INSERT INTO topic_aside(topic_id, times, until_ms) VALUES (?1, 1, ?2 + ?3)"
		" ON CONFLICT(topic_id) DO UPDATE SET times = times + 1, until_ms = ?2 + min(?3 << min(times, 20), ?4)",
		"iinn", topic_id, now_ms, (int)FirstMs, (int)LongestMs);
}

bool sync_store_take_back(struct store *s, int64_t topic_id, struct error *err)
{
	return sql_run(s->db, err, "DELETE FROM topic_aside WHERE topic_id = ?", "i", topic_id);
}

int sync_store_aside_count(struct store *s)
{
	return (int)sql_get_int(s->db, 0, "SELECT count(*) FROM topic_aside", "");
}

int64_t sync_store_aside_ms(struct store *s, int64_t now_ms)
{
	return sql_get_int(s->db, INT64_MAX, "SELECT until_ms FROM topic_aside WHERE until_ms > ?"
		" ORDER BY until_ms LIMIT 1", "i", now_ms);
}

bool sync_store_queue_incomplete(struct store *s, int64_t now_ms, struct error *err)
{
	return sql_run(s->db, err,
		"INSERT OR IGNORE INTO queue(topic_id, post_id, updated_ms)"
		" SELECT t.id, 0, 0 FROM topic t WHERE NOT EXISTS (SELECT 1 FROM topic_check k WHERE k.topic_id = "
		"t.id)"
		" AND (t.listed = 1 AND t.posts_count > (SELECT count(*) FROM post p WHERE p.topic_id = t.id)"
		"  OR NOT EXISTS (SELECT 1 FROM post p WHERE p.topic_id = t.id AND p.post_number = 1))"
		" AND (t.level >= ?1 OR t.bookmarked = 1 OR t.is_message = 1"
		"  OR EXISTS (SELECT 1 FROM event e WHERE e.topic_id = t.id AND e.starts_ms >= ?2)"
		"  OR EXISTS (SELECT 1 FROM post p WHERE p.topic_id = t.id))",
		"ni", (int)TOPIC_TRACKING, now_ms);
}
