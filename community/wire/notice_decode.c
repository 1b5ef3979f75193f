#include "notice_decode.h"

#include "str.h"
#include "take.h"

/* The first of these members of data that has a text. */
static const char *first_of(const struct json *data, const char *const *name, int count, struct arena *a)
{
	for (int i = 0; i < count; i++) {
		const char *text = take_title(data, name[i], a);
		if (text != NULL)
			return text;
	}
	return NULL;
}

bool notice_decode(const struct json *object, struct arena *a, struct notice *out)
{
	static const char *const who[] = {"display_username", "username", "original_username", "mentioned_by_username",
		"invited_by_username"};
	static const char *const what[] = {"badge_name", "group_name", "event_name", "bookmark_name"};
	const struct json *data = json_get(object, "data");
	*out = (struct notice){
		.id = take_id(object, "id"),
		.topic_id = take_id(object, "topic_id"),
		.created_ms = take_ms(object, "created_at"),
		.type = take_int(object, "notification_type", 0, 1 << 20, 0),
		.post_number = take_count(object, "post_number"),
		.read = json_bool(object, "read", false),
		.high_priority = json_bool(object, "high_priority", false),
		.title = take_escaped(object, "fancy_title", WIRE_TITLE, a),
		.username = first_of(data, who, sizeof who / sizeof *who, a),
		.detail = first_of(data, what, sizeof what / sizeof *what, a),
	};
	if (out->title == NULL)
		out->title = take_title(data, "topic_title", a);
	if (out->title == NULL)
		out->title = take_title(data, "title", a);
	return out->id != 0 && out->type != 0;
}

bool notice_page_decode(const struct json *root, struct arena *a, struct notice_page *out)
{
	const struct json *rows = json_get(root, "notifications");
	int max = take_rows(rows, WIRE_ITEMS);
	struct notice *to = ARENA_ARRAY(a, (size_t)max + 1, struct notice);
	*out = (struct notice_page){
		.notice = to,
		.seen_id = take_id(root, "seen_notification_id"),
		.more = !str_empty(json_string(root, "load_more_notifications")),
	};
	JSON_EACH (row, max > 0 ? rows : NULL)
		if (out->count < max && notice_decode(row, a, &to[out->count]))
			out->count++;
	return json_is_array(rows);
}
