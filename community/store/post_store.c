#include "post_store.h"

#include <string.h>

#include "event_store.h"
#include "html_text.h"
#include "outbox_join.h"
#include "poll_store.h"
#include "post_flags.h"
#include "store_private.h"
#include "str.h"
#include "utf8.h"

enum { ExcerptBytes = 200, AtMost = 10000 };

#define SELECT_ROW                                                                                           \
	"SELECT p.id, p.topic_id, p.post_number, p.user_id, p.username, p.name, p.type, p.created_ms,"           \
	" p.updated_ms, p.reply_to, p.reply_to_username, p.version, p.like_count, p.flags, p.bookmark_id, "      \
	"p.action_code,"                                                                                         \
	" p.action_who, p.raw, p.cooked, t.title, t.category_id, t.is_message,"                                  \
	" p.post_number > max(t.last_read, t.local_read), i.username IS NOT NULL OR coalesce(m.ignored, 0),"     \
	" p.bookmark_note"                                                                                       \
	" FROM post p LEFT JOIN topic t ON t.id = p.topic_id LEFT JOIN ignored i ON i.username = p.username"     \
	" LEFT JOIN member m ON m.id = p.user_id"

static struct post_row read_row(struct sql_query *q, struct arena *a)
{
	struct post_row row = {.post = {.id = sql_int(q, 0),
							   .topic_id = sql_int(q, 1),
							   .post_number = (int)sql_int(q, 2),
							   .user_id = sql_int(q, 3),
							   .username = store_text(q, 4, a),
							   .name = sql_text_in(q, 5, a),
							   .type = (int)sql_int(q, 6),
							   .created_ms = sql_int(q, 7),
							   .updated_ms = sql_int(q, 8),
							   .reply_to_post_number = (int)sql_int(q, 9),
							   .reply_to_username = sql_text_in(q, 10, a),
							   .version = (int)sql_int(q, 11),
							   .like_count = (int)sql_int(q, 12),
							   .bookmark_id = sql_int(q, 14),
							   .bookmark_note = sql_text_in(q, 24, a),
							   .action_code = sql_text_in(q, 15, a),
							   .action_who = sql_text_in(q, 16, a),
							   .raw = sql_text_in(q, 17, a),
							   .cooked = store_text(q, 18, a),
							   .topic_title = store_text(q, 19, a),
							   .category_id = sql_int(q, 20),
							   .is_message = sql_int(q, 21)},
		.unread = sql_int(q, 22),
		.ignored = sql_int(q, 23)};
	post_set_flags(&row.post, sql_int(q, 13));
	return row;
}

/* What hangs on a post: read after the rows, so that only one query runs at a time. */
static void read_parts(struct store *s, struct post *p, struct arena *a)
{
	if (p->poll_count > 0)
		p->poll_count = poll_store_get(s, p->id, a, &p->poll);
	if (p->post_number == 1)
		p->event = event_store_get(s, p->id, a);
}

static struct post_rows read_rows(struct store *s, struct sql_query *q, int limit, struct arena *a)
{
	struct post_rows out = {.row = ARENA_ARRAY(a, (size_t)limit, struct post_row)};
	while (out.count < limit && sql_next(q))
		out.row[out.count++] = read_row(q, a);
	store_end(s, q);
	for (int i = 0; i < out.count; i++)
		read_parts(s, &out.row[i].post, a);
	outbox_join_posts(s, out.row, out.count, a);
	return out;
}

struct post_rows post_store_window(struct store *s, int64_t topic_id, int from, int limit, struct arena *a)
{
	limit = limit < AtMost ? limit : AtMost;
	return read_rows(s, sql_query(s->db, SELECT_ROW " WHERE p.topic_id = ? AND p.post_number >= ?"
		" ORDER BY p.post_number LIMIT ?", "inn", topic_id, from, limit), limit, a);
}

