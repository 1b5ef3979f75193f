#include "forum_bookmark.h"

#include "str.h"
#include "text.h"

bool forum_bookmark_create(struct forum *f, int64_t user_id, const char *type, int64_t thing_id,
	const char *name, int64_t reminder_ms, int auto_delete, int64_t created_ms, int64_t *id,
	struct error *err)
{
	bool post = str_equal(type, "Post");
	struct viewer v = forum_viewer_of(f->db, user_id);
	if (!post && !str_equal(type, "Topic"))
		return fail(err, ERR_INVALID, N_("Only posts and topics can be saved."));
	if (!(post ? forum_post_visible(f->db, v, thing_id) : forum_topic_visible(f->db, v, thing_id)))
		return fail(err, ERR_NOT_FOUND, N_("This does not exist or is not for you."));
	int64_t at = created_ms == 0 ? f->now_ms : created_ms;
	if (!sql_run(f->db, err,
			"INSERT INTO bookmark (user_id, bookmarkable_type, bookmarkable_id, name, reminder_ms, "
			"auto_delete,"
			" created_ms, updated_ms) VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?, ?)"
			" ON CONFLICT (user_id, bookmarkable_type, bookmarkable_id) DO UPDATE SET name = excluded.name,"
			" reminder_ms = excluded.reminder_ms, auto_delete = excluded.auto_delete, updated_ms = "
			"excluded.updated_ms",
			"isisinii", user_id, type, thing_id, name, reminder_ms, auto_delete, at, at))
		return false;
	if (id != NULL)
		*id = sql_get_int(f->db, 0,
			"SELECT id FROM bookmark WHERE user_id = ? AND bookmarkable_type = ? AND bookmarkable_id = ?",
			"isi", user_id, type, thing_id);
	return true;
}

bool forum_bookmark_delete(struct forum *f, int64_t user_id, int64_t id, struct error *err)
{
	if (!sql_run(f->db, err, "DELETE FROM bookmark WHERE id = ? AND user_id = ?", "ii", id, user_id))
		return false;
	return sql_changes(f->db) > 0 || fail(err, ERR_NOT_FOUND, N_("This does not exist or is not for you."));
}
