#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "post.h"
#include "store.h"

struct post_row {
	struct post post;  /* with its polls and event */
	bool ignored;      /* by a member who is ignored: show a line instead */
	bool unread;
	bool pending;      /* something the member changed about it is not at the site yet; post says how it will be */
	const char *edited; /* the member's new text that is underway, Markdown, also in post.raw; NULL: none */
};

struct post_rows {
	struct post_row *row;
	int count;
};

/* Posts of a topic with post_number >= from, in order, at most limit. */
struct post_rows post_store_window(struct store *s, int64_t topic_id, int from, int limit, struct arena *a);
/* The same backwards: the last `limit` posts with post_number <= to, in order. */
struct post_rows post_store_window_before(
	struct store *s, int64_t topic_id, int to, int limit, struct arena *a);
int64_t post_store_count(struct store *s, int64_t topic_id);
/* The highest id of a post here; 0: there is none. */
int64_t post_store_newest(struct store *s);
/* Posts with a number below this one. */
int64_t post_store_position(struct store *s, int64_t topic_id, int post_number);
/* The number of the first post that was not read; 0 when all were read. */
int post_store_first_unread(struct store *s, int64_t topic_id);
/* NULL when not in the store. */
const struct post_row *post_store_get(struct store *s, int64_t id, struct arena *a);

/* Posts of one member on the board (not in messages), newest first. */
struct post_line {
	int64_t id, topic_id, created_ms;
	int post_number;
	const char *topic_title;
	const char *excerpt; /* the beginning as plain text, one line */
};
struct post_lines {
	struct post_line *row;
	int count;
};
struct post_lines post_store_by_member(struct store *s, const char *username, int64_t offset, int limit,
	struct arena *a);
int64_t post_store_by_member_count(struct store *s, const char *username);

/* A post of a topic that is not known yet makes the topic. *isnew and *changed (may be NULL) say what it was.
 * A deleted post is taken out, unless the member may recover it: then it stays, marked. */
bool post_store_put(struct store *s, const struct post *p, bool *isnew, bool *changed, struct error *err);
bool post_store_remove(struct store *s, int64_t id, struct error *err);
/* Removes the posts of a topic whose id is not in `keep` (sorted or not); returns how many, -1 on trouble. */
int post_store_keep_only(
	struct store *s, int64_t topic_id, const int64_t *keep, int count, struct error *err);
/* Ids out of `id` that are not in the store; returns how many. */
int post_store_missing(struct store *s, const int64_t *id, int count, int64_t *out);
