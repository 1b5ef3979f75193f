#include "store_fixture.h"

#include "category_store.h"
#include "event_store.h"
#include "member_store.h"
#include "notice_store.h"
#include "outbox_store.h"
#include "post_store.h"
#include "read_store.h"
#include "search_store.h"
#include "site_store.h"
#include "sync_store.h"
#include "topic_store.h"
#include "user_field_store.h"
#include "zone.h"

static struct topic topic(int64_t id, const char *title, int64_t bumped_ms)
{
	return (struct topic){.id = id,
		.category_id = 7,
		.title = title,
		.bumped_ms = bumped_ms,
		.created_ms = bumped_ms,
		.posts_count = 2,
		.highest_post_number = 2,
		.last_read_post_number = 2,
		.notification_level = -1,
		.visible = true,
		.author = "noor"};
}

static struct post post(int64_t id, int64_t topic_id, int number, const char *cooked)
{
	return (struct post){.id = id,
		.topic_id = topic_id,
		.post_number = number,
		.type = POST_REGULAR,
		.user_id = 3,
		.username = "noor",
		.cooked = cooked,
		.created_ms = 1000 * id,
		.updated_ms = 1000 * id,
		.version = 1,
		.topic_title = "From a post"};
}

static void put_topics(struct fixture *f)
{
	static const char *const tags[] = {"intervisie", "online"};
	fixture_begin(f);
	const struct category c[] = {{.id = 7, .name = "Intervisie", .slug = "intervisie", .position = 2},
		{.id = 8, .parent_id = 7, .name = "Groep Noord", .position = 9},
		{.id = 9, .name = "Kennismaken", .position = 1}};
	assert_true(category_store_put(f->w, c, 3, &f->err));
	struct topic t = topic(1, "Eerste bijeenkomst", 1000);
	assert_true(topic_store_put(f->w, &t, &f->err));
	t = topic(2, "Zoë zoekt opdracht", 3000);
	t.highest_post_number = 5;
	assert_true(topic_store_put(f->w, &t, &f->err));
	t = topic(3, "'; DROP TABLE topic; --", 2000);
	t.category_id = 8;
	t.tag = tags;
	t.tag_count = 2;
	assert_true(topic_store_put(f->w, &t, &f->err));
	t = topic(4, "Bericht", 9000);
	t.is_message = true;
	t.category_id = 0;
	assert_true(topic_store_put(f->w, &t, &f->err));
	assert_int_equal(fixture_commit(f), STORE_CATEGORIES | STORE_TOPICS | STORE_MESSAGES);
}

static void topics_are_filtered_and_found_in_their_list(void **state)
{
	static const struct {
		const char *name;
		struct topic_filter filter;
		int count;
		int64_t id[4];
	} row[] = {
		{"all", {0}, 3, {2, 3, 1}},
		{"oldest first", {.oldest_first = true}, 3, {1, 3, 2}},
		{"messages", {.messages = true}, 1, {4}},
		{"category", {.category_id = 7}, 2, {2, 1}},
		{"category and under it", {.category_id = 7, .children = true}, 3, {2, 3, 1}},
		{"unread", {.unread = true}, 1, {2}},
		{"author, any case", {.author = "NOOR"}, 3, {2, 3, 1}},
		{"tag", {.tag = "Online"}, 1, {3}},
		{"title, accents folded", {.text = "zoe opdr"}, 1, {2}},
		{"title, hostile", {.text = "\"DROP\" OR *"}, 0, {0}},
		{"title, no words", {.text = "  ?!"}, 0, {0}},
	};
	struct fixture *f = fixture_new();
	put_topics(f);
	for (size_t i = 0; i < COUNT(row); i++) {
		struct topic_rows list = topic_store_list(f->r, &row[i].filter, 0, 10, &f->a);
		CHECK_INT(row[i].name, list.count, row[i].count);
		CHECK_INT(row[i].name, topic_store_count(f->r, &row[i].filter), row[i].count);
		for (int k = 0; k < list.count; k++) {
			CHECK_INT(row[i].name, list.row[k].id, row[i].id[k]);
			CHECK_INT(row[i].name, topic_store_position(f->r, &row[i].filter, list.row[k].id), k);
		}
	}
	struct topic_rows second = topic_store_list(f->r, &row[0].filter, 1, 1, &f->a);
	CHECK_INT("window", second.row[0].id, 3);
	CHECK_STRING("tags", second.row[0].tags, "intervisie, online");
	CHECK_STRING("category", second.row[0].category, "Groep Noord");
	CHECK_INT("not in the list", topic_store_position(f->r, &row[0].filter, 4), -1);
	fixture_free(f);
}

