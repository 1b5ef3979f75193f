#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "change.h"
#include "member.h"
#include "request.h"

/* What a change has to know of the site, besides itself. */
struct change_site {
	const char *username;    /* of the member who is logged in */
	bool tagging, tags_are_objects;
	int64_t now_ms;
	int64_t invitee_id;      /* CHANGE_ATTENDANCE: of the member's own row; 0: there is none yet */
	bool ranked_poll;        /* CHANGE_VOTE: the order of the options is the choice */
	const struct user_field *field; /* CHANGE_PROFILE of a user field: its definition; NULL: a plain text */
	const char *draft_key;   /* of the site's draft that this text finishes; NULL or "": the site's own choice */
};

/* The request of step 0, 1... that brings a change to the site; false when there is none any more. All but
 * one kind take one step: an edit of a first post has a second one for the tags. No step at all:
 * CHANGE_READ_ALL (topic by topic, endpoint_timings), and taking away a sign-up or a bookmark that the site
 * does not have. */
bool change_request(const struct change *c, const struct change_site *site, int step, struct request *out);
