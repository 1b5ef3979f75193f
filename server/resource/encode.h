#pragma once
#include "forum.h"
#include "http.h"

/* The JSON of things that more than one resource answers. Each adds to an object that the caller made. What
 * is shown is what the requester may see; whether the thing itself may be seen is the caller's question. */

/* "id", "username", "name", "avatar_template". */
void user_brief_encode(struct request *r, struct json *into, int64_t id, const char *username, const char *name);
/* {emoji, description, ends_at, ...} as `member` ("status", "user_status"); nothing is added when there is
 * none or it has ended. ends_ms 0: no end. */
void user_status_encode(struct request *r, struct json *into, const char *member, const char *emoji,
	const char *text, int64_t ends_ms);

enum category_parts {
	CATEGORY_COUNTS = 1,   /* topics_day ... topics_all_time, subcategory_ids */
	CATEGORY_CHILDREN = 2, /* subcategory_list */
	CATEGORY_DETAILS = 4,  /* group_permissions and what its settings page shows */
};
/* False: there is none that the requester may see. */
bool category_encode(struct request *r, struct json *into, int64_t category_id, unsigned parts);
/* Appends every category the requester may see, by position; parent_id -1: all, 0: those without a parent. */
void categories_encode(struct request *r, struct json *array, int64_t parent_id, unsigned parts);

/* "tags": objects {id, name, slug}, or plain names for clients of an older Discourse. */
void topic_tags_encode(struct request *r, struct json *into, int64_t topic_id);
void tag_append(struct request *r, struct json *array, int64_t id, const char *name);

/* A page of topics. Ids in the order they are shown. */
struct topic_list {
	const int64_t *id;
	int count;
	int per_page;
	const char *more_url;  /* path and query of the next page, without ".json"; NULL: the last page */
	bool messages;         /* participants instead of posters' descriptions, allowed_user_count */
};
/* Adds "users", "primary_groups" and "topic_list" to root; returns the topic_list object for what a list adds. */
struct json *topic_list_encode(struct request *r, struct json *root, const struct topic_list *list);
/* Only the items, appended to an array; "users" is filled with the members named in them when it is not NULL. */
void topic_items_encode(struct request *r, struct json *topics, struct json *users, const struct topic_list *list);

/* One post. */
enum post_parts {
	POST_RAW = 1,
	POST_IN_TOPIC = 2,     /* "read", link_counts; without topic members */
	POST_FEED = 4,         /* topic_title, topic_html_title, category_id, excerpt, raw */
};
/* False: there is no such post. */
bool post_encode(struct request *r, struct json *into, int64_t post_id, unsigned parts);
/* Appends posts in the order of the ids; ids that are not there are left out. */
void posts_encode(struct request *r, struct json *array, const int64_t *id, int count, unsigned parts);

/* The event whose id is a first post's: list form, or everything with `detailed`. */
void event_encode(struct request *r, struct json *into, int64_t event_id, bool detailed);
/* "polls" and, when the requester voted, "polls_votes" of a post. */
void polls_encode(struct request *r, struct json *post_object, int64_t post_id);
/* A post that waits for approval. */
void pending_post_encode(struct request *r, struct json *into, int64_t id);
