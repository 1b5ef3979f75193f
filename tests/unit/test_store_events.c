#include "store_fixture.h"

#include "category_store.h"
#include "event_store.h"
#include "post_store.h"
#include "reminder_store.h"
#include "topic_store.h"

/* What kind of meeting it is, and when. */
static const int64_t DayMs = 86400000;

static const struct {
	const char *name, *title, *tag, *place, *url;
	int64_t category_id;
	bool intervision, online, on_site;
} kinds[] = {
	{"by its category", "Eerste keer", NULL, "Utrecht", NULL, 7, true, false, true},
	{"by the category above it", "Tweede keer", NULL, "Utrecht", NULL, 8, true, false, true},
	{"by its title", "Intervisie in mei", NULL, "Utrecht", NULL, 9, true, false, true},
	{"by its tag", "Derde keer", "intervisie", "Utrecht", NULL, 9, true, false, true},
	{"online by its tag", "Koffie", "online", NULL, NULL, 9, false, true, false},
	{"online by its link", "Koffie", NULL, NULL, "https://video.example/a", 9, false, true, false},
	{"online by its place", "Koffie", NULL, "Online, met Jitsi", NULL, 9, false, true, false},
	{"a link as its place", "Koffie", NULL, "https://video.example/a", NULL, 9, false, true, false},
	{"both", "Koffie", NULL, "Utrecht", "https://video.example/a", 9, false, true, true},
	{"neither is known", "Koffie", NULL, NULL, NULL, 9, false, false, false},
};

static void put_kinds(struct fixture *f)
{
	const struct category c[] = {{.id = 7, .name = "Kringen", .slug = "intervisie"},
		{.id = 8, .parent_id = 7, .name = "Groep Noord", .slug = "noord"},
			{.id = 9, .name = "Overig", .slug = "overig"}};
	fixture_begin(f);
	assert_true(category_store_put(f->w, c, COUNT(c), &f->err));
	for (size_t i = 0; i < COUNT(kinds); i++) {
		int64_t id = (int64_t)i + 1;
		struct topic t = {.id = id, .category_id = kinds[i].category_id, .title = kinds[i].title, .bumped_ms = 1,
			.visible = true, .author = "noor", .tag = &kinds[i].tag, .tag_count = kinds[i].tag != NULL};
		struct event e = {.id = id * 100, .topic_id = id, .category_id = kinds[i].category_id,
			.topic_title = kinds[i].title, .starts_ms = id * DayMs, .ends_ms = id * DayMs + 1000,
			.location = kinds[i].place, .url = kinds[i].url, .detailed = true};
		assert_true(topic_store_put(f->w, &t, &f->err));
		assert_true(event_store_put(f->w, &e, &f->err));
	}
	fixture_commit(f);
}

static bool finds(struct fixture *f, struct event_filter filter, int64_t id)
{
	int count, i = 0;
	const int64_t *ids = event_store_ids(f->r, &filter, &count, &f->a);
	while (i < count && ids[i] != id)
		i++;
	return i < count;
}

static void the_kind_of_a_meeting_is_known_by_what_is_said_of_it(void **state)
{
	struct fixture *f = fixture_new();
	put_kinds(f);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		int64_t id = ((int64_t)i + 1) * 100;
		const struct event_row *row = event_store_pick(f->r,
			&(struct event_time){.id = id, .starts_ms = id / 100 * DayMs}, 1, &f->a);
		CHECK_INT(kinds[i].name, row->intervision, kinds[i].intervision);
		CHECK_INT(kinds[i].name, row->online, kinds[i].online);
		CHECK_INT(kinds[i].name, finds(f, (struct event_filter){.intervision = true}, id), kinds[i].intervision);
		CHECK_INT(kinds[i].name, finds(f, (struct event_filter){.other = true}, id), !kinds[i].intervision);
		CHECK_INT(kinds[i].name, finds(f, (struct event_filter){.online = true}, id), kinds[i].online);
		CHECK_INT(kinds[i].name, finds(f, (struct event_filter){.on_site = true}, id), kinds[i].on_site);
		CHECK_INT(kinds[i].name, finds(f, (struct event_filter){.on_site = true, .online = true}, id), true);
	}
	fixture_free(f);
}

