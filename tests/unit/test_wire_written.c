#include "wire_case.h"

#include "change.h"
#include "draft_decode.h"
#include "written_decode.h"

static void what_became_of_a_text(void **state)
{
	static const struct {
		const char *row, *text;
		bool ok, held;
		int64_t id;
	} rows[] = {
		{"nested", "{\"action\": \"create_post\", \"success\": true, \"post\": {\"id\": 5, \"topic_id\": 3,"
			" \"post_number\": 2}}", true, false, 5},
		{"flat", "{\"id\": 5, \"topic_id\": 3, \"post_number\": 2}", true, false, 5},
		{"edited", "{\"post\": {\"id\": 5, \"topic_id\": 3, \"post_number\": 1, \"version\": 2}}", true, false, 5},
		{"held", "{\"action\": \"enqueued\", \"success\": true, \"pending_count\": 1,"
			" \"pending_post\": {\"id\": 9, \"raw\": \"x\"}}", true, true, 9},
		{"held, and that is all", "{\"action\": \"enqueued\"}", true, true, 0},
		{"refused", "{\"action\": \"create_post\", \"errors\": [\"no\"]}", false, false, 0},
		{"nothing", "{}", false, false, 0},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct written_post w;
		struct json *j = parse(rows[i].text);
		CHECK_INT(rows[i].row, written_post_decode(j, &arena, &w), rows[i].ok);
		CHECK_INT(rows[i].row, w.held, rows[i].held);
		CHECK_INT(rows[i].row, w.held ? w.pending.id : w.post.id, rows[i].id);
		json_free(j);
	}
}

static void a_vote_is_in_its_poll(void **state)
{
	static const char *const texts[] = {
		"{\"poll\": {\"name\": \"p\", \"status\": \"open\", \"options\": [{\"id\": \"a\", \"html\": \"A\","
		" \"votes\": 1}]}, \"vote\": [\"a\"]}", "{\"poll\": {\"name\": \"p\", \"type\": \"ranked_choice\","
			" \"options\": [{\"id\": \"a\"}]}, \"vote\": [{\"digest\": \"a\", \"rank\": 1}]}",
	};
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct poll p;
		struct json *j = parse(texts[i]);
		assert_true(written_vote_decode(j, &arena, &p));
		assert_true(p.voted && p.option[0].chosen);
		json_free(j);
	}
}

static void drafts_of_the_web(void **state)
{
	static const char text[] = "{\"drafts\": [{\"draft_key\": \"topic_3\", \"sequence\": 4,"
		" \"title\": \"Of the topic\","
		"\"data\": \"{\\\"reply\\\":\\\"a\\\\nb\\\",\\\"action\\\":\\\"reply\\\",\\\"postId\\\":7,\\\"categoryId\\\":2,\\\"typingTime\\\":2500}\"},"
		"{\"draft_key\": \"new_topic\", \"data\": \"{broken\"},"
		"{\"draft_key\": \"new_private_message_17\","
		" \"data\": \"{\\\"action\\\":\\\"privateMessage\\\",\\\"title\\\":\\\"T\\\","
		"\\\"recipients\\\":\\\"an, team,\\\"}\"},"
		"{\"draft_key\": \"topic_4\", \"data\":"
		" \"{\\\"action\\\":\\\"edit\\\",\\\"postId\\\":9,\\\"original_text\\\":\\\"old\\\","
		"\\\"tags\\\":[\\\"a\\\",{\\\"name\\\":\\\"b\\\"}],\\\"title\\\":\\\"T\\\"}\"},"
		"{\"draft_key\": \"chat-channel-2\", \"data\": \"{}\"}, {\"draft_key\": \"topic_5\","
		" \"data\": \"{\\\"action\\\":\\\"sharedDraft\\\"}\"},{\"data\": \"{}\"}]}";
	struct draft_list l;
	struct change c;
	struct json *j = parse(text);
	assert_true(draft_list_decode(j, &arena, &l));
	CHECK_INT("drafts", l.count, 6);
	const struct server_draft *d = l.draft;

	CHECK_STRING("text", d[0].text, "a\nb");
	CHECK_STRING("its topic", d[0].topic_title, "Of the topic");
	assert_true(draft_to_change(&d[0], &arena, &c));
	assert_true(c.kind == CHANGE_REPLY && c.topic_id == 3 && c.post_id == 7 && c.typing_ms == 2500
		&& c.category_id == 0);
	CHECK_STRING("a reply has no title", c.title, "");

	assert_null(d[1].text);
	assert_true(draft_to_change(&d[1], &arena, &c) && c.kind == CHANGE_TOPIC);

	assert_true(draft_to_change(&d[2], &arena, &c) && c.kind == CHANGE_MESSAGE);
	CHECK_STRING("recipients", c.names, "an, team");

	assert_true(draft_to_change(&d[3], &arena, &c) && c.kind == CHANGE_EDIT && c.post_id == 9);
	CHECK_STRING("tags", c.names, "a, b");
	CHECK_STRING("original", c.original, "old");

	assert_false(draft_to_change(&d[4], &arena, &c));
	assert_false(draft_to_change(&d[5], &arena, &c));
	json_free(j);
}

