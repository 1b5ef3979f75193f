#include "category_decode.h"

#include <stdlib.h>
#include <string.h>

#include "take.h"
#include "topic.h"

static const char *color(const struct json *object, struct arena *a)
{
	const char *s = json_text(object, "color", 6, a);
	return s != NULL && strlen(s) == 6 && strspn(s, "0123456789abcdefABCDEF") == 6 ? s : NULL;
}

bool category_decode(const struct json *object, struct arena *a, struct category *out)
{
	const char *text = json_text(object, "description_text", WIRE_SHORT, a);
	*out = (struct category){
		.id = take_id(object, "id"),
		.parent_id = take_id(object, "parent_category_id"),
		.name = take_name(object, "name", a),
		.slug = take_name(object, "slug", a),
		.description = text != NULL ? text : take_escaped(object, "description_excerpt", WIRE_SHORT, a),
		.topic_template = json_lines(object, "topic_template", WIRE_LONG, a),
		.color = color(object, a),
		.position = take_int(object, "position", 0, 1 << 20, 0),
		.permission = take_int(object, "permission", 0, CATEGORY_READ, 0),
		.notification_level = take_int(object, "notification_level", 0, 4, TOPIC_NORMAL),
		.topic_count = take_count(object, "topic_count"),
		.minimum_required_tags = take_int(object, "minimum_required_tags", 0, WIRE_FEW, 0),
		.read_restricted = json_bool(object, "read_restricted", false),
	};
	return out->id != 0 && out->name != NULL;
}

static bool known(const struct category *category, int count, int64_t id)
{
	for (int i = 0; i < count; i++)
		if (category[i].id == id)
			return true;
	return false;
}

/* Adds the array's categories and those nested in their subcategory_list. */
static void add(struct category_list *list, struct category *to, int max, const struct json *array, struct arena *a,
	int depth)
{
	JSON_EACH (item, json_is_array(array) && depth < 4 ? array : NULL) {
		struct category c;
		if (list->count < max && category_decode(item, a, &c) && !known(to, list->count, c.id))
			to[list->count++] = c;
		add(list, to, max, json_get(item, "subcategory_list"), a, depth + 1);
	}
}

static int count_all(const struct json *array, int depth)
{
	int n = 0;
	JSON_EACH (item, json_is_array(array) && depth < 4 ? array : NULL)
		n += 1 + count_all(json_get(item, "subcategory_list"), depth + 1);
	return n;
}

bool category_list_decode(const struct json *root, struct arena *a, struct category_list *out)
{
	static const char *const places[] = {"categories", "site.categories", "category_list.categories"};
	const struct json *one = json_get(root, "category"), *array = NULL;
	enum { MaxCategories = 1000 };
	for (size_t i = 0; i < sizeof places / sizeof *places && !json_is_array(array); i++)
		array = json_path(root, places[i]);
	int max = json_is_array(array) ? count_all(array, 0) : 1;
	max = max > MaxCategories ? MaxCategories : max;
	struct category *to = ARENA_ARRAY(a, (size_t)max + 1, struct category);
	*out = (struct category_list){.category = to};
	if (json_is_array(array))
		add(out, to, max, array, a, 0);
	else
		out->count = category_decode(one, a, to);
	return json_is_array(array) || out->count == 1;
}
