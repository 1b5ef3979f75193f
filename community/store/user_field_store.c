#include "user_field_store.h"

#include <stdlib.h>

#include "mem.h"
#include "store_private.h"
#include "str.h"
#include "utf8.h"

/* Beginnings of the names that communities give to these fields, folded. */
static const struct {
	const char *start;
	enum field_role role;
} role_name[] = {
	{"wat ik doe", FIELD_WHAT}, {"what i do", FIELD_WHAT}, {"wat doe je", FIELD_WHAT}, {"beroep", FIELD_WHAT},
	{"regio", FIELD_REGION}, {"region", FIELD_REGION}, {"provincie", FIELD_REGION},
	{"open voor", FIELD_OPEN_FOR}, {"open to", FIELD_OPEN_FOR}, {"open for", FIELD_OPEN_FOR},
	{"ruimte nu", FIELD_CAPACITY}, {"capacity", FIELD_CAPACITY},
};

enum field_role field_role_from_name(const char *name)
{
	enum field_role role = FIELD_OTHER;
	char *folded = utf8_fold(str_or_empty(name));
	for (size_t i = 0; i < COUNT(role_name) && role == FIELD_OTHER; i++)
		if (str_starts(folded, role_name[i].start))
			role = role_name[i].role;
	free(folded);
	return role;
}

static void read_options(struct store *s, struct user_field *f, struct arena *a)
{
	int count = (int)sql_get_int(
		s->db, 0, "SELECT count(*) FROM user_field_option WHERE field_id = ?", "i", f->id);
	const char **option = ARENA_ARRAY(a, (size_t)count, const char *);
	struct sql_query *q = sql_query(
		s->db, "SELECT value FROM user_field_option WHERE field_id = ? ORDER BY position", "i", f->id);
	while (f->option_count < count && sql_next(q))
		option[f->option_count++] = store_text(q, 0, a);
	store_end(s, q);
	f->options = option;
}

struct user_field_rows user_field_store_list(struct store *s, struct arena *a)
{
	size_t max = (size_t)sql_get_int(s->db, 0, "SELECT count(*) FROM user_field", "");
	struct user_field_rows out = {
		.row = ARENA_ARRAY(a, max, struct user_field), .role = ARENA_ARRAY(a, max, enum field_role)};
	struct sql_query *q = sql_query(s->db,
		"SELECT id, name, description, type, position, editable, required, searchable,"
		" shown, role FROM user_field ORDER BY position, id",
		"");
	while ((size_t)out.count < max && sql_next(q)) {
		out.role[out.count] = (enum field_role)sql_int(q, 9);
		out.row[out.count++] = (struct user_field){
			.id = sql_int(q, 0), .name = store_text(q, 1, a), .description = sql_text_in(q, 2, a),
			.type = store_text(q, 3, a), .position = (int)sql_int(q, 4), .editable = sql_int(q, 5),
			.required = sql_int(q, 6), .searchable = sql_int(q, 7), .shown = sql_int(q, 8)};
	}
	store_end(s, q);
	for (int i = 0; i < out.count; i++)
		read_options(s, &out.row[i], a);
	return out;
}

static bool put_one(struct store *s, const struct user_field *f, struct error *err)
{
	if (!sql_run(s->db, err,
			"INSERT OR REPLACE INTO user_field(id, name, description, type, position, editable, required,"
			" searchable, shown, role) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
			"isssnnnnnn", f->id, str_or_empty(f->name), f->description, f->type, f->position, f->editable,
			f->required, f->searchable, f->shown, (int)field_role_from_name(f->name)))
		return false;
	for (int i = 0; i < f->option_count; i++)
		if (!sql_run(s->db, err, "INSERT OR REPLACE INTO user_field_option(field_id, position, value)"
				" VALUES (?, ?, ?)", "ins", f->id, i, f->options[i]))
			return false;
	return true;
}

bool user_field_store_put(struct store *s, const struct user_field *field, int count, struct error *err)
{
	store_changed(s, STORE_MEMBERS);
	if (!sql_run(s->db, err, "DELETE FROM user_field", "")
		|| !sql_run(s->db, err, "DELETE FROM user_field_option", ""))
		return false;
	for (int i = 0; i < count; i++)
		if (!put_one(s, &field[i], err))
			return false;
	return true;
}