static void one_draft_and_its_sequence(void **state)
{
	struct server_draft d;
	struct json *j = parse("{\"draft\": \"{\\\"reply\\\": \\\"x\\\"}\", \"draft_sequence\": 7}");
	assert_true(draft_decode(j, "topic_31", &arena, &d));
	assert_true(d.sequence == 7 && d.topic_id == 31);
	CHECK_STRING("by its key", d.action, "reply");
	json_free(j);
	j = parse("{\"draft\": null, \"draft_sequence\": 8}");
	assert_false(draft_decode(j, "new_topic", &arena, &d));
	CHECK_INT("sequence all the same", d.sequence, 8);
	json_free(j);
	j = parse("{\"success\": \"OK\", \"draft_sequence\": 9}");
	CHECK_INT("saved", draft_sequence_decode(j), 9);
	json_free(j);
	j = parse("{}");
	CHECK_INT("not said", draft_sequence_decode(j), -1);
	json_free(j);
}

/* The composer's own names, so that a browser goes on where kring stopped. */
static void drafts_for_the_web(void **state)
{
	static const struct {
		struct change c;
		const char *key, *want;
	} rows[] = {
		{{.kind = CHANGE_TOPIC, .category_id = 3, .title = "T", .names = "a, b", .body = "x\n\"y\"",
			.typing_ms = 5, .open_ms = 9},
			"new_topic", "{\"reply\":\"x\\n\\\"y\\\"\",\"action\":\"createTopic\",\"title\":\"T\",\"categoryId\":3,\"tags\":[\"a\",\"b\"],"
			"\"archetypeId\":\"regular\",\"metaData\":null,\"composerTime\":9,\"typingTime\":5}"},
		{{.kind = CHANGE_REPLY, .topic_id = 4, .post_id = 8, .body = "x"}, "topic_4",
			"{\"reply\":\"x\",\"action\":\"reply\",\"postId\":8,\"archetypeId\":\"regular\",\"metaData\":null,\"composerTime\":0,"
			"\"typingTime\":0}"},
		{{.kind = CHANGE_MESSAGE, .names = "an, team", .title = "T", .body = ""}, "new_private_message",
			"{\"reply\":\"\",\"action\":\"privateMessage\",\"title\":\"T\",\"recipients\":\"an,team\","
			"\"archetypeId\":\"private_message\",\"metaData\":null,\"composerTime\":0,\"typingTime\":0}"},
		{{.kind = CHANGE_EDIT, .topic_id = 4, .post_id = 8, .body = "new", .original = "old"}, "topic_4",
			"{\"reply\":\"new\",\"action\":\"edit\",\"postId\":8,\"original_text\":\"old\",\"archetypeId\":\"regular\","
			"\"metaData\":null,\"composerTime\":0,\"typingTime\":0}"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct server_draft d;
		struct sbuf out = {0};
		draft_from_change(&rows[i].c, &arena, &d);
		draft_encode(&d, &out);
		CHECK_STRING(rows[i].key, sbuf_str(&out), rows[i].want);
		CHECK_STRING("key", draft_key_of(&rows[i].c, &arena), rows[i].key);
		sbuf_fini(&out);
	}
	assert_null(draft_key_of(&(struct change){.kind = CHANGE_LIKE}, &arena));
}

static void held_texts(void **state)
{
	struct pending_list l;
	struct json *j = parse("{\"pending_posts\": [{\"id\": 2, \"raw_text\": \"x\\ny\", \"topic_id\": 130,"
		" \"title\": \"T\"}, {}]}");
	assert_true(pending_list_decode(j, &arena, &l));
	CHECK_INT("held", l.count, 1);
	CHECK_STRING("text", l.post[0].raw, "x\ny");
	json_free(j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(what_became_of_a_text, reset),
		cmocka_unit_test_teardown(a_vote_is_in_its_poll, reset),
		cmocka_unit_test_teardown(drafts_of_the_web, reset),
		cmocka_unit_test_teardown(one_draft_and_its_sequence, reset),
		cmocka_unit_test_teardown(drafts_for_the_web, reset),
		cmocka_unit_test_teardown(held_texts, reset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
