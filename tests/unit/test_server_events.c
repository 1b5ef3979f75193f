#include "server_case.h"

#include "event_decode.h"

enum { ANNA = 1, BRAM = 2, CARLA = 3 };

/* One topic and event a row; the id of the event is that of the post. */
static void event_add(struct server_case *c, int id, const char *columns, const char *values)
{
	char text[1500];
	snprintf(text, sizeof text,
		"INSERT INTO topic (id, title, slug, category_id, user_id, last_post_user_id, created_ms, bumped_ms,"
		" last_posted_ms, updated_ms, posts_count, highest_post_number) VALUES (%d, 'Topic %d', 'topic-%d', 5,"
		" 1, 1, 1000, 1000, 1000, 1000, 1, 1);"
		"INSERT INTO post (id, topic_id, post_number, user_id, raw, cooked, created_ms, updated_ms)"
		" VALUES (%d, %d, 1, 1, 'raw', '<p>cooked words</p>', 1000, 1000);"
		"INSERT INTO event (id, topic_id, %s) VALUES (%d, %d, %s);",
		id, id, id, id + 100, id, columns, id + 100, id, values);
	case_sql(c, text);
}

static char *ms(const char *time)
{
	static char out[8][24];
	static int next;
	char *p = out[next++ % 8];
	snprintf(p, sizeof out[0], "%lld", (long long)case_time(time));
	return p;
}

static int open_case(void **state)
{
	static struct server_case c;
	case_open(&c, "2026-03-03T09:00:00Z");
	struct error err;
	assert_int_equal(case_user(&c, "anna", "Anna de Wit"), ANNA);
	assert_int_equal(case_user(&c, "bram", "Bram"), BRAM);
	assert_int_equal(case_user(&c, "carla", NULL), CARLA);
	case_sql(&c, "INSERT INTO category (id, name, slug, color, position) VALUES (5, 'Ontmoeten', 'ontmoeten',"
		" 'AABBCC', 1);"
		"INSERT INTO category (id, parent_id, name, slug, color, position) VALUES (6, 5, 'Lunch', 'lunch',"
		" 'AABBCC', 2)");
	int64_t group = 0;
	assert_true(forum_group_create(&c.forum, "gastheren", NULL, NULL, &group, &err));
	assert_true(forum_group_add(&c.forum, group, BRAM, false, 0, &err));
	*state = &c;
	return 0;
}

static int close_case(void **state)
{
	case_close(*state);
	return 0;
}

static const struct json *events(struct server_case *c, int64_t as, const char *query)
{
	char target[400];
	snprintf(target, sizeof target, "/discourse-post-event/events.json%s", query);
	const struct json *answer = case_get(c, as, target);
	if (c->status != 200)
		fail_msg("%s: %d %s", target, c->status, sbuf_str(&c->body));
	return json_get(answer, "events");
}

