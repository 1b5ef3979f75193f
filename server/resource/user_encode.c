#include "encode.h"

#include "forum_user.h"
#include "str.h"

void user_brief_encode(struct request *r, struct json *into, int64_t id, const char *username, const char *name)
{
	json_add_int(into, "id", id);
	json_add_string(into, "username", username);
	json_add_string(into, "name", name);
	json_add_string(into, "avatar_template", forum_avatar_template(r->mem, username));
}

void user_status_encode(struct request *r, struct json *into, const char *member, const char *emoji,
	const char *text, int64_t ends_ms)
{
	if (str_empty(text) || (ends_ms != 0 && ends_ms <= r->now_ms))
		return;
	struct json *status = json_add_object(into, member);
	json_add_string(status, "description", text);
	json_add_string(status, "emoji", str_empty(emoji) ? "speech_balloon" : emoji);
	json_add_time_ms(status, "ends_at", ends_ms, 0);
	json_add_int(status, "message_bus_last_id", 0);
}
