#include <string.h>

#include "forum_notice.h"
#include "forum_post.h"
#include "forum_publish.h"
#include "forum_search.h"
#include "forum_store.h"
#include "forum_topic.h"
#include "str.h"
#include "text.h"

/* Changing, taking away and liking posts. */

enum { GraceMs = 300 * 1000, UndoLikeMs = 10 * 60 * 1000, LikeType = 2 };

struct post_row {
	int64_t topic_id, user_id, updated_ms, created_ms;
	int post_number, type, version;
	const char *raw, *title; /* title of a first post, else NULL */
	bool deleted, user_deleted, message;
};

static bool load(struct forum *f, int64_t post_id, struct post_row *p, struct error *err)
{
	struct sql_query *q = sql_query(f->db,
		"SELECT p.topic_id, p.user_id, p.updated_ms, p.created_ms, p.post_number, p.post_type,"
		" p.version, p.raw, CASE p.post_number WHEN 1 THEN t.title END, p.deleted_ms IS NOT NULL, "
		"p.user_deleted,"
		" t.archetype = 'private_message' FROM post p JOIN topic t ON t.id = p.topic_id WHERE p.id = ?",
		"i", post_id);
	bool found = sql_next(q);
	if (found)
		*p = (struct post_row){
			.topic_id = sql_int(q, 0),
			.user_id = sql_int(q, 1),
			.updated_ms = sql_int(q, 2),
			.created_ms = sql_int(q, 3),
			.post_number = (int)sql_int(q, 4),
			.type = (int)sql_int(q, 5),
			.version = (int)sql_int(q, 6),
			.raw = sql_text_in(q, 7, f->mem),
			.title = sql_text_in(q, 8, f->mem),
			.deleted = sql_int(q, 9) == 1,
			.user_deleted = sql_int(q, 10) == 1,
			.message = sql_int(q, 11) == 1,
		};
	sql_end(q, NULL);
	return found || fail(err, ERR_NOT_FOUND, N_("This post does not exist or is not for you."));
}

static bool may_change(struct forum *f, const struct post_row *p, int64_t user_id, struct error *err)
{
	struct viewer v = forum_viewer_of(f->db, user_id);
	int64_t minutes =
		sql_get_int(f->db, 0, "SELECT trust_level >= 2 FROM user WHERE id = ?", "i", user_id) == 1 ? 43200
																								   : 1440;
	bool wiki = !p->deleted && sql_get_int(f->db, 0, "SELECT wiki FROM post WHERE topic_id = ? AND post_number = ?",
		"in", p->topic_id, p->post_number) == 1;
	if (v.staff || wiki)
		return true;
	if (p->user_id != user_id || p->deleted)
		return fail(err, ERR_FORBIDDEN, N_("You may not change this."));
	return f->now_ms - p->created_ms < minutes * 60000 || p->message ||
		fail(err, ERR_INVALID, N_("This post is too old to change."));
}

static bool keep_revision(struct forum *f, const struct post_edit *e, const struct post_row *p,
	struct error *err)
{
	return sql_run(f->db, err,
		"INSERT OR REPLACE INTO post_revision (post_id, number, user_id, raw, title, created_ms)"
		" VALUES (?, ?, ?, ?, ?, ?)",
		"inissi", e->post_id, p->version, e->user_id, p->raw, p->title, f->now_ms);
}

/* The writer's own small change within five minutes is not a new version. */
static bool is_new_version(struct forum *f, const struct post_edit *e, const struct post_row *p)
{
	size_t before = strlen(p->raw), after = strlen(e->raw);
	size_t difference = before > after ? before - after : after - before;
	return e->user_id != p->user_id || f->now_ms - p->created_ms > GraceMs || difference > 100;
}

static bool store_text(struct forum *f, int64_t post_id, const struct post_row *p, const char *raw,
	int64_t user_id, bool unchecked, struct error *err)
{
	struct cooked c;
	const struct posted at = {p->topic_id, post_id, p->post_number};
	forum_cook(f, raw, p->topic_id, &c);
	return sql_run(f->db, err, "UPDATE post SET raw = ?, cooked = ?, quote_count = ? WHERE id = ?", "ssni",
			   raw, c.html, c.quote_count, post_id) &&
		forum_store_parts(f, &at, user_id, &c, unchecked, err) &&
		forum_search_remove(f->db, post_id, p->title, p->raw, err) &&
		forum_search_add(f->db, post_id, p->title, raw, err);
}

