#include "place_store.h"

#include "store_private.h"

const char *place_store_get(struct store *s, const char *name, struct arena *a)
{
	return sql_get_text(s->db, a, "SELECT value FROM place WHERE name = ?", "s", name);
}

bool place_store_put(struct store *s, const char *name, const char *value, struct error *err)
{
	if (value == NULL)
		return sql_run(s->db, err, "DELETE FROM place WHERE name = ?", "s", name);
	return sql_run(s->db, err, "INSERT OR REPLACE INTO place(name, value) VALUES (?, ?)", "ss", name, value);
}
