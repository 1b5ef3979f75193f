#include "community.h"
#include "circle.h"

#include "file.h"
#include "catalogues.h"
#include "meeting.h"
#include "screens.h"

/* Every screen as a reader sees it, beside this file: golden/NAME-COLSxROWS-LANGUAGE.screen. After a change
 * that is meant, run this with KRING_UPDATE_GOLDEN=1 and look at the difference. */
static const char *golden_dir;

static void compare(struct community *c, const char *screen, const char *language)
{
	struct sbuf got = {0}, want = {0};
	struct error err;
	char *path = xasprintf("%s/%s-%dx%d-%s.screen", golden_dir, screen, c->canvas->cols, c->canvas->rows, language);
	canvas_dump(c->canvas, &got);
	if (getenv("KRING_UPDATE_GOLDEN") != NULL) {
		assert_true(file_write(path, got.p, got.n, &err));
	} else {
		if (!file_read(path, 100000, &want, &err))
			fail_msg("%s: %s", path, err.what);
		if (strcmp(sbuf_str(&got), sbuf_str(&want)) != 0)
			fail_msg("%s differs. Got:\n%s\nWant:\n%s", path, sbuf_str(&got), sbuf_str(&want));
	}
	free(path);
	sbuf_fini(&got);
	sbuf_fini(&want);
}

static void compare_all(int rows, int cols, const char *language)
{
	test_language(language);
	struct community *c = community_new(rows, cols);
	for (int i = 0; screens[i] != NULL; i++) {
		community_open(c, screens[i]->name);
		community_draw(c);
		compare(c, screens[i]->name, language);
	}
	community_free(c);
}

static void compare_at(struct community *c, const struct target *to, const char *name, const char *language)
{
	community_open(c, "start");
	stack_go(c->stack, to);
	community_draw(c);
	compare(c, name, language);
}

/* What is on its way, and what needs the member. */
static void compare_outbox(int rows, int cols, const char *language)
{
	static const struct {
		struct change change;
		enum change_state state;
	} items[] = {
		{{.id = 1, .kind = CHANGE_REPLY, .topic_id = 2, .number = 3, .body = "Ik kom graag.\n\nTot dan."},
			CHANGE_WAITING},
		{{.id = 2, .kind = CHANGE_REPLY, .topic_id = 3, .body = "Kort."}, CHANGE_REFUSED},
		{{.id = 3, .kind = CHANGE_TOPIC, .category_id = 1, .title = "Wie doet mee?", .body = "Begin."},
			CHANGE_DRAFT},
		{{.id = 4, .kind = CHANGE_MESSAGE, .names = "lid05", .title = "Hallo", .body = "Dag."}, CHANGE_UNSURE},
		{{.id = 5, .kind = CHANGE_LIKE, .topic_id = 2, .post_id = 202}, CHANGE_DONE},
		{{.id = 6, .kind = CHANGE_EDIT, .topic_id = 2, .post_id = 201, .body = "Anders gezegd."}, CHANGE_WAITING},
	};
	test_language(language);
	struct community *c = community_new(rows, cols);
	for (size_t i = 0; i < COUNT(items); i++)
		community_change(c, items[i].change, items[i].state);
	compare_at(c, &(struct target){.screen = "outbox"}, "outbox-filled", language);
	compare_at(c, &(struct target){.screen = "outbox_item", .id = 2}, "outbox_item-refused", language);
	compare_at(c, &(struct target){.screen = "outbox_item", .id = 1}, "outbox_item-waiting", language);
	community_open(c, "start");
	community_draw(c);
	compare(c, "start-needs-member", language);
	stack_go(c->stack, &(struct target){.screen = "topic", .id = 2, .number = 1});
	community_draw(c);
	compare(c, "topic-edit-waiting", language);
	press(c, "End");
	community_draw(c);
	compare(c, "topic-reply-waiting", language);
	community_open(c, "outbox");
	press(c, "x");
	community_draw(c);
	compare(c, "confirm-throw-away", language);
	community_free(c);
}

