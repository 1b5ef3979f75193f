#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "store.h"

/* Search in everything at once, from an index. Accents and case make no difference; every word must match;
 * the last word may be the beginning of one. */
enum search_kind { SEARCH_MEMBER = 1, SEARCH_EVENT = 2, SEARCH_TOPIC = 4, SEARCH_POST = 8, SEARCH_ALL = 15 };

/* Texts are "" when empty, never NULL. */
struct search_hit {
	enum search_kind kind;
	int64_t id;           /* of the member, event, topic or post */
	int64_t topic_id;     /* 0 for a member */
	int post_number;      /* of a post, else 1 */
	const char *title;    /* the member's name; the title of the event or topic */
	const char *username; /* the member, or who wrote or began it */
	const char *snippet;  /* plain text around the first match, one line */
	int64_t time_ms;      /* posted, begun, starts; 0 for a member */
	bool is_message;
};

struct search_rows {
	struct search_hit *row;
	int count;
};

/* Members first, then events, topics and posts; in each kind the best first, among equals the newest. A word
 * that is in more than SEARCH_RANKED posts ranks nothing: then the newest come first. `kinds` is a set of
 * search_kind. */
enum { SEARCH_RANKED = 2000 };
struct search_rows search_store_list(
	struct store *s, const char *text, unsigned kinds, int64_t offset, int limit, struct arena *a);
/* How many there are, counted up to SEARCH_RANKED per kind. */
int64_t search_store_count(struct store *s, const char *text, unsigned kinds);
/* Where the words of `text` are in a plain text, for showing the match: bytes [*from, *to) of the first match
 * at or after `at`; false when there is none. */
bool search_find(const char *plain, const char *text, size_t at, size_t *from, size_t *to);
