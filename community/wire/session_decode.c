#include "session_decode.h"

#include "take.h"

bool session_decode(const struct json *root, struct arena *a, struct session *out)
{
	const struct json *user = json_get(root, "current_user");
	const struct json *zone = json_path(user, "user_option.timezone");
	*out = (struct session){
		.user_id = take_id(user, "id"),
		.username = take_name(user, "username", a),
		.name = take_name(user, "name", a),
		.timezone = zone != NULL ? take_text(zone, WIRE_NAME, a) : take_name(user, "timezone", a),
		.trust_level = take_int(user, "trust_level", 0, 4, 0),
		.admin = json_bool(user, "admin", false),
		.moderator = json_bool(user, "moderator", false),
		.can_create_topic = json_bool(user, "can_create_topic", false),
		.can_send_messages = json_bool(user, "can_send_private_messages", false),
		.can_create_event = json_bool(user, "can_create_discourse_post_event", false),
		.seen_notification_id = take_id(user, "seen_notification_id"),
	};
	out->ignored_count = take_words(json_get(user, "ignored_users"), "username", a, &out->ignored);
	return out->user_id != 0 && out->username != NULL;
}
