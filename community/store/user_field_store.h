#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "member.h"
#include "store.h"

/* Fields that kring gives a place of their own, found by name (Dutch or English). */
enum field_role { FIELD_OTHER, FIELD_WHAT, FIELD_REGION, FIELD_OPEN_FOR, FIELD_CAPACITY };

struct user_field_rows {
	struct user_field *row;
	enum field_role *role; /* beside each row */
	int count;
};

/* In the site's order. */
struct user_field_rows user_field_store_list(struct store *s, struct arena *a);
enum field_role field_role_from_name(const char *name);

/* Replaces all definitions. */
bool user_field_store_put(struct store *s, const struct user_field *field, int count, struct error *err);
