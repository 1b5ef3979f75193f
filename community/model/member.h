#pragma once
#include <stdbool.h>
#include <stdint.h>

/* A definition of an extra profile field (user_fields of /site.json). */
struct user_field {
	int64_t id;
	const char *name, *description, *type; /* type: text, dropdown, multiselect, confirm, textarea */
	int position;
	bool editable, required, searchable;
	bool shown; /* on the profile or the card: other members can see it */
	const char *const *options;
	int option_count;
};

/* A filled-in field; several choices are joined with ", ". */
struct field_value {
	int64_t field_id;
	const char *value;
};

struct member {
	int64_t id;
	const char *username, *name, *title;
	const char *bio_cooked, *location, *website, *timezone;
	const char *bio_raw;             /* as it was typed: only of the member's own; NULL: not known */
	const char *status; /* in words; NULL when none */
	int trust_level;
	bool admin, moderator, hidden;   /* hidden: the profile is not shown to us */
	bool ignored, muted;             /* by the member who is logged in */
	bool complete;                   /* the whole profile was read, not only a mention of the name */
	int64_t created_ms;              /* 0 unknown */
	const struct field_value *field;
	int field_count;
	const char *const *group;
	int group_count;
};

struct group {
	int64_t id;
	const char *name, *full_name, *bio_cooked;
	int member_count;
};

/* The value of a field, NULL when it is empty. */
const char *member_field(const struct member *m, int64_t field_id);
/* The name people see: the name, else the username. */
const char *member_display(const char *name, const char *username);
