#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "store.h"
#include "topic.h"

/* One line of a list of topics or messages. Texts are "" when empty, never NULL. */
struct topic_row {
	int64_t id, category_id, event_id; /* 0: none */
	const char *title, *category, *author, *last_poster;
	const char *tags;   /* joined with ", " */
	const char *people; /* of a message: usernames and groups joined with ", ", without the member */
	int64_t created_ms, bumped_ms, event_starts_ms;
	int posts_count, highest_post_number, last_read_post_number;
	int notification_level; /* enum topic_level */
	bool unread, closed, archived, pinned, bookmarked, is_message, muted;
	bool put_away;      /* a message in the member's archive */
};

struct topic_rows {
	struct topic_row *row;
	int count;
};

/* Zeroed: all topics of the board, the one with the newest post first. The conditions add up. */
struct topic_filter {
	bool messages;         /* private messages instead of the board: those that are not put away */
	bool put_away;         /* with messages: those in the archive */
	bool oldest_first, unread, bookmarked;
	int64_t category_id;
	bool children;         /* also the categories under it */
	const char *author;    /* username of who began it */
	const char *tag;
	const char *text;      /* beginnings of words in the title; every word must match */
};

struct topic_rows topic_store_list(struct store *s, const struct topic_filter *f, int64_t offset, int limit,
	struct arena *a);
int64_t topic_store_count(struct store *s, const struct topic_filter *f);
/* Where a topic stands in the list, from 0; -1 when not in it. */
int64_t topic_store_position(struct store *s, const struct topic_filter *f, int64_t id);
/* The next topic with unread posts after id (0: from the top), going round once; 0 when there is none. */
int64_t topic_store_next_unread(struct store *s, const struct topic_filter *f, int64_t id);
/* NULL when not known. */
const struct topic_row *topic_store_row(struct store *s, int64_t id, struct arena *a);
struct tag_count {
	const char *tag;
	int topics;
};
/* Tags in use, in alphabetical order. */
struct tag_count *topic_store_tags(struct store *s, struct arena *a, int *count);

/* How many posts the topics here have by their own count. */
int64_t topic_store_posts_expected(struct store *s);

/* From a list or the topic itself. */
bool topic_store_put(struct store *s, const struct topic *t, struct error *err);
/* With its posts, polls and events. */
bool topic_store_remove(struct store *s, int64_t id, struct error *err);