/* Meetings that are odd, in another zone, over several days or in a series. */
static void put_odd_events(struct community *c)
{
	enum { HourMs = 3600000 };
	const int64_t day_ms = 24LL * HourMs, first = 1772496000000; /* 2026-03-03 */
	const struct event events[] = {
		{.id = 9001, .name = "Zonder eind", .starts_ms = now_ms + 2 * HourMs},
		{.id = 9002, .name = "Eind voor begin", .starts_ms = now_ms + 3 * HourMs, .ends_ms = now_ms},
		{.id = 9003, .name = "Op Mars", .starts_ms = now_ms + 4 * HourMs, .ends_ms = now_ms + 5 * HourMs,
			.timezone = "Mars/Olympus"},
		{.id = 9004, .name = "In Londen", .starts_ms = now_ms + day_ms, .ends_ms = now_ms + day_ms + HourMs,
			.timezone = "Europe/London", .url = "https://voorbeeld.example/", .recurrence = "every_two_weeks",
			.rrule = "FREQ=WEEKLY;INTERVAL=2;UNTIL=20260630T220000Z"},
		{.id = 9005, .name = "Drie dagen buiten", .starts_ms = first + 2 * day_ms, .ends_ms = first + 4 * day_ms,
			.all_day = true, .location = "Drenthe"},
		{.id = 9006, .name = "In de nacht van de klok", .starts_ms = 1774738800000, .ends_ms = 1774756800000,
			.timezone = "Europe/Amsterdam", .mine = ATTENDANCE_GOING},
		{.id = 9007, .name = "Ver weg in de tijd", .starts_ms = 253402214400000, .ends_ms = 253402218000000},
	};
	assert_true(store_begin(c->writer, NULL));
	for (size_t i = 0; i < COUNT(events); i++) {
		struct event e = events[i];
		e.topic_title = e.name;
		e.detailed = true;
		assert_true(event_store_put(c->writer, &e, NULL));
	}
	assert_true(store_commit(c->writer, NULL, NULL));
}

static void compare_calendar(int rows, int cols, const char *language)
{
	static const char *const names[] = {"calendar", "week", "month", "calendar_filter"};
	test_language(language);
	struct community *c = community_new(rows, cols);
	for (size_t i = 0; i < COUNT(names); i++) {
		community_open(c, names[i]);
		community_draw(c);
		compare(c, names[i], language);
	}
	put_odd_events(c);
	c->config.capacity = CAPACITY_HOURS;
	c->config.recovery_meeting = 2;
	for (size_t i = 0; i < 3; i++) {
		char *name = xasprintf("%s-odd", names[i]);
		community_open(c, names[i]);
		community_draw(c);
		compare(c, name, language);
		free(name);
	}
	compare_at(c, &(struct target){.screen = "week", .id2 = 20538}, "week-planned", language);
	c->ctx.calendar = (struct calendar_filter){.intervision = true, .free_places = true, .place = "Utrecht"};
	community_open(c, "calendar");
	community_draw(c);
	compare(c, "calendar-chosen", language);
	community_free(c);
}

/* Little energy, after an absence, a letter that waits for Enter, and everything hidden. */
static void compare_calm(int rows, int cols, const char *language)
{
	test_language(language);
	struct community *c = community_new(rows, cols);
	c->ctx.last_visit_ms = now_ms - 5 * 86400000LL;
	compare_at(c, &(struct target){.screen = "absence"}, "absence-filled", language);
	c->config.confirm_letters = true;
	press(c, "s");
	community_draw(c);
	compare(c, "absence-letter", language);
	press(c, "Esc");
	press(c, "F12");
	community_draw(c);
	compare(c, "hidden", language);
	press(c, "Enter");
	community_change(c, (struct change){.id = 2, .kind = CHANGE_REPLY, .topic_id = 3, .body = "Kort."},
		CHANGE_REFUSED);
	c->config.start = START_LOW_ENERGY;
	community_open(c, "start");
	stack_changed(c->stack, STORE_ALL);
	stack_settle(c->stack);
	press(c, "Home");
	community_draw(c);
	compare(c, "start-low-energy", language);
	community_open(c, "more");
	community_draw(c);
	compare(c, "more-low-energy", language);
	community_free(c);
}

static void the_calm_choices_at_every_size(void **state)
{
	compare_calm(24, 80, "nl");
	compare_calm(24, 80, "en");
	compare_calm(15, 40, "nl");
}