static void a_count_follows_what_is_written(void **state)
{
	struct fixture *f = fixture_new();
	struct topic_filter all = {0};
	put_topics(f);
	CHECK_INT("three", topic_store_count(f->r, &all), 3);
	CHECK_INT("asked again", topic_store_count(f->r, &all), 3);
	struct topic t = topic(20, "Nog een", 500);
	fixture_begin(f);
	assert_true(topic_store_put(f->w, &t, &f->err));
	fixture_commit(f);
	CHECK_INT("four", topic_store_count(f->r, &all), 4);
	fixture_free(f);
}

static void categories_come_in_the_sites_order(void **state)
{
	struct fixture *f = fixture_new();
	put_topics(f);
	struct category_rows c = category_store_list(f->r, &f->a);
	assert_int_equal(c.count, 3);
	CHECK_INT("first", c.row[0].category.id, 9);
	CHECK_INT("then", c.row[1].category.id, 7);
	CHECK_INT("its child", c.row[2].category.id, 8);
	assert_true(c.row[1].unread && !c.row[2].unread);
	CHECK_INT("by name", category_store_find(f->r, "INTERVISIE"), 7);
	CHECK_INT("unknown", category_store_find(f->r, "x"), 0);
	fixture_free(f);
}

static void reading_here_takes_the_word_new_away(void **state)
{
	struct fixture *f = fixture_new();
	struct topic_filter all = {0};
	put_topics(f);
	CHECK_INT("next", topic_store_next_unread(f->r, &all, 0), 2);
	CHECK_INT("only this one", topic_store_next_unread(f->r, &all, 2), 0);
	fixture_begin(f);
	assert_true(read_store_put(f->w, 2, 5, &f->err));
	fixture_commit(f);
	CHECK_INT("read", topic_store_next_unread(f->r, &all, 0), 0);
	struct topic t = topic(2, "Zoë zoekt opdracht", 3000);
	t.highest_post_number = 6;
	fixture_begin(f);
	assert_true(topic_store_put(f->w, &t, &f->err));
	fixture_commit(f);
	CHECK_INT("new post", topic_store_next_unread(f->r, &all, 1), 2);
	fixture_begin(f);
	struct change all_read = {.id = 5, .kind = CHANGE_READ_ALL, .time_ms = 3000};
	assert_true(outbox_store_send(f->w, &all_read, &f->err));
	fixture_commit(f);
	CHECK_INT("all read", topic_store_next_unread(f->r, &all, 0), 0);
	fixture_begin(f);
	assert_true(read_store_reset(f->w, 2, 1, &f->err));
	fixture_commit(f);
	CHECK_INT("put back", topic_store_next_unread(f->r, &all, 0), 2);
	fixture_free(f);
}

