#pragma once
#include <stdbool.h>

#include "arena.h"
#include "json.h"
#include "member.h"

struct user_field_list {
	const struct user_field *field; /* by position */
	int count;
};

/* user_fields of /site.json. */
bool user_field_list_decode(const struct json *root, struct arena *a, struct user_field_list *out);
/* A value object {"1": "text", "2": ["a", "b"]}; returns how many values are not empty. */
int field_values_decode(const struct json *object, struct arena *a, const struct field_value **out);
