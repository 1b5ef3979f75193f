#include "category_store.h"

#include <stdlib.h>

#include "outbox_join.h"
#include "str.h"
#include "utf8.h"

#define COLUMNS                                                                                              \
	"c.id, c.parent_id, c.name, c.slug, c.description, c.topic_template, c.color, c.position, c.permission," \
	" c.level, c.topic_count, c.min_tags, c.restricted"

static struct category read_category(struct sql_query *q, struct arena *a)
{
	return (struct category){.id = sql_int(q, 0),
		.parent_id = sql_int(q, 1),
		.name = store_text(q, 2, a),
		.slug = store_text(q, 3, a),
		.description = sql_text_in(q, 4, a),
		.topic_template = sql_text_in(q, 5, a),
		.color = sql_text_in(q, 6, a),
		.position = (int)sql_int(q, 7),
		.permission = (int)sql_int(q, 8),
		.notification_level = (int)sql_int(q, 9),
		.topic_count = (int)sql_int(q, 10),
		.minimum_required_tags = (int)sql_int(q, 11),
		.read_restricted = sql_int(q, 12)};
}

struct category_rows category_store_list(struct store *s, struct arena *a)
{
	size_t max = (size_t)sql_get_int(s->db, 0, "SELECT count(*) FROM category", "");
	struct category_rows out = {.row = ARENA_ARRAY(a, max, struct category_row)};
	struct sql_query *q = sql_query(s->db, "SELECT " COLUMNS ","
		" EXISTS (SELECT 1 FROM topic t WHERE t.category_id = c.id AND t.is_message = 0 AND t.unread = 1)"
		" FROM category c LEFT JOIN category p ON p.id = c.parent_id"
		" ORDER BY coalesce(p.place, c.place), c.parent_id <> 0 AND p.id IS NOT NULL, c.place", "");
	while ((size_t)out.count < max && sql_next(q))
		out.row[out.count++] = (struct category_row){.category = read_category(q, a), .unread = sql_int(q, 13)};
	store_end(s, q);
	for (int i = 0; i < out.count; i++)
		outbox_join_category(s, &out.row[i].category);
	return out;
}

const struct category *category_store_get(struct store *s, int64_t id, struct arena *a)
{
	struct category *c = NULL;
	struct sql_query *q = sql_query(s->db, "SELECT " COLUMNS " FROM category c WHERE c.id = ?", "i", id);
	if (sql_next(q)) {
		c = ARENA_NEW(a, struct category);
		*c = read_category(q, a);
	}
	store_end(s, q);
	if (c != NULL)
		outbox_join_category(s, c);
	return c;
}

int64_t category_store_find(struct store *s, const char *name)
{
	return sql_get_int(s->db, 0, "SELECT id FROM category WHERE folded = fold(?1) OR slug = ?1"
		" ORDER BY folded = fold(?1) DESC, place LIMIT 1", "s", str_or_empty(name));
}

static bool put_one(struct store *s, const struct category *c, int place, struct error *err)
{
	return sql_run(s->db, err,
		"INSERT OR REPLACE INTO category(id, parent_id, name, folded, slug, description,"
		" topic_template, color, position, place, permission, level, topic_count, min_tags, restricted)"
		" VALUES (?1, ?2, ?3, fold(?3), ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
		"iisssssnnnnnnn", c->id, c->parent_id, str_or_empty(c->name), c->slug, c->description,
		c->topic_template, c->color, c->position, place, c->permission, c->notification_level, c->topic_count,
		c->minimum_required_tags, c->read_restricted);
}

bool category_store_put(struct store *s, const struct category *c, int count, struct error *err)
{
	store_changed(s, STORE_CATEGORIES | STORE_TOPICS);
	if (!sql_run(s->db, err, "DELETE FROM category", ""))
		return false;
	for (int i = 0; i < count; i++)
		if (!put_one(s, &c[i], i, err))
			return false;
	return sql_run(s->db, err,
		"UPDATE category SET place = (SELECT count(*) FROM category o WHERE o.position < category.position"
		" OR (o.position = category.position AND o.id < category.id))",
		"");
}