static void posts_make_change_and_leave(void **state)
{
	struct fixture *f = fixture_new();
	bool isnew, changed;
	fixture_begin(f);
	struct post p = post(11, 5, 1, "<p>Hallo <b>allemaal</b>, welkom</p>");
	assert_true(post_store_put(f->w, &p, &isnew, &changed, &f->err));
	assert_true(isnew && !changed);
	p = post(12, 5, 2, "<p>Tweede</p>");
	struct poll_option option[] = {
		{.id = "a", .html = "Ja", .votes = 3, .chosen = true}, {.id = "b", .html = "Nee", .votes = -1}};
	struct poll poll = {.name = "poll", .open = true, .option = option, .option_count = 2, .voters = 3};
	p.poll = &poll;
	p.poll_count = 1;
	p.raw = "secret of somebody else";
	assert_true(post_store_put(f->w, &p, NULL, NULL, &f->err));
	fixture_commit(f);
	const struct topic_row *t = topic_store_row(f->r, 5, &f->a);
	CHECK_STRING("topic from a post", t->title, "From a post");
	CHECK_INT("posts", t->posts_count, 2);
	CHECK_STRING("author", t->author, "noor");
	struct post_rows rows = post_store_window(f->r, 5, 1, 10, &f->a);
	assert_int_equal(rows.count, 2);
	assert_int_equal(rows.row[1].post.poll_count, 1);
	CHECK_STRING("option", rows.row[1].post.poll[0].option[1].html, "Nee");
	assert_true(rows.row[1].post.poll[0].option[0].chosen);
	assert_null(rows.row[1].post.raw);
	CHECK_INT("before", post_store_window_before(f->r, 5, 2, 1, &f->a).row[0].post.post_number, 2);
	CHECK_STRING(
		"excerpt", post_store_by_member(f->r, "Noor", 1, 5, &f->a).row[0].excerpt, "Hallo allemaal, welkom");
	CHECK_INT("by member", post_store_by_member_count(f->r, "noor"), 2);

	fixture_begin(f);
	p = post(11, 5, 1, "<p>Dag iedereen</p>");
	p.version = 2;
	assert_true(post_store_put(f->w, &p, &isnew, &changed, &f->err));
	assert_true(!isnew && changed);
	assert_true(post_store_put(f->w, &p, &isnew, &changed, &f->err));
	assert_true(!isnew && !changed);
	fixture_commit(f);
	CHECK_INT("old words are gone", search_store_count(f->r, "allemaal", SEARCH_POST), 0);
	CHECK_INT("new words are there", search_store_count(f->r, "iedereen", SEARCH_POST), 1);

	fixture_begin(f);
	int64_t keep[] = {11};
	CHECK_INT("one went", post_store_keep_only(f->w, 5, keep, 1, &f->err), 1);
	fixture_commit(f);
	CHECK_INT("left", post_store_count(f->r, 5), 1);
	assert_null(post_store_get(f->r, 12, &f->a));
	fixture_begin(f);
	p.deleted = true;
	assert_true(post_store_put(f->w, &p, NULL, NULL, &f->err));
	fixture_commit(f);
	CHECK_INT("deleted", post_store_count(f->r, 5), 0);
	CHECK_INT("nothing to find", search_store_count(f->r, "iedereen", SEARCH_ALL), 0);
	fixture_free(f);
}

static void ignored_members_are_marked(void **state)
{
	static const char *const ignored[] = {"NOOR"};
	struct fixture *f = fixture_new();
	struct post p = post(11, 5, 1, "<p>Hallo</p>");
	struct session me = {.user_id = 1, .username = "sam", .ignored = ignored, .ignored_count = 1};
	fixture_begin(f);
	assert_true(post_store_put(f->w, &p, NULL, NULL, &f->err) && session_store_put(f->w, &me, &f->err));
	fixture_commit(f);
	assert_true(post_store_get(f->r, 11, &f->a)->ignored);
	CHECK_STRING("session", session_store_get(f->r, &f->a)->username, "sam");
	me.ignored_count = 0;
	fixture_begin(f);
	assert_true(session_store_put(f->w, &me, &f->err));
	fixture_commit(f);
	assert_false(post_store_get(f->r, 11, &f->a)->ignored);
	fixture_free(f);
}

static void put_members(struct fixture *f)
{
	const struct user_field field[] = {
		{.id = 1, .name = "Wat ik doe", .type = "text", .position = 1, .shown = true},
		{.id = 2, .name = "Regio", .type = "dropdown", .position = 2, .shown = true},
		{.id = 3, .name = "Open voor", .type = "multiselect", .position = 3, .shown = true},
		{.id = 4, .name = "Intern", .type = "text", .position = 4, .shown = false}};
	const struct field_value noor[] = {
		{1, "Coach, wandelend"}, {2, "Fryslân"}, {3, "intervisie, opdrachten"}, {4, "geheim"}};
	const struct field_value sam[] = {{1, "Trainer"}, {2, "Utrecht"}, {3, "intervisie"}};
	const char *const group[] = {"organisatie"};
	const struct member member[] = {{.id = 10,
										.username = "noor",
										.name = "Noor van Dam",
										.field = noor,
										.field_count = 4,
										.complete = true},
		{.id = 11,
			.username = "sam",
			.name = "Sam Özkan",
			.field = sam,
			.field_count = 3,
			.complete = true,
			.group = group,
			.group_count = 1,
			.bio_cooked = "<p>Werkt met <em>autisme</em></p>"},
		{.id = 12, .username = "anders"}};
	fixture_begin(f);
	assert_true(user_field_store_put(f->w, field, 4, &f->err));
	for (size_t i = 0; i < COUNT(member); i++)
		assert_true(member_store_put(f->w, &member[i], &f->err));
	fixture_commit(f);
}

