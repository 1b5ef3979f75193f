#pragma once
#include <stdint.h>

#include "post.h"

/* The yes-or-no facts of a post in one column. */
enum post_flag {
	POST_FLAG_LIKED = 1, POST_FLAG_CAN_LIKE = 2, POST_FLAG_CAN_EDIT = 4, POST_FLAG_CAN_DELETE = 8,
	POST_FLAG_CAN_RECOVER = 16, POST_FLAG_YOURS = 32, POST_FLAG_HIDDEN = 64, POST_FLAG_DELETED = 128,
	POST_FLAG_BOOKMARKED = 256, POST_FLAG_WIKI = 512, POST_FLAG_POLLS = 1024,
	POST_FLAG_LIKE_FINAL = 2048,
};

int64_t post_flags(const struct post *p);
void post_set_flags(struct post *p, int64_t flags);
