#include "community.h"

#include "composition.h"
#include "outbox_port.h"
#include "outbox_store.h"
#include "screens.h"
#include "view.h"

/* What each key gives to the outbox, with the letters as keys and through the menu of actions. */
enum { OwnPost = 101, OtherPost = 102, GonePost = 103, LikedPost = 104, FinalPost = 105, SavedPost = 106, PollPost = 107 };

static struct given {
	struct change change;
	char title[200], body[500], original[200], names[200];
	int sends, undos, drops, retries, kept;
	int64_t id;
} given;

static void take(void *self, const struct change *c)
{
	given.change = *c;
	snprintf(given.body, sizeof given.body, "%s", c->body == NULL ? "" : c->body);
	snprintf(given.original, sizeof given.original, "%s", c->original == NULL ? "" : c->original);
	given.sends++;
}

static void take_undo(void *self, int64_t id)
{
	given.undos++;
	given.id = id;
}

static void take_again(void *self, int64_t id)
{
	given.retries++;
	given.id = id;
}

static void take_keep(void *self, int64_t id)
{
	given.kept++;
	given.id = id;
}

static void take_drop(void *self, int64_t id)
{
	given.drops++;
	given.id = id;
}

static void take_save(void *self, const struct change *c)
{
}

static const struct outbox_port port = {.save = take_save, .send = take, .undo = take_undo, .try_again = take_again,
	.keep_draft = take_keep, .drop = take_drop};

static void put_posts(struct community *c)
{
	static const struct post posts[] = {
		{.id = OwnPost, .post_number = 1, .yours = true, .can_edit = true, .can_delete = true, .username = "lid01",
			.raw = "Een regel."},
		{.id = OtherPost, .post_number = 2, .username = "lid03"},
		{.id = GonePost, .post_number = 3, .yours = true, .deleted = true, .can_recover = true, .username = "lid01"},
		{.id = LikedPost, .post_number = 4, .username = "lid03", .liked = true, .like_count = 1},
		{.id = FinalPost, .post_number = 5, .username = "lid03", .liked = true, .like_final = true, .like_count = 1},
		{.id = SavedPost, .post_number = 6, .username = "lid03", .bookmarked = true, .bookmark_id = 77,
			.bookmark_note = "later"},
	};
	assert_true(store_begin(c->writer, NULL));
	for (size_t i = 0; i < COUNT(posts); i++) {
		struct post p = posts[i];
		p.topic_id = 1;
		p.user_id = 3;
		p.type = POST_REGULAR;
		p.name = p.username;
		p.cooked = "<p>Een regel.</p>";
		p.created_ms = p.updated_ms = now_ms - 3600000;
		p.version = 2;
		assert_true(post_store_put(c->writer, &p, NULL, NULL, NULL));
	}
	assert_true(store_commit(c->writer, NULL, NULL));
}

static struct community *writing_community(void)
{
	struct community *c = community_new(24, 80);
	put_posts(c);
	c->host.outbox = &port;
	given = (struct given){0};
	return c;
}

static void open_post(struct community *c, int64_t topic_id, int number)
{
	community_open(c, "start");
	stack_go(c->stack, &(struct target){.screen = "topic", .id = topic_id, .number = number});
	community_draw(c);
}

static const struct binding *binding_of(const struct screen *s, const char *key)
{
	for (const struct binding *b = s->ops->keys; b != NULL && b->key != NULL; b++)
		if (strcmp(b->key, key) == 0)
			return b;
	fail_msg("%s has no key %s", s->ops->name, key);
	return NULL;
}

/* The same through F2, when letters are off. */
static void act(struct community *c, const char *key)
{
	if (c->config.letters) {
		press(c, key);
		return;
	}
	const struct binding *b = binding_of(stack_top(c->stack), key);
	press(c, "F2");
	struct screen *actions = stack_top(c->stack);
	const struct row *row = view_rows(actions, 0, actions->count);
	for (int n = 0; n < actions->count; n++)
		if (strcmp(row[n].title, b->says) == 0) {
			for (int down = 0; down < n; down++)
				press(c, "Down");
			press(c, "Enter");
			return;
		}
	fail_msg("%s is not among the actions", b->verb);
}

static void check_status(struct community *c, const char *name, const char *says)
{
	if (strncmp(c->stack->message, says, strlen(says)) != 0)
		fail_msg("%s: the status row is \"%s\", not \"%s\"", name, c->stack->message, says);
}

