#include "check.h"

#include "catalogues.h"
#include "mem.h"
#include "event_text.h"
#include "when.h"

static const struct zone *amsterdam(void)
{
	return zone_get("Europe/Amsterdam");
}

static int64_t at(const char *time)
{
	int64_t ms = 0;
	assert_true(time_parse(time, &ms, NULL));
	return ms;
}

static const struct {
	const char *name, *from, *to, *zone;
	bool all_day, local;
	const char *nl, *en;
} spans[] = {
	{"one evening", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z", "Europe/Amsterdam", false, false,
		"di 3 maart 2026, 14.30 tot 16.00 uur (1 uur 30 minuten)",
		"Tuesday 3 March 2026, 14:30 to 16:00 (1 hour 30 minutes)"},
	{"past midnight", "2026-07-31T20:00:00Z", "2026-07-31T23:00:00Z", "Europe/Amsterdam", false, false,
		"vr 31 juli 2026, 22.00 uur tot za 1 augustus 2026, 01.00 uur (3 uur)",
		"Friday 31 July 2026, 22:00 to Saturday 1 August 2026, 01:00 (3 hours)"},
	{"without an end", "2026-03-03T13:30:00Z", NULL, "Europe/Amsterdam", false, false,
		"di 3 maart 2026, 14.30 uur", "Tuesday 3 March 2026, 14:30"},
	{"an end before the begin", "2026-03-03T13:30:00Z", "2026-03-02T13:30:00Z", "Europe/Amsterdam", false, false,
		"di 3 maart 2026, 14.30 uur", "Tuesday 3 March 2026, 14:30"},
	{"all day", "2026-05-05T00:00:00Z", "2026-05-06T00:00:00Z", "Europe/Amsterdam", true, false,
		"di 5 mei 2026 tot wo 6 mei 2026, de hele dag", "Tuesday 5 May 2026 to Wednesday 6 May 2026, all day"},
	{"the organiser's clock", "2026-03-03T14:30:00Z", "2026-03-03T15:30:00Z", "Europe/London", false, true,
		"di 3 maart 2026, 14.30 tot 15.30 uur (1 uur)", "Tuesday 3 March 2026, 14:30 to 15:30 (1 hour)"},
	{"over the night the clock goes back", "2026-10-24T22:00:00Z", "2026-10-25T03:00:00Z", "Europe/Amsterdam",
		false, false,
		"zo 25 oktober 2026, 00.00 tot 04.00 uur (5 uur)", "Sunday 25 October 2026, 00:00 to 04:00 (5 hours)"},
};

static void check_spans(const char *language)
{
	test_language(language);
	for (size_t i = 0; i < COUNT(spans); i++) {
		struct when_span s = {.starts_ms = at(spans[i].from), .ends_ms = spans[i].to == NULL ? 0 : at(spans[i].to),
			.all_day = spans[i].all_day, .local = spans[i].local, .timezone = spans[i].zone};
		struct sbuf out = {0};
		when_span(&out, &s, amsterdam());
		CHECK_STRING(spans[i].name, sbuf_str(&out), language[0] == 'n' ? spans[i].nl : spans[i].en);
		sbuf_fini(&out);
	}
}

static void R26_dates_and_times_in_dutch(void **state)
{
	check_spans("nl");
}

static void R26_dates_and_times_in_english(void **state)
{
	check_spans("en");
}

static void what_is_odd_about_a_time_is_said(void **state)
{
	static const struct {
		const char *name, *from, *to, *zone;
		bool local;
		const char *says;
	} rows[] = {
		{"nothing odd", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z", "Europe/Amsterdam", false, ""},
		{"no end", "2026-03-03T13:30:00Z", NULL, "Europe/Amsterdam", false, "The end is not filled in.\n"},
		{"end before begin", "2026-03-03T13:30:00Z", "2026-03-03T12:00:00Z", "Europe/Amsterdam", false,
			"The end is before the start. The organiser has to change this.\n"},
		{"unknown zone", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z", "Mars/Olympus", false,
			"The time zone Mars/Olympus is not known. The times may be wrong.\n"
			"In UTC that is Tuesday 3 March 2026, 13:30.\n"},
		{"another zone", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z", "Europe/London", false,
			"In Europe/London that is Tuesday 3 March 2026, 13:30.\n"},
		{"the organiser's clock", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z", "Europe/London", true,
			"These are the times in Europe/London. For you that is Tuesday 3 March 2026, 14:30.\n"},
		{"another zone with the same clock", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z",
			"Europe/Brussels", false, ""},
		{"the morning after the change", "2026-03-29T07:00:00Z", "2026-03-29T09:00:00Z", "Europe/Amsterdam", false,
			"Note: the clock goes forward one hour around this time.\n"},
		{"the clock goes back", "2026-10-25T08:00:00Z", "2026-10-25T09:00:00Z", "Europe/Amsterdam", false,
			"Note: the clock goes back one hour around this time.\n"},
	};
	test_language("en");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct when_span s = {.starts_ms = at(rows[i].from), .ends_ms = rows[i].to == NULL ? 0 : at(rows[i].to),
			.local = rows[i].local, .timezone = rows[i].zone};
		struct sbuf out = {0};
		when_span_notes(&out, &s, amsterdam());
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].says);
		sbuf_fini(&out);
	}
}

