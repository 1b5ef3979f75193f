#include "group_store.h"

#include "store_private.h"
#include "str.h"

struct group_rows group_store_list(struct store *s, struct arena *a)
{
	size_t max = (size_t)sql_get_int(s->db, 0, "SELECT count(*) FROM member_group_info", "");
	struct group_rows out = {.row = ARENA_ARRAY(a, max, struct group)};
	struct sql_query *q = sql_query(s->db,
		"SELECT id, name, full_name, bio_cooked, member_count FROM member_group_info"
		" ORDER BY name COLLATE NOCASE",
		"");
	while ((size_t)out.count < max && sql_next(q))
		out.row[out.count++] = (struct group){.id = sql_int(q, 0),
			.name = store_text(q, 1, a),
			.full_name = sql_text_in(q, 2, a),
			.bio_cooked = sql_text_in(q, 3, a),
			.member_count = (int)sql_int(q, 4)};
	store_end(s, q);
	return out;
}

bool group_store_put(struct store *s, const struct group *g, struct error *err)
{
	store_changed(s, STORE_MEMBERS);
	return sql_run(s->db, err,
		"INSERT OR REPLACE INTO member_group_info(id, name, full_name, bio_cooked, member_count)"
		" VALUES (?, ?, ?, ?, ?)",
		"isssn", g->id, str_or_empty(g->name), g->full_name, g->bio_cooked, g->member_count);
}
