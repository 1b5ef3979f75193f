#include "people.h"

#include <stdio.h>
#include <string.h>

#include "forum_user.h"
#include "str.h"

void person_encode_fields(struct request *r, struct json *into, int64_t user_id, bool all)
{
	struct json *map = json_add_object(into, "user_fields");
	struct sql_query *q = sql_query(r->db,
		"SELECT f.id, f.field_type, v.value FROM user_field f"
		" LEFT JOIN user_field_value v ON v.field_id = f.id AND v.user_id = ?1"
		" WHERE ?2 OR f.show_on_profile OR f.show_on_user_card ORDER BY f.id", "in", user_id, all);
	while (sql_next(q)) {
		char id[24];
		snprintf(id, sizeof id, "%lld", (long long)sql_int(q, 0));
		const char *value = sql_text(q, 2);
		if (value != NULL && str_equal(sql_text(q, 1), "multiselect"))
			json_add_parsed(map, id, value);
		else
			json_add_string(map, id, value);
	}
	sql_end(q, NULL);
}

bool person_is_mine(const struct request *r, int64_t user_id)
{
	return r->me.user_id != 0 && (r->me.user_id == user_id || r->me.staff);
}

int64_t person_of_route(struct request *r, struct response *w)
{
	int64_t id = forum_user_id(r->db, request_part(r, "username"));
	if (id == 0)
		response_not_found(r, w);
	return id;
}

int64_t person_self_of_route(struct request *r, struct response *w)
{
	int64_t id = person_of_route(r, w);
	if (id == 0 || person_is_mine(r, id))
		return id;
	response_forbidden(r, w);
	return 0;
}

bool people_setting_on(const struct request *r, const char *name, bool otherwise)
{
	const char *value = forum_setting(r->db, r->mem, name, otherwise ? "true" : "false");
	return str_equal(value, "true") || str_equal(value, "t") || str_equal(value, "1");
}

const char *list_as_json(struct arena *a, const char *text, const char *marks)
{
	struct json *list = json_array();
	char *rest = arena_strdup(a, str_or_empty(text));
	for (char *item = strtok_r(rest, marks, &rest); item != NULL; item = strtok_r(NULL, marks, &rest))
		json_append_string(list, str_trim(item));
	struct sbuf out = {0};
	json_print(list, &out);
	json_free(list);
	const char *json = arena_strdup(a, sbuf_str(&out));
	sbuf_fini(&out);
	return json;
}

int64_t number_param(const struct request *r, const char *name, int64_t otherwise, int64_t min, int64_t max)
{
	int64_t n = request_param_int(r, name, otherwise);
	return n < min ? min : n > max ? max : n;
}