static void the_calendar_at_every_size(void **state)
{
	static const struct {
		int rows, cols;
	} sizes[] = {{24, 80}, {15, 40}, {40, 120}};
	for (size_t i = 0; i < COUNT(sizes); i++) {
		compare_calendar(sizes[i].rows, sizes[i].cols, "nl");
		compare_calendar(sizes[i].rows, sizes[i].cols, "en");
	}
}

static void the_outbox_at_80x24_in_dutch(void **state)
{
	compare_outbox(24, 80, "nl");
}

static void the_outbox_at_80x24_in_english(void **state)
{
	compare_outbox(24, 80, "en");
}

static void the_outbox_at_40x15_in_dutch(void **state)
{
	compare_outbox(15, 40, "nl");
}

/* A list and a text beside each other: before anything was opened, in the text, and back in the list. */
static void compare_panels(const char *language)
{
	static const char *const lists[] = {"topics", "members", "calendar"};
	test_language(language);
	struct community *c = community_new(40, 120);
	c->config.panels = PANELS_SIDE;
	for (size_t i = 0; i < COUNT(lists); i++) {
		char *begin = xasprintf("panels-%s", lists[i]), *text = xasprintf("%s-text", begin),
			*back = xasprintf("%s-back", begin);
		community_open(c, lists[i]);
		community_draw(c);
		compare(c, begin, language);
		press(c, "Enter");
		community_draw(c);
		compare(c, text, language);
		press(c, "Esc");
		press(c, "Down");
		community_draw(c);
		compare(c, back, language);
		free(begin);
		free(text);
		free(back);
	}
	community_free(c);
}

static void two_panels_in_a_wide_window(void **state)
{
	compare_panels("nl");
	compare_panels("en");
}

static void screens_at_80x24_in_dutch(void **state)
{
	compare_all(24, 80, "nl");
}

static void screens_at_80x24_in_english(void **state)
{
	compare_all(24, 80, "en");
}

static void screens_at_60x20_in_dutch(void **state)
{
	compare_all(20, 60, "nl");
}

static void screens_at_40x15_in_dutch(void **state)
{
	compare_all(15, 40, "nl");
}

/* Meetings that say what they are, and a circle with its agreements. */
static void compare_meetings(int rows, int cols, const char *language)
{
	static const struct {
		const char *screen, *name;
		int64_t id;
		const char *const keys[3];
	} views[] = {
		{"event", "event-circle", CircleEvent, {NULL}},
		{"event", "event-circle-below", CircleEvent, {"PageDown", NULL}},
		{"event", "event-site", SiteEvent, {"PageDown", NULL}},
		{"event", "event-odd", OddEvent, {NULL}},
		{"event", "event-same-time", PlainEvent, {NULL}},
		{"sign_up", "sign_up-circle", CircleEvent, {NULL}},
		{"sign_up", "sign_up-same-time", PlainEvent, {"Down", NULL}},
		{"agreements", "agreements-circle", CircleEvent, {NULL}},
		{"agreements", "agreements-own", OwnEvent, {NULL}},
	};
	test_language(language);
	struct community *c = community_new(rows, cols);
	circle_put(c);
	circle_agree(c, "Iets anders.", now_ms - 86400000);
	assert_true(store_begin(c->writer, NULL));
	circle_put_event(c, circle_event(PlainEvent, 1, "Koffie", now_ms + 14 * 86400000LL), "Kom je ook?",
		"<p>Kom je ook?</p>");
	assert_true(store_commit(c->writer, NULL, NULL));
	for (size_t i = 0; i < COUNT(views); i++) {
		community_open(c, "start");
		stack_go(c->stack, &(struct target){.screen = views[i].screen, .id = views[i].id});
		community_draw(c);
		for (int k = 0; views[i].keys[k] != NULL; k++)
			press(c, views[i].keys[k]);
		community_draw(c);
		compare(c, views[i].name, language);
	}
	community_free(c);
}

static void meetings_at_every_size_in_both_languages(void **state)
{
	compare_meetings(24, 80, "nl");
	compare_meetings(24, 80, "en");
	compare_meetings(15, 40, "nl");
	compare_meetings(15, 40, "en");
}

static int part_named(const char *body, const char *id)
{
	struct arena a = {0};
	struct meeting_plan p;
	meeting_plan_read(body, "nl", &p, &a);
	int field = event_field_find(&p.set, id);
	assert_true(field >= 0);
	arena_fini(&a);
	return MEETING_FIELD + field;
}

