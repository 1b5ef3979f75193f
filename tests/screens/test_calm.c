#include "community.h"

#include "screens.h"
#include "view.h"

/* What members choose for days with little energy, for unsteady hands and for a shared computer. */
enum { HourMs = 3600000, Refused = 5 };
static const int64_t DayMs = 24LL * HourMs;

static const char *status(const struct community *c)
{
	return c->stack->message;
}

static const char *screen_name(const struct community *c)
{
	return stack_top(c->stack)->ops->name;
}

/* Everything on the screen, a line a row; the caller frees. */
static char *whole_screen(struct community *c)
{
	struct sbuf all = {0};
	community_draw(c);
	for (int row = 0; row < c->canvas->rows; row++) {
		canvas_row_text(c->canvas, row, &all);
		sbuf_addc(&all, '\n');
	}
	return sbuf_take(&all);
}

static void check_screen(struct community *c, const char *name, const char *words, bool there)
{
	char *all = whole_screen(c);
	if ((strstr(all, words) != NULL) != there)
		fail_msg("%s: \"%s\" is %s:\n%s", name, words, there ? "missing" : "there", all);
	free(all);
}

static void follow_screen(struct community *c)
{
	stack_changed(c->stack, STORE_ALL);
	stack_settle(c->stack);
}

static void put_meeting(struct community *c, int64_t starts_ms, enum attendance mine)
{
	struct event e = {.id = 9901, .topic_id = 30, .name = "Kring van morgen", .topic_title = "Kring van morgen",
		.starts_ms = starts_ms, .ends_ms = starts_ms + HourMs, .timezone = "Europe/Amsterdam", .mine = mine,
		.detailed = true};
	assert_true(store_begin(c->writer, NULL));
	assert_true(event_store_put(c->writer, &e, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
}

static struct community *low_energy(int rows, int cols)
{
	struct community *c = community_new(rows, cols);
	c->config.start = START_LOW_ENERGY;
	follow_screen(c);
	press(c, "Home");
	return c;
}

static void little_energy_shows_at_most_three_things(void **state)
{
	struct community *c = low_energy(24, 80);
	put_meeting(c, now_ms + 20 * HourMs, ATTENDANCE_GOING);
	for (int i = 0; i < 2; i++)
		community_change(c, (struct change){.id = Refused + i, .kind = CHANGE_REPLY, .topic_id = 3 + i,
			.body = "Kort."}, CHANGE_REFUSED);
	follow_screen(c);
	press(c, "Home");
	CHECK_INT("three and the rest", stack_top(c->stack)->count, 4);
	check_screen(c, "the meeting", "You have a meeting: Kring van morgen", true);
	check_screen(c, "the message", "A message for you from lid", true);
	check_screen(c, "the outbox", "Your outbox needs you", true);
	check_screen(c, "an end", "That is all for today.", true);
	check_screen(c, "no menu", "Board", false);
	press(c, "Enter");
	CHECK_STRING("the first", screen_name(c), "event");
	press(c, "Esc");
	press(c, "Down");
	press(c, "Enter");
	CHECK_STRING("the second", screen_name(c), "topic");
	press(c, "Esc");
	press(c, "Down");
	press(c, "Enter");
	CHECK_STRING("the third", screen_name(c), "outbox_item");
	community_free(c);
}

static void only_meetings_of_today_and_tomorrow_count(void **state)
{
	static const struct {
		const char *name;
		int hours;
		enum attendance mine;
		bool there;
	} rows[] = {
		{"today", 3, ATTENDANCE_GOING, true}, {"tomorrow evening", 36, ATTENDANCE_INTERESTED, true},
		{"the day after", 40, ATTENDANCE_GOING, false}, {"of others", 3, ATTENDANCE_NONE, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct community *c = low_energy(24, 80);
		put_meeting(c, now_ms + rows[i].hours * HourMs, rows[i].mine);
		follow_screen(c);
		check_screen(c, rows[i].name, "You have a meeting", rows[i].there);
		community_free(c);
	}
}

static void everything_else_is_behind_more_options(void **state)
{
	static const char *const places[] = {"members", "board", "calendar", "messages"};
	struct community *c = low_energy(24, 80);
	for (size_t i = 0; i < COUNT(places); i++) {
		press(c, "End");
		press(c, "Enter");
		CHECK_STRING(places[i], screen_name(c), "more");
		for (size_t down = 0; down < i; down++)
			press(c, "Down");
		press(c, "Enter");
		CHECK_STRING(places[i], screen_name(c), places[i]);
		press(c, "Esc");
		press(c, "Esc");
	}
	community_free(c);
}

static void the_selection_stays_when_a_thing_is_gone(void **state)
{
	struct community *c = low_energy(24, 80);
	put_meeting(c, now_ms + 3 * HourMs, ATTENDANCE_GOING);
	follow_screen(c);
	press(c, "Home");
	press(c, "Down");
	assert_non_null(strstr(view_selected(stack_top(c->stack))->title, "A message for you"));
	put_meeting(c, now_ms + 3 * HourMs, ATTENDANCE_NOT_GOING);
	follow_screen(c);
	assert_non_null(strstr(view_selected(stack_top(c->stack))->title, "A message for you"));
	community_free(c);
}

static void after_an_absence_what_happened_has_an_end(void **state)
{
	struct community *c = community_new(24, 80);
	c->ctx.last_visit_ms = now_ms - 3 * DayMs;
	community_open(c, "absence");
	CHECK_INT("topics", stack_top(c->stack)->count, 3);
	check_screen(c, "who", "Opdrachten, written by lid02", true);
	check_screen(c, "an end", "Everything since Saturday 28 February 2026.", true);
	press(c, "Enter");
	CHECK_STRING("opens", screen_name(c), "topic");
	press(c, "Esc");
	c->ctx.last_visit_ms = now_ms - 60 * DayMs;
	community_open(c, "absence");
	CHECK_INT("a page or two", stack_top(c->stack)->count, 20);
	press(c, "End");
	check_screen(c, "the rest", "The rest is on the board.", true);
	c->ctx.last_visit_ms = now_ms;
	community_open(c, "absence");
	check_screen(c, "nothing", "Nothing happened in what you take part in.", true);
	c->ctx.last_visit_ms = now_ms + 1;
	community_open(c, "absence");
	check_screen(c, "not known", "Nothing was fetched since your last visit. Fetch with F5.", true);
	community_free(c);
}

static void a_topic_opens_at_the_first_post_not_read(void **state)
{
	struct community *c = community_new(24, 80);
	c->ctx.last_visit_ms = now_ms - 3 * DayMs;
	community_open(c, "absence");
	while (view_selected(stack_top(c->stack))->id != 3)
		press(c, "Down");
	press(c, "Enter");
	check_screen(c, "topic 3 was read up to post 1", "post 2 of 3", true);
	community_free(c);
}

static void a_letter_needs_enter_when_so_chosen(void **state)
{
	static const struct {
		const char *name, *answer;
		const char *screen, *says;
	} rows[] = {
		{"Enter", "Enter", "search", ""}, {"Esc", "Esc", "board", "Nothing was done."},
		{"another letter", "u", "board", "Nothing was done."}, {"an arrow", "Down", "board", "Nothing was done."},
	};
	struct community *c = community_new(24, 80);
	c->config.confirm_letters = true;
	for (size_t i = 0; i < COUNT(rows); i++) {
		community_open(c, "board");
		press(c, "s");
		CHECK_STRING(rows[i].name, screen_name(c), "board");
		CHECK_STRING(rows[i].name, status(c), "s: Search in everything. Press Enter to do it.");
		press(c, rows[i].answer);
		CHECK_STRING(rows[i].name, screen_name(c), rows[i].screen);
		CHECK_STRING(rows[i].name, status(c), rows[i].says);
	}
	community_open(c, "board");
	press(c, "F3");
	CHECK_STRING("no letter", screen_name(c), "search");
	press(c, "s");
	CHECK_STRING("a field takes letters", screen_filter_text(stack_top(c->stack)), "s");
	community_free(c);
}

static void the_same_key_at_once_counts_once_outside_a_text(void **state)
{
	struct community *c = community_new(24, 80);
	c->config.key_repeat_guard = 2000;
	community_open(c, "members");
	press(c, "Down");
	press(c, "Down");
	CHECK_INT("once", stack_top(c->stack)->list.cursor, 1);
	press(c, "Up");
	CHECK_INT("another key", stack_top(c->stack)->list.cursor, 0);
	c->stack->guard.last_ms -= 2000;
	press(c, "Down");
	press(c, "/");
	press(c, "l");
	press(c, "l");
	CHECK_STRING("every letter of a field", screen_filter_text(stack_top(c->stack)), "ll");
	community_open(c, "compose");
	press(c, "e");
	press(c, "e");
	char *all = whole_screen(c);
	assert_non_null(strstr(all, "ee"));
	free(all);
	community_free(c);
}

/* Over every screen there is: nothing of it stays, and Enter brings the same back. */
static void hiding_leaves_only_its_words(void **state)
{
	static const int sizes[][2] = {{24, 80}, {15, 40}, {5, 20}};
	for (size_t size = 0; size < COUNT(sizes); size++) {
		struct community *c = community_new(sizes[size][0], sizes[size][1]);
		for (int i = 0; screens[i] != NULL; i++) {
			community_open(c, screens[i]->name);
			c->stack->message[0] = '\0';
			char *before = whole_screen(c);
			press(c, "F12");
			char *hidden = whole_screen(c), *words = row_text(c, 0);
			for (int row = 2; row < c->canvas->rows; row++) {
				char *text = row_text(c, row);
				CHECK_STRING(screens[i]->name, text, "");
				free(text);
			}
			if (strncmp(words, "kring is hidden.", 16) != 0)
				fail_msg("%s: %s", screens[i]->name, hidden);
			press(c, "Esc");
			press(c, "x");
			community_resize(c, sizes[size][0], sizes[size][1]);
			assert_true(c->stack->hidden);
			press(c, "Enter");
			char *after = whole_screen(c);
			CHECK_STRING(screens[i]->name, after, before);
			free(before);
			free(hidden);
			free(words);
			free(after);
		}
		community_free(c);
	}
}

static void a_paste_does_not_show_what_is_hidden(void **state)
{
	struct community *c = community_new(24, 80);
	press(c, "F12");
	stack_key(c->stack, &(struct key){.code = KEY_PASTE_BEGIN});
	press(c, "Enter");
	assert_true(c->stack->hidden);
	stack_key(c->stack, &(struct key){.code = KEY_PASTE_END});
	press(c, "Enter");
	assert_false(c->stack->hidden);
	community_free(c);
}

static void what_is_being_written_waits_behind_it(void **state)
{
	struct community *c = community_new(24, 80);
	community_open(c, "compose");
	struct key typed[] = {{.code = KEY_TEXT, .text = "y"}};
	press(c, "F12");
	CHECK_INT("nothing is typed into it", (int)stack_typed(c->stack, typed, 1), 0);
	press(c, "Enter");
	CHECK_STRING("the same text", screen_name(c), "compose");
	check_screen(c, "the same words", "Dat past mij goed.", true);
	community_free(c);
}

static void text_mode_says_that_it_cannot_hide(void **state)
{
	struct community *c = community_new(24, 80);
	c->stack->lines = true;
	press(c, "F12");
	assert_false(c->stack->hidden);
	assert_non_null(strstr(status(c), "Text mode cannot hide"));
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(little_energy_shows_at_most_three_things),
		cmocka_unit_test(only_meetings_of_today_and_tomorrow_count),
		cmocka_unit_test(everything_else_is_behind_more_options),
		cmocka_unit_test(the_selection_stays_when_a_thing_is_gone),
		cmocka_unit_test(after_an_absence_what_happened_has_an_end),
		cmocka_unit_test(a_topic_opens_at_the_first_post_not_read),
		cmocka_unit_test(a_letter_needs_enter_when_so_chosen),
		cmocka_unit_test(the_same_key_at_once_counts_once_outside_a_text),
		cmocka_unit_test(hiding_leaves_only_its_words),
		cmocka_unit_test(a_paste_does_not_show_what_is_hidden),
		cmocka_unit_test(what_is_being_written_waits_behind_it),
		cmocka_unit_test(text_mode_says_that_it_cannot_hide),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
