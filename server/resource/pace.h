#pragma once
#include "http.h"

/* How often a member may do something in a day, counted from what is in the database. Staff are not counted,
 * and what an admin's key does is not either. */
enum pace_kind { PACE_TOPIC, PACE_REPLY, PACE_MESSAGE, PACE_LIKE, PACE_BOOKMARK, PACE_FLAG, PACE_EDIT };

/* One more? False is answered with 429. */
bool pace_allows(struct request *r, struct response *w, enum pace_kind kind);
/* How many in a day, 0 for no limit; and how many of them are left now. */
int64_t pace_most(const struct request *r, enum pace_kind kind);
int64_t pace_left(struct request *r, enum pace_kind kind);

/* The pause since the member's last post, longer for new members. False is answered with 429. */
bool pace_pause_over(struct request *r, struct response *w, bool topic);
/* Did the member write all of the last posts of the topic, as many as are allowed in a row? */
bool pace_too_many_in_row(struct request *r, int64_t topic_id);
