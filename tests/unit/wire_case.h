#pragma once
/* For tests of decoders. */
#include "check.h"

#include "arena.h"
#include "json.h"
#include "mem.h"
#include "str.h"

static struct arena arena;

static inline struct json *parse(const char *text)
{
	struct error err;
	struct json *j = json_parse(text, strlen(text), &err);
	if (j == NULL)
		fail_msg("not JSON: %s", text);
	return j;
}

static inline int reset(void **state)
{
	arena_fini(&arena);
	return 0;
}
