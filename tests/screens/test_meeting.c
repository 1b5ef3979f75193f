#include "meeting_case.h"

/* From the first step to the outbox: a meeting that is made. */

static void begin_circle(void)
{
	press(at, "c");
	on("meeting_new");
	see("steps, about 15 minutes");
	choose("Intervision, online");
	on("meeting");
	see("You may stop at any step.");
}

static void fill_in(void)
{
	choose("Category");
	choose("Intervisie");
	fill("Title", "Intervisie voor trainers");
	fill("Date", "7 april 2026");
	fill("Begins at", "14.30");
}

static void a_meeting_is_made_in_steps(void **state)
{
	struct arena a = {0};
	open_community();
	begin_circle();
	shows("Date", "Not filled in");
	CHECK_STRING("date", here()->state, "needed");
	shows("Doel van de bijeenkomst", "Not filled in");
	CHECK_STRING("purpose", here()->state, "asked for");
	shows("Camera", "Mag uit.");
	shows("Time zone", "Europe/Amsterdam");
	fill_in();
	shows("Date", "Tuesday 7 April 2026");
	choose("Methode");
	choose("Vijfstappenmethode");
	shows("Number of places", "8");
	shows("Programma", "Not filled in");
	CHECK_STRING("the steps are the programme", here()->state, NULL);
	shows("Ends at", "15:30 (1 hour)");
	fill("Doel van de bijeenkomst", "leren van elkaar");
	fill("Verslag achteraf", "nee hoor");
	fill("Aanmelden tot", "1-4-2026");
	shows("Aanmelden tot", "woensdag 1 april 2026");
	fill("Link", "https://kring.example/zaal");
	choose("How often");
	choose("Every four weeks");
	fill("Last day of the series", "30 juni");
	choose("Reminder to those who are coming");
	choose("One day before");
	choose("Look at it before sending");
	on("overview");
	see("Intervisie voor trainers");
	press(at, "F9");
	on("calendar");
	see("Your topic will be posted.");
	struct outbox_rows rows = rows_of(false, &a);
	CHECK_INT("sent", rows.count, 1);
	CHECK_INT("no draft", rows_of(true, &a).count, 0);
	const char *body = rows.row[0].change.body;
	CHECK_INT("kind", rows.row[0].change.kind, CHANGE_TOPIC);
	CHECK_INT("category", rows.row[0].change.category_id, 1);
	assert_true(str_starts(body, "Dit is een online intervisie.\n\n[event"
		" status=\"public\" timezone=\"Europe/Amsterdam\" "));
	has(body, " start=\"2026-04-07 14:30\"");
	has(body, " end=\"2026-04-07 15:30\"");
	has(body, " maxAttendees=\"8\"");
	has(body, " recurrence=\"every_four_weeks\" recurrenceUntil=\"2026-06-30 23:59\"");
	has(body, " reminders=\"notification.1.days\"");
	has(body, " url=\"https://kring.example/zaal\"");
	has(body, "- **Doel van de bijeenkomst:** leren van elkaar\n");
	has(body, "- **Verslag achteraf:** nee, hoor");
	has(body, "Vraag vertellen (5 minuten)");
	arena_fini(&a);
	desk_close();
}

/* Where it will stand, before the site has it. */
static void a_meeting_that_waits_is_in_the_calendar(void **state)
{
	open_community();
	begin();
	assert_true(outbox_store_send(at->writer, &(struct change){.id = 1LL << 40, .kind = CHANGE_TOPIC,
		.category_id = 1,
		.title = "Wandelen langs de rivier", .body = own_body}, NULL));
	commit();
	go_to("Wandelen langs de rivier");
	CHECK_STRING("how far", here()->state, "waiting");
	if (!str_starts(here()->detail, "19:30 to 21:00"))
		fail_msg("detail: %s", here()->detail);
	int64_t day = here()->id2 / 86400000;
	press(at, "y");
	see("This meeting is not on the site yet.");
	press(at, "Enter");
	on("outbox_item");
	stack_back(at->stack);
	stack_go(at->stack, &(struct target){.screen = "calendar", .number = 1});
	gone("Wandelen langs de rivier");
	stack_go(at->stack, &(struct target){.screen = "week", .id2 = day});
	see("waiting: Wandelen");
	stack_go(at->stack, &(struct target){.screen = "month", .id2 = day});
	see("waiting: Wandelen");
	desk_close();
}

static void a_meeting_can_be_left_and_gone_on_with(void **state)
{
	struct arena a = {0};
	open_community();
	begin_circle();
	press(at, "Esc");
	on("calendar");
	CHECK_INT("nothing was filled in", rows_of(true, &a).count, 0);
	begin_circle();
	fill_in();
	press(at, "Esc");
	CHECK_INT("a draft", rows_of(true, &a).count, 1);
	press(at, "c");
	choose("Go on with this draft");
	on("meeting");
	shows("Begins at", "14:30");
	press(at, "Esc");
	int64_t id = rows_of(true, &a).row[0].change.id;
	compose_again(top(), id);
	on("meeting");
	shows("Title", "Intervisie voor trainers");
	arena_fini(&a);
	desk_close();
}

