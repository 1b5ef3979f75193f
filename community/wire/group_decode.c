#include "group_decode.h"

#include "take.h"

bool group_decode(const struct json *object, struct arena *a, struct group *out)
{
	*out = (struct group){
		.id = take_id(object, "id"),
		.name = take_name(object, "name", a),
		.full_name = take_name(object, "full_name", a),
		.bio_cooked = json_lines(object, "bio_cooked", WIRE_LONG, a),
		.member_count = take_count(object, "user_count"),
	};
	return out->id != 0 && out->name != NULL;
}

bool group_list_decode(const struct json *root, struct arena *a, struct group_list *out)
{
	const struct json *rows = json_get(root, "groups");
	if (!json_is_array(rows))
		rows = json_path(root, "site.groups");
	int max = json_is_array(rows) ? take_rows(rows, WIRE_ITEMS) : 1;
	struct group *to = ARENA_ARRAY(a, (size_t)max + 1, struct group);
	*out = (struct group_list){.group = to};
	JSON_EACH (row, json_is_array(rows) ? rows : NULL)
		if (out->count < max && group_decode(row, a, &to[out->count]))
			out->count++;
	if (!json_is_array(rows))
		out->count = group_decode(json_get(root, "group"), a, to);
	return json_is_array(rows) || out->count == 1;
}
