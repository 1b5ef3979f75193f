#include "post_store.h"

#include <stdlib.h>
#include <string.h>

#include "event_said.h"
#include "event_store.h"
#include "html_text.h"
#include "poll_store.h"
#include "post_flags.h"
#include "store_private.h"
#include "str.h"

/* The index of post texts keeps no text of its own: to take an entry out it must be given the same words
 * again. */
static bool index_text(
	struct store *s, const char *command, int64_t id, const char *cooked, struct error *err)
{
	struct sbuf text = {0};
	html_text(&text, cooked);
	bool ok = sql_run(s->db, err, command, "is", id, sbuf_str(&text));
	sbuf_fini(&text);
	return ok;
}

static bool index_add(struct store *s, int64_t id, const char *cooked, struct error *err)
{
	return index_text(s, "INSERT INTO post_text(rowid, body) VALUES (?, ?)", id, cooked, err);
}

static bool index_remove(struct store *s, int64_t id, const char *cooked, struct error *err)
{
	return index_text(
		s, "INSERT INTO post_text(post_text, rowid, body) VALUES ('delete', ?, ?)", id, cooked, err);
}

/* A post can arrive before its topic does. */
static bool make_topic(struct store *s, const struct post *p, struct error *err)
{
	if (sql_get_int(s->db, 0, "SELECT 1 FROM topic WHERE id = ?", "i", p->topic_id) == 1)
		return true;
	const char *title = str_or_empty(p->topic_title);
	return sql_run(s->db, err,
			   "INSERT INTO topic(id, category_id, title, is_message, unread, bumped_ms, created_ms,"
			   " last_posted_ms, posts_count, highest, last_read, level, pinned, closed, archived, visible, "
			   "bookmarked, views,"
			   " like_count, event_starts_ms, tags, people, member_groups, listed)"
			   " VALUES (?, ?, ?, ?, 0, ?, ?, ?, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, '', '', '', 0)",
			   "iisniii", p->topic_id, p->category_id, title, p->is_message, p->created_ms, p->created_ms,
			   p->created_ms)
		&& sql_run(s->db, err, "INSERT OR REPLACE INTO topic_text(rowid, title, tags) VALUES (?, ?, '')",
			"is", p->topic_id, title);
}

/* What a new post tells of its topic, until the list of topics says the same. Own posts are read. */
static bool touch_topic(struct store *s, const struct post *p, struct error *err)
{
	return sql_run(s->db, err,
			   "UPDATE topic SET"
			   " author = CASE WHEN ?2 = 1 THEN coalesce(author, ?3) ELSE author END,"
			   " created_ms = CASE WHEN ?2 = 1 THEN ?4 ELSE created_ms END,"
			   " last_poster = CASE WHEN ?2 > highest THEN ?3 ELSE last_poster END,"
			   " last_posted_ms = max(last_posted_ms, ?4),"
			   " bumped_ms = CASE WHEN ?5 = 1 THEN max(bumped_ms, ?4) ELSE bumped_ms END,"
			   " posts_count = CASE WHEN listed = 0 OR ?2 > highest THEN posts_count + 1 ELSE posts_count "
			   "END,"
			   " put_away = put_away AND (?6 OR ?2 <= highest),"
			   " last_read = CASE WHEN ?6 THEN max(last_read, ?2) ELSE last_read END,"
			   " highest = max(highest, ?2) WHERE id = ?1",
			   "insinn", p->topic_id, p->post_number, p->username, p->created_ms, p->type, p->yours)
		&& sql_run(s->db, err,
			"UPDATE topic SET unread = (level <> 0 AND highest > max(last_read, local_read)) WHERE id = ?",
			"i", p->topic_id);
}

static bool note_writer(struct store *s, const struct post *p, struct error *err)
{
	if (p->user_id <= 0 || sql_get_int(s->db, 0, "SELECT 1 FROM member WHERE id = ?", "i", p->user_id) == 1)
		return true;
	return sql_run(s->db, err, "INSERT OR IGNORE INTO unknown_writer(user_id) VALUES (?)", "i", p->user_id);
}

/* The Markdown is for editing, and for what a meeting says in labels. */
static bool keeps_raw(const struct post *p)
{
	return p->yours || p->wiki || p->event != NULL;
}

static bool put_row(struct store *s, const struct post *p, struct error *err)
{
	return sql_run(s->db, err,
		"INSERT INTO post(id, topic_id, post_number, user_id, username, name, type, created_ms,"
		" updated_ms, reply_to, reply_to_username, version, like_count, flags, bookmark_id, action_code, "
		"action_who, raw,"
		" cooked, bookmark_note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
		" ON CONFLICT(id) DO UPDATE SET topic_id = excluded.topic_id, post_number = excluded.post_number,"
		" user_id = excluded.user_id, username = excluded.username, name = excluded.name, type = "
		"excluded.type,"
		" created_ms = excluded.created_ms, updated_ms = excluded.updated_ms, reply_to = excluded.reply_to,"
		" reply_to_username = excluded.reply_to_username, version = excluded.version, like_count = "
		"excluded.like_count,"
		" flags = excluded.flags, bookmark_id = excluded.bookmark_id, action_code = excluded.action_code,"
		" action_who = excluded.action_who, raw = coalesce(excluded.raw, CASE WHEN version = "
		"excluded.version THEN raw END),"
		" cooked = excluded.cooked, bookmark_note = excluded.bookmark_note",
		"iinissniinsnniisssss", p->id, p->topic_id, p->post_number, p->user_id, p->username, p->name, p->type,
		p->created_ms, p->updated_ms, p->reply_to_post_number, p->reply_to_username, p->version,
		p->like_count, post_flags(p), p->bookmark_id, p->action_code, p->action_who, keeps_raw(p) ? p->raw : NULL,
		str_or_empty(p->cooked), p->bookmark_note);
}