static void members_are_filtered(void **state)
{
	static const struct {
		const char *name;
		struct member_filter filter;
		int count;
		int64_t first;
	} row[] = {
		{"all, by name", {0}, 3, 12},
		{"name", {.text = "ozk"}, 1, 11},
		{"field without its accent", {.text = "fryslan"}, 1, 10},
		{"two words", {.text = "coach noor"}, 1, 10},
		{"every word must match", {.text = "coach sam"}, 0, 0},
		{"words of the text about me", {.text = "autisme"}, 1, 11},
		{"a field that is not shown", {.text = "geheim"}, 0, 0},
		{"choice", {.field_id = 3, .value = "Intervisie"}, 2, 10},
		{"choice and text", {.field_id = 3, .value = "intervisie", .text = "utr"}, 1, 11},
		{"group", {.group = "Organisatie"}, 1, 11},
		{"hostile", {.text = "\"; NEAR( {"}, 0, 0},
	};
	struct fixture *f = fixture_new();
	put_members(f);
	for (size_t i = 0; i < COUNT(row); i++) {
		struct member_rows list = member_store_list(f->r, &row[i].filter, 0, 10, &f->a);
		CHECK_INT(row[i].name, list.count, row[i].count);
		CHECK_INT(row[i].name, member_store_count(f->r, &row[i].filter), row[i].count);
		if (list.count > 0)
			CHECK_INT(row[i].name, list.row[0].id, row[i].first);
		for (int k = 0; k < list.count; k++)
			CHECK_INT(row[i].name, member_store_position(f->r, &row[i].filter, list.row[k].id), k);
	}
	struct member_filter noor = {.text = "noor"};
	struct member_row line = member_store_list(f->r, &noor, 0, 1, &f->a).row[0];
	CHECK_STRING("what", line.what, "Coach, wandelend");
	CHECK_STRING("region", line.region, "Fryslân");
	CHECK_STRING("open for", line.open_for, "intervisie, opdrachten");
	fixture_free(f);
}

static void a_mention_does_not_empty_a_profile(void **state)
{
	struct fixture *f = fixture_new();
	put_members(f);
	struct member mention = {.id = 10, .username = "noor2", .name = "Noor van Dam"};
	fixture_begin(f);
	assert_true(member_store_put(f->w, &mention, &f->err));
	fixture_commit(f);
	const struct member *m = member_store_get(f->r, 10, &f->a);
	CHECK_STRING("new name", m->username, "noor2");
	CHECK_INT("fields", m->field_count, 4);
	CHECK_STRING("value", member_field(m, 2), "Fryslân");
	assert_non_null(member_store_by_username(f->r, "SAM", &f->a));
	fixture_free(f);
}

