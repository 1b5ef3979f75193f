#include "forum_group.h"

#include "cook.h"

#include "text.h"

bool forum_group_create_automatic(struct forum *f, struct error *err)
{
	static const struct {
		int64_t id;
		const char *name;
	} rows[] = {
		{GROUP_ADMINS, "admins"},
		{GROUP_MODERATORS, "moderators"},
		{GROUP_STAFF, "staff"},
		{10, "trust_level_0"},
		{11, "trust_level_1"},
		{12, "trust_level_2"},
		{13, "trust_level_3"},
		{14, "trust_level_4"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		if (!sql_run(f->db, err,
				"INSERT OR IGNORE INTO groups (id, name, automatic, messageable) VALUES (?, ?, 1, ?)", "isn",
				rows[i].id, rows[i].name, (int)(rows[i].id == GROUP_MODERATORS)))
			return false;
	}
	return true;
}

bool forum_group_create(struct forum *f, const char *name, const char *full_name, const char *bio,
	int64_t *id, struct error *err)
{
	if (forum_group_id(f->db, name) != 0 ||
		sql_get_int(f->db, 0, "SELECT 1 FROM user WHERE username = ?", "s", name) == 1)
		return fail(err, ERR_INVALID, N_("This name is already taken."));
	/* Discourse keeps the ids up to 40 for its automatic groups. */
	int64_t next = sql_get_int(f->db, 41, "SELECT max(40, max(id)) + 1 FROM groups", "");
	struct cooked c = {.html = NULL};
	if (bio != NULL)
		cook_post(&(struct cook_context){0}, bio, &c, f->mem);
	if (!sql_run(f->db, err,
			"INSERT INTO groups (id, name, full_name, bio_raw, bio_cooked) VALUES (?, ?, ?, ?, ?)", "issss",
			next, name, full_name, bio, c.html))
		return false;
	if (id != NULL)
		*id = next;
	return true;
}

int64_t forum_group_id(struct sql *db, const char *name)
{
	return sql_get_int(db, 0, "SELECT id FROM groups WHERE name = ?", "s", name);
}

bool forum_group_add(struct forum *f, int64_t group_id, int64_t user_id, bool owner, int64_t added_ms,
	struct error *err)
{
	return sql_run(f->db, err,
		"INSERT INTO group_member (group_id, user_id, owner, added_ms) VALUES (?, ?, ?, ?)"
		" ON CONFLICT (group_id, user_id) DO UPDATE SET owner = max(owner, excluded.owner)",
		"iini", group_id, user_id, owner ? 1 : 0, added_ms == 0 ? f->now_ms : added_ms);
}

bool forum_group_remove(struct forum *f, int64_t group_id, int64_t user_id, struct error *err)
{
	return sql_run(f->db, err, "DELETE FROM group_member WHERE group_id = ? AND user_id = ?", "ii", group_id,
		user_id);
}

bool forum_group_has(struct sql *db, int64_t group_id, int64_t user_id)
{
	return sql_get_int(db, 0, "SELECT 1 FROM group_member WHERE group_id = ? AND user_id = ?", "ii", group_id,
			   user_id) == 1;
}
