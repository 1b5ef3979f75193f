#pragma once
#include "http.h"

/* Topics the requester has not opened yet, and ones with posts they have not read. */
int64_t tracking_count_new(struct request *r);
int64_t tracking_count_unread(struct request *r);
