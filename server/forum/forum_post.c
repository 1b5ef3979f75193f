#include "forum_post.h"

#include <string.h>

#include "forum_category.h"
#include "forum_draft.h"
#include "forum_notify.h"
#include "forum_publish.h"
#include "forum_search.h"
#include "forum_store.h"
#include "forum_topic.h"
#include "forum_user.h"
#include "sha.h"
#include "str.h"
#include "text.h"

char *forum_post_tidy(struct arena *a, const char *raw)
{
	char *s = arena_strdup(a, str_or_empty(raw)), *to = s;
	for (const char *p = s; *p != '\0'; p++) {
		if (*p == '\r' && p[1] == '\n')
			continue;
		*to++ = *p == '\r' ? '\n' : *p;
	}
	*to = '\0';
	return str_trim(s);
}

static int64_t characters(const char *s)
{
	int64_t n = 0;
	for (; *s != '\0'; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

bool forum_post_check_raw(struct forum *f, const char *raw, bool message, bool first, struct error *err)
{
	int64_t least = message ? forum_setting_int(f->db, "min_personal_message_post_length", 10)
		: first             ? forum_setting_int(f->db, "min_first_post_length", 20)
							: forum_setting_int(f->db, "min_post_length", 20);
	if (characters(raw) < least)
		return fail(err, ERR_INVALID, N_("The text is too short."));
	return characters(raw) <= forum_setting_int(f->db, "max_post_length", 32000) ||
		fail(err, ERR_INVALID, N_("The text is too long."));
}

/* Line ends, tabs and other bytes that steer a terminal; of UTF-8 also U+0080 to U+009F. */
static bool has_controls(const char *s)
{
	for (const unsigned char *p = (const unsigned char *)s; *p != '\0'; p++)
		if (*p < 0x20 || *p == 0x7f || (*p == 0xc2 && p[1] >= 0x80 && p[1] < 0xa0))
			return true;
	return false;
}

bool forum_title_check(struct forum *f, const char *title, bool message, int64_t topic_id, struct error *err)
{
	int64_t length = characters(str_or_empty(title));
	if (length < (message ? 2 : forum_setting_int(f->db, "min_topic_title_length", 15)))
		return fail(err, ERR_INVALID, N_("The title is too short."));
	if (length > forum_setting_int(f->db, "max_topic_title_length", 255))
		return fail(err, ERR_INVALID, N_("The title is too long."));
	if (has_controls(str_or_empty(title)))
		return fail(err, ERR_INVALID, N_("A title is one line of ordinary text."));
	return message ||
		sql_get_int(f->db, 0,
			"SELECT 1 FROM topic WHERE title = ? COLLATE NOCASE AND archetype = 'regular'"
			" AND deleted_ms IS NULL AND id <> ?",
			"si", title, topic_id) != 1 ||
		fail(err, ERR_INVALID, N_("There already is a topic with this title."));
}

static bool check_text(struct forum *f, const struct new_post *n, const char *raw, struct error *err)
{
	bool first = n->topic_id == 0, message = n->message;
	if (n->topic_id != 0)
		message = sql_get_int(f->db, 0, "SELECT archetype = 'private_message' FROM topic WHERE id = ?", "i",
					  n->topic_id) == 1;
	return forum_post_check_raw(f, raw, message, first, err) &&
		(!first || forum_title_check(f, n->title, message, 0, err));
}

static bool check_reply(struct forum *f, const struct new_post *n, struct viewer v, struct error *err)
{
	struct sql_query *q = sql_query(f->db,
		"SELECT closed OR archived, coalesce(category_id, 0), archetype = 'regular' FROM topic"
		" WHERE id = ? AND deleted_ms IS NULL",
		"i", n->topic_id);
	bool found = sql_next(q), closed = found && sql_int(q, 0) == 1, regular = found && sql_int(q, 2) == 1;
	int64_t category = found ? sql_int(q, 1) : 0;
	sql_end(q, NULL);
	if (!found || !forum_topic_visible(f->db, v, n->topic_id))
		return fail(err, ERR_NOT_FOUND, N_("This topic does not exist or is not for you."));
	if (closed && !v.staff)
		return fail(err, ERR_FORBIDDEN, N_("This topic is closed."));
	int permission = regular && category != 0 ? forum_category_permission(f->db, v, category) : 1;
	return (permission >= 1 && permission <= 2) ||
		fail(err, ERR_FORBIDDEN, N_("You may not answer in this category."));
}

static bool check_rights(struct forum *f, const struct new_post *n, struct error *err)
{
	struct viewer v = forum_viewer_of(f->db, n->user_id);
	if (sql_get_int(f->db, 0, "SELECT active AND coalesce(silenced_until_ms, 0) < ? FROM user WHERE id = ?",
			"ii", f->now_ms, n->user_id) != 1)
		return fail(err, ERR_FORBIDDEN, N_("You may not write at the moment."));
	if (n->topic_id != 0)
		return check_reply(f, n, v, err);
	int64_t category = n->category_id == 0 ? CATEGORY_UNCATEGORIZED : n->category_id;
	return n->message || forum_category_permission(f->db, v, category) == 1 ||
		fail(err, ERR_FORBIDDEN, N_("You may not begin a topic in this category."));
}

static bool check_repeat(struct forum *f, const struct new_post *n, const char *sha, struct error *err)
{
	if (forum_viewer_of(f->db, n->user_id).staff)
		return true;
	return sql_get_int(f->db, 0, "SELECT 1 FROM post WHERE user_id = ? AND created_ms > ? AND raw_sha1 = ?",
			   "iis", n->user_id, f->now_ms - forum_setting_int(f->db, "unique_posts_mins", 5) * 60000, sha) != 1 ||
		fail(err, ERR_INVALID, N_("This is the same text as you posted before."));
}

/* Messages and posts for everyone are compared apart. */
static void sign(struct forum *f, const struct new_post *n, const char *raw, char sha[SHA1_HEX])
{
	bool message = n->message ||
		sql_get_int(f->db, 0, "SELECT archetype = 'private_message' FROM topic WHERE id = ?", "i",
			n->topic_id) == 1;
	const char *whole = arena_printf(f->mem, "%s%s", message ? "private:" : "", raw);
	sha1_hex(whole, strlen(whole), sha);
}

static bool allow_recipients(struct forum *f, const struct new_post *n, int64_t topic_id, struct error *err)
{
	if (!forum_message_invite(f, topic_id, n->user_id, 0, err))
		return false;
	for (int i = 0; i < n->recipient_count; i++) {
		int64_t user = forum_user_id(f->db, n->recipient[i]);
		int64_t group = user != 0
			? 0
			: sql_get_int(f->db, 0, "SELECT id FROM groups WHERE name = ? AND messageable", "s",
				  n->recipient[i]);
		if (user == 0 && group == 0)
			return fail(err, ERR_INVALID, N_("One of the people you write to does not exist."));
		if (!forum_message_invite(f, topic_id, user, group, err))
			return false;
	}
	return true;
}

static bool make_topic(struct forum *f, const struct new_post *n, int64_t at, int64_t *topic_id,
	struct error *err)
{
	int64_t category = n->message ? 0 : n->category_id == 0 ? CATEGORY_UNCATEGORIZED : n->category_id;
	if (n->message && n->recipient_count == 0)
		return fail(err, ERR_INVALID, N_("A message needs someone to send it to."));
	if (!sql_run(f->db, err,
			"INSERT INTO topic (title, slug, category_id, archetype, user_id, last_post_user_id, created_ms,"
			" bumped_ms, last_posted_ms, updated_ms) VALUES (?1, ?2, nullif(?3, 0), ?4, ?5, ?5, ?6, ?6, ?6, "
			"?6)",
			"ssisii", n->title, forum_slug(f->mem, n->title), category,
			n->message ? "private_message" : "regular", n->user_id, at))
		return false;
	*topic_id = sql_last_id(f->db);
	return n->message ? allow_recipients(f, n, *topic_id, err)
		: n->tag_count == 0 || forum_topic_set_tags(f, *topic_id, n->tag, n->tag_count, err);
}

static bool insert_post(struct forum *f, const struct new_post *n, const char *raw, const char *sha,
	int64_t at, struct posted *p, const struct cooked *c, struct error *err)
{
	p->post_number = (int)sql_get_int(f->db, 1, "SELECT max(post_number) + 1 FROM post WHERE topic_id = ?",
		"i", p->topic_id);
	if (!sql_run(f->db, err,
			"INSERT INTO post (topic_id, post_number, user_id, raw, cooked, raw_sha1, created_ms, updated_ms,"
			" reply_to_post_number, quote_count) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, nullif(?8, 0), ?9)",
			"iiisssinn", p->topic_id, (int64_t)p->post_number, n->user_id, raw, c->html, sha, at,
			n->reply_to_post_number, c->quote_count))
		return false;
	p->post_id = sql_last_id(f->db);
	return n->reply_to_post_number == 0 || sql_run(f->db, err, "UPDATE post SET reply_count = reply_count + 1"
		" WHERE topic_id = ? AND post_number = ?", "in", p->topic_id, n->reply_to_post_number);
}

static bool update_topic(struct forum *f, const struct new_post *n, int64_t at, const struct posted *p,
	struct error *err)
{
	return sql_run(f->db, err,
		"UPDATE topic SET posts_count = posts_count + 1, highest_post_number = ?,"
		" reply_count = reply_count + ?, last_posted_ms = ?, bumped_ms = ?, updated_ms = ?, "
		"last_post_user_id = ?"
		" WHERE id = ?",
		"nniiiii", p->post_number, (int)(n->reply_to_post_number > 0), at, at, at, n->user_id, p->topic_id);
}

const char *forum_draft_key(struct arena *a, int64_t topic_id, bool message)
{
	if (topic_id != 0)
		return arena_printf(a, "topic_%lld", (long long)topic_id);
	return message ? "new_private_message" : "new_topic";
}

/* What the writer has with the topic: read up to here, and followed from now on. */
static bool update_writer(struct forum *f, const struct new_post *n, int64_t at, const struct posted *p,
	struct error *err)
{
	int level = n->untracked ? 1 : p->post_number == 1 ? 3 : 2;
	const char *key = n->draft_key != NULL ? n->draft_key : forum_draft_key(f->mem, n->topic_id, n->message);
	return sql_run(f->db, err,
			   "INSERT INTO topic_user (topic_id, user_id, last_read_post_number, notification_level,"
			   " first_visited_ms, last_visited_ms, posted) VALUES (?1, ?2, ?3, ?4, ?5, ?5, 1) ON CONFLICT "
			   "(topic_id, user_id)"
			   " DO UPDATE SET last_read_post_number = max(last_read_post_number, ?3), last_visited_ms = ?5, "
			   "posted = 1,"
			   " notification_level = CASE notification_level WHEN 0 THEN 0 ELSE max(notification_level, ?4) "
			   "END",
			   "iinni", p->topic_id, n->user_id, p->post_number, level, at) &&
		sql_run(f->db, err,
			"UPDATE user SET last_posted_ms = max(coalesce(last_posted_ms, 0), ?) WHERE id = ?", "ii", at,
			n->user_id) &&
		(n->unchecked || str_empty(key) || forum_draft_advance(f, n->user_id, key, err));
}

static bool tell(struct forum *f, const struct new_post *n, const struct posted *p, const struct cooked *c,
	int64_t at, struct error *err)
{
	return n->quiet ||
		(forum_notify_post(f, p, n->user_id, n->reply_to_post_number, c, at, err) &&
			forum_publish_post(f, p->post_id, "created") &&
			forum_publish_activity(f, p->topic_id, p->post_number == 1));
}

bool forum_post_check(struct forum *f, const struct new_post *n, struct error *err)
{
	char sha[SHA1_HEX];
	const char *raw = forum_post_tidy(f->mem, n->raw);
	sign(f, n, raw, sha);
	return check_rights(f, n, err) && check_text(f, n, raw, err) && check_repeat(f, n, sha, err);
}

bool forum_post_create(struct forum *f, const struct new_post *n, struct posted *out, struct error *err)
{
	char sha[SHA1_HEX];
	struct cooked c;
	const char *raw = forum_post_tidy(f->mem, n->raw);
	int64_t at = n->created_ms == 0 ? f->now_ms : n->created_ms;
	sign(f, n, raw, sha);
	if (!n->unchecked && !forum_post_check(f, n, err))
		return false;
	*out = (struct posted){.topic_id = n->topic_id};
	if (n->topic_id == 0 && !make_topic(f, n, at, &out->topic_id, err))
		return false;
	forum_cook(f, raw, out->topic_id, &c);
	const char *title = n->topic_id == 0 ? n->title : NULL;
	return insert_post(f, n, raw, sha, at, out, &c, err) &&
		forum_store_parts(f, out, n->user_id, &c, n->unchecked, err) &&
		forum_search_add(f->db, out->post_id, title, raw, err) && update_topic(f, n, at, out, err) &&
		update_writer(f, n, at, out, err) && tell(f, n, out, &c, at, err);
}
