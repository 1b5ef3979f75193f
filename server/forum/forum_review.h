#pragma once
#include "forum_post.h"

/* Posts that wait until a moderator has looked at them. */
struct pending_post {
	int64_t id, user_id, topic_id, category_id, created_ms; /* topic_id 0: begins a topic or a message */
	const char *username, *title, *raw; /* title: of the topic it begins or answers */
	bool message;
};
/* Oldest first, at most `max`; returns how many. Texts live in f->mem. */
int forum_review_list(struct forum *f, struct pending_post *out, int max);
int64_t forum_review_count(struct sql *db);
/* Posts it in the writer's name and tells them. A writer who was silenced for typing too fast may write again. */
bool forum_review_approve(struct forum *f, int64_t id, struct posted *out, struct error *err);
/* Takes it away. */
bool forum_review_reject(struct forum *f, int64_t id, struct error *err);
/* The member may write again. */
bool forum_user_unsilence(struct forum *f, int64_t user_id, struct error *err);
