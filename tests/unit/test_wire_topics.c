#include "wire_case.h"

#include "poll_decode.h"
#include "post_decode.h"
#include "topic_decode.h"

static void topics_in_both_forms(void **state)
{
	static const char text[] = "{\"users\": [{\"id\": 7, \"username\": \"zoe\"}, {\"id\": -1,"
		" \"username\": \"system\"}],"
		"\"topic_list\": {\"per_page\": 30, \"more_topics_url\": \"/latest?page=1\", \"topics\": ["
		"{\"id\": 1, \"title\": \"Old & new\", \"tags\": [\"a\", \"b\"], \"posters\": [{\"user_id\": 7,"
		" \"description\": \"x\"}],"
		" \"category_id\": 4, \"posts_count\": 3, \"highest_post_number\": 4, \"last_read_post_number\": 2,"
		" \"bumped_at\": \"2026-03-01T10:00:00.250Z\", \"notification_level\": 3},"
		"{\"id\": 2, \"fancy_title\": \"Caf&eacute; &amp; &lsquo;x&rsquo; &#x1F600;\", \"tags\": [{\"id\": 1,"
		" \"name\": \"c\"}],"
		" \"posters\": [{\"user_id\": -1}], \"archetype\": \"private_message\","
		" \"participants\": [{\"user_id\": 7}], \"created_at\": \"2026-02-01T10:00:00Z\"},"
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
		"\"draft_key\": \"topic_9\", \"draft_sequence\": 4, \"details\": {\"notification_level\": 2,"
		" \"can_create_post\": true,"
		"\"created_by\": {\"username\": \"an\"}}, \"post_stream\": {\"stream\": [5, 6, -1, \"x\", 8], \"posts\": ["
		"{\"id\": 5, \"post_number\": 1, \"username\": \"an\", \"cooked\": \"<p>hi</p>\", \"raw\": \"hi\\r\\nyou\","
		" \"actions_summary\": [{\"id\": 2, \"count\": 3, \"acted\": true}], \"version\": 2,"
		" \"user_deleted\": true,"
		" \"polls\": [{\"name\": \"poll\", \"type\": \"multiple\", \"status\": \"closed\","
		" \"results\": \"on_vote\","
		"  \"options\": [{\"id\": \"q\", \"html\": \"A\", \"votes\": 2}, {\"id\": \"w\", \"html\": \"B\"}],"
		" \"voters\": 2}],"
		" \"polls_votes\": {\"poll\": [\"w\"]}, \"event\": {\"id\": 5,"
		" \"starts_at\": \"2026-03-05T10:00:00Z\"}}]}}";
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
		{"feed", "{\"latest_posts\": [{\"id\": 3, \"topic_id\": 1, \"topic_title\": \"x\"}, {\"id\": 2}]}", 2,
			true, false},
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

/* A hostile answer pairs every option with every vote. */
static void votes_beyond_reason(void **state)
{
	static const struct {
		const char *name;
		int before;
		bool chosen;
	} rows[] = {{"the first", 0, true}, {"the last that counts", WIRE_FEW - 1, true},
		{"one too many", WIRE_FEW, false}};
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(topics_in_both_forms, reset),
		cmocka_unit_test_teardown(a_topic_with_its_posts, reset),
		cmocka_unit_test_teardown(posts_of_every_answer, reset),
		cmocka_unit_test_teardown(votes_beyond_reason, reset),
		cmocka_unit_test_teardown(too_much_is_cut, reset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
