#include "check.h"

#include "clock.h"
#include "mem.h"
#include "series.h"
#include "zone.h"

static int64_t at(const char *text)
{
	int64_t ms = 0;
	if (text != NULL && !time_parse(text, &ms, NULL))
		fail_msg("%s is no time", text);
	return ms;
}

/* The wall clock of an instant in a zone: "2026-03-29 14:30". */
static const char *wall(const char *zone, int64_t ms, char out[32])
{
	const struct zone *z = zone == NULL ? zone_utc() : zone_get(zone);
	struct civil c = zone_civil(z == NULL ? zone_utc() : z, ms / 1000);
	snprintf(out, 32, "%04d-%02d-%02d %02d:%02d", c.year, c.month, c.day, c.hour, c.minute);
	return out;
}

static void a_series_keeps_its_clock(void **state)
{
	static const struct {
		const char *name, *zone, *recurrence, *rrule, *start, *from;
		const char *next[6]; /* instants */
	} rows[] = {
		{"Amsterdam, forward", "Europe/Amsterdam", "every_week", NULL, "2026-03-17T13:30:00Z", NULL,
			{"2026-03-17T13:30:00Z", "2026-03-24T13:30:00Z", "2026-03-31T12:30:00Z", "2026-04-07T12:30:00Z"}},
		{"Amsterdam, back", "Europe/Amsterdam", "every_week", NULL, "2026-10-13T12:30:00Z", NULL,
			{"2026-10-13T12:30:00Z", "2026-10-20T12:30:00Z", "2026-10-27T13:30:00Z", "2026-11-03T13:30:00Z"}},
		{"New York, forward", "America/New_York", "every_two_weeks", NULL, "2026-02-24T19:00:00Z", NULL,
			{"2026-02-24T19:00:00Z", "2026-03-10T18:00:00Z", "2026-03-24T18:00:00Z"}},
		{"New York, back", "America/New_York", "every_two_weeks", NULL, "2026-10-20T18:00:00Z", NULL,
			{"2026-10-20T18:00:00Z", "2026-11-03T19:00:00Z", "2026-11-17T19:00:00Z"}},
		{"Sydney, back", "Australia/Sydney", "every_day", NULL, "2026-04-03T22:00:00Z", NULL,
			{"2026-04-03T22:00:00Z", "2026-04-04T23:00:00Z", "2026-04-05T23:00:00Z"}},
		{"Sydney, forward", "Australia/Sydney", "every_day", NULL, "2026-10-02T23:00:00Z", NULL,
			{"2026-10-02T23:00:00Z", "2026-10-03T22:00:00Z", "2026-10-04T22:00:00Z"}},
		{"Auckland, back", "Pacific/Auckland", "every_four_weeks", NULL, "2026-03-10T06:00:00Z", NULL,
			{"2026-03-10T06:00:00Z", "2026-04-07T07:00:00Z", "2026-05-05T07:00:00Z"}},
		{"Auckland, forward", "Pacific/Auckland", "every_weekday", NULL, "2026-09-24T21:00:00Z", NULL,
			{"2026-09-24T21:00:00Z", "2026-09-27T20:00:00Z", "2026-09-28T20:00:00Z", "2026-09-29T20:00:00Z",
				"2026-09-30T20:00:00Z", "2026-10-01T20:00:00Z"}},
		{"Cairo, forward on a Friday", "Africa/Cairo", "every_day", NULL, "2026-04-22T17:00:00Z", NULL,
			{"2026-04-22T17:00:00Z", "2026-04-23T17:00:00Z", "2026-04-24T16:00:00Z"}},
		{"Lord Howe, half an hour", "Australia/Lord_Howe", "every_week", NULL, "2026-03-31T22:00:00Z", NULL,
			{"2026-03-31T22:00:00Z", "2026-04-07T22:30:00Z"}},
		{"no change at all", "Asia/Tokyo", "every_week", NULL, "2026-03-24T01:00:00Z", NULL,
			{"2026-03-24T01:00:00Z", "2026-03-31T01:00:00Z"}},
		{"across the year", "Europe/Amsterdam", "every_two_weeks", NULL, "2026-12-22T18:30:00Z", NULL,
			{"2026-12-22T18:30:00Z", "2027-01-05T18:30:00Z", "2027-01-19T18:30:00Z"}},
		{"second Tuesday", "Europe/Amsterdam", "every_month", NULL, "2026-02-10T13:30:00Z", NULL,
			{"2026-02-10T13:30:00Z", "2026-03-10T13:30:00Z", "2026-04-14T12:30:00Z", "2026-05-12T12:30:00Z"}},
		{"fifth Friday", "Europe/Amsterdam", "every_month", NULL, "2026-01-30T11:00:00Z", NULL,
			{"2026-01-30T11:00:00Z", "2026-05-29T10:00:00Z", "2026-07-31T10:00:00Z", "2026-10-30T11:00:00Z"}},
		{"the day of the zone, not of UTC", "Pacific/Auckland", "every_month", NULL, "2026-06-01T20:00:00Z", NULL,
			{"2026-06-01T20:00:00Z", "2026-07-06T20:00:00Z", "2026-08-03T20:00:00Z"}},
		{"long ago, from now", "Europe/Amsterdam", "every_four_weeks", NULL, "2020-01-07T11:00:00Z",
			"2026-03-04T00:00:00Z", {"2026-03-24T11:00:00Z", "2026-04-21T10:00:00Z"}},
		{"in the gap, an hour later", "Europe/Amsterdam", "every_day", NULL, "2026-03-28T01:30:00Z", NULL,
			{"2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z"}},
		{"begins in the second of the doubled hour", "Europe/Amsterdam", "every_day", NULL, "2026-10-25T01:30:00Z",
			NULL, {"2026-10-25T01:30:00Z", "2026-10-26T01:30:00Z"}},
		{"meets the doubled hour, the first", "Europe/Amsterdam", "every_day", NULL, "2026-10-24T00:30:00Z", NULL,
			{"2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"}},
		{"a rule of iCalendar", "Europe/Amsterdam", NULL, "FREQ=MONTHLY;BYDAY=-1TH", "2026-03-26T18:00:00Z", NULL,
			{"2026-03-26T18:00:00Z", "2026-04-30T17:00:00Z", "2026-05-28T17:00:00Z"}},
		{"counts from where the rule began", "Europe/Amsterdam", "every_two_weeks",
			"DTSTART;TZID=Europe/Amsterdam:20260303T143000\nRRULE:FREQ=WEEKLY;INTERVAL=2",
			"2026-03-31T12:30:00Z", NULL,
			{"2026-03-31T12:30:00Z", "2026-04-14T12:30:00Z"}},
		{"a count from where the rule began", "Europe/Amsterdam", NULL,
			"DTSTART:20260303T133000Z\r\nRRULE:FREQ=WEEKLY;COUNT=6", "2026-03-31T12:30:00Z", NULL,
			{"2026-03-31T12:30:00Z", "2026-04-07T12:30:00Z", NULL}},
		{"lines that became one", "Europe/Amsterdam", NULL,
			"DTSTART;TZID=Europe/Amsterdam:20260303T143000 RRULE:FREQ=WEEKLY;COUNT=6", "2026-03-31T12:30:00Z", NULL,
			{"2026-03-31T12:30:00Z", "2026-04-07T12:30:00Z", NULL}},
		{"far future", "Europe/Amsterdam", "every_week", NULL, "2491-07-01T10:00:00Z", NULL,
			{"2491-07-01T10:00:00Z", "2491-07-08T10:00:00Z"}},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct series s = {.starts_ms = at(rows[i].start), .timezone = rows[i].zone,
			.recurrence = rows[i].recurrence, .rrule = rows[i].rrule};
		struct occurrence list[6];
		s.ends_ms = s.starts_ms + 90 * 60000;
		int count = series_expand(&s, rows[i].from == NULL ? s.starts_ms : at(rows[i].from), INT64_MAX, list,
			6, NULL);
		for (int k = 0; k < 6 && rows[i].next[k] != NULL; k++) {
			char text[32] = "none";
			if (k < count)
				time_format(list[k].starts_ms / 1000, text);
			CHECK_STRING(rows[i].name, text, rows[i].next[k]);
			CHECK_INT(rows[i].name, list[k].ends_ms - list[k].starts_ms, 90 * 60000);
		}
	}
}