/* Making a meeting, and moving one. */
static void compare_making(int rows, int cols, const char *language)
{
	static const char begun[] = "Dit is een online intervisie.\n\n[event start=\"2026-03-10"
		" 19:30\" end=\"2026-03-10 20:00\" "
		"status=\"public\" timezone=\"Europe/Amsterdam\"]\n[/event]\n\n- **Methode:** Vijfstappenmethode\n"
		"- **Stappen met minuten:** Vraag vertellen (5 minuten)\n  Vragen stellen (30 minuten)\n- **Camera:**"
		" Mag uit.";
	static const char before[] = "[event start=\"2026-04-07 19:30\" end=\"2026-04-07 21:00\" status=\"public\" "
		"timezone=\"Europe/Amsterdam\"]\n[/event]\n\nWelkom.";
	static const char after[] = "[event start=\"2026-04-14 19:30\" end=\"2026-04-14 21:00\" status=\"public\" "
		"timezone=\"Europe/Amsterdam\"]\n[/event]\n\n- **Verplaatst:** van dinsdag 7 april 2026 naar dinsdag"
		" 14 april 2026. Reden: de zaal is dicht (maandag 2 maart 2026)\n\nWelkom.";
	const struct {
		const char *screen, *name;
		int64_t id;
		int number;
		const char *key;
	} views[] = {
		{"meeting_new", "meeting_new-draft", 0, 0, NULL},
		{"meeting", "meeting-below", 1, 0, "PageDown"},
		{"meeting", "meeting-end", 1, 0, "End"},
		{"meeting_choice", "meeting_choice-method", 1, part_named(begun, "method"), NULL},
		{"meeting_part", "meeting_part-list", 1, part_named(begun, "steps"), NULL},
		{"meeting_part", "meeting_part-yes-no", 1, part_named(begun, "notes"), NULL},
		{"overview", "overview-meeting", 1, 0, NULL},
		{"meeting", "meeting-move", 2, MEETING_MOVE, NULL},
		{"overview", "overview-move", 2, 0, "End"},
	};
	test_language(language);
	struct community *c = community_new(rows, cols);
	community_change(c, (struct change){.id = 1, .kind = CHANGE_TOPIC, .category_id = 1,
		.title = "Intervisie voor trainers",
		.body = begun}, CHANGE_DRAFT);
	community_change(c, (struct change){.id = 2, .kind = CHANGE_EDIT, .topic_id = 4, .post_id = 401,
		.category_id = 1,
		.title = "Avond over samenwerken", .body = after, .original = before}, CHANGE_DRAFT);
	for (size_t i = 0; i < COUNT(views); i++) {
		community_open(c, "start");
		stack_go(c->stack, &(struct target){.screen = views[i].screen, .id = views[i].id,
			.number = views[i].number});
		community_draw(c);
		if (views[i].key != NULL)
			press(c, views[i].key);
		community_draw(c);
		compare(c, views[i].name, language);
	}
	community_free(c);
}

static void making_a_meeting_at_every_size_in_both_languages(void **state)
{
	compare_making(24, 80, "nl");
	compare_making(24, 80, "en");
	compare_making(15, 40, "nl");
	compare_making(15, 40, "en");
}

int main(int argc, char **argv)
{
	golden_dir = argc > 1 ? argv[1] : "golden";
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(screens_at_80x24_in_dutch),
		cmocka_unit_test(screens_at_80x24_in_english),
		cmocka_unit_test(screens_at_60x20_in_dutch),
		cmocka_unit_test(screens_at_40x15_in_dutch),
		cmocka_unit_test(the_calendar_at_every_size),
		cmocka_unit_test(the_calm_choices_at_every_size),
		cmocka_unit_test(meetings_at_every_size_in_both_languages),
		cmocka_unit_test(making_a_meeting_at_every_size_in_both_languages),
		cmocka_unit_test(the_outbox_at_80x24_in_dutch),
		cmocka_unit_test(the_outbox_at_80x24_in_english),
		cmocka_unit_test(the_outbox_at_40x15_in_dutch),
		cmocka_unit_test(two_panels_in_a_wide_window),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
