#include "check.h"

#include <libical/ical.h>

#include "clock.h"
#include "ics.h"
#include "mem.h"
#include "utf8.h"
#include "zone.h"

/* What is written is read with libical's own parser, by the VTIMEZONE that is in the file. */

static int64_t at(const char *text)
{
	int64_t ms = 0;
	if (text != NULL && !time_parse(text, &ms, NULL))
		fail_msg("%s is no time", text);
	return ms;
}

struct read {
	struct occurrence list[SERIES_MAX];
	int count;
};

static void read_one(icalcomponent *event, struct icaltime_span *span, void *context)
{
	struct read *r = context;
	struct icaltimetype begin = icalcomponent_get_dtstart(event), end = icalcomponent_get_dtend(event);
	struct occurrence o = {(int64_t)span->start * 1000, (int64_t)span->end * 1000};
	/* libical counts the day of DTEND too, which RFC 5545 does not. */
	if (begin.is_date)
		o.ends_ms = o.starts_ms + icaldurationtype_as_int(icaltime_subtract(end, begin)) * INT64_C(1000);
	if (r->count < SERIES_MAX)
		r->list[r->count++] = o;
}

static int by_start(const void *a, const void *b)
{
	const struct occurrence *x = a, *y = b;
	return (x->starts_ms > y->starts_ms) - (x->starts_ms < y->starts_ms);
}

static struct read read_back(const char *text, int64_t from_ms, int64_t to_ms)
{
	struct read r = {.count = 0};
	icaltimezone *utc = icaltimezone_get_utc_timezone();
	icalcomponent *calendar = icalparser_parse_string(text);
	if (calendar == NULL)
		fail_msg("libical cannot read %s", text);
	assert_int_equal(icalcomponent_count_errors(calendar), 0);
	for (icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); e != NULL;
		e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
		icalcomponent_foreach_recurrence(e, icaltime_from_timet_with_zone((time_t)(from_ms / 1000), false, utc),
			icaltime_from_timet_with_zone((time_t)(to_ms / 1000), false, utc), read_one, &r);
	icalcomponent_free(calendar);
	qsort(r.list, (size_t)r.count, sizeof r.list[0], by_start);
	return r;
}

static char *text_of(const struct ics_item *i)
{
	struct ics *c = ics_new("-//kring//kring//EN", "Kring");
	ics_add(c, i);
	return ics_finish(c);
}

static void check_same(const char *name, const struct ics_item *i, const struct occurrence *want, int count,
	int64_t from_ms, int64_t to_ms)
{
	char *text = text_of(i);
	struct read r = read_back(text, from_ms, to_ms);
	for (int k = 0; k < r.count && k < count; k++) {
		char got[32], expected[32];
		time_format(r.list[k].starts_ms / 1000, got);
		time_format(want[k].starts_ms / 1000, expected);
		CHECK_STRING(name, got, expected);
		if (want[k].ends_ms != 0)
			CHECK_INT(name, r.list[k].ends_ms - r.list[k].starts_ms, want[k].ends_ms - want[k].starts_ms);
	}
	if (r.count != count)
		fail_msg("%s: %d dates instead of %d in\n%s", name, r.count, count, text);
	free(text);
}