/* Whatever the zone does, the wall clock shows the same time of day; only a time that a change skips moves. */
static void every_date_of_a_year_has_the_same_wall_clock(void **state)
{
	static const char *const zones[] = {"Europe/Amsterdam", "America/New_York", "Australia/Sydney",
		"Pacific/Auckland", "Africa/Cairo", "Africa/Casablanca", "America/St_Johns", "Asia/Kathmandu",
		"Pacific/Chatham", "Europe/Dublin", "America/Santiago", "Asia/Jerusalem"};
	for (size_t i = 0; i < COUNT(zones); i++) {
		struct civil c = {2026, 1, 6, 14, 30, 0, 0};
		struct series s = {.starts_ms = zone_instant(zone_get(zones[i]), &c, NULL) * 1000, .timezone = zones[i],
			.recurrence = "every_day"};
		struct occurrence list[SERIES_MAX];
		unsigned odd;
		int count = series_expand(&s, 0, s.starts_ms + 365 * INT64_C(86400000), list, SERIES_MAX, &odd);
		CHECK_INT(zones[i], count, 365);
		CHECK_INT(zones[i], odd, 0);
		for (int k = 0; k < count; k++) {
			char text[32];
			CHECK_STRING(zones[i], wall(zones[i], list[k].starts_ms, text) + 11, "14:30");
		}
	}
}