static const struct {
	const char *part, *typed, *says;
} refused[] = {
	{"Date", "30-2-2026", "This is not a date."},
	{"Date", "maandag 7 april 2026", "The weekday does not fit. That day is Tuesday 7 April 2026."},
	{"Begins at", "half drie", "This is not a time."},
	{"Ends at", "laat", "This is not a time."},
	{"Time zone", "Europe/Utrecht", "kring does not know this time zone."},
	{"Number of places", "0", "Type a number from 1 to 1000."},
	{"Aanmelden tot", "ooit", "This is not a date."},
};

static void what_cannot_be_used_is_said_and_stays_in_the_field(void **state)
{
	open_community();
	begin_circle();
	fill_in();
	for (size_t i = 0; i < COUNT(refused); i++) {
		choose(refused[i].part);
		press(at, "C-u");
		type(refused[i].typed);
		press(at, "Enter");
		on("meeting_part");
		if (!str_starts(at->stack->message, refused[i].says))
			fail_msg("%s: \"%s\"", refused[i].part, at->stack->message);
		CHECK_STRING(refused[i].part, field_text(&top()->answer), refused[i].typed);
		press(at, "Esc");
		if (strcmp(top()->ops->name, "meeting_part") == 0)
			press(at, "Esc");
	}
	desk_close();
}

static const struct {
	const char *name, *day, *begin, *end, *says;
	bool sent;
} checks[] = {
	{"the end comes first", "7-4-2026", "14.30", "13.00", "The end is not after the start.", false},
	{"another day", "7-4-2026", "23.00", "8 april 2026 1.00", "Members look for this", true},
	{"past", "1-3-2026", "14.30", "16.00", "This day is past.", true},
	{"soon", "10-3-2026", "14.30", "16.00", "This is within 14 days.", true},
	{"a clock that changes", "29-3-2026", "1.30", "4.00", "The clock changes during this meeting.", true},
	{"an hour that is not there", "29-3-2026", "2.30", "4.00", "The clock changes that night.", true},
	{"no end", "7-4-2026", "14.30", "", "There is no end.", true},
};

static void odd_times_are_said_before_sending(void **state)
{
	for (size_t i = 0; i < COUNT(checks); i++) {
		struct arena a = {0};
		open_community();
		begin_circle();
		fill_in();
		fill("Date", checks[i].day);
		fill("Begins at", checks[i].begin);
		fill("Ends at", checks[i].end);
		press(at, "F4");
		see(checks[i].says);
		press(at, "F9");
		CHECK_INT(checks[i].name, rows_of(false, &a).count, checks[i].sent);
		arena_fini(&a);
		desk_close();
	}
}

static void steps_are_compared_with_the_time(void **state)
{
	open_community();
	begin_circle();
	fill_in();
	fill("Ends at", "15.00");
	choose("Methode");
	choose("Vijfstappenmethode");
	press(at, "F4");
	see("The steps take 45 minutes. The meeting is shorter: 30 minutes.");
	desk_close();
}

static void an_all_day_meeting_has_no_times(void **state)
{
	struct arena a = {0};
	open_community();
	begin_circle();
	fill_in();
	choose("The whole day");
	shows("The whole day", "Yes");
	fill("Ends at", "9-4-2026");
	press(at, "F4");
	press(at, "F9");
	const char *body = rows_of(false, &a).row[0].change.body;
	has(body, "allDay=\"true\"");
	has(body, "start=\"2026-04-07\"");
	has(body, "end=\"2026-04-09\"");
	arena_fini(&a);
	desk_close();
}

static void who_may_not_make_meetings_hears_it_first(void **state)
{
	open_community();
	begin();
	assert_true(session_store_put(at->writer, &(struct session){.user_id = 1, .username = "lid01"}, NULL));
	commit();
	press(at, "c");
	on("meeting_new");
	see("You may not make meetings in this community.");
	CHECK_INT("nothing to choose", top()->count, 0);
	desk_close();
}

static void only_categories_that_take_topics_are_offered(void **state)
{
	open_community();
	begin_circle();
	choose("Category");
	CHECK_INT("categories", top()->count, 1);
	desk_close();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_meeting_is_made_in_steps),
		cmocka_unit_test(a_meeting_that_waits_is_in_the_calendar),
		cmocka_unit_test(a_meeting_can_be_left_and_gone_on_with),
		cmocka_unit_test(what_cannot_be_used_is_said_and_stays_in_the_field),
		cmocka_unit_test(odd_times_are_said_before_sending),
		cmocka_unit_test(steps_are_compared_with_the_time),
		cmocka_unit_test(an_all_day_meeting_has_no_times),
		cmocka_unit_test(who_may_not_make_meetings_hears_it_first),
		cmocka_unit_test(only_categories_that_take_topics_are_offered),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
