#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "error.h"

/* The member's copy of one site: one SQLite file. Screens only read it; the sync thread alone writes.
 * Everything in it is clean text (utf8_clean) except cooked HTML, which is clean UTF-8 that only the
 * renderer may show.
 *
 * Readers never fail one by one: on trouble they answer an empty list, and the first trouble since the
 * last store_trouble_clear is kept here. Text in an answer lives in the arena that was given.
 *
 * A connection for reading shows what the member changed as if the site had it already; one for writing
 * shows what the site said. */
struct store;

enum store_flags { STORE_READ = 1, STORE_WRITE = 2 };

/* What a transaction changed; the same bits tell a screen what to load again. */
enum store_aggregate {
	STORE_SITE = 1,
	STORE_MEMBERS = 2,
	STORE_CATEGORIES = 4,
	STORE_TOPICS = 8,
	STORE_POSTS = 16,
	STORE_EVENTS = 32,
	STORE_NOTICES = 64,
	STORE_MESSAGES = 128,
	STORE_SYNC = 256,
	STORE_OUTBOX = 512,
	STORE_NOTES = 1024,
	STORE_ALL = 2047,
};

/* Opens DIR/kring.sqlite. STORE_WRITE makes the file; a file of an older kring is first brought up to date, also
 * for STORE_READ. ERR_NOT_FOUND: no file, or one without tables yet; ERR_CORRUPT: damaged, or made by a newer
 * kring; ERR_IO: permissions, disk. A file that cannot be used is never changed. */
struct store *store_open(const char *dir, unsigned flags, struct error *err);
void store_close(struct store *s);

/* A transaction for writing; the *_put and *_remove functions must be called inside one. store_commit adds
 * what changed to *bits (may be NULL). A failed commit leaves nothing behind. */
bool store_begin(struct store *s, struct error *err);
bool store_commit(struct store *s, unsigned *bits, struct error *err);
void store_rollback(struct store *s);


/* Moves when another connection or program has written. */
int64_t store_data_version(struct store *s);
/* The first trouble of a reader, NULL when all went well. */
const struct error *store_trouble(const struct store *s);
void store_trouble_clear(struct store *s);
/* The bytes of the files on disk. */
int64_t store_bytes(const struct store *s);
/* Reads all of it and looks whether it is whole. */
bool store_check(struct store *s, struct error *err);
/* The file may not grow past this many pages of 4 KB, as on a full disk (for trying that out). */
bool store_limit_pages(struct store *s, int pages);