/* What the calendar of the site does not know stands in the labelled list of the topic. */
static void the_list_of_the_topic_says_where_it_is_and_whether_it_goes_on(void **state)
{
	static const struct {
		const char *name, *raw, *cooked;
		bool online, on_site, cancelled;
	} rows[] = {
		{"an address", "- **Adres:** Stationsweg 1, Utrecht\n", NULL, false, true, false},
		{"in another language", "- **Where:** Station Road 1\n", NULL, false, true, false},
		{"a number to dial", "Inbelnummer: 030 123\n", NULL, true, false, false},
		{"both", "- Adres: Stationsweg 1\n- Link: https://video.example/a\n", NULL, true, true, false},
		{"nothing filled in", "- **Adres:**\n- **Link:**\n", NULL, false, false, false},
		{"only HTML", NULL, "<ul><li><strong>Adres:</strong> Stationsweg 1</li></ul>", false, true, false},
		{"it does not go on", "- **Gaat niet door:** ziek (1 maart 2026)\n- **Adres:** Stationsweg 1\n", NULL,
			false, true, true},
		{"a word in a sentence", "De vorige keer: gaat niet door.\n", NULL, false, false, false},
	};
	struct fixture *f = fixture_new();
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t id = 500 + (int64_t)i;
		struct event e = {.id = id, .topic_title = "Koffie", .starts_ms = DayMs, .detailed = true, .closed = true};
		fixture_begin(f);
		assert_true(post_store_put(f->w, &(struct post){.id = id, .topic_id = id, .post_number = 1,
			.type = POST_REGULAR,
			.user_id = 3, .username = "noor", .raw = rows[i].raw, .cooked = rows[i].cooked == NULL ? "<p>x</p>"
			: rows[i].cooked, .version = 1, .topic_title = "Koffie", .event = &e}, NULL, NULL, &f->err));
		/* The list of meetings comes by and knows nothing of it. */
		e.location = NULL;
		assert_true(event_store_put(f->w, &e, &f->err));
		fixture_commit(f);
		CHECK_INT(rows[i].name, finds(f, (struct event_filter){.online = true}, id), rows[i].online);
		CHECK_INT(rows[i].name, finds(f, (struct event_filter){.on_site = true}, id), rows[i].on_site);
		CHECK_INT(rows[i].name, event_store_get(f->r, id, &f->a)->cancelled, rows[i].cancelled);
	}
	fixture_free(f);
}

static void free_places_are_those_that_are_known(void **state)
{
	static const struct {
		const char *name;
		struct event event;
		bool free;
	} rows[] = {
		{"no limit", {.going = 9}, true},
		{"not full", {.going = 1, .max_attendees = 2}, true},
		{"full", {.going = 2, .max_attendees = 2}, false},
		{"the site says full", {.going = 1, .max_attendees = 2, .at_capacity = true}, false},
		{"closed", {.going = 1, .max_attendees = 2, .closed = true}, false},
		{"nobody says who comes", {.going = -1, .max_attendees = 2}, true},
	};
	struct fixture *f = fixture_new();
	fixture_begin(f);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct event e = rows[i].event;
		e.id = (int64_t)i + 1;
		e.topic_title = rows[i].name;
		e.starts_ms = DayMs;
		e.detailed = true;
		assert_true(event_store_put(f->w, &e, &f->err));
	}
	fixture_commit(f);
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_INT(rows[i].name, finds(f, (struct event_filter){.free_places = true}, (int64_t)i + 1), rows[i].free);
	fixture_free(f);
}

