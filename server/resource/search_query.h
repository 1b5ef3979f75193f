#pragma once
#include "paging.h"

/* What somebody searches for: words, and the operators between them. */
struct search_query {
	const char *words;         /* what is left, for people and for the blurb; "" when nothing */
	const char *expression;    /* the same for the full text index; NULL: no words */
	int64_t user_id, category_id, topic_id; /* 0: any; -2: one that does not exist */
	const char *tags;          /* JSON array; NULL: any */
	const char *status;        /* open, closed, archived, noreplies; NULL: any */
	int64_t after_ms, before_ms; /* when the post was written; 0: any */
	enum search_where { SEARCH_PUBLIC, SEARCH_MESSAGES, SEARCH_ALL } where;
	enum search_mine { SEARCH_ANY, SEARCH_BOOKMARKED, SEARCH_LIKED, SEARCH_UNSEEN, SEARCH_SEEN,
		SEARCH_POSTED } mine;
	bool first;                /* only first posts */
	const char *order;         /* latest, oldest, likes, views, latest_topic; NULL: best match */
	bool title;
	bool one_topic;            /* every post that fits, not only the best of its topic */
};

void search_query_read(struct request *r, const char *text, struct search_query *out);
/* Ids of posts, best first; at most limit. */
void search_query_run(struct request *r, const struct search_query *q, int64_t limit, int64_t offset,
	struct id_list *out);
