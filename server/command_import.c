#include "command.h"

#include <getopt.h>
#include <stdio.h>

#include "clock.h"
#include "forum_init.h"
#include "str.h"
#include "text.h"

static void say_bad_line(void *data, int64_t line, const char *why)
{
	fprintf(stderr, _("kringd: line %lld is left out. %s\n"), (long long)line, _(why));
}

static void say_step(void *data, int64_t topics, int64_t posts)
{
	fprintf(stderr, _("kringd: %lld topics, %lld posts\n"), (long long)topics, (long long)posts);
}

static bool run(struct sql *db, const char *path, struct error *err)
{
	struct arena mem = {0};
	struct forum f = {.db = db, .mem = &mem, .now_ms = clock_now_ms(), .base_url = ""};
	const struct import_progress progress = {.bad_line = say_bad_line, .step = say_step};
	struct imported done;
	bool ok = forum_import(&f, path, &progress, &done, err);
	if (ok)
		printf(_("Topics: %lld. Posts: %lld. New members: %lld. Lines left out: %lld.\n"),
			(long long)done.topics, (long long)done.posts, (long long)done.users, (long long)done.bad_lines);
	arena_fini(&mem);
	return ok;
}

int command_import(int argc, char **argv)
{
	static const struct option longs[] = {{"data", required_argument, NULL, 'd'}, {0}};
	const char *dir = NULL;
	struct error err;
	for (int c; (c = getopt_long(argc, argv, "", longs, NULL)) != -1;) {
		if (c != 'd')
			return EXIT_USAGE;
		dir = optarg;
	}
	if (str_empty(dir) || optind != argc - 1) {
		fail(&err, ERR_INVALID, _("Say where the community is and which file to read: --data DIR FILE."));
		command_failed(&err);
		return EXIT_USAGE;
	}
	struct sql *db = command_open_data(dir, OPEN_OR_MAKE, &err);
	if (db == NULL)
		return command_failed(&err);
	bool ok = run(db, argv[optind], &err);
	sql_close(db);
	return ok ? EXIT_DONE : command_failed(&err);
}
