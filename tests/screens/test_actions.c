#include "acting.h"

#include "composition.h"

/* What each key gives to the outbox, with the letters as keys and through the menu of actions. */
static const struct {
	const char *name, *key;
	int number;
	enum change_kind kind;
	int64_t post_id, before;
	const char *original, *says;
} post_rows_table[] = {
	{"like", "l", 2, CHANGE_LIKE, OtherPost, 0, "", "You like this post. Take it back with"},
	{"unlike", "l", 4, CHANGE_UNLIKE, LikedPost, 0, "", "You no longer like this post."},
	{"delete", "x", 1, CHANGE_DELETE, OwnPost, 0, "", "Your post is deleted. Restore it with "},
	{"recover", "x", 3, CHANGE_RECOVER, GonePost, 0, "", "Your post is back."},
	{"unbookmark", "b", 6, CHANGE_UNBOOKMARK, SavedPost, 77, "later", "This post is not saved any more."},
};

static void check_posts(struct community *c)
{
	for (size_t i = 0; i < COUNT(post_rows_table); i++) {
		const char *name = post_rows_table[i].name;
		given = (struct given){0};
		open_post(c, 1, post_rows_table[i].number);
		act(c, post_rows_table[i].key);
		CHECK_INT(name, given.sends, 1);
		CHECK_INT(name, given.change.kind, post_rows_table[i].kind);
		CHECK_INT(name, given.change.post_id, post_rows_table[i].post_id);
		CHECK_INT(name, given.change.topic_id, 1);
		CHECK_INT(name, given.change.before, post_rows_table[i].before);
		CHECK_STRING(name, given.original, post_rows_table[i].original);
		CHECK_INT(name, given.change.due_ms, c->ctx.now_ms + 15000);
		check_status(c, name, post_rows_table[i].says);
	}
}

static void one_key_sends_one_change(void **state)
{
	struct community *c = writing_community();
	check_posts(c);
	c->config.letters = false;
	check_posts(c);
	community_free(c);
}

static void what_cannot_be_done_is_said_and_sends_nothing(void **state)
{
	static const struct {
		const char *name, *key;
		int number;
		const char *says;
	} rows[] = {
		{"like own", "l", 1, "This is your own post. You can like posts of others."},
		{"like gone", "l", 3, "This is your own post."},
		{"unlike too late", "l", 5, "You like this post. That can no longer be taken back."},
		{"delete of another", "x", 2, "You can only delete your own posts."},
		{"edit of another", "E", 2, "You can only change your own posts."},
		{"flag own", "f", 1, "This is your own post. You can change or delete it."},
		{"vote without a poll", "V", 2, "There is no poll in this post. Go to the post with the poll first."},
		{"archive a topic", "A", 2, "Only private messages can be archived."},
	};
	struct community *c = writing_community();
	for (size_t i = 0; i < COUNT(rows); i++) {
		open_post(c, 1, rows[i].number);
		const struct screen *before = stack_top(c->stack);
		act(c, rows[i].key);
		CHECK_INT(rows[i].name, given.sends, 0);
		assert_ptr_equal(stack_top(c->stack), before);
		check_status(c, rows[i].name, rows[i].says);
	}
	open_post(c, 5, 1);
	press(c, "r");
	check_status(c, "closed", "This topic is closed.");
	community_free(c);
}

static void without_an_outbox_the_reason_is_said(void **state)
{
	static const char *const keys[] = {"l", "b", "f", "m", "x"};
	struct community *c = writing_community();
	c->host.outbox = NULL;
	for (size_t i = 0; i < COUNT(keys); i++) {
		open_post(c, 1, keys[i][0] == 'x' ? 1 : 2);
		press(c, keys[i]);
		check_status(c, keys[i], "kring cannot write.");
		CHECK_STRING(keys[i], stack_top(c->stack)->ops->name, "topic");
	}
	community_free(c);
}

static void type(struct community *c, const char *text)
{
	for (; *text != '\0'; text++) {
		char one[2] = {*text, 0};
		press(c, one);
	}
}

static void a_post_is_saved_with_a_note_or_without(void **state)
{
	static const char *const notes[] = {"", "lezen"};
	struct community *c = writing_community();
	for (size_t i = 0; i < COUNT(notes); i++) {
		open_post(c, 1, 2);
		act(c, "b");
		CHECK_STRING("screen", stack_top(c->stack)->ops->name, "bookmark");
		type(c, notes[i]);
		press(c, "Enter");
		CHECK_INT("kind", given.change.kind, CHANGE_BOOKMARK);
		CHECK_INT("post", given.change.post_id, OtherPost);
		CHECK_STRING("note", given.body, notes[i]);
		CHECK_STRING("back", stack_top(c->stack)->ops->name, "topic");
	}
	community_free(c);
}

