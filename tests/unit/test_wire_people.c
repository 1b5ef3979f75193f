#include "wire_case.h"

#include "category_decode.h"
#include "group_decode.h"
#include "member_decode.h"
#include "session_decode.h"
#include "site_decode.h"
#include "user_field_decode.h"

static void members_of_every_answer(void **state)
{
	static const struct {
		const char *row, *text;
		int count, total;
		bool more, complete;
	} rows[] = {
		{"directory, reader twice", "{\"directory_items\": [{\"id\": 2, \"user\": {\"id\": 2,"
			" \"username\": \"b\"}},"
			"{\"id\": 1, \"user\": {\"id\": 1, \"username\": \"a\", \"user_fields\": {\"3\": {\"value\":"
			" [\"x\"]}}}},"
			"{\"id\": 2, \"user\": {\"id\": 2, \"username\": \"b\"}}],"
			" \"meta\": {\"total_rows_directory_items\": 120,"
			"\"load_more_directory_items\": \"/directory_items?page=1\"}}", 2, 120, false, false},
		{"group", "{\"members\": [{\"id\": 1, \"username\": \"a\"}], \"owners\": [], \"meta\": {\"total\": 3,"
			" \"limit\": 1,\"offset\": 0}}", 1, 3, true, false},
		{"end of a group", "{\"members\": [{\"id\": 1, \"username\": \"a\"}], \"meta\": {\"total\": 3,"
			" \"limit\": 1,\"offset\": 2}}", 1, 3, false, false},
		{"cards", "{\"users\": [{\"id\": 1, \"username\": \"a\", \"user_fields\": {}}]}", 1, -1, false, true},
		{"beside a list", "{\"users\": [{\"id\": 1, \"username\": \"a\"}], \"topic_list\": {}}", 1, -1, false,
			false},
		{"odd rows", "{\"users\": [1, null, {\"id\": \"x\", \"username\": \"a\"}, {\"id\": 4,"
			" \"username\": {}}]}", 0, -1, false, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct member_page page;
		struct json *j = parse(rows[i].text);
		assert_true(member_page_decode(j, &arena, &page));
		CHECK_INT(rows[i].row, page.count, rows[i].count);
		CHECK_INT(rows[i].row, page.total, rows[i].total);
		CHECK_INT(rows[i].row, page.more, rows[i].more);
		if (page.count > 0)
			CHECK_INT(rows[i].row, page.member[0].complete, rows[i].complete);
		json_free(j);
	}
}

static void the_directory_ends(void **state)
{
	static const struct {
		const char *row;
		int rows, next, total;
		bool more;
	} rows[] = {
		{"first of three", 50, 1, 120, true}, {"the reader extra", 51, 1, 120, true},
			{"last full page", 50, 2, 100, false},
		{"short page", 20, 3, 120, false}, {"empty page", 0, 4, 120, false},
			{"total beyond sense", 50, 1, 2000000000, true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf text = {0};
		struct member_page page;
		sbuf_add(&text, "{\"directory_items\": [");
		for (int k = 0; k < rows[i].rows; k++)
			sbuf_addf(&text, "%s{\"user\": {\"id\": %d, \"username\": \"u%d\"}}", k > 0 ? "," : "", k + 1, k);
		sbuf_addf(&text, "], \"meta\": {\"total_rows_directory_items\": %d, \"load_more_directory_items\":"
			"\"/directory_items?order=username&page=%d\"}}", rows[i].total, rows[i].next);
		struct json *j = parse(sbuf_str(&text));
		assert_true(member_page_decode(j, &arena, &page));
		CHECK_INT(rows[i].row, page.more, rows[i].more);
		json_free(j);
		sbuf_fini(&text);
	}
}

static void a_profile_and_its_fields(void **state)
{
	static const char text[] = "{\"user\": {\"id\": 5, \"username\": \"jo\","
		" \"name\": \"Jo \\u001b]0;x\\u0007\\u202e\","
		"\"bio_cooked\": \"<p>a</p>\", \"location\": \"\", \"status\": {\"description\": \"away\"},"
		" \"trust_level\": 99,"
		"\"groups\": [{\"id\": 1, \"name\": \"g\"}], \"user_fields\": {\"1\": \"line\\nline\", \"2\": [\"a\","
		" \"b\", 3], \"3\": \"\",\"x\": \"y\", \"4\": 12, \"-1\": \"no\"}}}";
	struct member m;
	struct json *j = parse(text);
	assert_true(member_profile_decode(j, &arena, &m));
	assert_true(m.complete);
	assert_true(strchr(m.name, 27) == NULL && strstr(m.name, "\u202e") == NULL);
	assert_null(m.location);
	CHECK_STRING("status", m.status, "away");
	CHECK_INT("trust", m.trust_level, 4);
	CHECK_INT("fields", m.field_count, 3);
	CHECK_STRING("lines", member_field(&m, 1), "line\nline");
	CHECK_STRING("choices", member_field(&m, 2), "a, b");
	CHECK_STRING("number", member_field(&m, 4), "12");
	CHECK_STRING("group", m.group[0], "g");
	json_free(j);
}

static void site_and_settings(void **state)
{
	static const struct {
		const char *row, *text;
		bool events;
	} rows[] = {
		{"old names", "{\"calendar_enabled\": true, \"discourse_post_event_enabled\": true}", true},
		{"new names", "{\"discourse_events_enabled\": true, \"discourse_post_event_enabled\": true}", true},
		{"second switch off", "{\"discourse_events_enabled\": true, \"discourse_post_event_enabled\": false}",
			false},
		{"not there", "{\"min_post_length\": 5}", false},
	};
	struct site s;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct json *j = parse(rows[i].text);
		site_defaults(&s);
		assert_true(site_decode_settings(j, &arena, &s));
		CHECK_INT(rows[i].row, s.events, rows[i].events);
		CHECK_INT(rows[i].row, s.max_post_length, 32000);
		json_free(j);
	}
	struct json *j = parse("{\"categories\": [{\"id\": 1, \"name\": \"A\", \"permission\": 1,"
		" \"color\": \"0088CC\","
		"\"subcategory_list\": [{\"id\": 2, \"name\": \"B\", \"parent_category_id\": 1, \"color\": \"red\"}]},"
		"{\"id\": 2, \"name\": \"B\"}], \"top_tags\": [{\"name\": \"x\"}], \"user_fields\": [{\"id\": 2,"
		" \"name\": \"Region\","
		"\"field_type\": \"dropdown\", \"options\": [\"Noord\", \"Zuid\"], \"position\": 2,"
		" \"requirement\": \"for_all_users\"},"
		"{\"id\": 1, \"name\": \"Work\", \"required\": false, \"position\": 1}], \"groups\": [{\"id\": 1,"
		" \"name\": \"g\"}]}");
	struct category_list categories;
	struct user_field_list fields;
	struct group_list groups;
	assert_true(site_decode_site(j, &arena, &s) && s.tags_are_objects);
	assert_true(category_list_decode(j, &arena, &categories));
	CHECK_INT("categories", categories.count, 2);
	CHECK_STRING("color", categories.category[0].color, "0088CC");
	assert_null(categories.category[1].color);
	assert_true(user_field_list_decode(j, &arena, &fields));
	CHECK_STRING("by position", fields.field[0].name, "Work");
	assert_true(fields.field[1].required && !fields.field[0].required);
	CHECK_INT("options", fields.field[1].option_count, 2);
	assert_true(group_list_decode(j, &arena, &groups) && groups.count == 1);
	json_free(j);
}

static void who_is_logged_in(void **state)
{
	struct session s;
	struct json *j = parse("{\"current_user\": {\"id\": 3, \"username\": \"jo\", \"ignored_users\": [\"x\", 4],"
		"\"user_option\": {\"timezone\": \"Europe/Brussels\"}, \"can_create_discourse_post_event\": true}}");
	assert_true(session_decode(j, &arena, &s));
	CHECK_STRING("zone", s.timezone, "Europe/Brussels");
	CHECK_INT("ignored", s.ignored_count, 1);
	assert_true(s.can_create_event);
	json_free(j);
	j = parse("{\"current_user\": null}");
	assert_false(session_decode(j, &arena, &s));
	json_free(j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(members_of_every_answer, reset),
		cmocka_unit_test_teardown(the_directory_ends, reset),
		cmocka_unit_test_teardown(a_profile_and_its_fields, reset),
		cmocka_unit_test_teardown(site_and_settings, reset),
		cmocka_unit_test_teardown(who_is_logged_in, reset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
