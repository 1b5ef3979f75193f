#include "command.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bus.h"
#include "clock.h"
#include "forum_review.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

/* kringd review: what waits for approval, for who has no browser at hand. */

enum { MostListed = 1000 };

static void print_item(const struct pending_post *p)
{
	struct sbuf out = {0};
	char when[32];
	time_format_ms(p->created_ms, when);
	sbuf_addf(&out, "%lld  %s  %s  ", (long long)p->id, when, p->username);
	utf8_clean(&out, str_or_empty(p->title), strlen(str_or_empty(p->title)), 0, SIZE_MAX);
	for (const char *line = p->raw, *end; line != NULL; line = *end == '\0' ? NULL : end + 1) {
		end = line + strcspn(line, "\n");
		sbuf_add(&out, "\n    ");
		utf8_clean(&out, line, (size_t)(end - line), 0, SIZE_MAX);
	}
	puts(sbuf_str(&out));
	sbuf_fini(&out);
}

static bool list(struct forum *f, int64_t id, struct error *err)
{
	(void)id;
	(void)err;
	struct pending_post *item = ARENA_ARRAY(f->mem, MostListed, struct pending_post);
	int count = forum_review_list(f, item, MostListed);
	for (int i = 0; i < count; i++)
		print_item(&item[i]);
	if (count == 0)
		puts(_("Nothing waits for approval."));
	return true;
}

static bool approve(struct forum *f, int64_t id, struct error *err)
{
	struct posted made;
	return forum_review_approve(f, id, &made, err);
}

static const struct verb {
	const char *name;
	bool numbered; /* followed by the number of a post */
	bool (*run)(struct forum *f, int64_t id, struct error *err);
} verbs[] = {{"list", false, list}, {"approve", true, approve}, {"reject", true, forum_review_reject}};

static const struct verb *verb_of(int count, char **word, int64_t *id)
{
	*id = 0;
	for (size_t i = 0; count > 0 && i < sizeof verbs / sizeof verbs[0]; i++)
		if (strcmp(verbs[i].name, word[0]) == 0 && count == 1 + verbs[i].numbered)
			return !verbs[i].numbered || str_to_int(word[1], 1, INT64_MAX, id) ? &verbs[i] : NULL;
	return NULL;
}

static bool run(struct sql *db, const struct verb *verb, int64_t id, struct error *err)
{
	struct arena mem = {0};
	struct forum f = {.db = db, .bus = bus_new(db), .mem = &mem, .now_ms = clock_now_ms(), .base_url = ""};
	bool ok = sql_begin(db, err) && verb->run(&f, id, err) && sql_commit(db, err);
	if (!ok)
		sql_rollback(db);
	bus_free(f.bus);
	arena_fini(&mem);
	return ok;
}

int command_review(int argc, char **argv)
{
	static const struct option longs[] = {{"data", required_argument, NULL, 'd'}, {0}};
	const char *dir = NULL;
	struct error err;
	int64_t id;
	for (int c; (c = getopt_long(argc, argv, "", longs, NULL)) != -1;) {
		if (c != 'd')
			return EXIT_USAGE;
		dir = optarg;
	}
	const struct verb *verb = verb_of(argc - optind, argv + optind, &id);
	if (str_empty(dir) || verb == NULL) {
		fail(&err, ERR_INVALID, _("Say what to do: --data DIR list, approve NUMBER or reject NUMBER."));
		command_failed(&err);
		return EXIT_USAGE;
	}
	struct sql *db = command_open_data(dir, OPEN_EXISTING, &err);
	if (db == NULL)
		return command_failed(&err);
	bool ok = run(db, verb, id, &err);
	sql_close(db);
	return ok ? EXIT_DONE : command_failed(&err);
}
