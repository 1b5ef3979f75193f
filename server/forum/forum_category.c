#include "forum_category.h"

#include "forum_group.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

enum { FirstOwnId = 5 }; /* Discourse makes a handful itself */

static bool restrict_to(struct forum *f, int64_t id, const struct new_category *c, struct error *err)
{
	for (int i = 0; i < c->group_count; i++) {
		if (!sql_run(f->db, err,
				"INSERT OR REPLACE INTO category_group (category_id, group_id, permission) VALUES (?, ?, 1)",
				"ii", id, c->group[i]))
			return false;
	}
	return true;
}

bool forum_category_create(struct forum *f, const struct new_category *c, int64_t *id, struct error *err)
{
	const char *slug = c->slug == NULL ? forum_slug(f->mem, c->name) : c->slug;
	if (forum_category_id(f->db, slug) != 0)
		return fail(err, ERR_INVALID, N_("This name is already taken."));
	int64_t next = c->id != 0
		? c->id
		: sql_get_int(f->db, FirstOwnId, "SELECT max(?, max(id) + 1) FROM category", "n", FirstOwnId);
	int64_t position =
		c->position != 0 ? c->position : sql_get_int(f->db, 0, "SELECT max(position) + 1 FROM category", "");
	if (!sql_run(f->db, err,
			"INSERT INTO category (id, parent_id, name, slug, description, color, position, topic_template,"
			" read_restricted) VALUES (?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?)",
			"iissssisn", next, c->parent_id, c->name, slug, c->description,
			c->color == NULL ? "0088CC" : c->color, position, c->topic_template, c->group_count > 0))
		return false;
	if (id != NULL)
		*id = next;
	return restrict_to(f, next, c, err);
}

int64_t forum_category_id(struct sql *db, const char *slug)
{
	return sql_get_int(db, 0, "SELECT id FROM category WHERE slug = ?", "s", slug);
}

int forum_category_permission(struct sql *db, struct viewer v, int64_t category_id)
{
	int64_t restricted =
		sql_get_int(db, -1, "SELECT read_restricted FROM category WHERE id = ?", "i", category_id);
	if (restricted < 0)
		return 0;
	if (v.admin)
		return 1;
	if (!restricted)
		return v.user_id == 0 ? 3 : 1;
	return (int)sql_get_int(db, 0,
		"SELECT min(permission) FROM category_group JOIN group_member USING (group_id)"
		" WHERE category_id = ? AND user_id = ?",
		"ii", category_id, v.user_id);
}

int64_t forum_tag_id(struct forum *f, const char *name, struct error *err)
{
	char *slug = forum_slug(f->mem, name);
	if (str_empty(name) || str_equal(slug, "topic") != str_equal(name, "topic"))
		return 0;
	int64_t id = sql_get_int(f->db, 0, "SELECT id FROM tag WHERE name = ?", "s", slug);
	if (id == 0 && sql_run(f->db, err, "INSERT INTO tag (name) VALUES (?)", "s", slug))
		id = sql_last_id(f->db);
	return id;
}

bool forum_topic_set_tags(struct forum *f, int64_t topic_id, const char *const *tag, int count,
	struct error *err)
{
	if (!sql_run(f->db, err, "DELETE FROM topic_tag WHERE topic_id = ?", "i", topic_id))
		return false;
	for (int i = 0; i < count; i++) {
		int64_t id = forum_tag_id(f, tag[i], err);
		if (id == 0)
			return fail(err, ERR_INVALID, N_("This tag cannot be used."));
		if (!sql_run(f->db, err, "INSERT OR IGNORE INTO topic_tag (topic_id, tag_id) VALUES (?, ?)", "ii",
				topic_id, id))
			return false;
	}
	return true;
}