static void other_programs_read_the_same_instants(void **state)
{
	static const char *const zones[] = {"Europe/Amsterdam", "Europe/London", "Europe/Dublin", "America/New_York",
		"America/Sao_Paulo", "America/St_Johns", "Australia/Sydney", "Australia/Lord_Howe", "Pacific/Auckland",
		"Pacific/Chatham", "Africa/Cairo", "Asia/Kolkata", "Asia/Jerusalem", "America/Santiago", "Asia/Tokyo",
		"UTC", "Amsterdam", "Mars/Olympus", NULL};
	static const char *const words[] = {"every_day", "every_weekday", "every_week", "every_two_weeks",
		"every_four_weeks", "every_month"};
	static const struct civil starts[] = {{2026, 1, 30, 14, 30}, {2025, 12, 29, 22, 15}, {2026, 8, 4, 9, 0}};
	for (size_t i = 0; i < COUNT(zones); i++) {
		for (size_t w = 0; w < COUNT(words) * COUNT(starts); w++) {
			const struct zone *z = zones[i] == NULL ? NULL : zone_get(zones[i]);
			int64_t start = zone_instant(z == NULL ? zone_utc() : z, &starts[w / COUNT(words)], NULL) * 1000;
			struct ics_item item = {.uid = "event-1@kring.example", .summary = "Intervisie", .series = {
				.starts_ms = start, .ends_ms = start + 45 * 60000, .timezone = zones[i],
				.recurrence = words[w % COUNT(words)]}};
			struct occurrence want[SERIES_MAX];
			char name[100];
			int64_t to = start + 380 * INT64_C(86400000);
			int count = series_expand(&item.series, 0, to, want, SERIES_MAX, NULL);
			snprintf(name, sizeof name, "%s %s %zu", zones[i] == NULL ? "no zone" : zones[i],
				words[w % COUNT(words)], w / COUNT(words));
			check_same(name, &item, want, count, start - 86400000, to);
		}
	}
}

