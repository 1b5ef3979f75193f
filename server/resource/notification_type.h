#pragma once

/* Discourse's notification types, the ones without a name for plugins that we know included; ends with a NULL
 * name. */
struct notification_type {
	const char *name;
	int id;
};
extern const struct notification_type notification_types[];
/* By name or number in text; 0 when unknown. */
int notification_type_id(const char *name);
