#pragma once
#include <string.h>

#include "arena.h"
#include "check.h"
#include "mem.h"
#include "sbuf.h"
#include "sql.h"
#include "str.h"

/* A store as text: the same text is the same store. */
static inline bool store_dump_leaves_out(const char *table)
{
	/* The tables behind a full-text index say how it grew, not what is in it. */
	static const char *const ends[] = {"_data", "_idx", "_docsize", "_config", "_content"};
	for (size_t i = 0; i < COUNT(ends); i++)
		if (strstr(table, "_text") != NULL && str_ends(table, ends[i]))
			return true;
	return str_starts(table, "sqlite_") || str_equal(table, "post_text");
}

static inline void store_dump_table(struct sbuf *out, struct sql *db, const char *table, struct arena *a)
{
	const char *columns = sql_get_text(db, a, "SELECT group_concat('quote(\"' || name || '\")', ' || '','' || ')"
		" FROM pragma_table_info(?)", "s", table);
	bool virtual = str_ends(table, "_text");
	const char *select = arena_printf(a, "SELECT %s%s FROM %s ORDER BY 1", virtual ? "rowid || ',' || " : "",
		columns, table);
	struct sql_query *q = sql_query(db, select, "");
	while (sql_next(q))
		sbuf_addf(out, "%s: %s\n", table, sql_text(q, 0));
	assert_true(sql_end(q, NULL));
}

/* Without the outbox: only what lists and screens show. */
static inline char *store_dump(const char *dir, bool outbox)
{
	static const char *const own[] = {"outbox", "read_before", "member_text"};
	struct sbuf out = {0};
	struct arena a = {0};
	char *path = xasprintf("%s/kring.sqlite", dir);
	struct sql *db = sql_open(path, SQL_READONLY, NULL);
	assert_non_null(db);
	struct sql_query *q = sql_query(db, "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", "");
	while (sql_next(q)) {
		const char *table = arena_strdup(&a, sql_text(q, 0));
		bool left_out = store_dump_leaves_out(table);
		for (size_t i = 0; i < COUNT(own); i++)
			left_out = left_out || (!outbox && str_equal(table, own[i]));
		if (!left_out)
			store_dump_table(&out, db, table, &a);
	}
	assert_true(sql_end(q, NULL));
	sql_close(db);
	arena_fini(&a);
	free(path);
	return sbuf_take(&out);
}