static void events_show_their_own_clock(void **state)
{
	struct fixture *f = fixture_new();
	const struct occurrence twice[] = {{1772544600000, 1772551800000}, {1773149400000, 1773156600000}};
	const struct invitee who[] = {
		{.id = 1, .user_id = 10, .username = "noor", .attendance = ATTENDANCE_GOING},
		{.id = 2, .user_id = 11, .username = "sam", .attendance = ATTENDANCE_INTERESTED}};
	struct event e = {.id = 50,
		.topic_id = 5,
		.name = "Intervisie online",
		.starts_ms = 1772544600000,
		.ends_ms = 1772551800000,
		.timezone = "Europe/Amsterdam",
		.recurrence = "every_week",
		.occurrence = twice,
		.occurrence_count = 2,
		.detailed = true,
		.going = 1,
		.interested = 1,
		.invitee = who,
		.invitee_count = 2,
		.mine = ATTENDANCE_GOING,
		.location = "Café Noord"};
	struct event day = {
		.id = 60, .topic_id = 6, .name = "Dag van de kring", .starts_ms = 1772755200000, .all_day = true};
	fixture_begin(f);
	assert_true(event_store_put(f->w, &e, &f->err) && event_store_put(f->w, &day, &f->err));
	assert_int_equal(fixture_commit(f), STORE_EVENTS);
	struct event_filter all = {0};
	struct event_rows rows = event_store_list(f->r, &all, 0, 10, &f->a);
	assert_int_equal(rows.count, 3);
	CHECK_STRING("half past two in winter", rows.row[0].starts_wall, "2026-03-03 14:30");
	CHECK_STRING("all day", rows.row[1].starts_wall, "2026-03-06");
	CHECK_INT("second time", rows.row[2].starts_ms, 1773149400000);
	struct event_filter still_going = {.from_ms = 1772551700000, .to_ms = 1772551900000};
	CHECK_INT("one that began earlier", event_store_count(f->r, &still_going), 1);
	struct event_filter mine = {.mine = true}, hers = {.attending = "Noor"}, cafe = {.text = "cafe"};
	CHECK_INT("mine", event_store_count(f->r, &mine), 2);
	CHECK_INT("hers", event_store_count(f->r, &hers), 2);
	CHECK_INT("by place", event_store_count(f->r, &cafe), 2);
	CHECK_INT("of a topic", event_store_by_topic(f->r, 5), 50);
	CHECK_INT("who comes", event_store_get(f->r, 50, &f->a)->invitee_count, 2);

	/* The next answer names only what is still to come, and no details. */
	struct event later = {.id = 50,
		.topic_id = 5,
		.name = "Intervisie online",
		.starts_ms = 1773149400000,
		.timezone = "Europe/Amsterdam",
		.recurrence = "every_week",
		.occurrence = &twice[1],
		.occurrence_count = 1};
	fixture_begin(f);
	assert_true(event_store_put(f->w, &later, &f->err));
	fixture_commit(f);
	const struct event *kept = event_store_get(f->r, 50, &f->a);
	CHECK_INT("what was stays", kept->occurrence_count, 2);
	CHECK_INT("details stay", kept->mine, ATTENDANCE_GOING);
	fixture_begin(f);
	assert_true(event_store_seen(f->w, 60, 5, &f->err));
	CHECK_INT("one was not seen", event_store_remove_unseen(f->w, 0, INT64_MAX, 5, &f->err), 1);
	fixture_commit(f);
	CHECK_INT("left", event_store_count(f->r, &all), 1);
	fixture_free(f);
}

static void an_all_day_event_is_on_its_date_everywhere(void **state)
{
	static const char *const zones[] = {"Europe/Amsterdam", "America/New_York", "Asia/Tokyo", "UTC"};
	enum { DayMs = 24 * 3600 * 1000 };
	const int64_t third = 1772496000000; /* 2026-03-03, as if in UTC */
	struct fixture *f = fixture_new();
	fixture_begin(f);
	for (int i = -1; i <= 1; i++) {
		struct event e = {.id = 10 + i, .topic_id = 10 + i, .name = "Dag", .all_day = true,
			.starts_ms = third + i * DayMs};
		assert_true(event_store_put(f->w, &e, &f->err));
	}
	fixture_commit(f);
	for (size_t i = 0; i < COUNT(zones); i++) {
		const struct zone *z = zone_get(zones[i]);
		int64_t noon_s = third / 1000 + 12 * 3600 - zone_offset(z, third / 1000, NULL);
		struct event_filter today = {.zone = z, .from_ms = zone_day_start(z, noon_s, 0) * 1000,
			.to_ms = zone_day_start(z, noon_s, 1) * 1000};
		struct event_rows rows = event_store_list(f->r, &today, 0, 5, &f->a);
		CHECK_INT(zones[i], rows.count, 1);
		CHECK_INT(zones[i], rows.row[0].id, 10);
	}
	fixture_free(f);
}