struct post_rows post_store_window_before(
	struct store *s, int64_t topic_id, int to, int limit, struct arena *a)
{
	limit = limit < AtMost ? limit : AtMost;
	struct post_rows out = read_rows(s,
		sql_query(s->db,
			SELECT_ROW " WHERE p.topic_id = ? AND p.post_number <= ?"
					   " ORDER BY p.post_number DESC LIMIT ?",
			"inn", topic_id, to, limit),
		limit, a);
	for (int i = 0, j = out.count - 1; i < j; i++, j--) {
		struct post_row swap = out.row[i];
		out.row[i] = out.row[j];
		out.row[j] = swap;
	}
	return out;
}

int64_t post_store_count(struct store *s, int64_t topic_id)
{
	return sql_get_int(s->db, 0, "SELECT count(*) FROM post WHERE topic_id = ?", "i", topic_id);
}

int64_t post_store_newest(struct store *s)
{
	return sql_get_int(s->db, 0, "SELECT coalesce(max(id), 0) FROM post", "");
}

int64_t post_store_position(struct store *s, int64_t topic_id, int post_number)
{
	return sql_get_int(s->db, 0, "SELECT count(*) FROM post WHERE topic_id = ? AND post_number < ?", "in",
		topic_id, post_number);
}

int post_store_first_unread(struct store *s, int64_t topic_id)
{
	return (int)sql_get_int(s->db, 0,
		"SELECT p.post_number FROM topic t JOIN post p ON p.topic_id = t.id"
		" WHERE t.id = ? AND p.post_number > max(t.last_read, t.local_read) ORDER BY p.post_number LIMIT 1",
		"i", topic_id);
}

static const struct post_row *one_row(struct store *s, struct sql_query *q, struct arena *a)
{
	struct post_rows rows = read_rows(s, q, 1, a);
	return rows.count == 0 ? NULL : rows.row;
}

const struct post_row *post_store_get(struct store *s, int64_t id, struct arena *a)
{
	return one_row(s, sql_query(s->db, SELECT_ROW " WHERE p.id = ?", "i", id), a);
}

static const char *excerpt_of(const char *cooked, struct arena *a)
{
	struct sbuf text = {0};
	html_text(&text, cooked);
	bool cut = text.n > ExcerptBytes;
	sbuf_truncate(&text, ExcerptBytes);
	sbuf_add(&text, "");
	utf8_cut_partial(text.p);
	const char *out = arena_printf(a, "%s%s", text.p, cut ? "…" : "");
	sbuf_fini(&text);
	return out;
}

struct post_lines post_store_by_member(struct store *s, const char *username, int64_t offset, int limit,
	struct arena *a)
{
	struct post_lines out = {.row = ARENA_ARRAY(a, (size_t)limit, struct post_line)};
	struct sql_query *q = sql_query(s->db,
		"SELECT p.id, p.topic_id, p.created_ms, p.post_number, t.title, p.cooked"
		" FROM post p JOIN topic t ON t.id = p.topic_id WHERE p.username = ? COLLATE NOCASE AND t.is_message "
		"= 0"
		" ORDER BY p.created_ms DESC, p.id DESC LIMIT ? OFFSET ?",
		"sni", username, limit, offset);
	while (out.count < limit && sql_next(q))
		out.row[out.count++] = (struct post_line){.id = sql_int(q, 0),
			.topic_id = sql_int(q, 1),
			.created_ms = sql_int(q, 2),
			.post_number = (int)sql_int(q, 3),
			.topic_title = store_text(q, 4, a),
			.excerpt = excerpt_of(sql_text(q, 5), a)};
	store_end(s, q);
	return out;
}

int64_t post_store_by_member_count(struct store *s, const char *username)
{
	return sql_get_int(s->db, 0, "SELECT count(*) FROM post p JOIN topic t ON t.id = p.topic_id"
		" WHERE p.username = ? COLLATE NOCASE AND t.is_message = 0", "s", username);
}

int post_store_missing(struct store *s, const int64_t *id, int count, int64_t *out)
{
	int missing = 0;
	for (int i = 0; i < count; i++)
		if (sql_get_int(s->db, 0, "SELECT 1 FROM post WHERE id = ?", "i", id[i]) == 0)
			out[missing++] = id[i];
	return missing;
}