static void one_meeting_is_read_back(void **state)
{
	static const struct {
		const char *name, *zone, *start, *end, *read_end;
		bool all_day;
	} rows[] = {
		{"winter", "Europe/Amsterdam", "2026-03-03T13:30:00Z", "2026-03-03T15:00:00Z", "2026-03-03T15:00:00Z",
			false},
		{"across the change", "Europe/Amsterdam", "2026-03-28T22:00:00Z", "2026-03-29T08:00:00Z",
			"2026-03-29T08:00:00Z", false},
		{"first of the doubled hour", "Europe/Amsterdam", "2026-10-25T00:30:00Z", "2026-10-25T02:30:00Z",
			"2026-10-25T02:30:00Z", false},
		{"second of the doubled hour", "Europe/Amsterdam", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z",
			"2026-10-25T02:30:00Z", false},
		{"ends in the doubled hour", "Europe/Amsterdam", "2026-10-24T20:30:00Z", "2026-10-25T01:30:00Z",
			"2026-10-25T01:30:00Z", false},
		{"no end: an hour", "Pacific/Auckland", "2026-03-03T13:30:00Z", NULL, "2026-03-03T14:30:00Z", false},
		{"an end before its start: an hour", "UTC", "2026-03-03T13:30:00Z", "2026-03-02T13:30:00Z",
			"2026-03-03T14:30:00Z", false},
		{"one day", "Europe/Amsterdam", "2026-03-29", NULL, "2026-03-30", true},
		{"three days", "Pacific/Auckland", "2026-03-28", "2026-03-30", "2026-03-31", true},
		{"1970", "Europe/Amsterdam", "1970-01-01T10:00:00Z", "1970-01-01T11:00:00Z", "1970-01-01T11:00:00Z", false},
		{"far", "Europe/Amsterdam", "2090-07-01T10:00:00Z", "2090-07-01T11:00:00Z", "2090-07-01T11:00:00Z", false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ics_item item = {.uid = "event-1@kring.example", .summary = "Intervisie", .series = {
			.starts_ms = at(rows[i].start), .ends_ms = at(rows[i].end), .timezone = rows[i].zone,
			.all_day = rows[i].all_day}};
		struct occurrence want = {at(rows[i].start), at(rows[i].read_end)};
		check_same(rows[i].name, &item, &want, 1, want.starts_ms - 3 * 86400000, want.ends_ms + 86400000);
	}
}

/* The site's own dates go before the rule. */
static void a_series_has_its_exceptions(void **state)
{
	static const struct {
		const char *name, *known[6];
		int events;
		const char *exdate;
	} rows[] = {
		{"as the rule", {"2026-03-17T13:30:00Z", "2026-03-24T13:30:00Z", "2026-03-31T12:30:00Z"}, 1, NULL},
		{"one left out", {"2026-03-17T13:30:00Z", "2026-03-31T12:30:00Z", "2026-04-07T12:30:00Z"}, 1,
			"EXDATE;TZID=Europe/Amsterdam:20260324T143000"},
		{"one moved", {"2026-03-17T13:30:00Z", "2026-03-25T13:30:00Z", "2026-03-31T12:30:00Z"}, 3, NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct occurrence known[6];
		struct ics_item item = {.uid = "event-7@kring.example", .summary = "Kring", .known = known, .series = {
			.starts_ms = at(rows[i].known[0]), .ends_ms = at(rows[i].known[0]) + 3600000,
			.timezone = "Europe/Amsterdam", .recurrence = "every_week"}};
		for (int k = 0; k < 6 && rows[i].known[k] != NULL; k++)
			known[item.known_count++] = (struct occurrence){at(rows[i].known[k]), at(rows[i].known[k]) + 3600000};
		char *text = text_of(&item);
		int events = 0;
		for (const char *p = text; (p = strstr(p, "BEGIN:VEVENT")) != NULL; p++)
			events++;
		CHECK_INT(rows[i].name, events, rows[i].events);
		CHECK_INT(rows[i].name, strstr(text, "RRULE") != NULL && strstr(text, "RRULE:FREQ=WEEKLY") != NULL,
			rows[i].events == 1);
		CHECK_INT(rows[i].name, strstr(text, "EXDATE") != NULL, rows[i].exdate != NULL);
		if (rows[i].exdate != NULL && strstr(text, rows[i].exdate) == NULL)
			fail_msg("%s: no %s in %s", rows[i].name, rows[i].exdate, text);
		free(text);
		check_same(rows[i].name, &item, known, item.known_count, known[0].starts_ms - 86400000,
			known[item.known_count - 1].ends_ms);
	}
}

static void days_and_wall_clocks_have_no_zone(void **state)
{
	static const struct {
		const char *name;
		bool all_day, local;
		const char *want, *until;
	} rows[] = {
		{"days", true, false, "\r\nDTSTART;VALUE=DATE:20260324\r\nDTEND;VALUE=DATE:20260325\r\n",
			";UNTIL=20260410"},
		{"the clock on the wall", false, true, "\r\nDTSTART:20260324T133000\r\nDTEND:20260324T143000\r\n",
			";UNTIL=20260411T015959"},
		{"an instant", false, false, "\r\nDTSTART;TZID=Europe/Amsterdam:20260324T133000\r\n",
			";UNTIL=20260410T235959Z"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ics_item item = {.uid = "event-7@kring.example", .show_local_time = rows[i].local, .series = {
			.starts_ms = at(rows[i].all_day ? "2026-03-24" : "2026-03-24T12:30:00Z"),
				.timezone = "Europe/Amsterdam",
			.all_day = rows[i].all_day, .recurrence = "every_week", .until_ms = at("2026-04-10")}};
		char *text = text_of(&item);
		if (strstr(text, rows[i].want) == NULL || strstr(text, rows[i].until) == NULL)
			fail_msg("%s: %s", rows[i].name, text);
		CHECK_INT(rows[i].name, strstr(text, "BEGIN:VTIMEZONE") != NULL, !rows[i].all_day && !rows[i].local);
		free(text);
	}
}

static void check_lines(const char *name, const char *text)
{
	for (const char *line = text; *line != '\0';) {
		const char *end = strstr(line, "\r\n");
		if (end == NULL || end - line > 75 || memchr(line, '\n', (size_t)(end - line)) != NULL
			|| !utf8_valid(line, (size_t)(end - line)))
			fail_msg("%s: a bad line: %.90s", name, line);
		for (const char *p = line; p < end; p++)
			if ((unsigned char)*p < ' ' && *p != '\t')
				fail_msg("%s: a control character", name);
		line = end + 2;
	}
}

static void hostile_words_stay_words(void **state)
{
	struct arena a = {0};
	char *thousand = xcalloc(1, 100001);
	for (int i = 0; i < 100000; i += 4)
		memcpy(thousand + i, "\xf0\x9f\x98\x80", 4);
	const char *const names[] = {"Zoë, en; wie\\nog?", "a\r\nATTENDEE:x\r\nSUMMARY:boe", "\"aan;halen:d\"",
		"\x1b[31mrood\x1b[0m", "\xff\xfe kapot", "\xe2\x80\xae" "achterstevoren", "END:VEVENT\nEND:VCALENDAR",
		"^n^'^^", "%s%n", "", thousand, "een heel lange naam met é é é é é é é é é é é é é é é é é é é é é é é"
		" é é é"};
	for (size_t i = 0; i < COUNT(names); i++) {
		struct ics_person person[] = {{.name = names[i], .url = "https://kring.example/u/zoe",
			.attendance = ATTENDANCE_GOING}, {.name = "x", .url = names[i]}};
		struct ics_item item = {.uid = "event-7@kring.example", .summary = names[i], .location = names[i],
			.description = names[i], .url = names[i], .organizer = person, .person = person, .person_count = 2,
			.mine = ATTENDANCE_GOING, .reminder_minutes = 15, .changed_ms = 1, .version = 3, .series = {
			.starts_ms = at("2026-03-24T12:30:00Z"), .timezone = names[i], .recurrence = names[i],
				.rrule = names[i]}};
		char *text = text_of(&item);
		check_lines(names[i], text);
		icalcomponent *calendar = icalparser_parse_string(text),
			*event = icalcomponent_get_first_real_component(calendar);
		char *clean = utf8_clean_arena(&a, names[i], 0, 500);
		CHECK_INT(names[i], icalcomponent_count_components(calendar, ICAL_VEVENT_COMPONENT), 1);
		CHECK_INT(names[i], icalcomponent_count_errors(calendar), 0);
		CHECK_INT(names[i], icalcomponent_count_properties(event, ICAL_ATTENDEE_PROPERTY), 1);
		CHECK_STRING("summary", icalcomponent_get_summary(event), *clean == '\0' ? "-" : clean);
		icalcomponent_free(calendar);
		free(text);
	}
	free(thousand);
	arena_fini(&a);
}

static void a_reminder_only_when_asked(void **state)
{
	struct ics_item item = {.uid = "event-7@kring.example", .summary = "Kring",
		.changed_ms = at("2026-03-01T10:00:00Z"),
		.version = 2, .mine = ATTENDANCE_INTERESTED, .series = {.starts_ms = at("2026-03-24T12:30:00Z")}};
	char *without = text_of(&item), *again = text_of(&item);
	item.reminder_minutes = 90;
	char *with = text_of(&item);
	item.cancelled = true;
	char *cancelled = text_of(&item);
	assert_null(strstr(without, "VALARM"));
	assert_non_null(strstr(with, "TRIGGER:-PT1H30M\r\n"));
	assert_null(strstr(cancelled, "VALARM"));
	assert_non_null(strstr(cancelled, "STATUS:CANCELLED\r\n"));
	assert_non_null(strstr(without, "STATUS:TENTATIVE\r\n"));
	assert_non_null(strstr(without, "X-KRING-ANSWER:interested\r\n"));
	assert_non_null(strstr(without, "SEQUENCE:2\r\n"));
	assert_non_null(strstr(without, "LAST-MODIFIED:20260301T100000Z\r\n"));
	assert_string_equal(without, again);
	free(without);
	free(again);
	free(with);
	free(cancelled);
}

static void years_that_no_calendar_shows(void **state)
{
	static const struct {
		const char *start;
		int events;
	} rows[] = {{"0001-01-01T00:30:00Z", 0}, {"9999-12-31T23:30:00Z", 0}, {"2198-12-30T13:30:00Z", 1}};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct ics_item item = {.uid = "event-7@kring.example", .summary = "Kring", .series = {
			.starts_ms = at(rows[i].start), .timezone = "Asia/Tokyo", .recurrence = "every_week"}};
		char *text = text_of(&item);
		check_lines(rows[i].start, text);
		CHECK_INT(rows[i].start, strstr(text, "BEGIN:VEVENT") != NULL, rows[i].events);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(other_programs_read_the_same_instants),
		cmocka_unit_test(one_meeting_is_read_back),
		cmocka_unit_test(a_series_has_its_exceptions),
		cmocka_unit_test(days_and_wall_clocks_have_no_zone),
		cmocka_unit_test(hostile_words_stay_words),
		cmocka_unit_test(a_reminder_only_when_asked),
		cmocka_unit_test(years_that_no_calendar_shows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
