#include "own_decode.h"

#include "change.h"
#include "mem.h"
#include "str.h"
#include "take.h"
#include "user_field_decode.h"

static bool action_decode(const struct json *object, struct arena *a, struct user_action *out)
{
	*out = (struct user_action){
		.type = take_count(object, "action_type"),
		.topic_id = take_id(object, "topic_id"),
		.post_id = take_id(object, "post_id"),
		.post_number = take_int(object, "post_number", 1, 1 << 30, 1),
		.title = take_title(object, "title", a),
		.username = take_name(object, "acting_username", a),
		.created_ms = take_ms(object, "created_at"),
	};
	return out->type != 0 && out->topic_id != 0;
}

bool user_action_list_decode(const struct json *root, struct arena *a, struct user_action_list *out)
{
	const struct json *rows = json_get(root, "user_actions");
	int max = take_rows(rows, WIRE_ITEMS);
	struct user_action *to = ARENA_ARRAY(a, (size_t)max + 1, struct user_action);
	*out = (struct user_action_list){.action = to};
	JSON_EACH (row, max > 0 ? rows : NULL)
		if (out->count < max && action_decode(row, a, &to[out->count]))
			out->count++;
	return json_is_array(rows);
}

static bool bookmark_decode(const struct json *object, struct arena *a, struct bookmark *out)
{
	*out = (struct bookmark){
		.id = take_id(object, "id"),
		.post_id = take_id(object, "bookmarkable_id"),
		.topic_id = take_id(object, "topic_id"),
		.note = json_text(object, "name", WIRE_SHORT, a),
	};
	return out->id != 0 && out->post_id != 0 && str_equal(json_string(object, "bookmarkable_type"), "Post");
}

bool bookmark_list_decode(const struct json *root, struct arena *a, struct bookmark_list *out)
{
	const struct json *list = json_get(root, "user_bookmark_list"), *rows = json_get(list, "bookmarks");
	int max = take_rows(rows, WIRE_ITEMS);
	struct bookmark *to = ARENA_ARRAY(a, (size_t)max + 1, struct bookmark);
	*out = (struct bookmark_list){.bookmark = to, .more = json_string(list, "more_bookmarks_url") != NULL};
	JSON_EACH (row, max > 0 ? rows : NULL)
		if (out->count < max && bookmark_decode(row, a, &to[out->count]))
			out->count++;
	return json_is_array(rows);
}

bool own_profile_decode(const struct json *root, struct arena *a, struct own_profile *out)
{
	const struct json *user = json_get(root, "user");
	*out = (struct own_profile){
		.name = take_name(user, "name", a),
		.bio = json_lines(user, "bio_raw", WIRE_LONG, a),
		.location = json_text(user, "location", WIRE_SHORT, a),
		.website = json_text(user, "website", WIRE_URL, a),
		.silenced_until_ms = take_ms(user, "silenced_till"),
		.suspended_until_ms = take_ms(user, "suspended_till"),
	};
	out->field_count = field_values_decode(json_get(user, "user_fields"), a, &out->field);
	return take_id(user, "id") != 0;
}

const char *own_profile_value(const struct own_profile *p, const char *name)
{
	const struct {
		const char *name, *value;
	} rows[] = {
		{change_profile_name, p->name}, {change_profile_bio, p->bio}, {change_profile_location, p->location},
		{change_profile_website, p->website},
	};
	int64_t id = 0;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (str_equal(name, rows[i].name))
			return str_or_empty(rows[i].value);
	if (!str_starts(name, "field:") || !str_to_int(name + 6, 1, 1LL << 53, &id))
		return NULL;
	for (int i = 0; i < p->field_count; i++)
		if (p->field[i].field_id == id)
			return str_or_empty(p->field[i].value);
	return "";
}
