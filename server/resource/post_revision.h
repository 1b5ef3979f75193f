#pragma once
#include "http.h"

/* One edit of a post: number 2 is the first edit, 0 the last one. The row of post_revision keeps the text from before
 * that edit. False: there is none. */
bool post_revision_encode(struct request *r, struct json *into, int64_t post_id, int number);