static void choose(struct community *c, int64_t id)
{
	struct screen *s = stack_top(c->stack);
	const struct row *row = view_rows(s, 0, s->count);
	int at = -1;
	for (int i = 0; i < s->count; i++)
		if (row[i].id == id)
			at = i;
	if (at < 0)
		fail_msg("%s has no item %lld", s->ops->name, (long long)id);
	press(c, "Home");
	for (int i = 0; i < at; i++)
		press(c, "Down");
	press(c, "Enter");
}

static void a_report_goes_with_its_reason_and_words(void **state)
{
	static const struct {
		int type;
		const char *words;
	} rows[] = {{3, NULL}, {4, NULL}, {8, ""}, {8, "reclame"}, {7, "kijk even"}, {6, "graag anders"}};
	struct community *c = writing_community();
	for (size_t i = 0; i < COUNT(rows); i++) {
		given = (struct given){0};
		open_post(c, 1, 2);
		act(c, "f");
		choose(c, rows[i].type);
		if (rows[i].words != NULL) {
			CHECK_STRING("asked", stack_top(c->stack)->ops->name, "flag_words");
			type(c, rows[i].words);
			press(c, "Enter");
		}
		CHECK_INT("sent", given.sends, 1);
		CHECK_INT("kind", given.change.kind, CHANGE_FLAG);
		CHECK_INT("type", given.change.number, rows[i].type);
		CHECK_INT("post", given.change.post_id, OtherPost);
		CHECK_INT("topic", given.change.topic_id, 1);
		CHECK_STRING("words", given.body, rows[i].words == NULL ? "" : rows[i].words);
		CHECK_STRING("back", stack_top(c->stack)->ops->name, "topic");
	}
	open_post(c, 1, 2);
	act(c, "f");
	choose(c, 7);
	given = (struct given){0};
	press(c, "Enter");
	CHECK_INT("needs words", given.sends, 0);
	check_status(c, "needs words", "Type what it is about first");
	community_free(c);
}

static void a_topic_and_a_category_are_followed_or_muted(void **state)
{
	struct community *c = writing_community();
	open_post(c, 1, 2);
	act(c, "m");
	choose(c, TOPIC_WATCHING + 1);
	CHECK_INT("topic", given.change.kind, CHANGE_TOPIC_LEVEL);
	CHECK_INT("topic id", given.change.topic_id, 1);
	CHECK_INT("level", given.change.number, TOPIC_WATCHING);
	CHECK_INT("it was", given.change.before, TOPIC_NORMAL);
	CHECK_STRING("back", stack_top(c->stack)->ops->name, "topic");
	community_open(c, "board");
	press(c, "Down");
	press(c, "Down");
	act(c, "m");
	choose(c, 5);
	CHECK_INT("category", given.change.kind, CHANGE_CATEGORY_LEVEL);
	CHECK_INT("category id", given.change.category_id, 2);
	CHECK_INT("first post", given.change.number, 4);
	CHECK_STRING("back", stack_top(c->stack)->ops->name, "board");
	community_free(c);
}

static void a_level_that_is_there_already_sends_nothing(void **state)
{
	struct community *c = writing_community();
	open_post(c, 1, 2);
	act(c, "m");
	choose(c, TOPIC_NORMAL + 1);
	CHECK_INT("sent", given.sends, 0);
	check_status(c, "same", "It is like this already.");
	community_free(c);
}

static void everything_is_marked_read_from_four_screens(void **state)
{
	static const char *const names[] = {"start", "board", "topics", "messages"};
	struct community *c = writing_community();
	for (size_t i = 0; i < COUNT(names); i++) {
		given = (struct given){0};
		community_open(c, names[i]);
		act(c, "M");
		CHECK_INT(names[i], given.change.kind, CHANGE_READ_ALL);
		CHECK_INT(names[i], given.change.time_ms, c->ctx.now_ms);
		press(c, "u");
		CHECK_INT(names[i], given.undos, 1);
		CHECK_INT(names[i], given.id, given.change.id);
		check_status(c, names[i], "Undone: Everything up to now counts as read.");
	}
	community_free(c);
}

static void a_message_is_archived_from_the_list_and_on_its_screen(void **state)
{
	struct community *c = writing_community();
	community_open(c, "messages");
	int64_t id = stack_top(c->stack)->selected;
	act(c, "A");
	CHECK_INT("list", given.change.kind, CHANGE_ARCHIVE);
	CHECK_INT("list", given.change.topic_id, id);
	given = (struct given){0};
	open_post(c, id, 1);
	act(c, "A");
	CHECK_INT("topic", given.change.kind, CHANGE_ARCHIVE);
	CHECK_INT("topic", given.change.topic_id, id);
	community_free(c);
}