static void a_place_is_found_in_the_meeting_and_in_its_post(void **state)
{
	static const struct {
		const char *words;
		bool by_place, by_post;
	} rows[] = {{"utrecht", true, false}, {"drenthe", false, true}, {"dren", false, true},
		{"utrecht drenthe", false, false},
		{"!", false, false}, {"", true, true}};
	struct fixture *f = fixture_new();
	fixture_begin(f);
	const struct event events[] = {
		{.id = 101, .topic_id = 1, .topic_title = "Wandeling", .starts_ms = DayMs, .location = "Utrecht",
			.detailed = true},
		{.id = 201, .topic_id = 2, .topic_title = "Koffie", .starts_ms = DayMs, .detailed = true}};
	assert_true(event_store_put(f->w, &events[0], &f->err));
	assert_true(post_store_put(f->w, &(struct post){.id = 201, .topic_id = 2, .post_number = 1,
		.type = POST_REGULAR,
		.user_id = 3, .username = "noor", .cooked = "<p>Regio: Drenthe</p>", .version = 1, .topic_title = "Koffie",
		.event = &events[1]}, NULL, NULL, &f->err));
	fixture_commit(f);
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK_INT(rows[i].words, finds(f, (struct event_filter){.place = rows[i].words}, 101), rows[i].by_place);
		CHECK_INT(rows[i].words, finds(f, (struct event_filter){.place = rows[i].words}, 201), rows[i].by_post);
	}
	fixture_free(f);
}

static void a_meeting_that_is_gone_leaves_a_hole(void **state)
{
	struct fixture *f = fixture_new();
	put_kinds(f);
	const struct event_time want[] = {{.id = 300, .starts_ms = 3 * DayMs}, {.id = 999, .starts_ms = 1},
		{.id = 100, .starts_ms = DayMs}};
	const struct event_row *row = event_store_pick(f->r, want, COUNT(want), &f->a);
	CHECK_INT("first", row[0].id, 300);
	CHECK_INT("gone", row[1].id, 0);
	CHECK_INT("last", row[2].id, 100);
	CHECK_INT("at most", event_store_times(f->r, &(struct event_filter){0}, 4, &f->a).count, 4);
	fixture_free(f);
}

static void a_reminder_counts_for_each_time_of_a_series(void **state)
{
	const struct occurrence times[] = {{DayMs, DayMs + 1000}, {8 * DayMs, 8 * DayMs + 1000}};
	static const struct {
		const char *name;
		int64_t now_ms;
		int due;
	} rows[] = {
		{"long before", DayMs - 7200000, 0}, {"an hour before", DayMs - 3600000, 1}, {"when it begins", DayMs, 0},
		{"the week after", 8 * DayMs - 1000, 1}, {"over", 9 * DayMs, 0},
	};
	struct fixture *f = fixture_new();
	fixture_begin(f);
	assert_true(event_store_put(f->w, &(struct event){.id = 5, .topic_title = "Elke week", .starts_ms = DayMs,
		.ends_ms = DayMs + 1000, .recurrence = "every_week", .occurrence = times,
		.occurrence_count = COUNT(times)}, &f->err));
	assert_true(reminder_store_put(f->w, 5, 60, &f->err));
	fixture_commit(f);
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_INT(rows[i].name, reminder_store_due(f->r, rows[i].now_ms, 5, &f->a).count, rows[i].due);
	fixture_begin(f);
	assert_true(reminder_store_put(f->w, 5, 0, &f->err));
	fixture_commit(f);
	CHECK_INT("removed", reminder_store_get(f->r, 5), 0);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_kind_of_a_meeting_is_known_by_what_is_said_of_it),
		cmocka_unit_test(the_list_of_the_topic_says_where_it_is_and_whether_it_goes_on),
		cmocka_unit_test(free_places_are_those_that_are_known),
		cmocka_unit_test(a_place_is_found_in_the_meeting_and_in_its_post),
		cmocka_unit_test(a_meeting_that_is_gone_leaves_a_hole),
		cmocka_unit_test(a_reminder_counts_for_each_time_of_a_series),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