static void a_later_window_has_the_same_dates(void **state)
{
	static const char *const rules[] = {"FREQ=DAILY;INTERVAL=3", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
		"FREQ=WEEKLY;INTERVAL=4", "FREQ=MONTHLY;BYDAY=5FR", "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31",
		"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
		"FREQ=WEEKLY;WKST=SU;INTERVAL=3;BYDAY=SU,MO"};
	for (size_t i = 0; i < COUNT(rules); i++) {
		struct series s = {.starts_ms = at("2024-02-29T13:30:00Z"), .timezone = "Europe/Amsterdam",
			.rrule = rules[i]};
		struct occurrence all[SERIES_MAX], later[SERIES_MAX];
		int64_t from = at("2025-06-15T00:00:00Z"), to = at("2026-12-01T00:00:00Z");
		int count = series_expand(&s, 0, to, all, SERIES_MAX, NULL), skip = 0;
		int found = series_expand(&s, from, to, later, SERIES_MAX, NULL);
		while (skip < count && all[skip].starts_ms + 3600000 <= from)
			skip++;
		CHECK_INT(rules[i], found, count - skip);
		for (int k = 0; k < found; k++)
			CHECK_INT(rules[i], later[k].starts_ms, all[skip + k].starts_ms);
	}
}

static void what_is_odd_is_bounded_and_said(void **state)
{
	static const struct {
		const char *name, *zone, *recurrence, *rrule, *start, *from, *until;
		int count;
		const char *first;
		unsigned odd;
	} rows[] = {
		{"no rule", "Europe/Amsterdam", NULL, NULL, "2026-03-03T13:30:00Z", NULL, NULL, 1,
			"2026-03-03T13:30:00Z", 0},
		{"over before the window", NULL, NULL, NULL, "2026-03-03T13:30:00Z", "2026-03-04T00:00:00Z", NULL, 0,
			NULL, 0},
		{"never ends", "UTC", "every_day", NULL, "2026-03-03T13:30:00Z", NULL, NULL, SERIES_MAX,
			"2026-03-03T13:30:00Z", SERIES_MORE},
		{"100,000 times", "UTC", NULL, "FREQ=DAILY;COUNT=100000", "2026-03-03T13:30:00Z", NULL, NULL, SERIES_MAX,
			"2026-03-03T13:30:00Z", SERIES_MORE},
		{"100,000 times, long ago", "UTC", NULL, "FREQ=DAILY;COUNT=100000", "1900-03-03T13:30:00Z",
			"2026-03-03T00:00:00Z", NULL, 0, NULL, SERIES_TOO_FAR},
		{"unknown zone", "Mars/Olympus", "every_week", NULL, "2026-03-24T13:30:00Z", NULL,
			"2026-04-08T00:00:00Z", 3, "2026-03-24T13:30:00Z", SERIES_UNKNOWN_ZONE},
		{"unknown word", "UTC", "now_and_then", NULL, "2026-03-24T13:30:00Z", NULL, NULL, 1, "2026-03-24T13:30:00Z",
			SERIES_UNKNOWN_RULE},
		{"no rule at all", "UTC", NULL, "hello\nworld", "2026-03-24T13:30:00Z", NULL, NULL, 1,
			"2026-03-24T13:30:00Z", SERIES_UNKNOWN_RULE},
		{"every second", "UTC", NULL, "FREQ=SECONDLY", "2026-03-24T13:30:00Z", NULL, NULL, 1,
			"2026-03-24T13:30:00Z", SERIES_UNKNOWN_RULE},
		{"never", "UTC", NULL, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-03-24T13:30:00Z", NULL, NULL, 1,
			"2026-03-24T13:30:00Z", SERIES_UNKNOWN_RULE},
		{"year 1", "Europe/Amsterdam", "every_week", NULL, "0001-01-01T13:30:00Z", NULL, NULL, 1,
			"0001-01-01T13:30:00Z", SERIES_TOO_FAR},
		{"year 9999", "Europe/Amsterdam", "every_week", NULL, "9999-12-31T13:30:00Z", NULL, NULL, 1,
			"9999-12-31T13:30:00Z", SERIES_TOO_FAR},
		{"until a day, the day included", "Europe/Amsterdam", "every_week", NULL, "2026-03-02T10:00:00Z", NULL,
			"2026-03-16T00:00:00Z", 3, "2026-03-02T10:00:00Z", 0},
		{"until in the rule", "Europe/Amsterdam", NULL, "FREQ=WEEKLY;UNTIL=20260316T100000Z",
			"2026-03-02T10:00:00Z", NULL, NULL, 3, "2026-03-02T10:00:00Z", 0},
		{"until before its start", "Europe/Amsterdam", "every_week", NULL, "2026-03-02T10:00:00Z", NULL,
			"2026-02-16T00:00:00Z", 0, NULL, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct series s = {.starts_ms = at(rows[i].start), .timezone = rows[i].zone,
			.recurrence = rows[i].recurrence, .rrule = rows[i].rrule, .until_ms = at(rows[i].until)};
		struct occurrence list[SERIES_MAX + 10];
		char text[32] = "";
		unsigned odd;
		int64_t from = rows[i].from == NULL ? s.starts_ms : at(rows[i].from);
		int count = series_expand(&s, from, INT64_MAX, list, SERIES_MAX + 10, &odd);
		if (count > 0)
			time_format(list[0].starts_ms / 1000, text);
		CHECK_INT(rows[i].name, count, rows[i].count);
		CHECK_STRING(rows[i].name, text, rows[i].first == NULL ? "" : rows[i].first);
		CHECK_INT(rows[i].name, odd, rows[i].odd);
		if (series_says(odd) == NULL && (odd & ~(unsigned)SERIES_MORE) != 0)
			fail_msg("%s: nothing is said", rows[i].name);
	}
}

static void days_stay_days(void **state)
{
	struct series s = {.starts_ms = at("2026-03-28"), .ends_ms = at("2026-03-29"), .all_day = true,
		.timezone = "Pacific/Auckland", .recurrence = "every_week"};
	struct occurrence list[3];
	assert_int_equal(series_expand(&s, at("2026-03-29T23:00:00Z"), INT64_MAX, list, 3, NULL), 3);
	assert_true(list[0].starts_ms == at("2026-03-28"));
	assert_true(list[1].starts_ms == at("2026-04-04") && list[1].ends_ms == at("2026-04-05"));
}

static void the_rule_is_written_with_its_end(void **state)
{
	static const struct {
		const char *recurrence, *rrule, *until, *want;
	} rows[] = {
		{"every_day", NULL, NULL, "FREQ=DAILY;INTERVAL=1"},
		{"every_month", NULL, NULL, "FREQ=MONTHLY;BYDAY=1TU"},
		{"every_week", NULL, "2026-03-16T09:00:00Z", "FREQ=WEEKLY;INTERVAL=1;UNTIL=20260316T235959Z"},
		{NULL, "DTSTART:20260303T133000Z\nRRULE:FREQ=MONTHLY;BYDAY=-1TH;COUNT=5\n", NULL,
			"FREQ=MONTHLY;COUNT=5;BYDAY=-1TH"},
		{NULL, "FREQ=WEEKLY\nSUMMARY:x", NULL, NULL},
		{"sometimes", NULL, NULL, NULL},
		{NULL, NULL, NULL, NULL},
	};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct series s = {.starts_ms = at("2026-03-03T13:30:00Z"), .timezone = "Europe/Amsterdam",
			.recurrence = rows[i].recurrence, .rrule = rows[i].rrule, .until_ms = at(rows[i].until)};
		CHECK_STRING(rows[i].want == NULL ? "no rule" : rows[i].want, series_rule(&s, &a), rows[i].want);
	}
	arena_fini(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_series_keeps_its_clock),
		cmocka_unit_test(every_date_of_a_year_has_the_same_wall_clock),
		cmocka_unit_test(a_later_window_has_the_same_dates),
		cmocka_unit_test(what_is_odd_is_bounded_and_said),
		cmocka_unit_test(days_stay_days),
		cmocka_unit_test(the_rule_is_written_with_its_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
