#include "acting.h"

/* What the outbox shows, and what can be done in it. */
static void open_item(struct community *c, int64_t id)
{
	community_open(c, "start");
	stack_go(c->stack, &(struct target){.screen = "outbox_item", .id = id});
	community_draw(c);
}

static void each_state_allows_what_it_should(void **state)
{
	enum { UNDO = 1, AGAIN = 2, KEEP = 4, DROP = 8 };
	static const struct {
		enum change_state state;
		int allowed;
		bool asks; /* before throwing away */
	} rows[] = {
		{CHANGE_DRAFT, DROP, true},
		{CHANGE_WAITING, UNDO | AGAIN, false},
		{CHANGE_SENDING, 0, false},
		{CHANGE_UNSURE, 0, false},
		{CHANGE_DONE, UNDO | DROP, false},
		{CHANGE_REFUSED, UNDO | AGAIN | KEEP | DROP, true},
	};
	struct community *c = writing_community();
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t id = 5000 + (int64_t)i;
		const char *name = change_state_word(rows[i].state);
		community_change(c, (struct change){.id = id, .kind = CHANGE_REPLY, .topic_id = 2, .body = "Ik kom."},
			rows[i].state);
		given = (struct given){0};
		open_item(c, id);
		act(c, "B");
		act(c, "T");
		act(c, "D");
		CHECK_INT(name, given.undos, (rows[i].allowed & UNDO) != 0);
		CHECK_INT(name, given.retries, (rows[i].allowed & AGAIN) != 0);
		CHECK_INT(name, given.kept, (rows[i].allowed & KEEP) != 0);
		act(c, "x");
		CHECK_INT(name, given.drops, (rows[i].allowed & DROP) != 0 && !rows[i].asks);
		if (!rows[i].asks)
			continue;
		CHECK_STRING(name, stack_top(c->stack)->ops->name, "confirm");
		press(c, "Enter");
		CHECK_INT(name, given.drops, 0);
		CHECK_STRING(name, stack_top(c->stack)->ops->name, "outbox_item");
		act(c, "x");
		press(c, "Esc");
		CHECK_INT(name, given.drops, 0);
		act(c, "x");
		press(c, "Down");
		press(c, "Enter");
		CHECK_INT(name, given.drops, 1);
		CHECK_INT(name, given.id, id);
	}
	community_free(c);
}

static void what_cannot_be_undone_any_more_is_said(void **state)
{
	static const struct {
		struct change change;
		enum change_state state;
		const char *says;
		bool again; /* it can be tried once more */
	} rows[] = {
		{{.id = 5500, .kind = CHANGE_LIKE, .topic_id = 1, .post_id = OtherPost}, CHANGE_DONE, "Undone: ", false},
		{{.id = 5501, .kind = CHANGE_FLAG, .topic_id = 1, .post_id = OtherPost, .number = 3}, CHANGE_DONE,
			"This cannot be taken back any more.", false},
		{{.id = 5503, .kind = CHANGE_EDIT, .topic_id = 1, .post_id = OtherPost, .body = "x", .original = "y"},
			CHANGE_DONE, "Your change is taken back on the site.", false},
		{{.id = 5502, .kind = CHANGE_REPLY, .topic_id = 2, .body = "x"}, CHANGE_UNSURE,
			"kring is sending it.", true},
	};
	struct community *c = writing_community();
	for (size_t i = 0; i < COUNT(rows); i++) {
		community_change(c, rows[i].change, rows[i].state);
		undo_add(&c->ctx.undo, rows[i].change.id, "Dit.");
		press(c, "u");
		check_status(c, change_kind_word(rows[i].change.kind), rows[i].says);
		CHECK_INT("steps", c->ctx.undo.count, rows[i].again);
	}
	CHECK_INT("undone", given.undos, 2);
	community_free(c);
}

