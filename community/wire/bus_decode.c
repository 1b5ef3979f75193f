#include "bus_decode.h"

#include <string.h>

#include "str.h"
#include "take.h"

int64_t bus_channel_number(const char *channel, const char *prefix)
{
	int64_t n = 0;
	if (channel != NULL && str_starts(channel, prefix))
		str_to_int(channel + strlen(prefix), 1, 1LL << 53, &n);
	return n;
}

/* data.updated_at is a time or, on newer sites, may be absent. */
static void read_data(const struct json *data, struct arena *a, struct bus_message *out)
{
	const struct json *payload = json_get(data, "payload");
	const char *type = take_name(data, "type", a);
	out->type = type != NULL ? type : take_name(data, "message_type", a);
	out->id = take_id(data, "id");
	out->topic_id = take_id(data, "topic_id");
	if (out->topic_id == 0)
		out->topic_id = bus_channel_number(out->channel, "/topic/");
	if (out->topic_id == 0)
		out->topic_id = bus_channel_number(out->channel, "/discourse-post-event/");
	out->user_id = json_int(data, "user_id", 0);
	out->post_number = take_count(data, "post_number");
	out->version = take_int(data, "version", 0, 1 << 30, -1);
	out->updated_ms = take_ms(data, "updated_at");
	out->last_read = take_int(payload, "last_read_post_number", 0, 1 << 30, -1);
	out->highest = take_int(payload, "highest_post_number", 0, 1 << 30, -1);
	out->unread = take_int(data, "unread_notifications", 0, 1 << 30,
		take_int(data, "all_unread_notifications_count", 0, 1 << 30, -1));
}

static void read_positions(const struct json *map, struct arena *a, struct bus_answer *out)
{
	int count = json_is_object(map) ? json_count(map) : 0, max = count > WIRE_ITEMS ? WIRE_ITEMS : count;
	struct bus_position *to = ARENA_ARRAY(a, (size_t)(out->position_count + max) + 1, struct bus_position);
	if (out->position_count > 0)
		memcpy(to, out->position, (size_t)out->position_count * sizeof *to);
	JSON_EACH (item, max > 0 ? map : NULL)
		if (max > 0 && json_is_number(item)) {
			const char *name = arena_strndup(a, json_name(item), WIRE_NAME);
			to[out->position_count++] = (struct bus_position){name, json_as_int(item, 0)};
			max--;
		}
	out->position = to;
}

bool bus_answer_decode(const struct json *root, struct arena *a, struct bus_answer *out)
{
	enum { StatusMaps = 4 }; /* the server sends one; more are not believed */
	int max = take_rows(root, WIRE_ITEMS), maps = 0;
	struct bus_message *to = ARENA_ARRAY(a, (size_t)max + 1, struct bus_message);
	*out = (struct bus_answer){.message = to};
	JSON_EACH (row, json_is_array(root) ? root : NULL) {
		struct bus_message m = {
			.global_id = json_int(row, "global_id", 0),
			.message_id = json_int(row, "message_id", 0),
			.channel = take_name(row, "channel", a),
		};
		if (str_equal(m.channel, "/__status")) {
			if (maps++ < StatusMaps)
				read_positions(json_get(row, "data"), a, out);
		} else if (m.channel != NULL && out->message_count < max) {
			read_data(json_get(row, "data"), a, &m);
			to[out->message_count++] = m;
		}
	}
	return json_is_array(root);
}
