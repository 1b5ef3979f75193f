#pragma once
#include "cook.h"
#include "forum.h"

/* Cooks with the names of this community: members, groups, categories, tags and topics. */
void forum_cook(struct forum *f, const char *raw, int64_t topic_id, struct cooked *out);
/* For cook_context. */
void forum_digest(const void *bytes, size_t n, char out[COOK_DIGEST]);