static const struct {
	const char *name, *key;
	int number;
	enum change_kind kind;
	int64_t post_id, before;
	const char *original, *says;
} post_rows_table[] = {
	{"like", "l", 2, CHANGE_LIKE, OtherPost, 0, "", "You like this post. Take it back with u, for 15 seconds."},
	{"unlike", "l", 4, CHANGE_UNLIKE, LikedPost, 0, "", "You no longer like this post."},
	{"delete", "x", 1, CHANGE_DELETE, OwnPost, 0, "", "Your post is deleted. Restore it with x."},
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

/* The outbox. */
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
		community_change(c, (struct change){.id = id, .kind = CHANGE_REPLY, .topic_id = 2, .body = "Ik kom."}, rows[i].state);
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
		{{.id = 5502, .kind = CHANGE_REPLY, .topic_id = 2, .body = "x"}, CHANGE_UNSURE, "It is on its way.", true},
	};
	struct community *c = writing_community();
	for (size_t i = 0; i < COUNT(rows); i++) {
		community_change(c, rows[i].change, rows[i].state);
		undo_add(&c->ctx.undo, rows[i].change.id, "Dit.");
		press(c, "u");
		check_status(c, change_kind_word(rows[i].change.kind), rows[i].says);
		CHECK_INT("steps", c->ctx.undo.count, rows[i].again);
	}
	CHECK_INT("undone", given.undos, 1);
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
			fail_msg("%s: nothing is being written, on %s: %s", rows[i].name, stack_top(c->stack)->ops->name, c->stack->message);
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

static void what_needs_the_member_is_a_word_on_start(void **state)
{
	static const char *const names[] = {"start", "more"};
	struct community *c = writing_community();
	for (int refused = 0; refused < 2; refused++) {
		if (refused)
			community_change(c, (struct change){.id = 6000, .kind = CHANGE_REPLY, .topic_id = 2, .body = "x"}, CHANGE_REFUSED);
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
	community_change(c, (struct change){.id = 7000, .kind = CHANGE_REPLY, .topic_id = 2, .body = "Ik kom graag."}, CHANGE_WAITING);
	open_post(c, 2, 3);
	press(c, "End");
	community_draw(c);
	struct sbuf all = {0};
	canvas_dump(c->canvas, &all);
	assert_non_null(strstr(sbuf_str(&all), "Your reply, waiting"));
	assert_non_null(strstr(sbuf_str(&all), "Waiting. Goes out when there is a connection."));
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
	struct post back = {.id = 9000, .topic_id = 2, .post_number = 4, .type = POST_REGULAR, .username = "lid01", .name = "",
		.cooked = "<p>Ik kom.</p>", .created_ms = now_ms, .yours = true, .version = 1};
	community_change(c, (struct change){.id = 7100, .kind = CHANGE_REPLY, .topic_id = 2, .body = "Ik kom."}, CHANGE_DONE);
	community_change(c, (struct change){.id = 7101, .kind = CHANGE_REPLY, .topic_id = 2, .body = "Morgen."}, CHANGE_WAITING);
	assert_true(store_begin(c->writer, NULL));
	assert_true(outbox_store_set_sending(c->writer, 7101, now_ms - 1000, NULL));
	assert_true(outbox_store_set_done(c->writer, 7101, &(struct outbox_result){.held = true, .topic_id = 2}, now_ms, NULL));
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
		{{.id = 7201, .kind = CHANGE_CATEGORY_LEVEL, .category_id = 1, .number = 4, .before = 1}, "Chosen: Watch new topics"},
		{{.id = 7202, .kind = CHANGE_ATTENDANCE, .post_id = 501, .number = 3}, "Chosen: I do not come"},
		{{.id = 7203, .kind = CHANGE_FLAG, .post_id = OtherPost, .topic_id = 1, .number = 8, .body = "reclame"}, "reclame"},
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
		{"like", {.id = 8002, .kind = CHANGE_LIKE, .topic_id = 1, .post_id = OtherPost}, CHANGE_WAITING, "topic", 1, 2},
		{"muted", {.id = 8003, .kind = CHANGE_MEMBER_LEVEL, .names = "lid05", .number = 1}, CHANGE_WAITING, "member", 0, 0},
		{"sign-up", {.id = 8004, .kind = CHANGE_ATTENDANCE, .post_id = 501, .number = 1}, CHANGE_WAITING, "event", 501, 0},
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
		cmocka_unit_test(reading_tells_the_time_that_posts_were_in_view),
		cmocka_unit_test(each_state_allows_what_it_should),
		cmocka_unit_test(what_cannot_be_undone_any_more_is_said),
		cmocka_unit_test(keys_that_begin_a_text),
		cmocka_unit_test(what_needs_the_member_is_a_word_on_start),
		cmocka_unit_test(a_reply_that_waits_stands_after_the_last_post),
		cmocka_unit_test(a_reply_that_arrived_stands_there_until_it_was_fetched),
		cmocka_unit_test(an_item_says_what_was_chosen),
		cmocka_unit_test(an_item_leads_to_what_it_is_about),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
