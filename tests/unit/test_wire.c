#include "check.h"

#include <stdbool.h>

#include "bus_decode.h"
#include "category_decode.h"
#include "device_decode.h"
#include "draft_decode.h"
#include "event_decode.h"
#include "fault_decode.h"
#include "file.h"
#include "group_decode.h"
#include "mem.h"
#include "member_decode.h"
#include "notice_decode.h"
#include "poll_decode.h"
#include "post_decode.h"
#include "session_decode.h"
#include "site_decode.h"
#include "str.h"
#include "topic_decode.h"
#include "user_field_decode.h"
#include "utf8.h"

static struct arena arena;

static struct json *parse(const char *text)
{
	struct error err;
	struct json *j = json_parse(text, strlen(text), &err);
	if (j == NULL)
		fail_msg("not JSON: %s", text);
	return j;
}

static int reset(void **state)
{
	arena_fini(&arena);
	return 0;
}

static void topics_in_both_forms(void **state)
{
	static const char text[] = "{\"users\": [{\"id\": 7, \"username\": \"zoe\"}, {\"id\": -1, \"username\": \"system\"}],"
		"\"topic_list\": {\"per_page\": 30, \"more_topics_url\": \"/latest?page=1\", \"topics\": ["
		"{\"id\": 1, \"title\": \"Old & new\", \"tags\": [\"a\", \"b\"], \"posters\": [{\"user_id\": 7, \"description\": \"x\"}],"
		" \"category_id\": 4, \"posts_count\": 3, \"highest_post_number\": 4, \"last_read_post_number\": 2,"
		" \"bumped_at\": \"2026-03-01T10:00:00.250Z\", \"notification_level\": 3},"
		"{\"id\": 2, \"fancy_title\": \"Caf&eacute; &amp; &lsquo;x&rsquo; &#x1F600;\", \"tags\": [{\"id\": 1, \"name\": \"c\"}],"
		" \"posters\": [{\"user_id\": -1}], \"archetype\": \"private_message\", \"participants\": [{\"user_id\": 7}],"
		" \"created_at\": \"2026-02-01T10:00:00Z\"},"
		"{\"title\": \"no id\"}, 5, null, [], {\"id\": -4}, {\"id\": 1e300}]}}";
	struct topic_page page;
	struct json *j = parse(text);
	assert_true(topic_page_decode(j, &arena, &page));
	assert_int_equal(page.count, 2);
	assert_true(page.more);
	const struct topic *t = page.topic;
	CHECK_STRING("title", t[0].title, "Old & new");
	CHECK_STRING("author", t[0].author, "zoe");
	CHECK_INT("tags", t[0].tag_count, 2);
	CHECK_STRING("tag", t[0].tag[1], "b");
	CHECK_INT("bumped", t[0].bumped_ms, 1772359200250);
	assert_true(topic_has_unread(&t[0]));
	CHECK_STRING("entities", t[1].title, "Caf&eacute; & ‘x’ 😀");
	CHECK_STRING("tag object", t[1].tag[0], "c");
	CHECK_INT("people", t[1].participant_count, 2);
	CHECK_STRING("robot", t[1].author, "system");
	CHECK_INT("level unknown", t[1].notification_level, -1);
	CHECK_INT("bumped from created", t[1].bumped_ms, t[1].created_ms);
	json_free(j);
}

static void a_topic_with_its_posts(void **state)
{
	static const char text[] = "{\"id\": 9, \"title\": \"T\", \"category_id\": 3, \"message_bus_last_id\": 12,"
		"\"draft_key\": \"topic_9\", \"draft_sequence\": 4, \"details\": {\"notification_level\": 2, \"can_create_post\": true,"
		"\"created_by\": {\"username\": \"an\"}}, \"post_stream\": {\"stream\": [5, 6, -1, \"x\", 8], \"posts\": ["
		"{\"id\": 5, \"post_number\": 1, \"username\": \"an\", \"cooked\": \"<p>hi</p>\", \"raw\": \"hi\\r\\nyou\","
		" \"actions_summary\": [{\"id\": 2, \"count\": 3, \"acted\": true}], \"version\": 2, \"user_deleted\": true,"
		" \"polls\": [{\"name\": \"poll\", \"type\": \"multiple\", \"status\": \"closed\", \"results\": \"on_vote\","
		"  \"options\": [{\"id\": \"q\", \"html\": \"A\", \"votes\": 2}, {\"id\": \"w\", \"html\": \"B\"}], \"voters\": 2}],"
		" \"polls_votes\": {\"poll\": [\"w\"]}, \"event\": {\"id\": 5, \"starts_at\": \"2026-03-05T10:00:00Z\"}}]}}";
	struct topic_view v;
	struct json *j = parse(text);
	assert_true(topic_view_decode(j, &arena, &v));
	CHECK_INT("stream", v.stream_count, 3);
	CHECK_INT("last of the stream", v.stream[2], 8);
	assert_true(!v.has_stream && v.can_reply); /* half a stream would delete the posts of the other half */
	CHECK_INT("bus", v.bus_last_id, 12);
	CHECK_INT("level", v.topic.notification_level, TOPIC_TRACKING);
	CHECK_STRING("author", v.topic.author, "an");
	const struct post *p = v.post;
	CHECK_INT("topic of the post", p->topic_id, 9);
	CHECK_INT("category of the post", p->category_id, 3);
	CHECK_STRING("raw", p->raw, "hi\nyou");
	assert_true(p->liked && p->deleted);
	CHECK_INT("likes", p->like_count, 3);
	CHECK_INT("polls", p->poll_count, 1);
	assert_true(p->poll->type == POLL_MULTIPLE && !p->poll->open && p->poll->voted && p->poll->option[1].chosen);
	CHECK_INT("votes not shown", p->poll->option[1].votes, -1);
	CHECK_STRING("event's title", event_title(p->event), "T");
	CHECK_INT("event's topic", p->event->topic_id, 9);
	json_free(j);
}

