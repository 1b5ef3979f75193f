#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "member.h"
#include "store.h"

/* One line of the list of members. Texts are "" when empty, never NULL. */
struct member_row {
	int64_t id;
	const char *username, *name; /* name: what people see */
	const char *title;
	const char *what, *region, *open_for, *capacity; /* fields found by their role, one line each */
	bool ignored, muted, me;
};

struct member_rows {
	struct member_row *row;
	int count;
};

/* Zeroed: everyone, in alphabetical order. The conditions add up. */
struct member_filter {
	const char *text;      /* words or beginnings of words in names and shown fields; every word must match */
	int64_t field_id;      /* with `value`: members who chose this value */
	const char *value;
	const char *group;     /* name of a group */
	int64_t going_to;      /* id of an event: members who signed up */
};

struct member_rows member_store_list(
	struct store *s, const struct member_filter *f, int64_t offset, int limit, struct arena *a);
int64_t member_store_count(struct store *s, const struct member_filter *f);
/* Where a member stands in the list, from 0; -1 when not in it. */
int64_t member_store_position(struct store *s, const struct member_filter *f, int64_t id);
/* NULL when not known. With fields (of shown definitions, in the site's order) and groups. */
const struct member *member_store_get(struct store *s, int64_t id, struct arena *a);
const struct member *member_store_by_username(struct store *s, const char *username, struct arena *a);

/* A row that is not `complete` (a mention of a name) never overwrites a complete one's profile. */
bool member_store_put(struct store *s, const struct member *m, struct error *err);
bool member_store_remove(struct store *s, int64_t id, struct error *err);
/* Fetching keeps two times with each member: `seen`, when a list of members named them, and `fetched`, when
 * the whole profile was read. */
bool member_store_seen(struct store *s, int64_t id, int64_t now_ms, struct error *err);
bool member_store_fetched(struct store *s, int64_t id, int64_t now_ms, struct error *err);
/* Members whose profile was read before since_ms (never: 0); returns how many, at most max. */
int member_store_stale(struct store *s, int64_t since_ms, int64_t *out, int max);
int64_t member_store_stale_count(struct store *s, int64_t since_ms);
/* Writers of posts who are in no list of members; returns how many, at most max. */
int member_store_unknown_writers(struct store *s, int64_t *out, int max);
/* Removes who was in a list once, but not since since_ms; returns how many, -1 on trouble. */
int member_store_remove_unseen(struct store *s, int64_t since_ms, struct error *err);