static void test_time_forms(void **state)
{
	struct server_case *c = *state;
	static const struct {
		const char *label, *starts, *ends, *columns, *values, *want_starts, *want_ends, *old_starts, *old_ends;
	} rows[] = {
		{"instant with a zone", "2026-03-05T18:00:00Z", "2026-03-05T20:30:00Z", "timezone", "'Europe/Amsterdam'",
			"2026-03-05T19:00:00.000+01:00", "2026-03-05T21:30:00.000+01:00", "2026-03-05T18:00:00.000Z",
			"2026-03-05T20:30:00.000Z"},
		{"summer time", "2026-07-05T18:00:00Z", "2026-07-05T20:00:00Z", "timezone", "'Europe/Amsterdam'",
			"2026-07-05T20:00:00.000+02:00", "2026-07-05T22:00:00.000+02:00", "2026-07-05T18:00:00.000Z",
			"2026-07-05T20:00:00.000Z"},
		{"no zone is UTC", "2026-03-06T18:00:00Z", "2026-03-06T19:00:00Z", "timezone", "NULL",
			"2026-03-06T18:00:00.000Z", "2026-03-06T19:00:00.000Z", "2026-03-06T18:00:00.000Z",
			"2026-03-06T19:00:00.000Z"},
		{"no end is an hour", "2026-03-07T18:00:00Z", NULL, "timezone", "'Europe/Amsterdam'",
			"2026-03-07T19:00:00.000+01:00", "2026-03-07T20:00:00.000+01:00", "2026-03-07T18:00:00.000Z", NULL},
		{"wall-clock time", "2026-03-08T18:00:00Z", "2026-03-08T19:00:00Z", "show_local_time, timezone",
			"1, 'Europe/Amsterdam'", "2026-03-08T19:00:00", "2026-03-08T20:00:00", "2026-03-08T19:00:00",
			"2026-03-08T20:00:00"},
		{"whole days", "2026-03-09T00:00:00Z", "2026-03-11T00:00:00Z", "all_day, timezone", "1, 'Europe/Amsterdam'",
			"2026-03-09", "2026-03-11", "2026-03-08T23:00:00.000Z", "2026-03-10T23:00:00.000Z"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char columns[200], values[200];
		snprintf(columns, sizeof columns, "starts_ms, ends_ms, %s", rows[i].columns);
		snprintf(values, sizeof values, "%s, %s, %s", ms(rows[i].starts), rows[i].ends ? ms(rows[i].ends) : "NULL",
			rows[i].values);
		event_add(c, (int)i + 1, columns, values);
	}
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char query[100];
		snprintf(query, sizeof query, "?post_id=%d", (int)i + 101);
		c->options.old_discourse = false;
		const struct json *event = json_first(events(c, ANNA, query));
		CHECK_STRING(rows[i].label, json_string(event, "starts_at"), rows[i].want_starts);
		CHECK_STRING(rows[i].label, json_string(event, "ends_at"), rows[i].want_ends);
		CHECK_STRING(rows[i].label, json_string(json_first(json_get(event, "occurrences")), "starts_at"),
			rows[i].want_starts);
		c->options.old_discourse = true;
		event = json_first(events(c, ANNA, query));
		CHECK_STRING(rows[i].label, json_string(event, "starts_at"), rows[i].old_starts);
		CHECK_STRING(rows[i].label, json_string(event, "ends_at"), rows[i].old_ends);
		assert_null(json_get(event, "occurrences"));
	}
}