static void search_finds_everything_folded(void **state)
{
	static const struct {
		const char *name, *text;
		unsigned kinds;
		int count;
		enum search_kind first;
	} row[] = {
		{"member first", "Özkan", SEARCH_ALL, 2, SEARCH_MEMBER},
		{"accents folded", "OZKAN", SEARCH_ALL, 2, SEARCH_MEMBER},
		{"only posts", "ozkan", SEARCH_POST, 1, SEARCH_POST},
		{"beginning of the last word", "intervis", SEARCH_POST, 1, SEARCH_POST},
		{"not of an earlier one", "intervis ozkan", SEARCH_POST, 0, 0},
		{"topic", "bijeenkomst", SEARCH_TOPIC, 1, SEARCH_TOPIC},
		{"inside a word", "visie", SEARCH_ALL, 0, 0},
		{"not in tags", "strong", SEARCH_ALL, 0, 0},
		{"hyphen", "e-mail", SEARCH_POST, 1, SEARCH_POST},
		{"operators are words", "AND OR NOT", SEARCH_ALL, 0, 0},
		{"quotes", "\"\"\" ' ( ) * ^ :", SEARCH_ALL, 0, 0},
		{"empty", "", SEARCH_ALL, 0, 0},
	};
	struct fixture *f = fixture_new();
	put_topics(f);
	put_members(f);
	struct post p = post(
		11, 1, 1, "<p>Vraag over de <strong>inter</strong>visie van Özkan &amp; co, stuur een e-mail</p>");
	fixture_begin(f);
	assert_true(post_store_put(f->w, &p, NULL, NULL, &f->err));
	fixture_commit(f);
	for (size_t i = 0; i < COUNT(row); i++) {
		struct search_rows hits = search_store_list(f->r, row[i].text, row[i].kinds, 0, 20, &f->a);
		CHECK_INT(row[i].name, hits.count, row[i].count);
		CHECK_INT(row[i].name, search_store_count(f->r, row[i].text, row[i].kinds), row[i].count);
		if (hits.count > 0)
			CHECK_INT(row[i].name, hits.row[0].kind, row[i].first);
	}
	struct search_hit hit = search_store_list(f->r, "ozkan", SEARCH_POST, 0, 1, &f->a).row[0];
	CHECK_STRING("snippet", hit.snippet, "Vraag over de intervisie van Özkan & co, stuur een e-mail");
	CHECK_STRING("title", hit.title, "Eerste bijeenkomst");
	size_t from, to;
	assert_true(search_find(hit.snippet, "OZKAN", 0, &from, &to));
	assert_true(strncmp(hit.snippet + from, "Özkan", to - from) == 0);
	CHECK_INT(
		"second page", search_store_list(f->r, "ozkan", SEARCH_ALL, 1, 5, &f->a).row[0].kind, SEARCH_POST);
	fixture_free(f);
}

/* More of one kind than are counted do not hide the kinds after it. */
static void search_ends_each_kind_where_its_count_does(void **state)
{
	struct fixture *f = fixture_new();
	struct post p = post(11, 1, 1, "<p>Een wandeling</p>");
	fixture_begin(f);
	for (int i = 1; i <= SEARCH_RANKED + 5; i++) {
		struct topic t = {.id = i, .title = "De wandeling", .bumped_ms = i, .visible = true};
		assert_true(topic_store_put(f->w, &t, &f->err));
	}
	assert_true(post_store_put(f->w, &p, NULL, NULL, &f->err));
	fixture_commit(f);
	CHECK_INT("counted", search_store_count(f->r, "wandeling", SEARCH_ALL), SEARCH_RANKED + 1);
	struct search_rows hits = search_store_list(f->r, "wandeling", SEARCH_ALL, SEARCH_RANKED - 1, 5, &f->a);
	CHECK_INT("the last ones", hits.count, 2);
	CHECK_INT("a topic", hits.row[0].kind, SEARCH_TOPIC);
	CHECK_INT("the post", hits.row[1].kind, SEARCH_POST);
	hits = search_store_list(f->r, "wandeling", SEARCH_ALL, SEARCH_RANKED, 5, &f->a);
	CHECK_INT("only the post", hits.count, 1);
	CHECK_INT("a page of its own", hits.row[0].kind, SEARCH_POST);
	fixture_free(f);
}