static const struct {
	const char *name, *now, *from, *to, *mine, *zone;
	bool all_day, local;
	const char *en, *nl;
} lines[] = {
	{"an afternoon", "2026-03-01T12:00:00Z", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z", "Europe/Amsterdam",
		"Europe/Amsterdam", false, false, "14:30 to 16:00 (1 hour 30 minutes)",
		"14.30 tot 16.00 uur (1 uur 30 minuten)"},
	{"without an end", "2026-03-01T12:00:00Z", "2026-03-03T13:30:00Z", NULL, "Europe/Amsterdam", "Europe/Amsterdam",
		false, false, "14:30 | no end given", "14.30 uur | geen eind ingevuld"},
	{"an end before the begin", "2026-03-01T12:00:00Z", "2026-03-03T13:30:00Z", "2026-03-03T12:30:00Z",
		"Europe/Amsterdam", "Europe/Amsterdam", false, false, "14:30 | the end is before the start",
		"14.30 uur | het eind is voor het begin"},
	{"an unknown zone", "2026-03-01T12:00:00Z", "2026-03-03T13:30:00Z", "2026-03-03T14:30:00Z", "Europe/Amsterdam",
		"Mars/Olympus", false, false, "14:30 to 15:30 (1 hour) | the time zone is not known",
		"14.30 tot 15.30 uur (1 uur) | de tijdzone is niet bekend"},
	{"whole days", "2026-03-01T12:00:00Z", "2026-05-05T00:00:00Z", "2026-05-06T00:00:00Z", "Europe/Amsterdam", NULL,
		true, false, "all day, until Wednesday 6 May 2026", "de hele dag, tot en met wo 6 mei 2026"},
	{"another zone", "2026-03-01T12:00:00Z", "2026-03-03T13:30:00Z", "2026-03-03T14:30:00Z", "Europe/Amsterdam",
		"Europe/London", false, false, "14:30 to 15:30 (1 hour) | in Europe/London 13:30",
		"14.30 tot 15.30 uur (1 uur) | in Europe/London 13.30 uur"},
	{"by the clock of another zone", "2026-03-01T12:00:00Z", "2026-03-03T13:30:00Z", "2026-03-03T14:30:00Z",
		"Europe/Amsterdam", "Europe/London", false, true,
		"13:30 to 14:30 (1 hour) | time in Europe/London, for you 14:30",
		"13.30 tot 14.30 uur (1 uur) | tijd in Europe/London, voor jou 14.30 uur"},
	{"the clock goes forward inside it", "2026-03-28T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T04:00:00Z",
		"Europe/Amsterdam", "Europe/Amsterdam", false, false,
		"00:00 to 06:00 (5 hours) | the clock changes in between",
		"00.00 tot 06.00 uur (5 uur) | de klok verandert tijdens de bijeenkomst"},
	{"the clock goes back inside it", "2026-10-24T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T03:00:00Z",
		"Europe/Amsterdam", "Europe/Amsterdam", false, false,
		"00:00 to 04:00 (5 hours) | the clock changes in between",
		"00.00 tot 04.00 uur (5 uur) | de klok verandert tijdens de bijeenkomst"},
	{"forward inside it, in the south", "2026-10-03T01:00:00Z", "2026-10-03T15:00:00Z", "2026-10-03T18:00:00Z",
		"Australia/Sydney", "Australia/Sydney", false, false,
		"01:00 to 05:00 (3 hours) | the clock changes in between",
		"01.00 tot 05.00 uur (3 uur) | de klok verandert tijdens de bijeenkomst"},
	{"back inside it, in the south", "2026-04-04T01:00:00Z", "2026-04-04T14:00:00Z", "2026-04-04T18:00:00Z",
		"Australia/Sydney", "Australia/Sydney", false, false,
		"01:00 to 04:00 (4 hours) | the clock changes in between",
		"01.00 tot 04.00 uur (4 uur) | de klok verandert tijdens de bijeenkomst"},
	{"New York changes its clock first", "2026-03-01T12:00:00Z", "2026-03-17T14:00:00Z", "2026-03-17T15:00:00Z",
		"Europe/Amsterdam", "America/New_York", false, false,
		"15:00 to 16:00 (1 hour) | in America/New_York 10:00"
		" | before it the clock changes in America/New_York or here",
		"15.00 tot 16.00 uur (1 uur) | in America/New_York 10.00 uur"
		" | de klok verandert daarvoor in America/New_York of hier"},
	{"both hemispheres, on the other day", "2026-03-01T12:00:00Z", "2026-03-03T20:00:00Z", "2026-03-03T21:00:00Z",
		"Europe/Amsterdam", "Australia/Sydney", false, false,
		"21:00 to 22:00 (1 hour) | in Australia/Sydney Wednesday 4 March 2026, 07:00",
		"21.00 tot 22.00 uur (1 uur) | in Australia/Sydney wo 4 maart 2026, 07.00 uur"},
	{"the year 1", "2026-03-01T12:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T01:00:00Z", "UTC", "UTC",
		false, false, "00:00 to 01:00 (1 hour)", "00.00 tot 01.00 uur (1 uur)"},
	{"the year 9999", "2026-03-01T12:00:00Z", "9999-12-31T22:00:00Z", "9999-12-31T23:00:00Z", "UTC", "UTC",
		false, false, "22:00 to 23:00 (1 hour)", "22.00 tot 23.00 uur (1 uur)"},
};

