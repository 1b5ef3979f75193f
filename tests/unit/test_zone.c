#include "check.h"

#include <time.h>

#include "mem.h"
#include "zone.h"

/* The C library is the other opinion: the same zone, the same instants. */
static void every_zone_agrees_with_the_c_library(void **state)
{
	static const char *const names[] = {
		"Europe/Amsterdam", "Europe/London", "Europe/Dublin", "America/New_York", "America/Sao_Paulo",
		"Australia/Sydney", "Australia/Lord_Howe", "Asia/Kolkata", "Asia/Tehran", "Pacific/Apia",
		"Africa/Casablanca",
		"America/St_Johns", "Asia/Tokyo", "Pacific/Chatham", "America/Asuncion", "Africa/Cairo", "UTC",
	};
	char *kept = xstrdup(getenv("TZ"));
	for (size_t i = 0; i < COUNT(names); i++) {
		const struct zone *z = zone_get(names[i]);
		if (z == NULL)
			fail_msg("%s is not known", names[i]);
		setenv("TZ", names[i], 1);
		tzset();
		for (int64_t s = -1500000000; s < 4102444800; s += 86400 * 5 + 3607) {
			time_t t = (time_t)s;
			struct tm tm;
			localtime_r(&t, &tm);
			CHECK_INT(names[i], zone_offset(z, s, NULL), tm.tm_gmtoff);
		}
	}
	if (kept != NULL)
		setenv("TZ", kept, 1);
	free(kept);
	tzset();
}

static void a_wall_clock_time_becomes_an_instant(void **state)
{
	static const struct {
		const char *name, *zone;
		struct civil wall;
		const char *utc;
		bool shifted;
	} rows[] = {
		{"winter", "Europe/Amsterdam", {2026, 3, 3, 14, 30}, "2026-03-03T13:30:00Z", false},
		{"summer", "Europe/Amsterdam", {2026, 7, 1, 14, 30}, "2026-07-01T12:30:00Z", false},
		{"in the gap", "Europe/Amsterdam", {2026, 3, 29, 2, 30}, "2026-03-29T01:30:00Z", true},
		{"doubled hour, the first", "Europe/Amsterdam", {2026, 10, 25, 2, 30}, "2026-10-25T00:30:00Z", true},
		{"far future by the rule", "Europe/Amsterdam", {2091, 7, 1, 12, 0}, "2091-07-01T10:00:00Z", false},
		{"southern summer", "Australia/Sydney", {2026, 1, 10, 9, 0}, "2026-01-09T22:00:00Z", false},
		{"southern winter", "Australia/Sydney", {2026, 7, 10, 9, 0}, "2026-07-09T23:00:00Z", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		bool shifted;
		char text[32];
		time_format(zone_instant(zone_get(rows[i].zone), &rows[i].wall, &shifted), text);
		CHECK_STRING(rows[i].name, text, rows[i].utc);
		CHECK_INT(rows[i].name, shifted, rows[i].shifted);
	}
}

static void a_day_begins_at_midnight(void **state)
{
	static const struct {
		const char *name, *at;
		int days_on;
		const char *want;
	} row[] = {
		{"in winter", "2026-03-03T09:00:00Z", 0, "2026-03-02T23:00:00Z"},
		{"just after midnight", "2026-03-02T23:00:01Z", 0, "2026-03-02T23:00:00Z"},
		{"the first hour of a day of 25", "2026-10-24T22:30:00Z", 0, "2026-10-24T22:00:00Z"},
		{"the day after it", "2026-10-24T22:30:00Z", 1, "2026-10-25T23:00:00Z"},
		{"two weeks after it", "2026-10-24T22:30:00Z", 14, "2026-11-07T23:00:00Z"},
		{"the last hour of a day of 23", "2026-03-29T21:30:00Z", 0, "2026-03-28T23:00:00Z"},
		{"the day after that", "2026-03-29T21:30:00Z", 1, "2026-03-29T22:00:00Z"},
		{"the day before", "2026-03-01T12:00:00Z", -1, "2026-02-27T23:00:00Z"},
	};
	const struct zone *z = zone_get("Europe/Amsterdam");
	for (size_t i = 0; i < COUNT(row); i++) {
		int64_t at;
		char got[32];
		assert_true(time_parse(row[i].at, &at, NULL));
		time_format(zone_day_start(z, at / 1000, row[i].days_on), got);
		CHECK_STRING(row[i].name, got, row[i].want);
	}
}

static void a_clock_change_is_found(void **state)
{
	int64_t from, to, when;
	int by;
	time_parse("2026-03-01", &from, NULL);
	time_parse("2026-04-30", &to, NULL);
	assert_true(zone_change(zone_get("Europe/Amsterdam"), from / 1000, to / 1000, &when, &by));
	char text[32];
	time_format(when, text);
	CHECK_STRING("spring", text, "2026-03-29T01:00:00Z");
	assert_int_equal(by, 3600);
	assert_false(zone_change(zone_utc(), from / 1000, to / 1000, &when, &by));
}

static void odd_names_are_unknown_not_dangerous(void **state)
{
	static const char *const names[] = {"", "../../etc/passwd", "/etc/passwd", "Europe/Nergens", "Europe",
		"a;b", NULL};
	for (size_t i = 0; i < COUNT(names); i++)
		assert_null(zone_get(names[i]));
	assert_string_equal(zone_name(zone_get("Amsterdam")), "Europe/Amsterdam");
	setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3", 1);
	assert_int_equal(zone_offset(zone_local(), 1782907200, NULL), 7200);
	setenv("TZ", "onzin", 1);
	assert_ptr_equal(zone_local(), zone_utc());
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_zone_agrees_with_the_c_library),
		cmocka_unit_test(a_wall_clock_time_becomes_an_instant),
		cmocka_unit_test(a_day_begins_at_midnight),
		cmocka_unit_test(a_clock_change_is_found),
		cmocka_unit_test(odd_names_are_unknown_not_dangerous),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