static void a_topic_leaves_with_all_it_has(void **state)
{
	struct fixture *f = fixture_new();
	put_topics(f);
	struct post p = post(11, 1, 1, "<p>Hallo</p>");
	struct event e = {.id = 11, .topic_id = 1, .starts_ms = 5};
	p.event = &e;
	struct notice n = {.id = 1, .topic_id = 1, .created_ms = 5, .title = "x"};
	fixture_begin(f);
	assert_true(post_store_put(f->w, &p, NULL, NULL, &f->err) && notice_store_put(f->w, &n, &f->err));
	fixture_commit(f);
	CHECK_INT("notice", notice_store_count(f->r, true), 1);
	fixture_begin(f);
	assert_true(topic_store_remove(f->w, 1, &f->err));
	fixture_commit(f);
	assert_null(topic_store_row(f->r, 1, &f->a));
	assert_null(event_store_get(f->r, 11, &f->a));
	CHECK_INT("posts", post_store_count(f->r, 1), 0);
	CHECK_INT("words", search_store_count(f->r, "eerste", SEARCH_ALL), 0);
	CHECK_INT("notice", notice_store_count(f->r, false), 0);
	fixture_free(f);
}

static void a_message_names_people_and_groups(void **state)
{
	static const struct {
		int people, groups;
		const char *expected;
	} row[] = {{0, 0, ""}, {2, 0, "noor, piet"}, {0, 1, "moderators"}, {1, 2, "noor, moderators, gasten"}};
	static const char *people[] = {"noor", "piet"}, *groups[] = {"moderators", "gasten"};
	struct fixture *f = fixture_new();
	fixture_begin(f);
	for (size_t i = 0; i < COUNT(row); i++) {
		struct topic t = topic((int64_t)i + 1, row[i].expected, 1000);
		t.is_message = true;
		t.participant = people;
		t.participant_count = row[i].people;
		t.group = groups;
		t.group_count = row[i].groups;
		assert_true(topic_store_put(f->w, &t, &f->err));
	}
	fixture_commit(f);
	for (size_t i = 0; i < COUNT(row); i++)
		CHECK_STRING("people", topic_store_row(f->r, (int64_t)i + 1, &f->a)->people, row[i].expected);
	fixture_free(f);
}

static void the_queue_empties_by_itself(void **state)
{
	struct fixture *f = fixture_new();
	struct post p = post(11, 5, 1, "<p>Hallo</p>");
	fixture_begin(f);
	assert_true(sync_store_queue(f->w, 5, 11, p.updated_ms, &f->err));
	assert_true(sync_store_queue(f->w, 5, 12, 0, &f->err));
	assert_true(sync_store_queue(f->w, 5, 13, 0, &f->err));
	assert_true(post_store_put(f->w, &p, NULL, NULL, &f->err));
	assert_true(sync_store_queue_clean(f->w, &f->err));
	fixture_commit(f);
	int64_t id[8];
	int count;
	CHECK_INT("topic", sync_store_queued(f->w, 0, id, 8, &count), 5);
	CHECK_INT("posts", count, 2);
	CHECK_INT("first", id[0], 12);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(topics_are_filtered_and_found_in_their_list),
		cmocka_unit_test(a_count_follows_what_is_written),
		cmocka_unit_test(categories_come_in_the_sites_order),
		cmocka_unit_test(reading_here_takes_the_word_new_away),
		cmocka_unit_test(posts_make_change_and_leave),
		cmocka_unit_test(ignored_members_are_marked),
		cmocka_unit_test(members_are_filtered),
		cmocka_unit_test(a_mention_does_not_empty_a_profile),
		cmocka_unit_test(events_show_their_own_clock),
		cmocka_unit_test(an_all_day_event_is_on_its_date_everywhere),
		cmocka_unit_test(search_finds_everything_folded),
		cmocka_unit_test(search_ends_each_kind_where_its_count_does),
		cmocka_unit_test(a_topic_leaves_with_all_it_has),
		cmocka_unit_test(a_message_names_people_and_groups),
		cmocka_unit_test(the_queue_empties_by_itself),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