static void check_lines(const char *language)
{
	test_language(language);
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct when_span s = {.starts_ms = at(lines[i].from), .ends_ms = lines[i].to == NULL ? 0 : at(lines[i].to),
			.all_day = lines[i].all_day, .local = lines[i].local, .timezone = lines[i].zone};
		struct sbuf out = {0};
		when_span_in_day(&out, &s, zone_get(lines[i].mine));
		when_span_hints(&out, &s, at(lines[i].now), zone_get(lines[i].mine));
		CHECK_STRING(lines[i].name, sbuf_str(&out), language[0] == 'n' ? lines[i].nl : lines[i].en);
		sbuf_fini(&out);
	}
}

static void R26_a_line_says_times_and_what_is_odd(void **state)
{
	check_lines("en");
	check_lines("nl");
}

static void the_clock_that_changes_before_a_meeting_is_said(void **state)
{
	static const struct {
		const char *name, *now, *from, *mine, *zone, *says;
	} rows[] = {
		{"before the change", "2026-03-01T12:00:00Z", "2026-03-28T12:00:00Z", "Europe/Amsterdam",
			"Europe/Amsterdam", ""},
		{"after it", "2026-03-01T12:00:00Z", "2026-03-30T12:00:00Z", "Europe/Amsterdam", "Europe/Amsterdam",
			"The clock goes forward 1 hour on Sunday 29 March 2026.\n"},
		{"now is after it", "2026-03-29T12:00:00Z", "2026-03-30T12:00:00Z", "Europe/Amsterdam",
			"Europe/Amsterdam", ""},
		{"in autumn", "2026-10-01T12:00:00Z", "2026-10-26T12:00:00Z", "Europe/Amsterdam", "Europe/Amsterdam",
			"The clock goes back 1 hour on Sunday 25 October 2026.\n"},
		{"in the south", "2026-03-30T12:00:00Z", "2026-04-10T02:00:00Z", "Australia/Sydney", "Australia/Sydney",
			"The clock goes back 1 hour on Sunday 5 April 2026.\n"},
		{"half an hour", "2026-03-30T12:00:00Z", "2026-04-10T02:00:00Z", "Australia/Lord_Howe",
			"Australia/Lord_Howe", "The clock goes back 30 minutes on Sunday 5 April 2026.\n"},
		{"only there", "2026-03-01T12:00:00Z", "2026-03-17T14:00:00Z", "Europe/Amsterdam", "America/New_York",
			"The clock goes forward 1 hour on Sunday 8 March 2026 in America/New_York.\n"},
		{"here and there together", "2026-03-01T12:00:00Z", "2026-03-30T12:00:00Z", "Europe/Amsterdam",
			"Europe/London", "The clock goes forward 1 hour on Sunday 29 March 2026.\n"},
		{"past", "2026-04-01T12:00:00Z", "2026-03-01T12:00:00Z", "Europe/Amsterdam", "Europe/Amsterdam", ""},
	};
	test_language("en");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct when_span s = {.starts_ms = at(rows[i].from), .timezone = rows[i].zone};
		struct sbuf out = {0};
		when_span_between(&out, &s, at(rows[i].now), zone_get(rows[i].mine));
		CHECK_STRING(rows[i].name, sbuf_str(&out), rows[i].says);
		sbuf_fini(&out);
	}
}

