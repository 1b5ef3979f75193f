#pragma once
#include "people.h"

/* A member's row with what profiles and cards count. Text lives in r->mem. */
struct profile {
	int64_t id;
	const char *username, *name, *title, *bio_raw, *bio_cooked, *location, *website, *timezone, *locale;
	const char *status_emoji, *status_text;
	int64_t status_ends_ms, created_ms, last_seen_ms, last_posted_ms;
	bool admin, moderator, active, mine, is_me;
	bool ignored, muted;              /* by the requester */
	int trust_level;
	int64_t posts, topics, seconds;   /* written, and time spent reading */
};
/* False: there is no such member. */
bool profile_load(struct request *r, int64_t user_id, struct profile *out);
/* What a card shows; a profile begins with it. */
void profile_card_encode(struct request *r, struct json *into, const struct profile *p);
/* Everything /u/NAME shows the requester. */
void profile_encode(struct request *r, struct json *into, const struct profile *p);
/* May the requester send this member a message? */
bool profile_can_be_written(const struct request *r, const struct profile *p);
/* GET /u/NAME/summary. */
void user_summary(struct request *r, struct response *w);