static bool put_text(struct store *s, const struct post *p, const char *old, struct error *err)
{
	const char *cooked = str_or_empty(p->cooked);
	if (old != NULL && strcmp(old, cooked) == 0)
		return true;
	return (old == NULL || index_remove(s, p->id, old, err)) && index_add(s, p->id, cooked, err);
}

static bool put_parts(struct store *s, const struct post *p, struct error *err)
{
	if (!poll_store_put(s, p->id, p->poll, p->poll_count, err))
		return false;
	if (p->event == NULL)
		return p->post_number != 1 || event_store_remove(s, p->id, err);
	struct event e = *p->event;
	e.topic_id = p->topic_id;
	if (e.category_id == 0)
		e.category_id = p->category_id;
	if (e.topic_title == NULL)
		e.topic_title = p->topic_title;
	return event_store_put(s, &e, err) && event_said_put(s, p, err);
}

bool post_store_put(struct store *s, const struct post *p, bool *isnew, bool *changed, struct error *err)
{
	struct arena a = {0};
	const char *old = NULL;
	bool same = false;
	struct sql_query *q = sql_query(
		s->db, "SELECT cooked, version, updated_ms, flags, like_count FROM post WHERE id = ?", "i", p->id);
	if (sql_next(q)) {
		old = store_text(q, 0, &a);
		same = strcmp(old, str_or_empty(p->cooked)) == 0 && sql_int(q, 1) == p->version
			&& sql_int(q, 2) == p->updated_ms;
	}
	sql_end(q, NULL);
	if (isnew != NULL)
		*isnew = old == NULL;
	if (changed != NULL)
		*changed = old != NULL && !same;
	store_changed(s, STORE_POSTS | (p->is_message ? STORE_MESSAGES : STORE_TOPICS));
	bool ok;
	if (p->deleted && !p->can_recover)
		ok = old == NULL || post_store_remove(s, p->id, err);
	else
		ok = make_topic(s, p, err) && put_text(s, p, old, err) && put_row(s, p, err) && put_parts(s, p, err)
			&& (old != NULL || (touch_topic(s, p, err) && note_writer(s, p, err)));
	arena_fini(&a);
	return ok;
}

bool post_store_remove(struct store *s, int64_t id, struct error *err)
{
	struct arena a = {0};
	const char *cooked = sql_get_text(s->db, &a, "SELECT cooked FROM post WHERE id = ?", "i", id);
	bool ok = true;
	if (cooked != NULL) {
		store_changed(s, STORE_POSTS | STORE_TOPICS | STORE_MESSAGES);
		ok = index_remove(s, id, cooked, err) && poll_store_remove(s, id, err)
			&& event_store_remove(s, id, err)
			&& sql_run(s->db, err,
				"UPDATE topic SET posts_count = max(0, posts_count - 1)"
				" WHERE id = (SELECT topic_id FROM post WHERE id = ?)",
				"i", id)
			&& sql_run(s->db, err, "DELETE FROM post WHERE id = ?", "i", id);
	}
	arena_fini(&a);
	return ok;
}

static int64_t *ids_of_topic(struct store *s, int64_t topic_id, struct arena *a, int *count)
{
	size_t max = (size_t)post_store_count(s, topic_id);
	int64_t *id = ARENA_ARRAY(a, max, int64_t);
	*count = 0;
	struct sql_query *q = sql_query(
		s->db, "SELECT id FROM post WHERE topic_id = ? ORDER BY id", "i", topic_id);
	while ((size_t)*count < max && sql_next(q))
		id[(*count)++] = sql_int(q, 0);
	store_end(s, q);
	return id;
}

static int compare_ids(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

int post_store_keep_only(struct store *s, int64_t topic_id, const int64_t *keep, int count, struct error *err)
{
	struct arena a = {0};
	int here, removed = 0;
	int64_t *id = ids_of_topic(s, topic_id, &a, &here);
	int64_t *sorted = ARENA_ARRAY(&a, (size_t)count, int64_t);
	if (count > 0)
		memcpy(sorted, keep, (size_t)count * sizeof *sorted);
	qsort(sorted, (size_t)count, sizeof *sorted, compare_ids);
	for (int i = 0; i < here && removed >= 0; i++)
		if (bsearch(&id[i], sorted, (size_t)count, sizeof *sorted, compare_ids) == NULL)
			removed = post_store_remove(s, id[i], err) ? removed + 1 : -1;
	arena_fini(&a);
	return removed;
}

bool post_store_remove_topic(struct store *s, int64_t topic_id, struct error *err)
{
	return post_store_keep_only(s, topic_id, NULL, 0, err) >= 0;
}
