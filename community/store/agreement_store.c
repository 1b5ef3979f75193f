#include "agreement_store.h"

#include "store_private.h"

int64_t agreement_store_when(struct store *s, int64_t category_id, const char *text)
{
	return sql_get_int(s->db, 0, "SELECT agreed_ms FROM agreement WHERE category_id = ? AND text = ?", "is",
		category_id, text);
}

const char *agreement_store_last(struct store *s, int64_t category_id, int64_t *agreed_ms, struct arena *a)
{
	const char *text = NULL;
	struct sql_query *q = sql_query(s->db, "SELECT text, agreed_ms FROM agreement WHERE category_id = ?"
		" ORDER BY agreed_ms DESC, text LIMIT 1", "i", category_id);
	*agreed_ms = 0;
	if (sql_next(q)) {
		text = store_text(q, 0, a);
		*agreed_ms = sql_int(q, 1);
	}
	store_end(s, q);
	return text;
}

bool agreement_store_put(struct store *s, int64_t category_id, const char *text, int64_t agreed_ms,
	struct error *err)
{
	store_changed(s, STORE_NOTES);
	if (agreed_ms == 0)
		return sql_run(s->db, err, "DELETE FROM agreement WHERE category_id = ? AND text = ?", "is", category_id,
			text);
	return sql_run(s->db, err, "INSERT OR REPLACE INTO agreement(category_id, text, agreed_ms) VALUES (?, ?,"
		" ?)", "isi", category_id, text, agreed_ms);
}

struct agreement *agreement_store_list(struct store *s, struct arena *a, int *count)
{
	int max = (int)sql_get_int(s->db, 0, "SELECT count(*) FROM agreement", "");
	struct agreement *list = ARENA_ARRAY(a, (size_t)max + 1, struct agreement);
	struct sql_query *q = sql_query(s->db, "SELECT category_id, agreed_ms, text FROM agreement"
		" ORDER BY agreed_ms", "");
	for (*count = 0; *count < max && sql_next(q);)
		list[(*count)++] = (struct agreement){.category_id = sql_int(q, 0), .agreed_ms = sql_int(q, 1),
			.text = store_text(q, 2, a)};
	store_end(s, q);
	return list;
}
