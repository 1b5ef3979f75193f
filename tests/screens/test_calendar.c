#include "community.h"

#include "calendar_days.h"
#include "calendar_text.h"
#include "capacity.h"
#include "catalogues.h"
#include "outbox_port.h"
#include "reminder_store.h"
#include "str.h"
#include "view.h"

/* The calendar by day, week and month, what is chosen of it, capacity and reminders. */
static const int64_t HourMs = 3600000, DayMs = 86400000;
enum { ThirdOfMarch = 20515 };

static struct sbuf given;

static void fake_remind(void *self, int64_t event_id, int minutes)
{
	sbuf_addf(&given, "remind %lld %d\n", (long long)event_id, minutes);
}

static const struct outbox_port port = {.remind = fake_remind};

static struct community *calendar_new(const char *screen)
{
	test_language("en");
	struct community *c = community_new(24, 80);
	sbuf_reset(&given);
	c->host.outbox = &port;
	stack_go(c->stack, &(struct target){.screen = screen});
	return c;
}

static void put(struct community *c, struct event e)
{
	if (e.topic_title == NULL)
		e.topic_title = e.name;
	e.detailed = true;
	assert_true(store_begin(c->writer, NULL));
	assert_true(event_store_put(c->writer, &e, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
	stack_changed(c->stack, STORE_EVENTS);
}

static void keys(struct community *c, const char *names)
{
	char *copy = xstrdup(names), *rest = copy;
	for (char *name; (name = strsep(&rest, " ")) != NULL;)
		press(c, name);
	free(copy);
	community_draw(c);
}

static const char *on_screen(struct community *c)
{
	static struct sbuf all;
	sbuf_reset(&all);
	community_draw(c);
	canvas_dump(c->canvas, &all);
	return sbuf_str(&all);
}

static void check_seen(struct community *c, const char *name, const char *words)
{
	if (strstr(on_screen(c), words) == NULL)
		fail_msg("%s: \"%s\" is not on the screen:\n%s", name, words, on_screen(c));
}

static void check_marked(struct community *c, const char *name, const char *words)
{
	const struct row *row = view_selected(stack_top(c->stack));
	assert_non_null(row);
	if (strstr(row->title, words) == NULL)
		fail_msg("%s: the cursor is on \"%s\", not \"%s\"", name, row->title, words);
}

static void each_day_has_a_heading_and_the_cursor_begins_at_a_meeting(void **state)
{
	struct community *c = calendar_new("calendar");
	put(c, (struct event){.id = 9001, .name = "Wandeling", .starts_ms = now_ms + 8 * HourMs,
		.ends_ms = now_ms + 9 * HourMs});
	community_draw(c);
	check_marked(c, "first", "Intervisie kring 03");
	struct screen *s = stack_top(c->stack);
	const char *titles[] = {"Tuesday 3 March 2026", "Intervisie kring 03", "Wandeling", "Tuesday 10 March 2026"};
	const struct row *row = view_rows(s, 0, 4);
	for (size_t i = 0; i < COUNT(titles); i++)
		CHECK_STRING("row", row[i].title, titles[i]);
	CHECK_STRING("two of them", row[0].detail, "2 meetings");
	check_seen(c, "place in the list", "Calendar, 1 of 11");
	community_free(c);
}

static void where_keys_lead(void **state)
{
	static const struct {
		const char *name, *from, *keys, *to, *sees;
	} rows[] = {
		{"a meeting", "calendar", "Enter", "event", "Intervisie kring 03"},
		{"a heading opens its day", "calendar", "Home Enter", "calendar", "Tuesday 3 March 2026, 1 of 1"},
		{"the day before", "calendar", "Home Enter Left", "calendar", "There are no meetings here."},
		{"a day later and back", "calendar", "Home Enter Right Left", "calendar", "Tuesday 3 March 2026, 1 of 1"},
		{"back from the day", "calendar", "Home Enter Esc", "calendar", "Calendar, 1 of 10"},
		{"what is past", "calendar", "Left", "calendar", "Calendar, past, 1 of 2"},
		{"signing up on a heading", "calendar", "Home y", "sign_up", "Intervisie kring 03"},
		{"the week of the meeting", "calendar", "Down Down d", "week", "Week 11 of 2026"},
		{"the month of it", "calendar", "Down Down d d", "month", "March 2026"},
		{"and the days again", "calendar", "d d d", "calendar", "Calendar, 1 of 10"},
		{"a day of the week", "week", "Enter", "calendar", "Tuesday 3 March 2026, 1 of 1"},
		{"the week before", "week", "Left", "week", "Week 9 of 2026"},
		{"over the year", "week", "Left Left Left Left Left Left Left Left Left Left", "week", "Week 52 of 2025"},
		{"the month before", "month", "Left Left Left", "month", "December 2025"},
		{"a week of the month", "month", "Down Enter", "week", "Week 11 of 2026"},
		{"out of the week", "week", "Esc", "start", "Calendar"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct community *c = calendar_new(rows[i].from);
		keys(c, rows[i].keys);
		CHECK_STRING(rows[i].name, stack_top(c->stack)->ops->name, rows[i].to);
		check_seen(c, rows[i].name, rows[i].sees);
		community_free(c);
	}
}

static void a_step_keeps_the_day_of_the_week(void **state)
{
	struct community *c = calendar_new("week");
	keys(c, "Down Down Right");
	check_marked(c, "a week later", "Thursday 12 March 2026");
	keys(c, "Left Left");
	check_marked(c, "a week before", "Thursday 26 February 2026");
	community_free(c);
}

static void the_years_have_an_end(void **state)
{
	static const char *const names[] = {"week", "month"};
	for (size_t i = 0; i < COUNT(names); i++) {
		struct community *c = calendar_new("start");
		stack_go(c->stack, &(struct target){.screen = names[i], .id2 = civil_days(1, 2, 2)});
		keys(c, "Left Left");
		CHECK_STRING(names[i], c->stack->message, "The calendar goes no further.");
		stack_go(c->stack, &(struct target){.screen = names[i], .id2 = civil_days(9999, 11, 29)});
		keys(c, "Right Right");
		CHECK_STRING(names[i], c->stack->message, "The calendar goes no further.");
		community_free(c);
	}
}

static void what_is_chosen_adds_up_and_stays(void **state)
{
	struct community *c = calendar_new("calendar");
	put(c, (struct event){.id = 9001, .name = "Wandeling", .starts_ms = now_ms + DayMs,
		.ends_ms = now_ms + DayMs + HourMs,
		.location = "Bos bij Gieten", .max_attendees = 2, .going = 2});
	put(c, (struct event){.id = 9002, .name = "Koffie", .starts_ms = now_ms + DayMs,
		.ends_ms = now_ms + DayMs + HourMs,
		.url = "https://voorbeeld.example/", .mine = ATTENDANCE_INTERESTED});
	static const struct {
		const char *name;
		struct calendar_filter chosen;
		const char *sees, *above;
	} rows[] = {
		{"everything", {0}, "1 of 12", NULL},
		{"intervision", {.intervision = true}, "1 of 10", "Only: intervision"},
		{"other", {.other = true}, "1 of 2", "Only: other meetings"},
		{"both is everything", {.intervision = true, .other = true}, "1 of 12",
			"Only: intervision, other meetings"},
		{"online", {.online = true}, "1 of 1", "Only: online"},
		{"on site", {.on_site = true}, "1 of 11", "Only: on site"},
		{"free places", {.free_places = true}, "1 of 10", "Only: free places"},
		{"mine", {.mine = true}, "1 of 2", "Only: mine"},
		{"a place", {.place = "gieten"}, "1 of 1", "Only: place: gieten"},
		{"together", {.other = true, .on_site = true, .free_places = true}, "Nothing fits.", NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		c->ctx.calendar = rows[i].chosen;
		keys(c, "Esc");
		stack_go(c->stack, &(struct target){.screen = "calendar"});
		check_seen(c, rows[i].name, rows[i].sees);
		if (rows[i].above != NULL)
			check_seen(c, rows[i].name, rows[i].above);
	}
	community_free(c);
}

static void choices_go_on_and_off_with_enter(void **state)
{
	struct community *c = calendar_new("calendar");
	keys(c, "i Down Down Enter");
	CHECK_STRING("said", c->stack->message, "Online: on.");
	assert_true(c->ctx.calendar.online);
	keys(c, "Esc i Down Down Enter Down Down Enter Esc");
	check_seen(c, "above the list that was there before", "Only: free places");
	keys(c, "i Down Down Enter Down Down Enter Esc");
	check_seen(c, "above the list", "Only: online");
	keys(c, "d");
	check_seen(c, "in the week too", "Only: online");
	keys(c, "Home Enter Down Down Enter Esc");
	assert_false(c->ctx.calendar.online);
	keys(c, "i End Up Enter U t r e c h t Enter Esc d d");
	check_seen(c, "a place", "Only: place: Utrecht");
	check_seen(c, "meetings there", "Intervisie kring 03");
	keys(c, "i End Enter Esc");
	assert_true(c->ctx.calendar.place[0] == '\0');
	community_free(c);
}

static void the_meetings_of_one_member_are_not_narrowed(void **state)
{
	struct community *c = calendar_new("start");
	c->ctx.calendar.online = true;
	stack_go(c->stack, &(struct target){.screen = "calendar", .text = "lid02"});
	check_seen(c, "all of them", "1 of 10");
	keys(c, "i");
	CHECK_STRING("said", c->stack->message, "This list shows the meetings of one member. There is nothing to"
		" choose.");
	keys(c, "d");
	check_seen(c, "in the week too", "Intervisie kring 03");
	community_free(c);
}

static void the_cursor_stays_on_its_meeting(void **state)
{
	struct community *c = calendar_new("calendar");
	keys(c, "Down Down");
	check_marked(c, "before", "Intervisie kring 04");
	put(c, (struct event){.id = 9001, .name = "Nieuw", .starts_ms = now_ms + DayMs,
		.ends_ms = now_ms + DayMs + HourMs});
	community_draw(c);
	check_marked(c, "after", "Intervisie kring 04");
	static const int sizes[][2] = {{15, 40}, {40, 120}, {24, 80}};
	for (size_t i = 0; i < COUNT(sizes); i++) {
		community_resize(c, sizes[i][0], sizes[i][1]);
		community_draw(c);
		check_marked(c, "at another size", "Intervisie kring 04");
	}
	community_free(c);
}

static void a_grid_of_the_month_needs_width(void **state)
{
	struct community *c = calendar_new("month");
	check_seen(c, "a list", "Week 10, from Monday 2 March 2026, this week");
	community_resize(c, 40, 120);
	check_seen(c, "a grid", "Week 10   Mon 2          Tue 3, today");
	community_resize(c, 15, 40);
	check_seen(c, "a list again", "Tue 3: 10:00 Intervisie kring 03");
	community_free(c);
}

static void days_are_those_of_the_member_or_of_the_meeting(void **state)
{
	static const struct {
		const char *name, *zone;
		struct event event;
		int64_t first, last;
	} rows[] = {
		{"late in the evening in Amsterdam", "Europe/Amsterdam", {.starts_ms = 1772575200000}, 0, 0},
		{"the next day in Sydney", "Australia/Sydney", {.starts_ms = 1772575200000}, 1, 1},
		{"until midnight", "Europe/Amsterdam", {.starts_ms = 1772568000000, .ends_ms = 1772578800000}, 0, 0},
		{"past midnight", "Europe/Amsterdam", {.starts_ms = 1772568000000, .ends_ms = 1772578860000}, 0, 1},
		{"a date, seen from Los Angeles", "America/Los_Angeles",
			{.starts_ms = 1772496000000, .all_day = true}, 0, 0},
		{"dates, seen from Sydney", "Australia/Sydney",
			{.starts_ms = 1772496000000, .ends_ms = 1772668800000, .all_day = true}, 0, 2},
		{"by its own clock", "Australia/Sydney",
			{.starts_ms = 1772575200000, .timezone = "Europe/Amsterdam", .show_local_time = true}, 0, 0},
		{"an end before the begin", "Europe/Amsterdam", {.starts_ms = 1772568000000, .ends_ms = 1}, 0, 0},
	};
	struct community *c = calendar_new("start");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct event e = rows[i].event;
		struct arena a = {0};
		int64_t first, last;
		e.id = 9100 + (int64_t)i;
		e.name = rows[i].name;
		put(c, e);
		const struct event_row *row = event_store_pick(c->reader,
			&(struct event_time){.id = e.id, .starts_ms = e.starts_ms}, 1, &a);
		event_store_days(row, zone_get(rows[i].zone), &first, &last);
		CHECK_INT(rows[i].name, first - ThirdOfMarch, rows[i].first);
		CHECK_INT(rows[i].name, last - ThirdOfMarch, rows[i].last);
		arena_fini(&a);
	}
	community_free(c);
}

static void several_days_stand_on_each_of_them(void **state)
{
	struct community *c = calendar_new("week");
	put(c, (struct event){.id = 9001, .name = "Buiten", .starts_ms = now_ms + DayMs,
		.ends_ms = now_ms + 3 * DayMs});
	keys(c, "Down Down");
	check_marked(c, "the middle", "Thursday 5 March 2026");
	keys(c, "Enter");
	check_seen(c, "its list", "Thursday 5 March 2026, 1 of 1");
	check_seen(c, "since when", "Wednesday 4 March 2026, 10:00 to Friday 6 March 2026, 10:00 (2 days)");
	community_free(c);
}

static void odd_times_are_shown_and_said(void **state)
{
	static const struct {
		struct event event;
		const char *keys, *sees;
	} rows[] = {
		{{.name = "Het jaar 1", .starts_ms = -62135596800000, .ends_ms = -62135593200000}, "Left End",
			"1 January 1"},
		{{.name = "Het jaar 9999", .starts_ms = 253402214400000, .ends_ms = 253402218000000}, "End",
			"December 9999"},
		{{.name = "Zonder eind", .starts_ms = 1772532000000, .timezone = "Europe/Amsterdam"}, "Home",
			"11:00 | no end given"},
		{{.name = "Achteruit", .starts_ms = 1772532000000, .ends_ms = 1772528400000,
			.timezone = "Europe/Amsterdam"}, "Home", "11:00 | the end is before the start"},
		{{.name = "Ver weg", .starts_ms = 1772532000000, .ends_ms = 1772535600000,
			.timezone = "Mars/Olympus"}, "Home", "11:00 to 12:00 (1 hour) | the time zone is not known"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct community *c = calendar_new("calendar");
		struct event e = rows[i].event;
		e.id = 9001;
		put(c, e);
		keys(c, rows[i].keys);
		check_seen(c, e.name, e.name);
		check_seen(c, e.name, rows[i].sees);
		community_free(c);
	}
}

static void a_long_series_is_a_list_like_any_other(void **state)
{
	struct community *c = calendar_new("calendar");
	struct occurrence times[400];
	for (int i = 0; i < 400; i++)
		times[i] = (struct occurrence){now_ms + i * DayMs + HourMs, now_ms + i * DayMs + 2 * HourMs};
	put(c, (struct event){.id = 9001, .name = "Elke dag", .starts_ms = times[0].starts_ms,
		.ends_ms = times[0].ends_ms,
		.recurrence = "every_day", .occurrence = times, .occurrence_count = 400, .timezone = "Europe/Amsterdam"});
	keys(c, "End");
	check_seen(c, "the last", "410 of 410");
	check_seen(c, "how often", "12:00 to 13:00 (1 hour) | every day");
	community_free(c);
}

static const struct {
	const char *name;
	int capacity, week, weight, recovery;
	const char *nl, *en;
} loads[] = {
	{"hours", CAPACITY_HOURS, 8, 1, 0, "Gepland deze week: 3 van 8 uur.", "Planned this week: 3 of 8 hours."},
	{"recovery", CAPACITY_HOURS, 8, 1, 2, "Gepland deze week: 5 van 8 uur, waarvan 2 uur herstel.",
		"Planned this week: 5 of 8 hours, of which 2 hours recovery."},
	{"twice", CAPACITY_HOURS, 8, 2, 0, "Gepland deze week: 4 uur 30 minuten van 8 uur.",
		"Planned this week: 4 hours 30 minutes of 8 hours."},
	{"meetings", CAPACITY_MEETINGS, 3, 1, 2, "Gepland deze week: 2 van 3 bijeenkomsten.",
		"Planned this week: 2 of 3 meetings."},
	{"meetings with weight", CAPACITY_MEETINGS, 1, 2, 0, "Gepland deze week: 3 van 1 bijeenkomst.",
		"Planned this week: 3 of 1 meeting."},
};

/* An intervision of 1.5 hours and a walk of the same length; what the member does not come to does not count. */
static void put_week(struct community *c)
{
	put(c, (struct event){.id = 9001, .name = "Intervisie", .starts_ms = now_ms, .ends_ms = now_ms + HourMs * 3 / 2,
		.timezone = "Europe/Amsterdam", .mine = ATTENDANCE_GOING});
	put(c, (struct event){.id = 9002, .name = "Wandeling", .starts_ms = now_ms + 5 * DayMs,
		.ends_ms = now_ms + 5 * DayMs + HourMs * 3 / 2, .timezone = "Europe/Amsterdam", .mine = ATTENDANCE_GOING});
	put(c, (struct event){.id = 9003, .name = "Misschien", .starts_ms = now_ms + DayMs,
		.ends_ms = now_ms + DayMs + HourMs,
		.timezone = "Europe/Amsterdam", .mine = ATTENDANCE_INTERESTED});
	put(c, (struct event){.id = 9004, .name = "Week erna", .starts_ms = now_ms + 6 * DayMs,
		.ends_ms = now_ms + 6 * DayMs + HourMs, .timezone = "Europe/Amsterdam", .mine = ATTENDANCE_GOING});
}

static void the_week_is_counted_beside_what_fits(void **state)
{
	struct community *c = calendar_new("start");
	put_week(c);
	for (size_t i = 0; i < COUNT(loads); i++)
		for (int english = 0; english < 2; english++) {
			struct sbuf says = {0};
			test_language(english ? "en" : "nl");
			c->config.capacity = loads[i].capacity;
			c->config.capacity_week = loads[i].week;
			c->config.weight_intervision = loads[i].weight;
			c->config.recovery_intervision = loads[i].recovery;
			struct capacity_load load = capacity_of_week(c->reader, &c->config, now_ms + 2 * DayMs, c->ctx.zone);
			capacity_says(&says, &c->config, &load);
			CHECK_STRING(loads[i].name, sbuf_str(&says), english ? loads[i].en : loads[i].nl);
			sbuf_fini(&says);
		}
	community_free(c);
}

static void capacity_is_silent_until_it_is_set(void **state)
{
	struct community *c = calendar_new("week");
	put_week(c);
	assert_null(strstr(on_screen(c), "Planned"));
	c->config.capacity = CAPACITY_HOURS;
	keys(c, "Esc");
	stack_go(c->stack, &(struct target){.screen = "week"});
	check_seen(c, "in the week", "Planned this week: 3 of 8 hours.");
	keys(c, "d");
	check_seen(c, "in the month", "Planned this week: 3 of 8 hours.");
	keys(c, "d");
	check_seen(c, "by day", "Planned this week: 3 of 8 hours.");
	community_free(c);
}

static void conflicts_are_said(void **state)
{
	static const struct {
		const char *name;
		struct event event;
		int capacity;
		const char *says;
	} rows[] = {
		{"nothing", {.starts_ms = 1772535600000, .ends_ms = 1772539200000}, CAPACITY_NONE, ""},
		{"at the same time", {.starts_ms = 1772530200000, .ends_ms = 1772535600000}, CAPACITY_NONE,
			"At the same time: Intervisie, Tuesday 3 March 2026, 10:00 to 11:30 (1 hour 30 minutes).\n"},
		{"right after it", {.starts_ms = 1772533800000, .ends_ms = 1772535600000}, CAPACITY_NONE, ""},
		{"the week", {.starts_ms = 1772535600000, .ends_ms = 1772539200000}, CAPACITY_HOURS,
			"With this meeting that week has 4 of 8 hours.\n"},
		{"the whole day", {.starts_ms = 1772496000000, .all_day = true}, CAPACITY_MEETINGS,
			"At the same time: Intervisie, Tuesday 3 March 2026, 10:00 to 11:30 (1 hour 30 minutes).\n"
			"With this meeting that week has 3 of 8 meetings.\n"},
		{"without an end", {.starts_ms = 1772526600000}, CAPACITY_NONE,
			"At the same time: Intervisie, Tuesday 3 March 2026, 10:00 to 11:30 (1 hour 30 minutes).\n"},
	};
	struct community *c = calendar_new("start");
	put_week(c);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf says = {0};
		struct event e = rows[i].event;
		e.id = 9100 + (int64_t)i;
		e.name = rows[i].name;
		e.timezone = "Europe/Amsterdam";
		put(c, e);
		c->config.capacity = rows[i].capacity;
		bool any = capacity_conflict(c->reader, &c->config, &e, now_ms - DayMs, c->ctx.zone, &says);
		CHECK_STRING(rows[i].name, sbuf_str(&says), rows[i].says);
		CHECK_INT(rows[i].name, any, rows[i].says[0] != '\0');
		sbuf_fini(&says);
	}
	community_free(c);
}

static void a_reminder_is_set_and_shown_at_the_first_screen(void **state)
{
	static const struct {
		const char *name;
		int minutes;
		int64_t before_ms;
		bool shown;
	} rows[] = {
		{"long before", 60, 2 * HourMs, false}, {"within the hour", 60, HourMs / 2, true},
		{"a day before", 1440, 23 * HourMs, true}, {"begun", 60, -1, false}, {"none", 0, HourMs / 2, false},
	};
	struct community *c = calendar_new("calendar");
	keys(c, "R Down Enter");
	CHECK_STRING("given", sbuf_str(&given), "remind 301 60\n");
	CHECK_STRING("said", c->stack->message, "You see a reminder from 1 hour before.");
	for (size_t i = 0; i < COUNT(rows); i++) {
		put(c, (struct event){.id = 9001, .name = "Wandeling", .starts_ms = now_ms + rows[i].before_ms});
		assert_true(store_begin(c->writer, NULL));
		assert_true(reminder_store_put(c->writer, 9001, rows[i].minutes, NULL));
		assert_true(store_commit(c->writer, NULL, NULL));
		CHECK_INT(rows[i].name, reminder_store_get(c->reader, 9001), rows[i].minutes);
		community_open(c, "start");
		stack_changed(c->stack, STORE_EVENTS);
		if ((strstr(on_screen(c), "Reminder: Wandeling") != NULL) != rows[i].shown)
			fail_msg("%s:\n%s", rows[i].name, on_screen(c));
	}
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_day_has_a_heading_and_the_cursor_begins_at_a_meeting),
		cmocka_unit_test(where_keys_lead),
		cmocka_unit_test(a_step_keeps_the_day_of_the_week),
		cmocka_unit_test(the_years_have_an_end),
		cmocka_unit_test(what_is_chosen_adds_up_and_stays),
		cmocka_unit_test(choices_go_on_and_off_with_enter),
		cmocka_unit_test(the_meetings_of_one_member_are_not_narrowed),
		cmocka_unit_test(the_cursor_stays_on_its_meeting),
		cmocka_unit_test(a_grid_of_the_month_needs_width),
		cmocka_unit_test(days_are_those_of_the_member_or_of_the_meeting),
		cmocka_unit_test(several_days_stand_on_each_of_them),
		cmocka_unit_test(odd_times_are_shown_and_said),
		cmocka_unit_test(a_long_series_is_a_list_like_any_other),
		cmocka_unit_test(the_week_is_counted_beside_what_fits),
		cmocka_unit_test(capacity_is_silent_until_it_is_set),
		cmocka_unit_test(conflicts_are_said),
		cmocka_unit_test(a_reminder_is_set_and_shown_at_the_first_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
