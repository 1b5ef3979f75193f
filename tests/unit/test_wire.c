#include "wire_case.h"

#include "bus_decode.h"
#include "device_decode.h"
#include "fault_decode.h"
#include "notice_decode.h"

static void bus_answers(void **state)
{
	static const char text[] = "[{\"global_id\": 9, \"message_id\": 4, \"channel\": \"/topic/12\","
		" \"data\": {\"type\": \"revised\","
		"\"id\": 55, \"post_number\": 2, \"version\": 3, \"updated_at\": \"2026-03-01T10:00:00Z\"}},"
		"{\"channel\": \"/latest\", \"message_id\": 8, \"data\": {\"topic_id\": 12, \"message_type\": \"latest\","
		"\"payload\": {\"highest_post_number\": 7}}}, {\"channel\": \"/notification/3\","
		" \"data\": {\"unread_notifications\": 2}},"
		"{\"channel\": \"/__status\", \"data\": {\"/new\": 5, \"/topic/4\": 0, \"bad\": \"x\"}},"
		" {\"data\": 1}, 7, \"x\"]";
	struct bus_answer b;
	struct json *j = parse(text);
	assert_true(bus_answer_decode(j, &arena, &b));
	CHECK_INT("messages", b.message_count, 3);
	CHECK_INT("topic by channel", b.message[0].topic_id, 12);
	CHECK_STRING("type", b.message[0].type, "revised");
	CHECK_INT("version", b.message[0].version, 3);
	CHECK_STRING("other name of the type", b.message[1].type, "latest");
	CHECK_INT("highest", b.message[1].highest, 7);
	CHECK_INT("unread", b.message[2].unread, 2);
	CHECK_INT("positions", b.position_count, 2);
	CHECK_STRING("channel", b.position[0].channel, "/new");
	CHECK_INT("position", b.position[0].id, 5);
	json_free(j);
}

static void faults(void **state)
{
	static const struct {
		const char *row, *text, *words;
		bool fault, factor;
		long wait;
	} rows[] = {
		{"errors", "{\"errors\": [\"Too short.\", \"No title.\"], \"error_type\": \"record_invalid\"}",
			"Too short. No title.", true},
		{"limit", "{\"errors\": [\"Slow\"], \"error_type\": \"rate_limit\","
			" \"extras\": {\"wait_seconds\": 14}}", "Slow", true, false, 14},
		{"failed", "{\"failed\": \"FAILED\", \"message\": \"No\"}", "No", true},
		{"failed without words", "{\"failed\": \"FAILED\"}", NULL, true},
		{"wrong password", "{\"error\": \"Wrong\"}", "Wrong", true},
		{"by field", "{\"errors\": {\"title\": [\"is short\"]}}", "is short", true},
		{"second factor", "{\"failed\": \"FAILED\", \"error\": \"Code\","
			" \"reason\": \"invalid_second_factor\", \"totp_enabled\": true}", "Code", true, true},
		{"csrf", "[\"BAD CSRF\"]", "BAD CSRF", true},
		{"escape", "{\"errors\": [\"a\\u001b[2Jb\"]}", "a[2Jb", true},
		{"good", "{\"success\": \"OK\"}", NULL, false},
		{"no errors", "{\"errors\": []}", NULL, false},
		{"a bus answer", "[{\"channel\": \"/x\"}]", NULL, false},
		{"negative wait", "{\"errors\": [\"x\"], \"extras\": {\"wait_seconds\": -5}}", "x", true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fault f;
		struct json *j = parse(rows[i].text);
		CHECK_INT(rows[i].row, fault_decode(j, &arena, &f), rows[i].fault);
		CHECK_STRING(rows[i].row, rows[i].fault ? f.words : NULL, rows[i].words);
		CHECK_INT(rows[i].row, f.second_factor, rows[i].factor);
		CHECK_INT(rows[i].row, f.wait_seconds, rows[i].wait);
		json_free(j);
	}
}

static void notices_and_devices(void **state)
{
	struct notice_page notices;
	struct json *j = parse("{\"notifications\": [{\"id\": 1, \"notification_type\": 2,"
		" \"fancy_title\": \"A &amp; B\","
		"\"data\": {\"display_username\": \"jo\"}}, {\"id\": 2, \"notification_type\": 27,"
		" \"data\": {\"event_name\": \"M\",\"topic_title\": \"T\"}}, {\"id\": 3}], \"seen_notification_id\": 2}");
	assert_true(notice_page_decode(j, &arena, &notices));
	CHECK_INT("notices", notices.count, 2);
	CHECK_STRING("title", notices.notice[0].title, "A & B");
	CHECK_STRING("detail", notices.notice[1].detail, "M");
	json_free(j);

	struct device_start start;
	j = parse("{\"device_code\": \"abc\", \"user_code\": \"ABCD-EFGH\", \"verification_uri\": \"https://x/a\","
		" \"interval\": -5,\"expires_in\": 1e12}");
	assert_true(device_start_decode(j, &arena, &start));
	CHECK_INT("interval", start.interval_s, 1);
	CHECK_INT("expires", start.expires_in_s, 3600);
	json_free(j);

	struct device_poll poll;
	j = parse("{\"status\": \"authorized\"}");
	assert_false(device_poll_decode(j, &arena, &poll));
	json_free(j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(bus_answers, reset),
		cmocka_unit_test_teardown(faults, reset),
		cmocka_unit_test_teardown(notices_and_devices, reset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
