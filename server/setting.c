#include "setting.h"

#include <string.h>

static const char lookup[] = "SELECT value FROM setting WHERE name = ?";

const char *setting_text(struct sql *db, struct arena *a, const char *name, const char *otherwise)
{
	const char *value = sql_get_text(db, a, lookup, "s", name);
	return value != NULL ? value : otherwise;
}

bool setting_on(struct sql *db, const char *name)
{
	struct sql_query *q = sql_query(db, lookup, "s", name);
	bool on = sql_next(q) && sql_text(q, 0) != NULL &&
		(strcmp(sql_text(q, 0), "true") == 0 || strcmp(sql_text(q, 0), "1") == 0 || strcmp(sql_text(q, 0), "t") == 0);
	sql_end(q, NULL);
	return on;
}