static void what_needs_the_member_is_a_word_on_start(void **state)
{
	static const char *const names[] = {"start", "more"};
	struct community *c = writing_community();
	c->config.density = DENSITY_COMPACT;
	for (int refused = 0; refused < 2; refused++) {
		if (refused)
			community_change(c, (struct change){.id = 6000, .kind = CHANGE_REPLY, .topic_id = 2, .body = "x"},
				CHANGE_REFUSED);
		for (size_t i = 0; i < COUNT(names); i++) {
			struct sbuf all = {0};
			community_open(c, "topic");
			community_open(c, names[i]);
			screen_reload(stack_top(c->stack));
			community_draw(c);
			canvas_dump(c->canvas, &all);
			if ((strstr(sbuf_str(&all), ", needs you") != NULL) != refused)
				fail_msg("%s, refused %d:\n%s", names[i], refused, sbuf_str(&all));
			sbuf_fini(&all);
		}
	}
	community_free(c);
}

static void a_reply_that_waits_stands_after_the_last_post(void **state)
{
	struct community *c = writing_community();
	community_change(c, (struct change){.id = 7000, .kind = CHANGE_REPLY, .topic_id = 2,
		.body = "Ik kom graag."}, CHANGE_WAITING);
	open_post(c, 2, 3);
	press(c, "End");
	community_draw(c);
	struct sbuf all = {0};
	canvas_dump(c->canvas, &all);
	assert_non_null(strstr(sbuf_str(&all), "Your reply, waiting"));
	assert_non_null(strstr(sbuf_str(&all), "Waiting for a connection."));
	assert_non_null(strstr(sbuf_str(&all), "Ik kom graag."));
	press(c, "Up");
	press(c, "Up");
	press(c, "l");
	CHECK_INT("no post", given.sends, 0);
	check_status(c, "no post", "There is no post here yet");
	press(c, "Enter");
	CHECK_STRING("opened", stack_top(c->stack)->ops->name, "outbox_item");
	CHECK_INT("opened", stack_top(c->stack)->target.id, 7000);
	sbuf_fini(&all);
	community_free(c);
}

static bool topic_shows(struct community *c, int64_t topic_id, const char *words)
{
	struct sbuf all = {0};
	open_post(c, topic_id, 3);
	press(c, "End");
	community_draw(c);
	canvas_dump(c->canvas, &all);
	bool there = strstr(sbuf_str(&all), words) != NULL;
	sbuf_fini(&all);
	return there;
}

