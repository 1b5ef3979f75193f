#include "command.h"

#include <getopt.h>
#include <locale.h>
#include <stdio.h>

#include "clock.h"
#include "forum_init.h"
#include "str.h"
#include "text.h"

/* A new community's language: the sample's, else the locale of who makes it. */
static const char *language_for(const char *sample)
{
	return sample != NULL                                              ? sample
		: str_starts(str_or_empty(setlocale(LC_MESSAGES, NULL)), "nl") ? "nl"
																	   : "en";
}

static bool fill(struct sql *db, const char *dir, const char *sample, struct error *err)
{
	struct arena mem = {0};
	struct forum f = {.db = db, .mem = &mem, .now_ms = clock_now_ms(), .base_url = ""};
	const char *said = NULL;
	bool made = forum_setting(db, &mem, "default_locale", NULL) != NULL, ok = true;
	/* Without members: an earlier init was stopped between its two steps. */
	if (sample != NULL && sql_get_int(db, 0, "SELECT 1 FROM user WHERE id > 0 LIMIT 1", "") == 1)
		ok = fail(err, ERR_INVALID, _("There already is a community in %s."), dir);
	else if (!made)
		ok = forum_init(&f, language_for(sample), err);
	ok = ok && (sample == NULL || forum_sample_load(&f, sample, &said, err));
	if (ok && said != NULL)
		printf("%s\n", said);
	arena_fini(&mem);
	return ok;
}

int command_init(int argc, char **argv)
{
	static const struct option longs[] = {
		{"data", required_argument, NULL, 'd'}, {"sample", required_argument, NULL, 's'}, {0}};
	const char *dir = NULL, *sample = NULL;
	struct error err;
	opterr = 0;
	for (int c; (c = getopt_long(argc, argv, "", longs, NULL)) != -1;) {
		if (c == 'd')
			dir = optarg;
		else if (c == 's')
			sample = optarg;
		else {
			fail(&err, ERR_INVALID, _("%s is not an option here, or needs a value."), argv[optind - 1]);
			command_failed(&err);
			return EXIT_USAGE;
		}
	}
	if (str_empty(dir) || optind < argc) {
		fail(&err, ERR_INVALID, _("Say where the community is: --data DIR."));
		command_failed(&err);
		return EXIT_USAGE;
	}
	if (sample != NULL && !str_equal(sample, "nl") && !str_equal(sample, "en")) {
		fail(&err, ERR_INVALID, _("The sample is nl or en."));
		command_failed(&err);
		return EXIT_USAGE;
	}
	struct sql *db = command_open_data(dir, OPEN_OR_MAKE, &err);
	if (db == NULL)
		return command_failed(&err);
	bool ok = fill(db, dir, sample, &err);
	sql_close(db);
	return ok ? EXIT_DONE : command_failed(&err);
}
