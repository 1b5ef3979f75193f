#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "json.h"

/* One message of the MessageBus, flattened: absent numbers are 0, absent words NULL. */
struct bus_message {
	int64_t global_id, message_id;
	const char *channel;
	const char *type;       /* data.type or data.message_type: created, revised, deleted, new_topic ... */
	int64_t id;             /* data.id: of the post or the event */
	int64_t topic_id;       /* data.topic_id */
	int64_t user_id;
	int post_number;
	int version;            /* -1 unknown */
	int64_t updated_ms;     /* 0 unknown */
	int last_read, highest; /* data.payload.last_read_post_number, highest_post_number; -1 unknown */
	int unread;             /* data.unread_notifications and the like; -1 unknown */
};

/* Where a channel stands (the pseudo-channel /__status). */
struct bus_position {
	const char *channel;
	int64_t id;
};

struct bus_answer {
	const struct bus_message *message;
	int message_count;
	const struct bus_position *position;
	int position_count;
};

/* An answer to POST /message-bus/ID/poll (one JSON array). */
bool bus_answer_decode(const struct json *root, struct arena *a, struct bus_answer *out);
/* The number at the end of a channel's name ("/topic/12" -> 12) when it starts with `prefix` ("/topic/");
 * else 0. */
int64_t bus_channel_number(const char *channel, const char *prefix);