static void a_reply_that_arrived_stands_there_until_it_was_fetched(void **state)
{
	static const char held[] = "Your reply, with a moderator";
	struct community *c = writing_community();
	struct post back = {.id = 9000, .topic_id = 2, .post_number = 4, .type = POST_REGULAR,
		.username = "lid01", .name = "",
		.cooked = "<p>Ik kom.</p>", .created_ms = now_ms, .yours = true, .version = 1};
	community_change(c, (struct change){.id = 7100, .kind = CHANGE_REPLY, .topic_id = 2, .body = "Ik kom."},
		CHANGE_DONE);
	community_change(c, (struct change){.id = 7101, .kind = CHANGE_REPLY, .topic_id = 2, .body = "Morgen."},
		CHANGE_WAITING);
	assert_true(store_begin(c->writer, NULL));
	assert_true(outbox_store_set_sending(c->writer, 7101, now_ms - 1000, NULL));
	assert_true(outbox_store_set_done(c->writer, 7101, &(struct outbox_result){.held = true, .topic_id = 2},
		now_ms, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
	assert_true(topic_shows(c, 2, "Your reply, arrived"));
	assert_true(topic_shows(c, 2, held));
	assert_true(store_begin(c->writer, NULL));
	assert_true(post_store_put(c->writer, &back, NULL, NULL, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
	assert_false(topic_shows(c, 2, "Your reply, arrived"));
	assert_false(topic_shows(c, 2, held));
	community_free(c);
}

static void an_item_says_what_was_chosen(void **state)
{
	static const struct {
		struct change change;
		const char *says;
	} rows[] = {
		{{.id = 7200, .kind = CHANGE_TOPIC_LEVEL, .topic_id = 1, .number = 0, .before = 1}, "Chosen: Mute"},
		{{.id = 7201, .kind = CHANGE_CATEGORY_LEVEL, .category_id = 1, .number = 4, .before = 1},
			"Chosen: Watch new topics"},
		{{.id = 7202, .kind = CHANGE_ATTENDANCE, .post_id = 501, .number = 3}, "Chosen: I am not coming"},
		{{.id = 7203, .kind = CHANGE_FLAG, .post_id = OtherPost, .topic_id = 1, .number = 8,
			.body = "reclame"}, "reclame"},
	};
	struct community *c = writing_community();
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf all = {0};
		community_change(c, rows[i].change, CHANGE_WAITING);
		open_item(c, rows[i].change.id);
		canvas_dump(c->canvas, &all);
		if (strstr(sbuf_str(&all), rows[i].says) == NULL)
			fail_msg("%s is not said:\n%s", rows[i].says, sbuf_str(&all));
		sbuf_fini(&all);
	}
	community_free(c);
}

static void an_item_leads_to_what_it_is_about(void **state)
{
	static const struct {
		const char *name;
		struct change change;
		enum change_state state;
		const char *screen;
		int64_t id;
		int number;
	} rows[] = {
		{"arrived", {.id = 8001, .kind = CHANGE_REPLY, .topic_id = 2, .body = "x"}, CHANGE_DONE, "topic", 2, 3},
		{"like", {.id = 8002, .kind = CHANGE_LIKE, .topic_id = 1, .post_id = OtherPost}, CHANGE_WAITING,
			"topic", 1, 2},
		{"muted", {.id = 8003, .kind = CHANGE_MEMBER_LEVEL, .names = "lid05", .number = 1}, CHANGE_WAITING,
			"member", 0, 0},
		{"sign-up", {.id = 8004, .kind = CHANGE_ATTENDANCE, .post_id = 501, .number = 1}, CHANGE_WAITING,
			"event", 501, 0},
		{"new topic", {.id = 8005, .kind = CHANGE_TOPIC, .category_id = 1, .title = "t", .body = "x"}, CHANGE_DRAFT,
			"outbox_item", 8005, 0},
	};
	struct community *c = writing_community();
	for (size_t i = 0; i < COUNT(rows); i++) {
		community_change(c, rows[i].change, rows[i].state);
		open_item(c, rows[i].change.id);
		act(c, "G");
		const struct screen *s = stack_top(c->stack);
		CHECK_STRING(rows[i].name, s->ops->name, rows[i].screen);
		CHECK_INT(rows[i].name, s->target.id, rows[i].id);
		CHECK_INT(rows[i].name, s->target.number, rows[i].number);
	}
	community_free(c);
}

/* From the list of drafts and from the post itself; what is sent then is that draft. */
static void words_that_were_begun_are_offered_again(void **state)
{
	static const struct {
		const char *name, *screen;
		struct change change;
	} rows[] = {
		{"note", "bookmark", {.id = 8101, .kind = CHANGE_BOOKMARK, .topic_id = 1, .post_id = OtherPost,
			.body = "later"}},
		{"report", "flag_words", {.id = 8102, .kind = CHANGE_FLAG, .topic_id = 1, .post_id = OtherPost, .number = 7,
			.body = "dit klopt niet"}},
	};
	struct community *c = writing_community();
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct change *draft = &rows[i].change;
		community_change(c, *draft, CHANGE_DRAFT);
		open_item(c, draft->id);
		act(c, "x");
		CHECK_STRING(rows[i].name, stack_top(c->stack)->ops->name, "confirm");
		press(c, "Enter");
		CHECK_INT("still there", given.drops, 0);
		act(c, "E");
		CHECK_STRING(rows[i].name, stack_top(c->stack)->ops->name, rows[i].screen);
		press(c, "Enter");
		CHECK_INT(rows[i].name, given.change.kind, draft->kind);
		CHECK_INT(rows[i].name, given.change.id, draft->id);
		CHECK_INT(rows[i].name, given.change.topic_id, 1);
		CHECK_STRING(rows[i].name, given.body, draft->body);
	}
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_state_allows_what_it_should),
		cmocka_unit_test(what_cannot_be_undone_any_more_is_said),
		cmocka_unit_test(what_needs_the_member_is_a_word_on_start),
		cmocka_unit_test(a_reply_that_waits_stands_after_the_last_post),
		cmocka_unit_test(a_reply_that_arrived_stands_there_until_it_was_fetched),
		cmocka_unit_test(an_item_says_what_was_chosen),
		cmocka_unit_test(an_item_leads_to_what_it_is_about),
		cmocka_unit_test(words_that_were_begun_are_offered_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
