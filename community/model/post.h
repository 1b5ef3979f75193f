#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "event.h"
#include "discourse_poll.h"

enum post_type { POST_REGULAR = 1, POST_MODERATOR = 2, POST_SMALL_ACTION = 3, POST_WHISPER = 4 };

struct post {
	int64_t id, topic_id, user_id;
	int post_number, type;
	const char *username, *name;
	const char *cooked;           /* HTML from the server: goes only through the renderer */
	const char *raw;              /* NULL when the answer had none */
	int64_t created_ms, updated_ms;
	int reply_to_post_number;     /* 0: none */
	const char *reply_to_username;
	int version, like_count;
	bool like_final;              /* the like can no longer be taken back */
	bool liked, can_like, can_edit, can_delete, can_recover, yours;
	bool hidden;                  /* by the community's flags: cooked is a notice */
	bool deleted;                 /* by its writer or a moderator */
	bool bookmarked, wiki;
	int64_t bookmark_id;
	const char *bookmark_note;    /* NULL: none */
	const char *action_code, *action_who; /* of a small action, e.g. "closed.enabled" */
	const struct poll *poll;
	int poll_count;
	const struct event *event;    /* of a first post; NULL when none */
	/* What the feeds add: */
	const char *topic_title;
	int64_t category_id;          /* 0: none */
	bool is_message;
};

/* The words for a small action ("closed.enabled"), translated; NULL when the code is unknown. */
const char *post_action_words(const char *action_code);