bool forum_post_edit(struct forum *f, const struct post_edit *e, struct error *err)
{
	struct post_row p;
	if (!load(f, e->post_id, &p, err) || (!e->unchecked && !may_change(f, &p, e->user_id, err)))
		return false;
	if (e->original_raw != NULL && strcmp(e->original_raw, p.raw) != 0)
		return fail(err, ERR_CONFLICT, N_("Somebody else changed this post first."));
	if (e->raw == NULL || strcmp(e->raw, p.raw) == 0)
		return true;
	int64_t least = forum_setting_int(f->db,
		p.message ? "min_personal_message_post_length" : "min_post_length", p.message ? 10 : 20);
	if (!e->unchecked && (int64_t)strlen(e->raw) < least)
		return fail(err, ERR_INVALID, N_("The text is too short."));
	int step = is_new_version(f, e, &p) ? 1 : 0;
	if ((step == 1 && !keep_revision(f, e, &p, err)) ||
		!store_text(f, e->post_id, &p, e->raw, e->user_id, e->unchecked, err))
		return false;
	bool last = sql_get_int(f->db, 0, "SELECT highest_post_number FROM topic WHERE id = ?", "i",
					p.topic_id) == p.post_number;
	return sql_run(f->db, err,
			   "UPDATE post SET version = version + ?, edit_reason = coalesce(?, edit_reason), updated_ms = ?"
			   " WHERE id = ?",
			   "nsii", step, e->reason, f->now_ms, e->post_id) &&
		(!last || step == 0 ||
			sql_run(f->db, err, "UPDATE topic SET bumped_ms = ? WHERE id = ?", "ii", f->now_ms,
				p.topic_id)) &&
		forum_publish_post(f, e->post_id, "revised") &&
		(!last || step == 0 || forum_publish_activity(f, p.topic_id, false));
}

static bool withdraw(struct forum *f, int64_t post_id, const struct post_row *p, struct error *err)
{
	bool dutch = str_equal(forum_setting(f->db, f->mem, "default_locale", "en"), "nl");
	const char *stub = dutch ? "(ingetrokken door schrijver)" : "(post deleted by author)";
	const struct post_edit e = {.post_id = post_id, .user_id = p->user_id, .raw = stub};
	return keep_revision(f, &e, p, err) && store_text(f, post_id, p, stub, p->user_id, true, err) &&
		sql_run(f->db, err,
			"UPDATE post SET user_deleted = 1, version = version + 1, updated_ms = ? WHERE id = ?", "ii",
			f->now_ms, post_id) &&
		forum_publish_post(f, post_id, "revised");
}

bool forum_post_delete(struct forum *f, int64_t post_id, int64_t user_id, struct error *err)
{
	struct post_row p;
	struct viewer v = forum_viewer_of(f->db, user_id);
	if (!load(f, post_id, &p, err))
		return false;
	if (!v.staff && (p.user_id != user_id || p.deleted || p.user_deleted))
		return fail(err, ERR_FORBIDDEN, N_("You may not change this."));
	if (!v.staff && p.post_number == 1 &&
		sql_get_int(f->db, 1, "SELECT posts_count FROM topic WHERE id = ?", "i", p.topic_id) > 1)
		return fail(err, ERR_FORBIDDEN, N_("This topic has answers, so it stays."));
	if (!v.staff && p.post_number > 1)
		return withdraw(f, post_id, &p, err);
	if (!sql_run(f->db, err, "UPDATE post SET deleted_ms = ? WHERE id = ?", "ii", f->now_ms, post_id) ||
		!forum_search_remove(f->db, post_id, p.title, p.raw, err))
		return false;
	if (p.post_number == 1)
		return sql_run(f->db, err, "UPDATE topic SET deleted_ms = ? WHERE id = ?", "ii", f->now_ms,
				   p.topic_id) &&
			forum_publish_post(f, post_id, "deleted") && forum_publish_gone(f, p.topic_id, "delete");
	return forum_topic_recount(f, p.topic_id, err) && forum_publish_post(f, post_id, "deleted");
}

static bool restore_text(struct forum *f, int64_t post_id, const struct post_row *p, struct error *err)
{
	const char *raw = sql_get_text(f->db, f->mem,
		"SELECT raw FROM post_revision WHERE post_id = ? ORDER BY number DESC LIMIT 1", "i", post_id);
	return raw == NULL ||
		(store_text(f, post_id, p, raw, p->user_id, true, err) &&
			sql_run(f->db, err,
				"UPDATE post SET user_deleted = 0, version = version + 1, updated_ms = ? WHERE id = ?", "ii",
				f->now_ms, post_id));
}

