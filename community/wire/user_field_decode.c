#include "user_field_decode.h"

#include <stdlib.h>
#include <string.h>

#include "str.h"
#include "take.h"
#include "utf8.h"

/* "requirement" took the place of "required": optional, for_existing_users, on_signup, for_all_users. */
static bool required(const struct json *object)
{
	const char *word = json_string(object, "requirement");
	return word != NULL ? !str_equal(word, "optional") : json_bool(object, "required", false);
}

static bool user_field_decode(const struct json *object, struct arena *a, struct user_field *out)
{
	*out = (struct user_field){
		.id = take_id(object, "id"),
		.name = take_name(object, "name", a),
		.description = json_text(object, "description", WIRE_SHORT, a),
		.type = take_name(object, "field_type", a),
		.position = take_int(object, "position", 0, 1 << 20, 0),
		.editable = json_bool(object, "editable", false),
		.required = required(object),
		.searchable = json_bool(object, "searchable", false),
		.shown = json_bool(object, "show_on_profile", false) || json_bool(object, "show_on_user_card", false),
	};
	out->option_count = take_words(json_get(object, "options"), "name", a, &out->options);
	return out->id != 0 && out->name != NULL;
}

static int by_position(const void *left, const void *right)
{
	const struct user_field *a = left, *b = right;
	if (a->position != b->position)
		return a->position < b->position ? -1 : 1;
	return (a->id > b->id) - (a->id < b->id);
}

bool user_field_list_decode(const struct json *root, struct arena *a, struct user_field_list *out)
{
	const struct json *rows = json_get(root, "user_fields");
	if (!json_is_array(rows))
		rows = json_path(root, "site.user_fields");
	int max = take_rows(rows, WIRE_FEW);
	struct user_field *to = ARENA_ARRAY(a, (size_t)max + 1, struct user_field);
	*out = (struct user_field_list){.field = to};
	JSON_EACH (row, max > 0 ? rows : NULL)
		if (out->count < max && user_field_decode(row, a, &to[out->count]))
			out->count++;
	qsort(to, (size_t)out->count, sizeof *to, by_position);
	return json_is_array(rows);
}

static const char *join(const struct json *array, struct arena *a)
{
	const char *const *word;
	struct sbuf joined = {0};
	int n = take_words(array, NULL, a, &word);
	for (int i = 0; i < n; i++)
		sbuf_addf(&joined, "%s%s", i == 0 ? "" : ", ", word[i]);
	const char *text = n == 0 ? NULL : arena_strdup(a, sbuf_str(&joined));
	sbuf_fini(&joined);
	return text;
}

/* A choice, several choices, a ticked box ("true") or free lines of text. The directory nests it in {"value":
 * [...]}. */
static const char *field_text(const struct json *value, struct arena *a)
{
	if (json_is_object(value))
		value = json_get(value, "value");
	if (json_is_array(value))
		return join(value, a);
	if (json_is_number(value))
		return arena_printf(a, "%lld", (long long)json_as_int(value, 0));
	const char *text = utf8_clean_arena(a, json_as_string(value), UTF8_LINES, WIRE_LONG);
	return str_empty(text) ? NULL : text;
}

int field_values_decode(const struct json *object, struct arena *a, const struct field_value **out)
{
	int count = json_is_object(object) ? json_count(object) : 0, n = 0;
	int max = count > WIRE_FEW ? WIRE_FEW : count;
	struct field_value *to = max > 0 ? ARENA_ARRAY(a, (size_t)max, struct field_value) : NULL;
	JSON_EACH (item, max > 0 ? object : NULL) {
		int64_t id;
		const char *text = field_text(item, a);
		if (n < max && text != NULL && str_to_int(json_name(item), 1, 1LL << 53, &id))
			to[n++] = (struct field_value){id, text};
	}
	*out = to;
	return n;
}
