#include "draft_decode.h"

#include <string.h>

#include "str.h"
#include "take.h"

/* `data` is JSON inside a string: the composer's fields. */
static void read_data(const char *text, struct arena *a, struct server_draft *out)
{
	struct json *data = text == NULL ? NULL : json_parse(text, strnlen(text, WIRE_BODY), NULL);
	out->text = json_lines(data, "reply", WIRE_BODY, a);
	out->category_id = take_id(data, "categoryId");
	if (out->title == NULL)
		out->title = take_title(data, "title", a);
	json_free(data);
}

static bool draft_decode(const struct json *object, struct arena *a, struct server_draft *out)
{
	*out = (struct server_draft){
		.key = take_name(object, "draft_key", a),
		.sequence = json_int(object, "sequence", json_int(object, "draft_sequence", 0)),
		.topic_id = take_id(object, "topic_id"),
		.title = take_title(object, "title", a),
	};
	read_data(json_string(object, "data"), a, out);
	return out->key != NULL;
}

bool draft_list_decode(const struct json *root, struct arena *a, struct draft_list *out)
{
	const struct json *rows = json_get(root, "drafts");
	int max = take_rows(rows, WIRE_ITEMS);
	struct server_draft *to = ARENA_ARRAY(a, (size_t)max + 1, struct server_draft);
	*out = (struct draft_list){.draft = to};
	JSON_EACH (row, max > 0 ? rows : NULL)
		if (out->count < max && draft_decode(row, a, &to[out->count]))
			out->count++;
	return json_is_array(rows);
}
