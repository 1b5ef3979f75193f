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
		"Tue 3 March 2026, 14:30 to 16:00 (1 hour 30 minutes)"},
	{"past midnight", "2026-07-31T20:00:00Z", "2026-07-31T23:00:00Z", "Europe/Amsterdam", false, false,
		"vr 31 juli 2026, 22.00 uur tot za 1 augustus 2026, 01.00 uur (3 uur)",
		"Fri 31 July 2026, 22:00 to Sat 1 August 2026, 01:00 (3 hours)"},
	{"without an end", "2026-03-03T13:30:00Z", NULL, "Europe/Amsterdam", false, false,
		"di 3 maart 2026, 14.30 uur", "Tue 3 March 2026, 14:30"},
	{"an end before the begin", "2026-03-03T13:30:00Z", "2026-03-02T13:30:00Z", "Europe/Amsterdam", false, false,
		"di 3 maart 2026, 14.30 uur", "Tue 3 March 2026, 14:30"},
	{"all day", "2026-05-05T00:00:00Z", "2026-05-06T00:00:00Z", "Europe/Amsterdam", true, false,
		"di 5 mei 2026 tot wo 6 mei 2026, de hele dag", "Tue 5 May 2026 to Wed 6 May 2026, all day"},
	{"the organiser's clock", "2026-03-03T14:30:00Z", "2026-03-03T15:30:00Z", "Europe/London", false, true,
		"di 3 maart 2026, 14.30 tot 15.30 uur (1 uur)", "Tue 3 March 2026, 14:30 to 15:30 (1 hour)"},
	{"over the night the clock goes back", "2026-10-24T22:00:00Z", "2026-10-25T03:00:00Z", "Europe/Amsterdam", false, false,
		"zo 25 oktober 2026, 00.00 tot 04.00 uur (5 uur)", "Sun 25 October 2026, 00:00 to 04:00 (5 hours)"},
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
			"The end is before the begin. The organiser has to mend this.\n"},
		{"unknown zone", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z", "Mars/Olympus", false,
			"The time zone Mars/Olympus is not known. The times may be wrong.\n"
			"In UTC that is Tue 3 March 2026, 13:30.\n"},
		{"another zone", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z", "Europe/London", false,
			"In Europe/London that is Tue 3 March 2026, 13:30.\n"},
		{"the organiser's clock", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z", "Europe/London", true,
			"These are the times in Europe/London. For you that is Tue 3 March 2026, 14:30.\n"},
		{"another zone with the same clock", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z", "Europe/Brussels", false, ""},
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
		struct event_row e = {.all_day = true, .starts_ms = first, .ends_ms = row[i].days ? first + row[i].days * (int64_t)DayMs : 0};
		CHECK_STRING(row[i].name, event_text_state(&e, first + row[i].hours * (int64_t)HourMs), row[i].want);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_all_day_meeting_is_past_after_its_last_day),
		cmocka_unit_test(R26_dates_and_times_in_dutch),
		cmocka_unit_test(R26_dates_and_times_in_english),
		cmocka_unit_test(what_is_odd_about_a_time_is_said),
		cmocka_unit_test(the_first_and_the_last_year_do_not_break),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