static void posts_of_every_answer(void **state)
{
	static const struct {
		const char *row, *text;
		int count;
		bool ok, message;
	} rows[] = {
		{"feed", "{\"latest_posts\": [{\"id\": 3, \"topic_id\": 1, \"topic_title\": \"x\"}, {\"id\": 2}]}", 2, true, false},
		{"private feed", "{\"private_posts\": [{\"id\": 3}]}", 1, true, true},
		{"empty feed", "{\"latest_posts\": []}", 0, true, false},
		{"by ids", "{\"post_stream\": {\"posts\": [{\"id\": 3}]}, \"id\": 4}", 1, true, false},
		{"one", "{\"id\": 3, \"post_number\": 1}", 1, true, false},
		{"nested", "{\"action\": \"create_post\", \"post\": {\"id\": 3, \"post_number\": 1}}", 1, true, false},
		{"another answer", "{\"errors\": [\"no\"]}", 0, false, false},
		{"wrong type", "{\"latest_posts\": 4}", 0, false, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct post_list list;
		struct json *j = parse(rows[i].text);
		CHECK_INT(rows[i].row, post_list_decode(j, &arena, &list), rows[i].ok);
		CHECK_INT(rows[i].row, list.count, rows[i].count);
		if (list.count > 0)
			CHECK_INT(rows[i].row, list.post[0].is_message, rows[i].message);
		json_free(j);
	}
}

static void event_times_of_every_age(void **state)
{
	static const struct {
		const char *row, *fields;
		int64_t starts_s, ends_s;
		int occurrences;
	} rows[] = {
		{"UTC", "\"starts_at\": \"2026-07-01T10:00:00Z\", \"ends_at\": \"2026-07-01T12:00:00.000Z\"", 1782900000, 1782907200, 0},
		{"offset", "\"starts_at\": \"2026-07-01T12:00:00.000+02:00\"", 1782900000, 0, 0},
		{"wall clock in its zone", "\"starts_at\": \"2026-07-01T12:00:00\", \"show_local_time\": true,"
			"\"timezone\": \"Europe/Amsterdam\"", 1782900000, 0, 0},
		{"wall clock in winter", "\"starts_at\": \"2026-01-01T12:00:00\", \"timezone\": \"Europe/Amsterdam\"", 1767265200, 0, 0},
		{"wall clock, unknown zone", "\"starts_at\": \"2026-07-01T10:00:00\", \"timezone\": \"Mars/Base\"", 1782900000, 0, 0},
		{"whole day", "\"starts_at\": \"2026-07-01\", \"all_day\": true, \"timezone\": \"Europe/Amsterdam\"", 1782864000, 0, 0},
		{"a series that has ended", "\"starts_at\": null, \"recurrence\": \"every_week\"", 0, 0, 0},
		{"end before start", "\"starts_at\": \"2026-07-01T10:00:00Z\", \"ends_at\": \"2025-01-01T10:00:00Z\"", 1782900000, 0, 0},
		{"occurrences", "\"starts_at\": \"2026-07-01T10:00:00Z\", \"occurrences\": [{\"starts_at\": \"2026-07-01T10:00:00Z\"},"
			"{\"starts_at\": \"2026-07-08T10:00:00Z\", \"ends_at\": null}, {}, 4]", 1782900000, 0, 2},
		{"upcoming dates", "\"starts_at\": \"2026-07-01T10:00:00Z\", \"upcoming_dates\":"
			"[{\"starts_at\": \"2026-07-08T10:00:00Z\"}]", 1782900000, 0, 1},
		{"not a time", "\"starts_at\": \"soon\", \"ends_at\": 12", 0, 0, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char text[512];
		struct event e;
		snprintf(text, sizeof text, "{\"id\": 1, %s}", rows[i].fields);
		struct json *j = parse(text);
		assert_true(event_decode(j, &arena, &e));
		CHECK_INT(rows[i].row, e.starts_ms, rows[i].starts_s * 1000);
		CHECK_INT(rows[i].row, e.ends_ms, rows[i].ends_s * 1000);
		CHECK_INT(rows[i].row, e.occurrence_count, rows[i].occurrences);
		json_free(j);
	}
}

static void event_details(void **state)
{
	static const char text[] = "{\"events\": [{\"id\": 4, \"name\": \"Meeting\", \"category_id\": 2, \"is_private\": true,"
		"\"is_closed\": true, \"max_attendees\": 8, \"stats\": {\"going\": 3, \"interested\": 0, \"invited\": -4},"
		"\"watching_invitee\": {\"id\": 9, \"status\": \"interested\"}, \"can_update_attendance\": true,"
		"\"sample_invitees\": [{\"id\": 9, \"status\": \"going\", \"user\": {\"id\": 1, \"username\": \"jo\"}}, {\"id\": 3}],"
		"\"creator\": {\"username\": \"an\"}, \"post\": {\"topic\": {\"id\": 77, \"title\": \"T\"}}}, {\"id\": 5, \"starts_at\": 5}]}";
	struct event_list list;
	struct json *j = parse(text);
	assert_true(event_list_decode(j, &arena, &list));
	CHECK_INT("events", list.count, 2);
	const struct event *e = &list.event[0];
	assert_true(e->detailed && e->closed && e->can_sign_up && e->status == EVENT_PRIVATE);
	assert_true(e->mine == ATTENDANCE_INTERESTED && e->my_invitee_id == 9);
	CHECK_INT("topic", e->topic_id, 77);
	CHECK_INT("going", e->going, 3);
	CHECK_INT("not shown", e->not_going, -1);
	CHECK_INT("negative count", e->invited, 0);
	CHECK_INT("places", event_places_left(e), 5);
	CHECK_INT("invitees", e->invitee_count, 1);
	assert_true(!list.event[1].detailed && list.event[1].going == -1);
	json_free(j);
}

static void members_of_every_answer(void **state)
{
	static const struct {
		const char *row, *text;
		int count, total;
		bool more, complete;
	} rows[] = {
		{"directory, reader twice", "{\"directory_items\": [{\"id\": 2, \"user\": {\"id\": 2, \"username\": \"b\"}},"
			"{\"id\": 1, \"user\": {\"id\": 1, \"username\": \"a\", \"user_fields\": {\"3\": {\"value\": [\"x\"]}}}},"
			"{\"id\": 2, \"user\": {\"id\": 2, \"username\": \"b\"}}], \"meta\": {\"total_rows_directory_items\": 120,"
			"\"load_more_directory_items\": \"/directory_items?page=1\"}}", 2, 120, false, false},
		{"group", "{\"members\": [{\"id\": 1, \"username\": \"a\"}], \"owners\": [], \"meta\": {\"total\": 3, \"limit\": 1,"
			"\"offset\": 0}}", 1, 3, true, false},
		{"end of a group", "{\"members\": [{\"id\": 1, \"username\": \"a\"}], \"meta\": {\"total\": 3, \"limit\": 1,"
			"\"offset\": 2}}", 1, 3, false, false},
		{"cards", "{\"users\": [{\"id\": 1, \"username\": \"a\", \"user_fields\": {}}]}", 1, -1, false, true},
		{"beside a list", "{\"users\": [{\"id\": 1, \"username\": \"a\"}], \"topic_list\": {}}", 1, -1, false, false},
		{"odd rows", "{\"users\": [1, null, {\"id\": \"x\", \"username\": \"a\"}, {\"id\": 4, \"username\": {}}]}", 0, -1, false, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct member_page page;
		struct json *j = parse(rows[i].text);
		assert_true(member_page_decode(j, &arena, &page));
		CHECK_INT(rows[i].row, page.count, rows[i].count);
		CHECK_INT(rows[i].row, page.total, rows[i].total);
		CHECK_INT(rows[i].row, page.more, rows[i].more);
		if (page.count > 0)
			CHECK_INT(rows[i].row, page.member[0].complete, rows[i].complete);
		json_free(j);
	}
}

static void the_directory_ends(void **state)
{
	static const struct {
		const char *row;
		int rows, next, total;
		bool more;
	} rows[] = {
		{"first of three", 50, 1, 120, true}, {"the reader extra", 51, 1, 120, true}, {"last full page", 50, 2, 100, false},
		{"short page", 20, 3, 120, false}, {"empty page", 0, 4, 120, false}, {"total beyond sense", 50, 1, 2000000000, true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf text = {0};
		struct member_page page;
		sbuf_add(&text, "{\"directory_items\": [");
		for (int k = 0; k < rows[i].rows; k++)
			sbuf_addf(&text, "%s{\"user\": {\"id\": %d, \"username\": \"u%d\"}}", k > 0 ? "," : "", k + 1, k);
		sbuf_addf(&text, "], \"meta\": {\"total_rows_directory_items\": %d, \"load_more_directory_items\":"
			"\"/directory_items?order=username&page=%d\"}}", rows[i].total, rows[i].next);
		struct json *j = parse(sbuf_str(&text));
		assert_true(member_page_decode(j, &arena, &page));
		CHECK_INT(rows[i].row, page.more, rows[i].more);
		json_free(j);
		sbuf_fini(&text);
	}
}

static void a_profile_and_its_fields(void **state)
{
	static const char text[] = "{\"user\": {\"id\": 5, \"username\": \"jo\", \"name\": \"Jo \\u001b]0;x\\u0007\\u202e\","
		"\"bio_cooked\": \"<p>a</p>\", \"location\": \"\", \"status\": {\"description\": \"away\"}, \"trust_level\": 99,"
		"\"groups\": [{\"id\": 1, \"name\": \"g\"}], \"user_fields\": {\"1\": \"line\\nline\", \"2\": [\"a\", \"b\", 3], \"3\": \"\","
		"\"x\": \"y\", \"4\": 12, \"-1\": \"no\"}}}";
	struct member m;
	struct json *j = parse(text);
	assert_true(member_profile_decode(j, &arena, &m));
	assert_true(m.complete);
	assert_true(strchr(m.name, 27) == NULL && strstr(m.name, "\u202e") == NULL);
	assert_null(m.location);
	CHECK_STRING("status", m.status, "away");
	CHECK_INT("trust", m.trust_level, 4);
	CHECK_INT("fields", m.field_count, 3);
	CHECK_STRING("lines", member_field(&m, 1), "line\nline");
	CHECK_STRING("choices", member_field(&m, 2), "a, b");
	CHECK_STRING("number", member_field(&m, 4), "12");
	CHECK_STRING("group", m.group[0], "g");
	json_free(j);
}

static void site_and_settings(void **state)
{
	static const struct {
		const char *row, *text;
		bool events;
	} rows[] = {
		{"old names", "{\"calendar_enabled\": true, \"discourse_post_event_enabled\": true}", true},
		{"new names", "{\"discourse_events_enabled\": true, \"discourse_post_event_enabled\": true}", true},
		{"second switch off", "{\"discourse_events_enabled\": true, \"discourse_post_event_enabled\": false}", false},
		{"not there", "{\"min_post_length\": 5}", false},
	};
	struct site s;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct json *j = parse(rows[i].text);
		site_defaults(&s);
		assert_true(site_decode_settings(j, &arena, &s));
		CHECK_INT(rows[i].row, s.events, rows[i].events);
		CHECK_INT(rows[i].row, s.max_post_length, 32000);
		json_free(j);
	}
	struct json *j = parse("{\"categories\": [{\"id\": 1, \"name\": \"A\", \"permission\": 1, \"color\": \"0088CC\","
		"\"subcategory_list\": [{\"id\": 2, \"name\": \"B\", \"parent_category_id\": 1, \"color\": \"red\"}]},"
		"{\"id\": 2, \"name\": \"B\"}], \"top_tags\": [{\"name\": \"x\"}], \"user_fields\": [{\"id\": 2, \"name\": \"Region\","
		"\"field_type\": \"dropdown\", \"options\": [\"Noord\", \"Zuid\"], \"position\": 2, \"requirement\": \"for_all_users\"},"
		"{\"id\": 1, \"name\": \"Work\", \"required\": false, \"position\": 1}], \"groups\": [{\"id\": 1, \"name\": \"g\"}]}");
	struct category_list categories;
	struct user_field_list fields;
	struct group_list groups;
	assert_true(site_decode_site(j, &arena, &s) && s.tags_are_objects);
	assert_true(category_list_decode(j, &arena, &categories));
	CHECK_INT("categories", categories.count, 2);
	CHECK_STRING("color", categories.category[0].color, "0088CC");
	assert_null(categories.category[1].color);
	assert_true(user_field_list_decode(j, &arena, &fields));
	CHECK_STRING("by position", fields.field[0].name, "Work");
	assert_true(fields.field[1].required && !fields.field[0].required);
	CHECK_INT("options", fields.field[1].option_count, 2);
	assert_true(group_list_decode(j, &arena, &groups) && groups.count == 1);
	json_free(j);
}

static void bus_answers(void **state)
{
	static const char text[] = "[{\"global_id\": 9, \"message_id\": 4, \"channel\": \"/topic/12\", \"data\": {\"type\": \"revised\","
		"\"id\": 55, \"post_number\": 2, \"version\": 3, \"updated_at\": \"2026-03-01T10:00:00Z\"}},"
		"{\"channel\": \"/latest\", \"message_id\": 8, \"data\": {\"topic_id\": 12, \"message_type\": \"latest\","
		"\"payload\": {\"highest_post_number\": 7}}}, {\"channel\": \"/notification/3\", \"data\": {\"unread_notifications\": 2}},"
		"{\"channel\": \"/__status\", \"data\": {\"/new\": 5, \"/topic/4\": 0, \"bad\": \"x\"}}, {\"data\": 1}, 7, \"x\"]";
	struct bus_answer b;
	struct json *j = parse(text);
	assert_true(bus_answer_decode(j, &arena, &b));
	CHECK_INT("messages", b.message_count, 3);
	CHECK_INT("topic by channel", b.message[0].topic_id, 12);
	CHECK_STRING("type", b.message[0].type, "revised");
	CHECK_INT("version", b.message[0].version, 3);
	CHECK_STRING("other name of the type", b.message[1].type, "latest");
	CHECK_INT("highest", b.message[1].highest, 7);
	CHECK_INT("unread", b.message[2].unread, 2);
	CHECK_INT("positions", b.position_count, 2);
	CHECK_STRING("channel", b.position[0].channel, "/new");
	CHECK_INT("position", b.position[0].id, 5);
	json_free(j);
}

static void faults(void **state)
{
	static const struct {
		const char *row, *text, *words;
		bool fault, factor;
		long wait;
	} rows[] = {
		{"errors", "{\"errors\": [\"Too short.\", \"No title.\"], \"error_type\": \"record_invalid\"}", "Too short. No title.", true},
		{"limit", "{\"errors\": [\"Slow\"], \"error_type\": \"rate_limit\", \"extras\": {\"wait_seconds\": 14}}", "Slow", true, false, 14},
		{"failed", "{\"failed\": \"FAILED\", \"message\": \"No\"}", "No", true},
		{"failed without words", "{\"failed\": \"FAILED\"}", NULL, true},
		{"wrong password", "{\"error\": \"Wrong\"}", "Wrong", true},
		{"by field", "{\"errors\": {\"title\": [\"is short\"]}}", "is short", true},
		{"second factor", "{\"failed\": \"FAILED\", \"error\": \"Code\", \"reason\": \"invalid_second_factor\", \"totp_enabled\": true}",
			"Code", true, true},
		{"csrf", "[\"BAD CSRF\"]", "BAD CSRF", true},
		{"escape", "{\"errors\": [\"a\\u001b[2Jb\"]}", "a[2Jb", true},
		{"good", "{\"success\": \"OK\"}", NULL, false},
		{"no errors", "{\"errors\": []}", NULL, false},
		{"a bus answer", "[{\"channel\": \"/x\"}]", NULL, false},
		{"negative wait", "{\"errors\": [\"x\"], \"extras\": {\"wait_seconds\": -5}}", "x", true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fault f;
		struct json *j = parse(rows[i].text);
		CHECK_INT(rows[i].row, fault_decode(j, &arena, &f), rows[i].fault);
		CHECK_STRING(rows[i].row, rows[i].fault ? f.words : NULL, rows[i].words);
		CHECK_INT(rows[i].row, f.second_factor, rows[i].factor);
		CHECK_INT(rows[i].row, f.wait_seconds, rows[i].wait);
		json_free(j);
	}
}

static void notices_drafts_and_devices(void **state)
{
	struct notice_page notices;
	struct json *j = parse("{\"notifications\": [{\"id\": 1, \"notification_type\": 2, \"fancy_title\": \"A &amp; B\","
		"\"data\": {\"display_username\": \"jo\"}}, {\"id\": 2, \"notification_type\": 27, \"data\": {\"event_name\": \"M\","
		"\"topic_title\": \"T\"}}, {\"id\": 3}], \"seen_notification_id\": 2}");
	assert_true(notice_page_decode(j, &arena, &notices));
	CHECK_INT("notices", notices.count, 2);
	CHECK_STRING("title", notices.notice[0].title, "A & B");
	CHECK_STRING("detail", notices.notice[1].detail, "M");
	json_free(j);

	struct draft_list drafts;
	j = parse("{\"drafts\": [{\"draft_key\": \"topic_3\", \"sequence\": 4, \"data\": \"{\\\"reply\\\":\\\"a\\\\nb\\\"}\"},"
		"{\"draft_key\": \"new_topic\", \"data\": \"{broken\"}]}");
	assert_true(draft_list_decode(j, &arena, &drafts));
	CHECK_INT("drafts", drafts.count, 2);
	CHECK_STRING("text", drafts.draft[0].text, "a\nb");
	assert_null(drafts.draft[1].text);
	json_free(j);

	struct device_start start;
	j = parse("{\"device_code\": \"abc\", \"user_code\": \"ABCD-EFGH\", \"verification_uri\": \"https://x/a\", \"interval\": -5,"
		"\"expires_in\": 1e12}");
	assert_true(device_start_decode(j, &arena, &start));
	CHECK_INT("interval", start.interval_s, 1);
	CHECK_INT("expires", start.expires_in_s, 3600);
	json_free(j);

	struct device_poll poll;
	j = parse("{\"status\": \"authorized\"}");
	assert_false(device_poll_decode(j, &arena, &poll));
	json_free(j);
}

static void who_is_logged_in(void **state)
{
	struct session s;
	struct json *j = parse("{\"current_user\": {\"id\": 3, \"username\": \"jo\", \"ignored_users\": [\"x\", 4],"
		"\"user_option\": {\"timezone\": \"Europe/Brussels\"}, \"can_create_discourse_post_event\": true}}");
	assert_true(session_decode(j, &arena, &s));
	CHECK_STRING("zone", s.timezone, "Europe/Brussels");
	CHECK_INT("ignored", s.ignored_count, 1);
	assert_true(s.can_create_event);
	json_free(j);
	j = parse("{\"current_user\": null}");
	assert_false(session_decode(j, &arena, &s));
	json_free(j);
}

static bool every_decoder(const struct json *j, struct arena *a);

/* Values of a wrong type, of every size and depth, in the place of every value of a good answer. */
static void wrong_types_are_harmless(void **state)
{
	static const char *const odd[] = {"null", "true", "-1", "1e999", "-9223372036854775809", "\"\"", "\"x\"", "[]", "{}",
		"[[[[]]]]", "{\"id\": {\"id\": []}}", "[null, 1, \"a\", {\"id\": 1}]", "\"\\u0000\\u202e\""};
	static const char *const names[] = {"users", "topic_list", "topics", "id", "posters", "tags", "details", "post_stream",
		"posts", "stream", "polls", "polls_votes", "options", "event", "events", "occurrences", "stats", "post", "topic",
		"watching_invitee", "sample_invitees", "user", "user_fields", "directory_items", "meta", "groups", "notifications", "data",
		"drafts", "errors", "extras", "failed", "categories", "subcategory_list", "site", "current_user", "user_option",
		"channel", "invitees", "voters", "latest_posts", "members", "category", "group", "title", "username"};
	for (size_t i = 0; i < COUNT(names); i++)
		for (size_t k = 0; k < COUNT(odd); k++) {
			char text[512];
			snprintf(text, sizeof text, "{\"id\": 1, \"username\": \"a\", \"title\": \"t\", \"name\": \"n\","
				"\"post_number\": 1, \"%s\": %s, \"topic_list\": {\"topics\": [{\"id\": 1, \"%s\": %s}]},"
				"\"post_stream\": {\"posts\": [{\"id\": 1, \"%s\": %s}]}}",
				names[i], odd[k], names[i], odd[k], names[i], odd[k]);
			struct json *j = parse(text);
			every_decoder(j, &arena);
			json_free(j);
			arena_reset(&arena);
		}
}

static void too_much_is_cut(void **state)
{
	struct sbuf text = {0};
	sbuf_add(&text, "{\"id\": 1, \"title\": \"");
	sbuf_repeat(&text, 'x', 100000);
	sbuf_add(&text, "\", \"tags\": [");
	for (int i = 0; i < 10000; i++)
		sbuf_addf(&text, "%s\"t%d\"", i > 0 ? "," : "", i);
	sbuf_add(&text, "]}");
	struct topic t;
	struct json *j = parse(sbuf_str(&text));
	assert_true(topic_decode(j, NULL, &arena, &t));
	CHECK_INT("title", strlen(t.title), WIRE_TITLE);
	CHECK_INT("tags", t.tag_count, WIRE_FEW);
	json_free(j);
	sbuf_fini(&text);
}

/* Runs every decoder over one answer; true when one of them found something. */
static bool every_decoder(const struct json *j, struct arena *a)
{
	struct site site;
	struct session session;
	struct category_list categories;
	struct topic_page topics;
	struct topic_view view;
	struct post_list posts;
	struct event_list events;
	struct invitee_list invitees;
	struct member_page members;
	struct member member;
	struct user_field_list fields;
	struct group_list groups;
	struct notice_page notices;
	struct draft_list drafts;
	struct bus_answer bus;
	struct fault fault;
	struct device_start start;
	struct device_poll poll;
	struct key_payload payload;
	bool found = false;
	site_defaults(&site);
	site_decode_basic_info(j, a, &site);
	found |= site_decode_site(j, a, &site);
	site_decode_settings(j, a, &site);
	found |= session_decode(j, a, &session);
	found |= category_list_decode(j, a, &categories) && categories.count > 0;
	found |= topic_page_decode(j, a, &topics) && topics.count > 0;
	found |= topic_view_decode(j, a, &view) && view.post_count > 0;
	found |= post_list_decode(j, a, &posts) && posts.count > 0;
	found |= event_list_decode(j, a, &events) && events.count > 0;
	found |= invitee_list_decode(j, a, &invitees) && invitees.count > 0;
	found |= member_page_decode(j, a, &members) && members.count > 0;
	found |= member_profile_decode(j, a, &member);
	found |= user_field_list_decode(j, a, &fields) && fields.count > 0;
	found |= group_list_decode(j, a, &groups) && groups.count > 0;
	found |= notice_page_decode(j, a, &notices) && notices.count > 0;
	found |= draft_list_decode(j, a, &drafts) && drafts.count > 0;
	found |= bus_answer_decode(j, a, &bus) && bus.message_count > 0;
	fault_decode(j, a, &fault);
	device_start_decode(j, a, &start);
	device_poll_decode(j, a, &poll);
	key_payload_decode(j, a, &payload);
	return found;
}

/* What each recorded answer must give: at least so many rows. */
typedef int (*count_rows)(const struct json *j);

static int count_topics(const struct json *j)
{
	struct topic_page p;
	if (!topic_page_decode(j, &arena, &p))
		return -1;
	for (int i = 0; i < p.count; i++)
		assert_true(p.topic[i].title != NULL && p.topic[i].bumped_ms > 0);
	return p.count;
}

static int count_view(const struct json *j)
{
	struct topic_view v;
	if (!topic_view_decode(j, &arena, &v))
		return -1;
	assert_non_null(v.topic.title);
	for (int i = 0; i < v.post_count; i++)
		assert_true(v.post[i].cooked != NULL && v.post[i].username != NULL && v.post[i].created_ms > 0 &&
			v.post[i].topic_id > 0);
	return v.post_count;
}

static int count_posts(const struct json *j)
{
	struct post_list l;
	return post_list_decode(j, &arena, &l) ? l.count : -1;
}

static int count_categories(const struct json *j)
{
	struct category_list l;
	return category_list_decode(j, &arena, &l) ? l.count : -1;
}

static int count_members(const struct json *j)
{
	struct member_page p;
	return member_page_decode(j, &arena, &p) ? p.count : -1;
}

static int count_profile(const struct json *j)
{
	struct member m;
	return member_profile_decode(j, &arena, &m);
}

static int count_groups(const struct json *j)
{
	struct group_list l;
	return group_list_decode(j, &arena, &l) ? l.count : -1;
}

static int count_notices(const struct json *j)
{
	struct notice_page p;
	return notice_page_decode(j, &arena, &p) ? p.count : -1;
}

static int count_drafts(const struct json *j)
{
	struct draft_list l;
	return draft_list_decode(j, &arena, &l) ? l.count : -1;
}

static int count_site(const struct json *j)
{
	struct site s;
	struct group_list groups;
	struct category_list categories;
	site_defaults(&s);
	if (!site_decode_site(j, &arena, &s) || !group_list_decode(j, &arena, &groups) || groups.count == 0)
		return -1;
	return category_list_decode(j, &arena, &categories) ? categories.count : -1;
}

static int count_session(const struct json *j)
{
	struct session s;
	return session_decode(j, &arena, &s) && s.username != NULL;
}

static const struct recorded {
	const char *file, *path; /* path "": the whole file; a prefix of the paths meant */
	count_rows rows;
	int least;
} recorded[] = {
	{"category", "/c/", count_categories, 1},
	{"directory", "directory_items", count_members, 20},
	{"discovery", "/latest.json", count_topics, 30},
	{"discovery", "/latest_can", count_topics, 1},
	{"discovery", "/bookmarks", count_topics, 1},
	{"discovery", "/categories.json", count_categories, 10},
	{"discovery", "/categories_and", count_categories, 1},
	{"discovery", "/c/", count_topics, 1},
	{"discovery", "/tag/", count_topics, 1},
	{"drafts", "/drafts.json", count_drafts, 1},
	{"event-topic", "", count_view, 1},
	{"group", "/groups/moderators.json", count_groups, 1},
	{"group", "/groups/discourse.json", count_groups, 1},
	{"group", "/groups/discourse/members", count_members, 2},
	{"group", "/groups/discourse/posts", count_posts, 20},
	{"group", "/topics/groups", count_topics, 1},
	{"groups", "/groups", count_groups, 1},
	{"notification", "", count_notices, 1},
	{"poll", "/t/", count_view, 1},
	{"post", "/posts", count_posts, 1},
	{"private-messages", "", count_topics, 1},
	{"search", "", count_posts, 1},
	{"session", "", count_session, 1},
	{"site", "", count_site, 3},
	{"top", "", count_topics, 1},
	{"topic", "/t/", count_view, 1},
	{"user", "/u/eviltrout.json", count_profile, 1},
	{"user", "/u/charlie.json", count_profile, 1},
	{"user", "/u/shade", count_profile, 1},
	{"user", "/u/%E3%83%A9%E3%82%A4%E3%82%AA%E3%83%B3.json", count_profile, 1},
	{"user", "/topics/created-by", count_topics, 1},
	{"user-menu", "/u/:username/user-menu-bookmarks", count_notices, 1},
};

static struct json *read_recorded(const char *dir, const char *name)
{
	char path[512];
	struct sbuf text = {0};
	struct error err;
	snprintf(path, sizeof path, "%s/discourse/fixtures/%s.json", dir, name);
	if (!file_read(path, JSON_MAX_BYTES, &text, &err))
		fail_msg("%s: %s", path, err.what);
	struct json *j = json_parse(sbuf_str(&text), text.n, &err);
	if (j == NULL)
		fail_msg("%s: %s", path, err.what);
	sbuf_fini(&text);
	return j;
}

static void check_rows(const struct recorded *r, const char *path, const struct json *answer, int *seen)
{
	int n = r->rows(answer);
	if (n < r->least)
		fail_msg("%s %s: %d rows, want %d or more", r->file, path, n, r->least);
	++*seen;
}

static bool names_answer(const char *key)
{
	return key != NULL && (strpbrk(key, "/.") != NULL || str_equal(key, "directory_items"));
}

/* Each file maps paths to answers, or is one answer. */
static void recorded_answers_decode(void **state)
{
	const char *dir = check_data();
	for (size_t i = 0; i < COUNT(recorded); i++) {
		const struct recorded *r = &recorded[i];
		struct json *j = read_recorded(dir, r->file);
		int seen = 0;
		JSON_EACH (item, j)
			if (names_answer(json_name(item)) && str_starts(json_name(item), r->path))
				check_rows(r, json_name(item), item, &seen);
		if (seen == 0)
			check_rows(r, "", j, &seen);
		json_free(j);
		arena_reset(&arena);
	}
}

static void recorded_answers_through_every_decoder(void **state)
{
	const char *dir = check_data();
	for (size_t i = 0; i < COUNT(recorded); i++) {
		struct json *j = read_recorded(dir, recorded[i].file);
		every_decoder(j, &arena);
		JSON_EACH (item, j)
			every_decoder(item, &arena);
		json_free(j);
		arena_reset(&arena);
	}
}

static void the_recorded_polls(void **state)
{
	struct json *j = read_recorded(check_data(), "poll");
	JSON_EACH (item, j) {
		struct topic_view v;
		assert_true(topic_view_decode(item, &arena, &v));
		assert_true(v.post[0].poll_count >= 1 && v.post[0].poll[0].option_count >= 2);
	}
	json_free(j);
}

/* A hostile answer pairs every option with every vote. */
static void votes_beyond_reason(void **state)
{
	static const struct {
		const char *name;
		int before;
		bool chosen;
	} rows[] = {{"the first", 0, true}, {"the last that counts", WIRE_FEW - 1, true}, {"one too many", WIRE_FEW, false}};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a = {0};
		struct sbuf text = {0};
		struct poll poll;
		sbuf_add(&text, "{\"name\":\"poll\",\"options\":[{\"id\":\"w\",\"html\":\"ja\"}],\"votes\":[");
		for (int k = 0; k < rows[i].before; k++)
			sbuf_add(&text, "\"x\",");
		sbuf_add(&text, "\"w\"]}");
		struct json *j = json_parse(sbuf_str(&text), text.n, NULL);
		assert_true(poll_decode(j, json_get(j, "votes"), &a, &poll));
		CHECK_INT(rows[i].name, poll.option[0].chosen, rows[i].chosen);
		json_free(j);
		sbuf_fini(&text);
		arena_fini(&a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(votes_beyond_reason),
		cmocka_unit_test_teardown(topics_in_both_forms, reset),
		cmocka_unit_test_teardown(a_topic_with_its_posts, reset),
		cmocka_unit_test_teardown(posts_of_every_answer, reset),
		cmocka_unit_test_teardown(event_times_of_every_age, reset),
		cmocka_unit_test_teardown(event_details, reset),
		cmocka_unit_test_teardown(members_of_every_answer, reset),
		cmocka_unit_test_teardown(the_directory_ends, reset),
		cmocka_unit_test_teardown(a_profile_and_its_fields, reset),
		cmocka_unit_test_teardown(site_and_settings, reset),
		cmocka_unit_test_teardown(bus_answers, reset),
		cmocka_unit_test_teardown(faults, reset),
		cmocka_unit_test_teardown(notices_drafts_and_devices, reset),
		cmocka_unit_test_teardown(who_is_logged_in, reset),
		cmocka_unit_test_teardown(wrong_types_are_harmless, reset),
		cmocka_unit_test_teardown(too_much_is_cut, reset),
		cmocka_unit_test_teardown(recorded_answers_decode, reset),
		cmocka_unit_test_teardown(recorded_answers_through_every_decoder, reset),
		cmocka_unit_test_teardown(the_recorded_polls, reset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
