#pragma once
#include "forum.h"

/* Discourse's notification types that kringd makes. */
enum {
	NOTICE_MENTIONED = 1, NOTICE_REPLIED = 2, NOTICE_QUOTED = 3, NOTICE_EDITED = 4, NOTICE_LIKED = 5,
	NOTICE_PRIVATE_MESSAGE = 6, NOTICE_INVITED_TO_MESSAGE = 7, NOTICE_POSTED = 9, NOTICE_GROUP_MENTIONED = 15,
	NOTICE_WATCHING_FIRST_POST = 17, NOTICE_POST_APPROVED = 20, NOTICE_WATCHING = 36,
	NOTICE_BOOKMARK_REMINDER = 24, NOTICE_EVENT_REMINDER = 27, NOTICE_EVENT_INVITATION = 28,
};

struct new_notice {
	int64_t user_id;      /* who is told */
	int type;
	int64_t from_user_id; /* who did it; 0: nobody */
	int64_t topic_id, post_id;
	int post_number;
	const char *group_name, *event_name; /* NULL: none */
	int64_t created_ms;   /* 0: now */
};
/* Nothing is made when the member did it themselves or has muted or ignored the other. */
bool forum_notice_create(struct forum *f, const struct new_notice *n, struct error *err);
bool forum_notice_mark_read(struct forum *f, int64_t user_id, int64_t id, struct error *err); /* id 0: all */
/* Sends the counters on /notification/UID. */
bool forum_notice_publish(struct forum *f, int64_t user_id, struct error *err);
