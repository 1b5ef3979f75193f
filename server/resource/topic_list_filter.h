#pragma once
#include "encode.h"
#include "paging.h"

/* Which regular topics a list shows, and in what order. A zeroed struct is "latest". */
struct topic_filter {
	enum topic_list_kind { LIST_LATEST, LIST_NEW, LIST_UNREAD, LIST_UNSEEN, LIST_POSTED, LIST_BOOKMARKS,
		LIST_ALL } kind;
	int64_t category_id;            /* 0: any */
	bool no_subcategories;
	const char *const *tag;         /* any of these */
	int tag_count;
	const char *exclude_tag;        /* NULL: none */
	const char *status;             /* open, closed, archived, public; NULL: any */
	const char *topic_ids;          /* JSON array; NULL: any */
	const char *words;              /* full text; NULL: any */
	int64_t user_id;                /* who began it; 0: anybody */
	int64_t bumped_before_ms, bumped_after_ms, created_before_ms, created_after_ms; /* 0: any */
	int64_t min_posts, max_posts;   /* 0: any */
	int level;                      /* only topics with this notification level; -1 or 0: any */
	bool pinned_first, only_pinned;
	const char *order;              /* NULL: activity */
	bool ascending;
};

/* Fills in what the parameters of every topic list say. False: the answer (400) is written. */
bool topic_filter_read(struct request *r, struct response *w, struct topic_filter *f);
/* One page of ids, and whether there are more. */
void topic_filter_run(struct request *r, const struct topic_filter *f, const struct page *page, struct id_list *out,
	bool *more);
/* A word as an order: "likes", "likes-asc". False: unknown. */
bool topic_order_read(struct topic_filter *f, const char *word);
/* The query language of /filter: "category:vragen tag:zoom status:open order:created words". */
void topic_filter_read_query(struct request *r, struct topic_filter *f, const char *query);
/* The answer to one list; returns the topic_list object, NULL when an error is written. The caller hands `*root` to
 * response_json. */
struct json *topic_filter_answer(struct request *r, struct response *w, const struct topic_filter *f,
	struct json **root);
