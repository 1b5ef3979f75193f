#include "command.h"

#include <stdio.h>
#include <stdlib.h>

#include "file.h"
#include "mem.h"
#include "schema.h"
#include "text.h"

int command_failed(const struct error *err)
{
	fprintf(stderr, "kringd: %s\n%s\n%s\n", err->what, error_kept(err), error_todo(err));
	if (err->detail[0] != '\0')
		fprintf(stderr, "(%s)\n", err->detail);
	return EXIT_FAILED;
}

static void advise_init(const char *dir, struct error *err)
{
	fail(err, ERR_NOT_FOUND, _("There is no community in %s."), dir);
	char *todo = xasprintf(_("Make one first: kringd init --data %s"), dir);
	error_advise(err, _("Nothing is changed."), todo);
	free(todo);
}

struct sql *command_open_data(const char *dir, enum command_open how, struct error *err)
{
	char *path = xasprintf("%s/kringd.sqlite", dir);
	struct sql *db = NULL;
	if (how == OPEN_EXISTING && !file_exists(path))
		advise_init(dir, err);
	else if (dir_make_private(dir, err))
		db = sql_open(path, SQL_CREATE | (dir_is_network(dir) ? SQL_NETWORK : 0), err);
	if (db != NULL && !sql_migrate(db, forum_schema, forum_schema_count, err)) {
		sql_close(db);
		db = NULL;
	}
	free(path);
	return db;
}