bool forum_post_recover(struct forum *f, int64_t post_id, int64_t user_id, struct error *err)
{
	struct post_row p;
	struct viewer v = forum_viewer_of(f->db, user_id);
	if (!load(f, post_id, &p, err))
		return false;
	if (!v.staff && (p.user_id != user_id || !p.user_deleted))
		return fail(err, ERR_FORBIDDEN, N_("You may not change this."));
	if (p.user_deleted && !restore_text(f, post_id, &p, err))
		return false;
	if (p.deleted && (!sql_run(f->db, err, "UPDATE post SET deleted_ms = NULL WHERE id = ?", "i", post_id) ||
			!forum_search_add(f->db, post_id, p.title, p.raw, err)))
		return false;
	if (p.post_number == 1 && p.deleted &&
		(!sql_run(f->db, err, "UPDATE topic SET deleted_ms = NULL WHERE id = ?", "i", p.topic_id) ||
			!forum_publish_gone(f, p.topic_id, "recover")))
		return false;
	return forum_topic_recount(f, p.topic_id, err) && forum_publish_post(f, post_id, "recovered");
}

bool forum_post_small_action(struct forum *f, int64_t topic_id, int64_t user_id, const char *action_code,
	const char *who, struct posted *out, struct error *err)
{
	out->topic_id = topic_id;
	out->post_number =
		(int)sql_get_int(f->db, 1, "SELECT max(post_number) + 1 FROM post WHERE topic_id = ?", "i", topic_id);
	if (!sql_run(f->db, err,
			"INSERT INTO post (topic_id, post_number, user_id, post_type, raw, cooked, created_ms, "
			"updated_ms,"
			" action_code, action_who) VALUES (?1, ?2, ?3, 3, '', '', ?4, ?4, ?5, ?6)",
			"iniiss", topic_id, out->post_number, user_id, f->now_ms, action_code, who))
		return false;
	out->post_id = sql_last_id(f->db);
	return sql_run(f->db, err, "UPDATE topic SET highest_post_number = ?, updated_ms = ? WHERE id = ?", "nii",
			   out->post_number, f->now_ms, topic_id) &&
		forum_publish_post(f, out->post_id, "created");
}

static bool count_likes(struct forum *f, int64_t post_id, int64_t topic_id, const char *type,
	struct error *err)
{
	return sql_run(f->db, err,
			   "UPDATE post SET like_count = (SELECT count(*) FROM post_action WHERE post_id = ?1 AND type = "
			   "2)"
			   " WHERE id = ?1",
			   "i", post_id) &&
		sql_run(f->db, err,
			"UPDATE topic SET like_count = (SELECT coalesce(sum(like_count), 0) FROM post WHERE topic_id = ?1"
			" AND deleted_ms IS NULL) WHERE id = ?1",
			"i", topic_id) &&
		forum_publish_post(f, post_id, type);
}

bool forum_like(struct forum *f, int64_t post_id, int64_t user_id, int64_t created_ms, struct error *err)
{
	struct post_row p;
	int64_t at = created_ms == 0 ? f->now_ms : created_ms;
	if (!load(f, post_id, &p, err))
		return false;
	if (!forum_post_visible(f->db, forum_viewer_of(f->db, user_id), post_id))
		return fail(err, ERR_NOT_FOUND, N_("This post does not exist or is not for you."));
	if (p.user_id == user_id || p.deleted || p.user_deleted ||
		sql_get_int(f->db, 0,
			"SELECT 1 FROM post_action"
			" WHERE post_id = ? AND user_id = ? AND type = ?",
			"iin", post_id, user_id, LikeType) == 1)
		return fail(err, ERR_FORBIDDEN, N_("You cannot like this post."));
	const struct new_notice n = {
		.user_id = p.user_id,
		.type = NOTICE_LIKED,
		.from_user_id = user_id,
		.topic_id = p.topic_id,
		.post_id = post_id,
		.post_number = p.post_number,
		.created_ms = at,
	};
	return sql_run(f->db, err,
			   "INSERT INTO post_action (post_id, user_id, type, created_ms) VALUES (?, ?, ?, ?)", "iini",
			   post_id, user_id, LikeType, at) &&
		forum_notice_create(f, &n, err) && count_likes(f, post_id, p.topic_id, "liked", err);
}

bool forum_unlike(struct forum *f, int64_t post_id, int64_t user_id, struct error *err)
{
	struct post_row p;
	if (!load(f, post_id, &p, err))
		return false;
	int64_t at = sql_get_int(f->db, 0,
		"SELECT created_ms FROM post_action WHERE post_id = ? AND user_id = ? AND type = ?", "iin", post_id,
		user_id, LikeType);
	if (at == 0 || f->now_ms - at > UndoLikeMs)
		return fail(err, ERR_FORBIDDEN, N_("This like can no longer be taken back."));
	return sql_run(f->db, err, "DELETE FROM post_action WHERE post_id = ? AND user_id = ? AND type = ?",
			   "iin", post_id, user_id, LikeType) &&
		count_likes(f, post_id, p.topic_id, "unliked", err);
}
