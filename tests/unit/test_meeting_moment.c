#include "check.h"

#include "meeting_moment.h"
#include "mem.h"

static const struct civil today = {.year = 2026, .month = 3, .day = 3, .weekday = 1}; /* a Tuesday */

static const struct {
	const char *text, *day; /* NULL: no day */
} days[] = {
	{"3-3-2026", "2026-03-03"},
	{"03-03-2026", "2026-03-03"},
	{"3/4/2026", "2026-04-03"},
	{"3.4.2026", "2026-04-03"},
	{"3-4-26", "2026-04-03"},
	{"2026-04-03", "2026-04-03"},
	{"vr 3 april 2026", "2026-04-03"},
	{"Vrijdag 3 april 2026", "2026-04-03"},
	{"vrijdag, 3 apr. 2026", "2026-04-03"},
	{"Fri 3 April 2026", "2026-04-03"},
	{"April 3, 2026", "2026-04-03"},
	{"april 3rd 2026", "2026-04-03"},
	{"op 29 februari 2028", "2028-02-29"},
	{"29 februari", "2028-02-29"},
	{"12 mrt", "2026-03-12"},
	{"12 maa", "2026-03-12"},
	{"12 mei", "2026-05-12"},
	{"1 oktober", "2026-10-01"},
	{"1 october", "2026-10-01"},
	{"2 maart", "2027-03-02"},
	{"3 maart", "2026-03-03"},
	{"3-4", "2026-04-03"},
	{"2-3", "2027-03-02"},
	{"vandaag", "2026-03-03"},
	{"morgen", "2026-03-04"},
	{"tomorrow", "2026-03-04"},
	{"dinsdag", "2026-03-10"},
	{"woensdag", "2026-03-04"},
	{"Monday", "2026-03-09"},
	{"za 3 april 2026", NULL},
	{"Sunday 3 April 2026", NULL},
	{"30-2-2026", NULL},
	{"29 februari 2026", NULL},
	{"31 april", NULL},
	{"3-13-2026", NULL},
	{"0-1-2026", NULL},
	{"2026", NULL},
	{"3", NULL},
	{"maas 3", NULL},
	{"3 maart 2026 4", NULL},
	{"volgende week", NULL},
	{"", NULL},
	{" , ", NULL},
	{"99999999999999999999-1-1", NULL},
	{"een twee drie vier vijf zes zeven acht negen tien", NULL},
};

static void days_in_words_are_read(void **state)
{
	for (size_t i = 0; i < COUNT(days); i++) {
		struct arena a = {0};
		struct civil got = {.hour = 9};
		const char *why = NULL;
		char text[40] = "";
		if (meeting_moment_day(days[i].text, &today, &got, &why, &a))
			snprintf(text, sizeof text, "%04d-%02d-%02d", got.year, got.month, got.day);
		else
			assert_non_null(why);
		CHECK_STRING(days[i].text, text, days[i].day == NULL ? "" : days[i].day);
		assert_int_equal(got.hour, 9);
		arena_fini(&a);
	}
}

static const struct {
	const char *text, *time; /* NULL: no time */
} times[] = {
	{"14.30", "14:30"}, {"14:30", "14:30"}, {"14.30 uur", "14:30"}, {"14u30", "14:30"}, {"14h30", "14:30"},
	{"1430", "14:30"}, {"9", "09:00"}, {"9 uur", "09:00"}, {"om 9.05", "09:05"}, {"2:30 pm", "14:30"},
		{"2pm", "14:00"},
	{"12 am", "00:00"}, {"12 pm", "12:00"}, {"0.00", "00:00"}, {"23:59", "23:59"}, {"24:00", NULL}, {"14.60", NULL},
	{"13 pm", NULL}, {"half drie", NULL}, {"", NULL}, {"14.30 en 15.30", NULL}, {"3-3-2026", NULL},
};

static void times_in_words_are_read(void **state)
{
	for (size_t i = 0; i < COUNT(times); i++) {
		struct civil got = {0};
		char text[40] = "";
		if (meeting_moment_time(times[i].text, &got))
			snprintf(text, sizeof text, "%02d:%02d", got.hour, got.minute);
		CHECK_STRING(times[i].text, text, times[i].time == NULL ? "" : times[i].time);
	}
}

static const struct {
	const char *text, *moment;
} moments[] = {
	{"16.00", "2026-03-03 16:00"}, {"4 maart 2026, 16.00", "2026-03-04 16:00"},
		{"4-3-2026 16:00 uur", "2026-03-04 16:00"},
	{"wo 4 maart om 16.00", "2026-03-04 16:00"}, {"4-3-2026", "2026-03-04 10:00"}, {"straks", NULL},
};

static void an_end_is_a_time_or_a_day_with_a_time(void **state)
{
	for (size_t i = 0; i < COUNT(moments); i++) {
		struct arena a = {0};
		struct civil got = {.year = 2026, .month = 3, .day = 3, .hour = 10};
		char text[60] = "";
		if (meeting_moment_read(moments[i].text, &today, &got, NULL, &a))
			snprintf(text, sizeof text, "%04d-%02d-%02d %02d:%02d", got.year, got.month, got.day, got.hour,
				got.minute);
		CHECK_STRING(moments[i].text, text, moments[i].moment == NULL ? "" : moments[i].moment);
		arena_fini(&a);
	}
}

static void what_is_written_is_read_again(void **state)
{
	static const char *const languages[] = {"nl", "en"};
	for (int days_on = 0; days_on < 800; days_on++)
		for (size_t i = 0; i < COUNT(languages); i++) {
			struct arena a = {0};
			struct sbuf text = {0};
			struct civil day = civil_from_seconds((civil_days(2026, 3, 3) + days_on) * 86400), got = {0};
			meeting_moment_add_day(&text, &day, languages[i]);
			if (!meeting_moment_day(sbuf_str(&text), &today, &got, NULL, &a) || got.day != day.day ||
				got.month != day.month || got.year != day.year || got.weekday != day.weekday)
				fail_msg("%s is not read again", sbuf_str(&text));
			sbuf_fini(&text);
			arena_fini(&a);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_in_words_are_read),
		cmocka_unit_test(times_in_words_are_read),
		cmocka_unit_test(an_end_is_a_time_or_a_day_with_a_time),
		cmocka_unit_test(what_is_written_is_read_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
