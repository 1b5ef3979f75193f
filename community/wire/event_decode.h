#pragma once
#include <stdbool.h>

#include "arena.h"
#include "event.h"
#include "json.h"

struct event_list {
	const struct event *event;
	int count;
};
struct invitee_list {
	const struct invitee *invitee;
	int count;
};

/* One event: of a list, with details or without, or embedded in a post. Times without a zone are read in the
 * event's own zone; dates of an all-day event are midnight UTC of that date. False without an id. */
bool event_decode(const struct json *object, struct arena *a, struct event *out);
/* {"events": [...]} or {"event": {...}} */
bool event_list_decode(const struct json *root, struct arena *a, struct event_list *out);
/* {"invitees": [...]} or {"invitee": {...}} */
bool invitee_list_decode(const struct json *root, struct arena *a, struct invitee_list *out);
