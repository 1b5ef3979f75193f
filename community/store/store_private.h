#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "sbuf.h"
#include "sql.h"
#include "store.h"

struct member;

/* Between the files of the store only. */
struct store {
	struct sql *db;
	char *dir;
	unsigned flags, changed;   /* changed: bits of the open transaction */
	struct error trouble;
	char **text;               /* statements put together once and kept: sql.h wants them to stay */
	int text_count;
	struct {
		uint64_t key;
		int64_t count, version;
	} known[8];                /* how many rows a list has, until somebody writes */
	int known_next;
	int64_t known_version;     /* at the last question: what is counted after it is at least that new */
};

/* What a damaged file says of the member's own changes, and cannot be: a text becomes a draft, the rest waits for the
 * member. Nothing of it goes out by itself. */
bool outbox_mend(struct sql *db, struct error *err);
/* Ends a reader's query and keeps the trouble. */
void store_end(struct store *s, struct sql_query *q);
void store_changed(struct store *s, unsigned bits);
/* A count that was made before, when nothing was written since. Not on a connection that writes. */
bool store_known_count(struct store *s, uint64_t key, int64_t *count);
void store_keep_count(struct store *s, uint64_t key, int64_t count);
/* The one copy of a statement that was put together. */
const char *store_statement(struct store *s, struct sbuf *text);
/* The column in the arena, "" for NULL. */
const char *store_text(struct sql_query *q, int column, struct arena *a);
/* Several words joined with ", ", and back. */
void store_join(struct sbuf *out, const char *const *word, int count);
const char *const *store_split(const char *text, struct arena *a, int *count);
/* As the site says it, without what is underway. */
struct member *member_store_read(struct store *s, int64_t id, struct arena *a);
/* Parts of topic_store_remove. */
bool post_store_remove_topic(struct store *s, int64_t topic_id, struct error *err);
bool event_store_remove_topic(struct store *s, int64_t topic_id, struct error *err);
