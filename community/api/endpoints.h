#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "json.h"
#include "request.h"

/* Every question kring asks, as a request for api_ask. Names and paths: Discourse's routes. */

struct request endpoint_basic_info(void);
struct request endpoint_site(void);
struct request endpoint_settings(void);
struct request endpoint_session(void);

/* order=activity; page from 0. per_page is ignored by older sites (30). */
struct request endpoint_latest(int page, int per_page);
/* box: "" inbox, "-sent", "-archive", "-new", "-unread" */
struct request endpoint_messages(const char *username, const char *box, int page);

/* The topic with its stream and first posts; raw text too. */
struct request endpoint_topic(int64_t id);
enum { ENDPOINT_POSTS_AT_ONCE = 50 };
struct request endpoint_topic_posts(int64_t topic_id, const int64_t *post_id, int count);
struct request endpoint_post(int64_t id);
/* Feeds, newest first; before 0: from the newest. */
struct request endpoint_posts_feed(int64_t before);
struct request endpoint_private_feed(int64_t before);

/* period all, order username; user fields by id in the answer. page from 0. */
struct request endpoint_directory(int page, const int64_t *field_id, int field_count);
struct request endpoint_user(const char *username);
enum { ENDPOINT_CARDS_AT_ONCE = 50 };
struct request endpoint_user_cards(const int64_t *user_id, int count);
struct request endpoint_group_members(const char *group, int limit, int offset);

/* The 50 newest, without marking them seen. */
struct request endpoint_notices(void);
struct request endpoint_notice_read(int64_t id);
struct request endpoint_drafts(int offset, int limit);

/* With details. after_s, before_s: seconds since 1970; before_s 0: no end. */
struct request endpoint_events(int64_t after_s, int64_t before_s);
struct request endpoint_invitees(int64_t event_id);

/* One-shot poll of the MessageBus. `channels` is {"/topic/5": 12, ...}; taken over. */
struct request endpoint_bus(const char *client_uuid, struct json *channels);

struct request endpoint_revoke_key(void);
