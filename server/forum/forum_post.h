#pragma once
#include "forum.h"

/* A post somebody writes: a reply (topic_id), a new topic (title, category_id) or a new message (title,
 * recipients). */
struct new_post {
	int64_t user_id;
	const char *raw;
	int64_t topic_id;             /* 0: a new topic or message */
	int reply_to_post_number;     /* 0: to the topic */
	const char *title;
	int64_t category_id;          /* 0: uncategorized */
	const char *const *tag;
	int tag_count;
	bool message;                 /* private message */
	const char *const *recipient; /* usernames and group names */
	int recipient_count;
	int64_t created_ms;           /* 0: now */
	bool unchecked; /* no lengths, repeats or permissions: sample, import, admin keys that ask for it */
	bool quiet;                   /* nobody is told: no notifications, no bus */
	const char *draft_key;        /* the draft it was written in; NULL: the usual one, "": none */
	bool untracked;               /* the writer does not follow the topic from now on */
};

struct posted {
	int64_t topic_id, post_id;
	int post_number;
};

/* Cooks and stores it with everything that follows from it: counts, search index, polls, event, quotes,
 * read state and watching of the writer, notifications, bus messages, draft sequence. When it fails the
 * caller rolls back. */
bool forum_post_create(struct forum *f, const struct new_post *n, struct posted *out, struct error *err);
/* Only the rules: rights, lengths, repeats. */
bool forum_post_check(struct forum *f, const struct new_post *n, struct error *err);
/* Text as it is stored: line ends are \n, no white space around it. Lives in a. */
char *forum_post_tidy(struct arena *a, const char *raw);
/* Lengths of a tidy text. `first`: it begins a topic or message. */
bool forum_post_check_raw(struct forum *f, const char *raw, bool message, bool first, struct error *err);
/* Length, and that no other topic than topic_id (0: a new one) has this title. */
bool forum_title_check(struct forum *f, const char *title, bool message, int64_t topic_id, struct error *err);
/* The draft that answers to a topic, or with 0 a new topic or message, are written in. */
const char *forum_draft_key(struct arena *a, int64_t topic_id, bool message);

struct post_edit {
	int64_t post_id, user_id;
	const char *raw;              /* NULL: unchanged */
	const char
		*original_raw; /* what the editor started from; differs from ours: ERR_CONFLICT. NULL: not checked */
	const char *reason;
	bool unchecked;
};
bool forum_post_edit(struct forum *f, const struct post_edit *e, struct error *err);
/* By its writer: a stub stays (user_deleted); by staff: deleted_ms. Post 1 takes its topic along. */
bool forum_post_delete(struct forum *f, int64_t post_id, int64_t user_id, struct error *err);
bool forum_post_recover(struct forum *f, int64_t post_id, int64_t user_id, struct error *err);
/* A one-line notice in the topic, e.g. action_code "closed.enabled" (post_type 3). `who`: username or
 * NULL. */
bool forum_post_small_action(struct forum *f, int64_t topic_id, int64_t user_id, const char *action_code,
	const char *who, struct posted *out, struct error *err);

/* Likes. Twice, one's own post, or undoing too late: ERR_FORBIDDEN. created_ms 0: now. */
bool forum_like(struct forum *f, int64_t post_id, int64_t user_id, int64_t created_ms, struct error *err);
bool forum_unlike(struct forum *f, int64_t post_id, int64_t user_id, struct error *err);
