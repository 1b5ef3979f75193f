#include "written_decode.h"

#include "poll_decode.h"
#include "post_decode.h"
#include "str.h"
#include "take.h"

static bool pending_decode(const struct json *object, struct arena *a, struct pending_post *out)
{
	*out = (struct pending_post){
		.id = take_id(object, "id"),
		.topic_id = take_id(object, "topic_id"),
		.category_id = take_id(object, "category_id"),
		.title = take_title(object, "title", a),
		.raw = json_lines(object, "raw_text", WIRE_BODY, a),
		.created_ms = take_ms(object, "created_at"),
	};
	if (out->raw == NULL)
		out->raw = json_lines(object, "raw", WIRE_BODY, a);
	return out->id != 0;
}

bool pending_list_decode(const struct json *root, struct arena *a, struct pending_list *out)
{
	const struct json *rows = json_get(root, "pending_posts");
	int max = take_rows(rows, WIRE_ITEMS);
	struct pending_post *to = ARENA_ARRAY(a, (size_t)max + 1, struct pending_post);
	*out = (struct pending_list){.post = to};
	JSON_EACH (row, max > 0 ? rows : NULL)
		if (out->count < max && pending_decode(row, a, &to[out->count]))
			out->count++;
	return json_is_array(rows);
}

bool written_post_decode(const struct json *root, struct arena *a, struct written_post *out)
{
	*out = (struct written_post){.held = str_equal(json_string(root, "action"), "enqueued")};
	if (out->held) {
		pending_decode(json_get(root, "pending_post"), a, &out->pending);
		return true;
	}
	const struct json *nested = json_get(root, "post");
	return post_decode(json_is_object(nested) ? nested : root, a, &out->post);
}

int64_t written_id_decode(const struct json *root)
{
	return take_id(root, "id");
}

bool written_vote_decode(const struct json *root, struct arena *a, struct poll *out)
{
	return poll_decode(json_get(root, "poll"), json_get(root, "vote"), a, out);
}
