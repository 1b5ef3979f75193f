#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "request.h"

/* Every change kring asks for, as a request for api_ask. Texts that are NULL or "" are left out, unless it says
 * otherwise; ids that are 0 too. Names and paths: Discourse's routes. */

/* Names in a list: tags, members, options. */
struct words {
	const char *const *word;
	int count;
};

struct new_text {
	const char *raw;
	const char *title;
	const char *draft_key;
	int64_t category_id;
	int64_t topic_id, reply_to;  /* reply_to: a post number */
	struct words tags, recipients;
	bool tags_are_objects;
	int64_t typing_ms, open_ms;
};
struct request endpoint_create_topic(const struct new_text *t);
struct request endpoint_create_reply(const struct new_text *t);
struct request endpoint_create_message(const struct new_text *t);

struct text_edit {
	int64_t post_id;
	const char *raw;             /* also when it is "" */
	const char *original;        /* what the site must still have, else it answers 409 */
	const char *reason;
	const char *title;           /* of a first post */
	int64_t category_id;         /* of a first post */
};
struct request endpoint_edit_post(const struct text_edit *e);
/* NULL and 0 are left as they are; tags NULL too, none of them: all tags go. */
struct request endpoint_edit_topic(
	int64_t id, const char *title, int64_t category_id, const struct words *tags, bool tags_are_objects);
struct request endpoint_delete_post(int64_t id);
struct request endpoint_recover_post(int64_t id);

enum { ACTION_LIKE = 2 }; /* post_action_types of Discourse */
struct request endpoint_like(int64_t post_id);
struct request endpoint_unlike(int64_t post_id);
struct request endpoint_flag(int64_t post_id, int type, const char *message);
struct request endpoint_create_bookmark(int64_t post_id, const char *note);
/* The note also when it is "". */
struct request endpoint_update_bookmark(int64_t id, const char *note);
struct request endpoint_delete_bookmark(int64_t id);

struct request endpoint_topic_level(int64_t topic_id, int level);
struct request endpoint_category_level(int64_t category_id, int level);
/* level: normal, mute, ignore. until_ms: with ignore. */
struct request endpoint_member_level(const char *username, const char *level, int64_t until_ms);
struct request endpoint_archive_message(int64_t topic_id);
struct request endpoint_unarchive_message(int64_t topic_id);

struct request endpoint_vote(int64_t post_id, const char *poll, struct words options, bool ranked);
struct request endpoint_unvote(int64_t post_id, const char *poll);
/* status: going, interested, not_going */
struct request endpoint_create_invitee(int64_t event_id, const char *status);
struct request endpoint_update_invitee(int64_t event_id, int64_t invitee_id, const char *status);
struct request endpoint_delete_invitee(int64_t event_id, int64_t invitee_id);

/* name: an attribute ("bio_raw") or "field:ID" of a user field; the value also when it is "". */
struct request endpoint_profile(const char *username, const char *name, const char *value);
/* Of a user field with several answers. */
struct request endpoint_profile_choices(const char *username, int64_t field_id, struct words choices);

struct reading {
	int post_number;
	int64_t ms;                  /* cut to a minute, as the site does */
};
struct request endpoint_timings(int64_t topic_id, const struct reading *r, int count);

struct request endpoint_draft(const char *key);
/* data: JSON text. force: over a newer one. */
struct request endpoint_save_draft(const char *key, int64_t sequence, const char *data, bool force);
struct request endpoint_delete_draft(const char *key, int64_t sequence);

/* For finding out what arrived when the answer did not. */

/* The posts around `number`, raw text too; 0: the newest. */
struct request endpoint_topic_tail(int64_t topic_id, int number);
struct request endpoint_topics_by(const char *username);
struct request endpoint_messages_sent(const char *username);
struct request endpoint_pending_posts(const char *username);