static void a_notice_that_is_opened_is_read(void **state)
{
	struct community *c = writing_community();
	stack_go(c->stack, &(struct target){.screen = "notices"});
	press(c, "Enter");
	CHECK_INT("the newest", c->notice_read, 1);
	c->notice_read = 0;
	press(c, "Esc");
	for (int i = 0; i < 5; i++)
		press(c, "Down");
	press(c, "Enter");
	CHECK_INT("it was read before", c->notice_read, 0);
	community_free(c);
}

static void reading_tells_the_time_that_posts_were_in_view(void **state)
{
	struct community *c = writing_community();
	open_post(c, 3, 1);
	CHECK_INT("not at once", c->read_to, 0);
	press(c, "Up");
	c->ctx.now_ms += 7000;
	press(c, "End");
	CHECK_INT("time", c->read_ms, 7000);
	assert_true(c->read_to > 0);
	press(c, "Esc");
	CHECK_INT("to the end", c->read_to, 3);
	community_free(c);
}

static void a_post_with_a_poll_is_voted_in(void **state)
{
	struct community *c = writing_community();
	open_post(c, 1, 7);
	act(c, "V");
	CHECK_STRING("screen", stack_top(c->stack)->ops->name, "vote");
	CHECK_INT("post", stack_top(c->stack)->target.id, PollPost);
	community_free(c);
}

/* Where each key begins to write, and about what. */
static void keys_that_begin_a_text(void **state)
{
	static const struct {
		const char *name, *key;
		struct target at;
		enum change_kind kind;
		int64_t topic_id, post_id, category_id, number;
	} rows[] = {
		{"reply", "r", {.screen = "topic", .id = 1, .number = 2}, CHANGE_REPLY, 1, 0, 0, 2},
		{"quote", "g", {.screen = "topic", .id = 1, .number = 2}, CHANGE_REPLY, 1, 0, 0, 2},
		{"edit", "E", {.screen = "topic", .id = 1, .number = 1}, CHANGE_EDIT, 1, OwnPost, 0, 0},
		{"topic", "c", {.screen = "topics", .id = 2}, CHANGE_TOPIC, 0, 0, 2, 0},
		{"message", "c", {.screen = "messages"}, CHANGE_MESSAGE, 0, 0, 0, 0},
	};
	struct community *c = writing_community();
	for (size_t i = 0; i < COUNT(rows); i++) {
		community_open(c, "start");
		stack_go(c->stack, &rows[i].at);
		community_draw(c);
		if (rows[i].kind == CHANGE_EDIT)
			press(c, "Down");
		act(c, rows[i].key);
		const struct composition *w = c->ctx.compositions;
		if (w == NULL)
			fail_msg("%s: nothing is being written, on %s: %s", rows[i].name, stack_top(c->stack)->ops->name,
				c->stack->message);
		CHECK_INT(rows[i].name, w->change.kind, rows[i].kind);
		if (rows[i].topic_id != 0)
			CHECK_INT(rows[i].name, w->change.topic_id, rows[i].topic_id);
		CHECK_INT(rows[i].name, w->change.post_id, rows[i].post_id);
		if (rows[i].category_id != 0)
			CHECK_INT(rows[i].name, w->change.category_id, rows[i].category_id);
		CHECK_INT(rows[i].name, w->change.number, rows[i].number);
	}
	CHECK_INT("nothing was sent", given.sends, 0);
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_key_sends_one_change),
		cmocka_unit_test(what_cannot_be_done_is_said_and_sends_nothing),
		cmocka_unit_test(without_an_outbox_the_reason_is_said),
		cmocka_unit_test(a_post_is_saved_with_a_note_or_without),
		cmocka_unit_test(a_report_goes_with_its_reason_and_words),
		cmocka_unit_test(a_topic_and_a_category_are_followed_or_muted),
		cmocka_unit_test(a_level_that_is_there_already_sends_nothing),
		cmocka_unit_test(everything_is_marked_read_from_four_screens),
		cmocka_unit_test(a_message_is_archived_from_the_list_and_on_its_screen),
		cmocka_unit_test(a_notice_that_is_opened_is_read),
		cmocka_unit_test(reading_tells_the_time_that_posts_were_in_view),
		cmocka_unit_test(a_post_with_a_poll_is_voted_in),
		cmocka_unit_test(keys_that_begin_a_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
