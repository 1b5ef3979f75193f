#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "store.h"

/* The member's own notes on members and posts. They stay on this computer. */
enum note_kind { NOTE_MEMBER = 1, NOTE_POST };

struct note_row {
	enum note_kind kind;
	int64_t id;            /* of the member or the post */
	int64_t topic_id;      /* of a post */
	int post_number;
	const char *where;     /* name of the member, title of the topic; "" when not known any more */
	const char *text;
	int64_t changed_ms;
};
struct note_rows {
	struct note_row *row;
	int count;
};

/* NULL when there is none. */
const char *note_store_get(struct store *s, enum note_kind kind, int64_t id, struct arena *a);
/* Newest first; `words`: beginnings of words, all must be in it, NULL: every note. */
struct note_rows note_store_list(struct store *s, const char *words, int64_t offset, int limit, struct arena *a);
int64_t note_store_count(struct store *s, const char *words);
int64_t note_store_position(struct store *s, const char *words, enum note_kind kind, int64_t id);
/* NULL or "" removes it. */
bool note_store_put(struct store *s, enum note_kind kind, int64_t id, const char *text, int64_t now_ms,
	struct error *err);
