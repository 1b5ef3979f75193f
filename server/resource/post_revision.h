#pragma once
#include "http.h"

/* One edit of a post: number 2 is the first edit (it makes version 2), 0 the last one. Rows of post_revision
 * keep the version that an edit replaced, so edit 2 is row 1. False: there is none, or it is not for this
 * requester. */
bool post_revision_encode(struct request *r, struct json *into, int64_t post_id, int number);