/* Nineteen hours in Amsterdam stays nineteen hours when the clock moves on 29 March and 25 October 2026. */
static void test_series_keep_their_wall_clock(void **state)
{
	struct server_case *c = *state;
	static const struct {
		const char *recurrence, *starts, *after, *before, *want;
	} rows[] = {
		{"every_week", "2026-03-12T18:00:00Z", "2026-03-20T00:00:00Z", "2026-04-10T00:00:00Z",
			"2026-03-26T19:00:00.000+01:00,2026-04-02T19:00:00.000+02:00,2026-04-09T19:00:00.000+02:00"},
		{"every_week", "2026-10-15T17:00:00Z", "2026-10-16T00:00:00Z", "2026-11-01T00:00:00Z",
			"2026-10-22T19:00:00.000+02:00,2026-10-29T19:00:00.000+01:00"},
		{"every_day", "2026-03-27T18:00:00Z", "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z",
			"2026-03-28T19:00:00.000+01:00,2026-03-29T19:00:00.000+02:00,2026-03-30T19:00:00.000+02:00"},
		{"every_weekday", "2026-10-22T17:00:00Z", "2026-10-22T00:00:00Z", "2026-10-28T00:00:00Z",
			"2026-10-22T19:00:00.000+02:00,2026-10-23T19:00:00.000+02:00,2026-10-26T19:00:00.000+01:00,"
			"2026-10-27T19:00:00.000+01:00"},
		{"every_two_weeks", "2026-03-19T18:00:00Z", "2026-03-19T00:00:00Z", "2026-04-20T00:00:00Z",
			"2026-03-19T19:00:00.000+01:00,2026-04-02T19:00:00.000+02:00,2026-04-16T19:00:00.000+02:00"},
		{"every_four_weeks", "2026-10-01T17:00:00Z", "2026-10-01T00:00:00Z", "2026-11-30T00:00:00Z",
			"2026-10-01T19:00:00.000+02:00,2026-10-29T19:00:00.000+01:00,2026-11-26T19:00:00.000+01:00"},
		{"every_month", "2026-03-10T18:00:00Z", "2026-03-10T00:00:00Z", "2026-06-01T00:00:00Z",
			"2026-03-10T19:00:00.000+01:00,2026-04-14T19:00:00.000+02:00,2026-05-12T19:00:00.000+02:00"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char values[300], query[200];
		snprintf(values, sizeof values, "%s, %s, 'Europe/Amsterdam', '%s'", ms(rows[i].starts),
			ms(rows[i].starts), rows[i].recurrence);
		event_add(c, (int)i + 1, "starts_ms, ends_ms, timezone, recurrence", values);
		snprintf(query, sizeof query, "UPDATE event SET ends_ms = starts_ms + 7200000 WHERE id = %d", (int)i + 101);
		case_sql(c, query);
		snprintf(query, sizeof query, "?post_id=%d&after=%s&before=%s", (int)i + 101, rows[i].after,
			rows[i].before);
		const struct json *event = json_first(events(c, ANNA, query));
		CHECK_STRING(rows[i].recurrence, case_join(c, json_get(event, "occurrences"), "starts_at"), rows[i].want);
	}
	assert_non_null(strstr(json_string(json_first(events(c, ANNA, "?post_id=101")), "rrule"), "FREQ=WEEKLY"));
}

/* What a client reads is the same moment, whichever shape the answer has. */
static void test_clients_read_the_same_moments(void **state)
{
	struct server_case *c = *state;
	static const struct {
		const char *label, *starts, *columns, *values, *old_starts; /* old_starts NULL: the same */
	} rows[] = {
		{"zone", "2026-03-28T18:00:00Z", "timezone", "'Europe/Amsterdam'", NULL},
		{"after the clock moved", "2026-03-29T18:00:00Z", "timezone", "'Europe/Amsterdam'", NULL},
		{"wall clock", "2026-10-25T18:00:00Z", "timezone, show_local_time", "'Europe/Amsterdam', 1", NULL},
		{"whole day", "2026-10-25T00:00:00Z", "timezone, all_day", "'Europe/Amsterdam', 1", "2026-10-24T22:00:00Z"},
		{"weekly", "2026-03-26T18:00:00Z", "timezone, recurrence", "'Europe/Amsterdam', 'every_week'", NULL},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char columns[200], values[200];
		snprintf(columns, sizeof columns, "starts_ms, %s", rows[i].columns);
		snprintf(values, sizeof values, "%s, %s", ms(rows[i].starts), rows[i].values);
		event_add(c, (int)i + 1, columns, values);
		for (int old = 0; old <= 1; old++) {
			char target[200];
			snprintf(target, sizeof target, "/discourse-post-event/events.json?post_id=%d&include_details=true", (int)i + 101);
			c->options.old_discourse = old;
			struct event_list list;
			assert_true(event_list_decode(case_get(c, ANNA, target), &c->mem, &list));
			CHECK_INT(rows[i].label, list.count, 1);
			CHECK_INT(rows[i].label, list.event[0].starts_ms,
				case_time(old && rows[i].old_starts != NULL ? rows[i].old_starts : rows[i].starts));
			CHECK_INT(rows[i].label, list.event[0].topic_id, (int)i + 1);
			assert_true(list.event[0].detailed);
		}
	}
	c->options.old_discourse = false;
	struct event_list list;
	assert_true(event_list_decode(case_get(c, ANNA, "/discourse-post-event/events.json?post_id=105"), &c->mem,
		&list));
	CHECK_INT("a week on the wall", list.event[0].occurrence[1].starts_ms, case_time("2026-04-02T17:00:00Z"));
}

static void test_a_series_that_has_ended(void **state)
{
	struct server_case *c = *state;
	char values[300];
	snprintf(values, sizeof values, "%s, 'Europe/Amsterdam', 'every_week', %s, 'public'",
		ms("2025-10-01T17:00:00Z"), ms("2026-02-01T00:00:00Z"));
	event_add(c, 1, "starts_ms, timezone, recurrence, recurrence_until_ms, status", values);
	const struct json *event = json_first(events(c, ANNA, "?include_details=true"));
	assert_non_null(json_get(event, "starts_at"));
	assert_true(json_is_null(json_get(event, "starts_at")));
	assert_true(json_is_null(json_get(event, "ends_at")));
	assert_true(json_bool(event, "is_expired", false));
	assert_false(json_bool(event, "can_update_attendance", true));
	assert_int_equal(json_count(events(c, ANNA, "?after=2026-02-02T00:00:00Z")), 0);
}

static void filters_fill(struct server_case *c)
{
	static const struct {
		int id;
		const char *starts, *ends, *columns, *values;
	} rows[] = {
		{1, "2026-02-01T18:00:00Z", "2026-02-01T20:00:00Z", "name, status", "'Past lunch', 'public'"},
		{2, "2026-03-03T08:00:00Z", "2026-03-03T12:00:00Z", "name, status", "'Running now', 'public'"},
		{3, "2026-03-10T18:00:00Z", "2026-03-10T20:00:00Z", "name, status", "'Café kring', 'public'"},
		{4, "2026-03-12T18:00:00Z", "2026-03-12T20:00:00Z", "name, status, closed", "'Closed one', 'public', 1"},
		{5, "2026-03-14T18:00:00Z", "2026-03-14T20:00:00Z", "name, status, allowed_groups",
			"'For hosts', 'private', 'gastheren'"},
		{6, "2026-03-16T18:00:00Z", "2026-03-16T20:00:00Z", "name, status", "'Standalone', 'standalone'"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char columns[200], values[200];
		snprintf(columns, sizeof columns, "starts_ms, ends_ms, %s", rows[i].columns);
		snprintf(values, sizeof values, "%s, %s, %s", ms(rows[i].starts), ms(rows[i].ends), rows[i].values);
		event_add(c, rows[i].id, columns, values);
	}
	case_sql(c, "UPDATE topic SET category_id = 6 WHERE id = 3;"
		"INSERT INTO tag (id, name) VALUES (1, 'eten'), (2, 'zwolle');"
		"INSERT INTO topic_tag VALUES (3, 1), (3, 2), (6, 1);"
		"INSERT INTO invitee (id, event_id, user_id, status, created_ms, updated_ms) VALUES"
		" (1, 103, 2, 'going', 1, 1), (2, 103, 3, 'interested', 2, 2), (3, 105, 2, 'going', 3, 3),"
		" (4, 106, 2, 'interested', 4, 4)");
}

static void test_filters(void **state)
{
	struct server_case *c = *state;
	filters_fill(c);
	static const struct {
		const char *label;
		int as;
		const char *query, *want;
	} rows[] = {
		{"everything that is open", ANNA, "", "Past lunch,Running now,Café kring,For hosts,Standalone"},
		{"with closed ones", ANNA, "?include_closed=true",
			"Past lunch,Running now,Café kring,Closed one,For hosts,Standalone"},
		{"from now on", ANNA, "?after=2026-03-03T09:00:00Z", "Café kring,For hosts,Standalone"},
		{"the word now", ANNA, "?after=now", "Café kring,For hosts,Standalone"},
		{"with what is going on", ANNA, "?after=now&include_ongoing=true",
			"Running now,Café kring,For hosts,Standalone"},
		{"before", ANNA, "?before=2026-03-03T09:00:00Z", "Past lunch,Running now"},
		{"between", ANNA, "?after=2026-03-11T00:00:00%2B01:00&before=2026-03-15T00:00:00Z", "For hosts"},
		{"backwards", ANNA, "?order=desc&limit=2", "Standalone,For hosts"},
		{"limit", ANNA, "?limit=2", "Past lunch,Running now"},
		{"category", ANNA, "?category_id=6", "Café kring"},
		{"only the category itself", ANNA, "?category_id=5&limit=1", "Past lunch"},
		{"with subcategories", ANNA, "?category_id=5&include_subcategories=true&after=now",
			"Café kring,For hosts,Standalone"},
		{"topic", ANNA, "?topic_id=6", "Standalone"},
		{"post", ANNA, "?post_id=103", "Café kring"},
		{"who goes", BRAM, "?attending_user=BRAM", "Café kring,For hosts"},
		{"private ones of others stay private", CARLA, "?attending_user=bram", "Café kring"},
		{"my own interest", BRAM, "?attending_user=bram&include_interested=true",
			"Café kring,For hosts,Standalone"},
		{"not the interest of others", ANNA, "?attending_user=carla&include_interested=true", ""},
		{"somebody who is not there", ANNA, "?attending_user=nobody", ""},
		{"words, without accents", ANNA, "?search=cafe", "Café kring"},
		{"status", ANNA, "?status=standalone,private", "For hosts,Standalone"},
		{"one tag", ANNA, "?tags=eten", "Café kring,Standalone"},
		{"both tags", ANNA, "?tags=eten,zwolle", "Café kring"},
		{"unknown parameters", ANNA, "?topic_id=6&colour=red", "Standalone"},
		{"nobody sees what is public", 0, "?post_id=103", "Café kring"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_STRING(rows[i].label, case_join(c, events(c, rows[i].as, rows[i].query), "name"), rows[i].want);
	static const char *const wrong[] = {"?after=soon", "?before=31", "?limit=0", "?limit=many"};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		char target[100];
		snprintf(target, sizeof target, "/discourse-post-event/events.json%s", wrong[i]);
		case_get(c, ANNA, target);
		CHECK_INT(wrong[i], c->status, 400);
	}
}

/* Old sites leave out what is over and know no "after". */
static void test_old_filters(void **state)
{
	struct server_case *c = *state;
	filters_fill(c);
	c->options.old_discourse = true;
	CHECK_STRING("unfinished", case_join(c, events(c, ANNA, "?after=2026-03-11T00:00:00Z"), "name"),
		"Running now,Café kring,Closed one,For hosts,Standalone");
	CHECK_STRING("expired too", case_join(c, events(c, ANNA, "?include_expired=true&limit=1"), "name"),
		"Past lunch");
}

static void test_hidden_topics(void **state)
{
	struct server_case *c = *state;
	filters_fill(c);
	case_sql(c, "UPDATE category SET read_restricted = 1 WHERE id = 6;"
		"INSERT INTO category_group SELECT 6, id, 1 FROM groups WHERE name = 'gastheren';"
		"UPDATE topic SET deleted_ms = 5 WHERE id = 6");
	CHECK_STRING("outside the group", case_join(c, events(c, CARLA, "?after=now"), "name"), "For hosts");
	CHECK_STRING("inside", case_join(c, events(c, BRAM, "?after=now"), "name"), "Café kring,For hosts");
	case_get(c, CARLA, "/discourse-post-event/events/103.json");
	assert_int_equal(c->status, 404);
	case_get(c, CARLA, "/discourse-post-event/events/103/invitees.json");
	assert_int_equal(c->status, 404);
	case_get(c, CARLA, "/discourse-post-event/events/103.ics");
	assert_int_equal(c->status, 404);
}

static void test_details(void **state)
{
	struct server_case *c = *state;
	filters_fill(c);
	case_sql(c, "UPDATE event SET max_attendees = 1, reminders = 'notification.1.hours,bumpTopic.-2.days',"
		" location = 'Zwolle', url = 'https://example.org/', description = 'Soup & bread',"
		" attributes = '{\"chatEnabled\":\"true\",\"hosts\":\"anna\"}' WHERE id = 103");
	const struct json *event = json_get(case_get(c, BRAM, "/discourse-post-event/events/103.json"), "event");
	CHECK_INT("going", json_as_int(json_path(event, "stats.going"), -1), 1);
	CHECK_INT("interested", json_as_int(json_path(event, "stats.interested"), -1), 1);
	CHECK_INT("capacity", json_as_int(json_path(event, "stats.capacity"), -1), 1);
	CHECK_STRING("mine", json_as_string(json_path(event, "watching_invitee.status")), "going");
	assert_true(json_bool(event, "at_capacity", false));
	assert_true(json_bool(event, "chat_enabled", false));
	assert_false(json_bool(event, "livestream", true));
	assert_true(json_bool(event, "can_update_attendance", false));
	assert_false(json_bool(event, "can_act_on_discourse_post_event", true));
	assert_true(json_bool(event, "should_display_invitees", false));
	CHECK_STRING("creator", json_as_string(json_path(event, "creator.username")), "anna");
	CHECK_STRING("who", case_join(c, json_get(event, "sample_invitees"), "user.username"), "bram,carla");
	CHECK_STRING("when", case_join(c, json_get(event, "reminders"), "period"), "before,after");
	CHECK_STRING("html", json_string(event, "description_html"), "Soup &amp; bread");
	CHECK_STRING("url", json_as_string(json_path(event, "post.url")), "/t/topic-3/3/1");
	event = json_get(case_get(c, CARLA, "/discourse-post-event/events/105.json"), "event");
	assert_null(json_get(event, "stats"));
	assert_null(json_get(event, "sample_invitees"));
	assert_true(json_is_null(json_get(event, "watching_invitee")));
	assert_false(json_bool(event, "can_update_attendance", true));
	event = json_get(case_get(c, BRAM, "/discourse-post-event/events/105.json"), "event");
	assert_true(json_bool(event, "can_update_attendance", false));
	CHECK_STRING("groups", json_as_string(json_first(json_get(event, "raw_invitees"))), "gastheren");
	event = json_get(case_get(c, BRAM, "/discourse-post-event/events/106.json"), "event");
	assert_false(json_bool(event, "can_update_attendance", true));
	c->options.old_discourse = true;
	event = json_get(case_get(c, BRAM, "/discourse-post-event/events/103.json"), "event");
	assert_null(json_path(event, "stats.capacity"));
	assert_null(json_get(event, "rrule"));
	assert_null(json_get(event, "url_restates_location"));
}

static void test_invitees(void **state)
{
	struct server_case *c = *state;
	filters_fill(c);
	static const struct {
		const char *query, *want;
	} rows[] = {
		{"", "bram,carla"}, {"?type=going", "bram"}, {"?type=interested", "carla"}, {"?type=not_going", ""},
		{"?filter=AR", "carla"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char target[200];
		snprintf(target, sizeof target, "/discourse-post-event/events/103/invitees.json%s", rows[i].query);
		const struct json *list = json_get(case_get(c, ANNA, target), "invitees");
		CHECK_STRING(rows[i].query, case_join(c, list, "user.username"), rows[i].want);
	}
	case_get(c, ANNA, "/discourse-post-event/events/103/invitees.json?type=perhaps");
	assert_int_equal(c->status, 400);
	case_get(c, CARLA, "/discourse-post-event/events/105/invitees.json");
	assert_int_equal(c->status, 403);
}

static void test_calendar(void **state)
{
	struct server_case *c = *state;
	char values[400];
	snprintf(values, sizeof values, "%s, %s, 'Europe/Amsterdam', 'every_week', 'Lunch; everybody, welcome', 'Café'",
		ms("2026-03-12T11:00:00Z"), ms("2026-03-12T13:00:00Z"));
	event_add(c, 1, "starts_ms, ends_ms, timezone, recurrence, name, location", values);
	snprintf(values, sizeof values, "%s, 'Dag', 1", ms("2026-03-20T00:00:00Z"));
	event_add(c, 2, "starts_ms, name, all_day", values);
	case_get(c, ANNA, "/discourse-post-event/events.ics");
	assert_int_equal(c->status, 200);
	static const char *const wanted[] = {
		"BEGIN:VCALENDAR", "BEGIN:VTIMEZONE", "TZID:Europe/Amsterdam",
		"DTSTART;TZID=Europe/Amsterdam:20260312T120000", "DTEND;TZID=Europe/Amsterdam:20260312T140000",
		"RRULE:FREQ=WEEKLY", "SUMMARY:Lunch\\; everybody\\, welcome", "LOCATION:Café",
		"DTSTART;VALUE=DATE:20260320",
		"DTEND;VALUE=DATE:20260321", "URL:https://kring.test/t/topic-1/1", "UID:calendar_event_101@kring.test",
		"END:VCALENDAR",
	};
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		if (strstr(sbuf_str(&c->body), wanted[i]) == NULL)
			fail_msg("no \"%s\" in\n%s", wanted[i], sbuf_str(&c->body));
	case_get(c, ANNA, "/discourse-post-event/events/102.ics");
	assert_int_equal(c->status, 200);
	assert_null(strstr(sbuf_str(&c->body), "calendar_event_101"));
	assert_non_null(strstr(sbuf_str(&c->body), "calendar_event_102"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_time_forms, open_case, close_case),
		cmocka_unit_test_setup_teardown(test_series_keep_their_wall_clock, open_case, close_case),
		cmocka_unit_test_setup_teardown(test_clients_read_the_same_moments, open_case, close_case),
		cmocka_unit_test_setup_teardown(test_a_series_that_has_ended, open_case, close_case),
		cmocka_unit_test_setup_teardown(test_filters, open_case, close_case),
		cmocka_unit_test_setup_teardown(test_old_filters, open_case, close_case),
		cmocka_unit_test_setup_teardown(test_hidden_topics, open_case, close_case),
		cmocka_unit_test_setup_teardown(test_details, open_case, close_case),
		cmocka_unit_test_setup_teardown(test_invitees, open_case, close_case),
		cmocka_unit_test_setup_teardown(test_calendar, open_case, close_case),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
