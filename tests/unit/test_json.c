#include "check.h"

#include "json.h"
#include "mem.h"

static struct json *parse(const char *text)
{
	struct error err;
	return json_parse(text, strlen(text), &err);
}

static void odd_values_read_as_absent(void **state)
{
	struct arena a = {0};
	struct json *j = parse("{\"id\": \"12\", \"big\": 1e300, \"small\": -1e300, \"half\": 2.9,"
		" \"obj\": {\"x\": {\"y\": 4}},"
		"\"t\": \"t\", \"name\": \"Zo\\u001b[31m\\u00eb\", \"list\": [1, 2], \"when\": \"2026-03-03T14:30:00Z\"}");
	assert_non_null(j);
	assert_int_equal(json_int(j, "id", 0), 12);
	assert_int_equal(json_int(j, "big", 0), INT64_MAX);
	assert_int_equal(json_int(j, "small", 0), INT64_MIN);
	assert_int_equal(json_int(j, "half", 0), 2);
	assert_int_equal(json_int(j, "list", -1), -1);
	assert_int_equal(json_int(j, "absent", -1), -1);
	assert_true(json_bool(j, "t", false));
	assert_null(json_string(j, "list"));
	CHECK_STRING("through the gate", json_text(j, "name", 100, &a), "Zo[31më");
	assert_int_equal(json_as_int(json_path(j, "obj.x.y"), 0), 4);
	assert_null(json_path(j, "obj.q.y"));
	assert_int_equal(json_count(json_get(j, "list")), 2);
	assert_int_equal(json_time_ms(j, "when", 0), 1772548200000);
	assert_int_equal(json_int(NULL, "x", 3), 3);
	json_free(j);
	arena_fini(&a);
}

static void half_and_hostile_answers_are_refused(void **state)
{
	static const char *const bad[] = {"", "{\"a\": 1", "<html></html>", "{} x", "[1,]", "nul"};
	for (size_t i = 0; i < COUNT(bad); i++)
		assert_null(parse(bad[i]));
	char *deep = xcalloc(1, 20001);
	memset(deep, '[', 10000);
	memset(deep + 10000, ']', 10000);
	assert_null(parse(deep));
	free(deep);
}

static void a_flood_of_values_is_refused(void **state)
{
	struct sbuf text = {0};
	sbuf_add(&text, "[\"[,,,[{\\\",,,\",0");
	sbuf_add(&text, ",0]");
	struct json *j = json_parse(text.p, text.n, NULL);
	assert_non_null(j);
	assert_int_equal(json_count(j), 3);
	json_free(j);
	sbuf_reset(&text);
	sbuf_addc(&text, '[');
	for (int i = 0; i < JSON_MAX_VALUES; i++)
		sbuf_add(&text, "0,");
	sbuf_add(&text, "0]");
	assert_null(json_parse(text.p, text.n, NULL));
	sbuf_fini(&text);
}

static void what_is_built_reads_back(void **state)
{
	struct sbuf text = {0};
	struct json *j = json_object();
	json_add_int(j, "id", 9007199254740993);
	json_add_string(j, "none", NULL);
	json_add_time_ms(j, "at", 1772548200250, 0);
	json_add_time_ms(j, "never", 0, 0);
	json_append_string(json_add_array(j, "tags"), "a\"b");
	json_add_parsed(j, "data", "{\"x\":1}");
	json_print(j, &text);
	CHECK_STRING("text", sbuf_str(&text), "{\"id\":9007199254740993,\"none\":null,\"at\":\"2026-03-03T14:30:00.250Z\","
		"\"never\":null,\"tags\":[\"a\\\"b\"],\"data\":{\"x\":1}}");
	json_free(j);
	sbuf_fini(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(odd_values_read_as_absent),
		cmocka_unit_test(half_and_hostile_answers_are_refused),
		cmocka_unit_test(a_flood_of_values_is_refused),
		cmocka_unit_test(what_is_built_reads_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
