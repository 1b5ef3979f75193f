#pragma once
#include "forum.h"

/* Settings, automatic groups, categories and the system member (id -1) of an empty community, in one
 * transaction of its own. `language` is "nl" or "en". */
bool forum_init(struct forum *f, const char *language, struct error *err);

/* The sample community, after forum_init, in one transaction of its own. *said becomes one sentence for
 * the person who made it; it lives in f->mem. */
bool forum_sample_load(struct forum *f, const char *language, const char **said, struct error *err);

/* Reads a forum in the corpus format, one topic a line; "-" is stdin. Lines that cannot be used are
 * reported and skipped. Transactions of its own. */
struct import_progress {
	void (*bad_line)(void *data, int64_t line, const char *why);   /* may be NULL */
	void (*step)(void *data, int64_t topics, int64_t posts);       /* may be NULL; every 5000 posts */
	void *data;
};
struct imported {
	int64_t topics, posts, users, bad_lines;
};
bool forum_import(struct forum *f, const char *path, const struct import_progress *progress,
	struct imported *out, struct error *err);
