#pragma once
#include "encode.h"

/* "/c/parent/child/12", "/c/name/12"; NULL for an unknown id. Lives in r->mem. */
const char *category_path(struct request *r, int64_t category_id);