static void a_series_is_said_in_words(void **state)
{
	static const struct {
		const char *code, *rule, *nl;
	} rows[] = {
		{NULL, NULL, ""},
		{"every_week", NULL, "elke week"},
		{"every_two_weeks", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260630T215959Z",
			"elke twee weken, tot en met di 30 juni 2026"},
		{"every_two_weeks", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260630T235959Z",
			"elke twee weken, tot en met di 30 juni 2026"},
		{"every_two_weeks", "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260630T220000Z",
			"elke twee weken, tot en met di 30 juni 2026"},
		{"", "RRULE:FREQ=MONTHLY;BYDAY=1TU;COUNT=6", "elke maand, 6 keer"},
		{NULL, "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "elke werkdag"},
		{NULL, "FREQ=WEEKLY;INTERVAL=3;UNTIL=20260630", "meer dan één keer, tot en met di 30 juni 2026"},
		{"every_week", "FREQ=WEEKLY\nEXDATE;TZID=Europe/Amsterdam:20260317T140000,20260324T140000",
			"elke week, niet op di 17 maart 2026, niet op di 24 maart 2026"},
		{NULL, "FREQ=WEEKLY;UNTIL=tomorrow", "elke week"},
		{NULL, "nonsense", "meer dan één keer"},
		{"every_blue_moon", NULL, "every_blue_moon"},
	};
	test_language("nl");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf out = {0};
		when_repeats(&out, rows[i].code, rows[i].rule, amsterdam());
		CHECK_STRING(rows[i].rule == NULL ? "no rule" : rows[i].rule, sbuf_str(&out), rows[i].nl);
		sbuf_fini(&out);
	}
}

static void weeks_have_the_number_of_the_calendar(void **state)
{
	static const struct {
		int year, month, day, week, of;
	} rows[] = {
		{2026, 1, 1, 1, 2026}, {2025, 12, 29, 1, 2026}, {2027, 1, 3, 53, 2026}, {2027, 1, 4, 1, 2027},
		{2021, 1, 1, 53, 2020}, {2024, 12, 30, 1, 2025}, {2026, 3, 3, 10, 2026}, {9999, 12, 31, 52, 9999},
			{1, 1, 1, 1, 1},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		int year, week = when_week_number(civil_days(rows[i].year, rows[i].month, rows[i].day), &year);
		CHECK_INT("week", week, rows[i].week);
		CHECK_INT("of", year, rows[i].of);
	}
}

static void the_first_and_the_last_year_do_not_break(void **state)
{
	test_language("en");
	static const char *const times[] = {"0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"};
	for (size_t i = 0; i < COUNT(times); i++) {
		struct sbuf out = {0};
		when_moment(&out, at(times[i]), zone_utc());
		assert_true(out.n > 10);
		sbuf_fini(&out);
	}
}

static void an_all_day_meeting_is_past_after_its_last_day(void **state)
{
	enum { HourMs = 3600 * 1000, DayMs = 24 * HourMs };
	const int64_t first = 1772496000000; /* 2026-03-03 */
	static const struct {
		const char *name;
		int days, hours;
		const char *want;
	} row[] = {
		{"one day, in the evening", 0, 20, NULL},
		{"one day, the day after", 0, 25, "past"},
		{"three days, on the last", 2, 60, NULL},
		{"three days, the day after", 2, 73, "past"},
	};
	for (size_t i = 0; i < COUNT(row); i++) {
		struct event_row e = {.all_day = true, .starts_ms = first, .ends_ms = row[i].days
			? first + row[i].days * (int64_t)DayMs : 0};
		CHECK_STRING(row[i].name, event_text_state(&e, first + row[i].hours * (int64_t)HourMs), row[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_all_day_meeting_is_past_after_its_last_day),
		cmocka_unit_test(R26_dates_and_times_in_dutch),
		cmocka_unit_test(R26_dates_and_times_in_english),
		cmocka_unit_test(R26_a_line_says_times_and_what_is_odd),
		cmocka_unit_test(the_clock_that_changes_before_a_meeting_is_said),
		cmocka_unit_test(a_series_is_said_in_words),
		cmocka_unit_test(weeks_have_the_number_of_the_calendar),
		cmocka_unit_test(what_is_odd_about_a_time_is_said),
		cmocka_unit_test(the_first_and_the_last_year_do_not_break),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
