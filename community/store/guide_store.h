#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "store.h"

/* What a member keeps of a meeting for themselves: the method they chose, notes per phase, the preparation of
 * a case and looking back. It stays on this computer. Each is a text with the name of its part. */
struct guide_key {
	int64_t event_id;
	int64_t starts_ms;  /* of the occurrence, when the meeting is one of a series; else 0 */
};

struct guide_meeting {
	struct guide_key key;
	const char *title;   /* "" when the meeting is not known any more */
	int64_t starts_ms;   /* 0: not known */
	int64_t topic_id, category_id;
	const char *text;    /* of the part that was asked for */
	int64_t changed_ms;
};
struct guide_meetings {
	struct guide_meeting *row;
	int count;
};

/* "" when there is none. */
const char *guide_store_get(struct store *s, struct guide_key key, const char *part, struct arena *a);
/* NULL or "" removes it. */
bool guide_store_put(struct store *s, struct guide_key key, const char *part, const char *text, int64_t now_ms,
	struct error *err);
/* The meetings that have a text for a part that begins with `part`, the last meeting first. A meeting is
 * there once, with the part that comes first by name. */
struct guide_meetings guide_store_list(struct store *s, const char *part, int64_t offset, int limit,
	struct arena *a);
int64_t guide_store_count(struct store *s, const char *part);
/* Where it is in the list; -1 when it is not there. */
int64_t guide_store_position(struct store *s, const char *part, struct guide_key key);

/* Everything that is kept, by meeting and part. */
struct guide_part {
	struct guide_key key;
	const char *part, *text;
	int64_t changed_ms;
};
struct guide_part *guide_store_parts(struct store *s, struct arena *a, int *count);
