#include "wire_case.h"

#include "event_decode.h"

static void event_times_of_every_age(void **state)
{
	static const struct {
		const char *row, *fields;
		int64_t starts_s, ends_s;
		int occurrences;
	} rows[] = {
		{"UTC", "\"starts_at\": \"2026-07-01T10:00:00Z\", \"ends_at\": \"2026-07-01T12:00:00.000Z\"",
			1782900000, 1782907200, 0},
		{"offset", "\"starts_at\": \"2026-07-01T12:00:00.000+02:00\"", 1782900000, 0, 0},
		{"wall clock in its zone", "\"starts_at\": \"2026-07-01T12:00:00\", \"show_local_time\": true,"
			"\"timezone\": \"Europe/Amsterdam\"", 1782900000, 0, 0},
		{"wall clock in winter", "\"starts_at\": \"2026-01-01T12:00:00\", \"timezone\": \"Europe/Amsterdam\"",
			1767265200, 0, 0},
		{"wall clock, unknown zone", "\"starts_at\": \"2026-07-01T10:00:00\", \"timezone\": \"Mars/Base\"",
			1782900000, 0, 0},
		{"whole day", "\"starts_at\": \"2026-07-01\", \"all_day\": true, \"timezone\": \"Europe/Amsterdam\"",
			1782864000, 0, 0},
		{"a series that has ended", "\"starts_at\": null, \"recurrence\": \"every_week\"", 0, 0, 0},
		{"end before start", "\"starts_at\": \"2026-07-01T10:00:00Z\", \"ends_at\": \"2025-01-01T10:00:00Z\"",
			1782900000, 0, 0},
		{"occurrences", "\"starts_at\": \"2026-07-01T10:00:00Z\", \"occurrences\": [{\"starts_at\":"
			" \"2026-07-01T10:00:00Z\"},"
			"{\"starts_at\": \"2026-07-08T10:00:00Z\", \"ends_at\": null}, {}, 4]", 1782900000, 0, 2},
		{"upcoming dates", "\"starts_at\": \"2026-07-01T10:00:00Z\", \"upcoming_dates\":"
			"[{\"starts_at\": \"2026-07-08T10:00:00Z\"}]", 1782900000, 0, 1},
		{"not a time", "\"starts_at\": \"soon\", \"ends_at\": 12", 0, 0, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[512];
		struct event e;
		snprintf(text, sizeof text, "{\"id\": 1, %s}", rows[i].fields);
		struct json *j = parse(text);
		assert_true(event_decode(j, &arena, &e));
		CHECK_INT(rows[i].row, e.starts_ms, rows[i].starts_s * 1000);
		CHECK_INT(rows[i].row, e.ends_ms, rows[i].ends_s * 1000);
		CHECK_INT(rows[i].row, e.occurrence_count, rows[i].occurrences);
		json_free(j);
	}
}

static void event_details(void **state)
{
	static const char text[] = "{\"events\": [{\"id\": 4, \"name\": \"Meeting\", \"category_id\": 2,"
		" \"is_private\": true,"
		"\"is_closed\": true, \"max_attendees\": 8, \"stats\": {\"going\": 3, \"interested\": 0, \"invited\": -4},"
		"\"watching_invitee\": {\"id\": 9, \"status\": \"interested\"}, \"can_update_attendance\": true,"
		"\"sample_invitees\": [{\"id\": 9, \"status\": \"going\", \"user\": {\"id\": 1,"
		" \"username\": \"jo\"}}, {\"id\": 3}],"
		"\"creator\": {\"username\": \"an\"}, \"post\": {\"topic\": {\"id\": 77, \"title\": \"T\"}}},"
		" {\"id\": 5, \"starts_at\": 5}]}";
	struct event_list list;
	struct json *j = parse(text);
	assert_true(event_list_decode(j, &arena, &list));
	CHECK_INT("events", list.count, 2);
	const struct event *e = &list.event[0];
	assert_true(e->detailed && e->closed && e->can_sign_up && e->status == EVENT_PRIVATE);
	assert_true(e->mine == ATTENDANCE_INTERESTED && e->my_invitee_id == 9);
	CHECK_INT("topic", e->topic_id, 77);
	CHECK_INT("going", e->going, 3);
	CHECK_INT("not shown", e->not_going, -1);
	CHECK_INT("negative count", e->invited, 0);
	CHECK_INT("places", event_places_left(e), 5);
	CHECK_INT("invitees", e->invitee_count, 1);
	assert_true(!list.event[1].detailed && list.event[1].going == -1);
	json_free(j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(event_times_of_every_age, reset),
		cmocka_unit_test_teardown(event_details, reset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
