#include "rules.h"

#include "note_store.h"
#include "outbox_port.h"
#include "sql.h"
#include "view.h"

/* What changes by itself: nothing. */

static void R2_work_that_is_waited_for_is_one_line_with_real_numbers(void **state)
{
	static const struct {
		const char *name, *says;
		int progress;
	} rows[] = {
		{"line", "Fetching posts: 350 of 1200.", PROGRESS_LINE},
		{"bar", "[#####---------------] Fetching posts: 350 of 1200.", PROGRESS_BAR},
		{"off", "Fetching.", PROGRESS_OFF},
	};
	struct community *c = community_new(24, 80);
	struct error err;
	assert_true(store_begin(c->writer, &err));
	assert_true(sync_store_put_result(c->writer, 0, false, NULL, 0, &err));
	assert_true(sync_store_put_progress(c->writer, "posts", 350, 1200, &err));
	assert_true(store_commit(c->writer, NULL, &err));
	for (size_t i = 0; i < COUNT(rows); i++) {
		c->config.progress = rows[i].progress;
		c->ctx.waiting = true;
		community_draw(c);
		char *status = row_text(c, c->canvas->rows - 2);
		CHECK_STRING(rows[i].name, status, rows[i].says);
		free(status);
	}
	c->config.progress = PROGRESS_LINE;
	c->ctx.waiting = false;
	community_draw(c);
	char *status = row_text(c, c->canvas->rows - 2);
	CHECK_STRING("nobody waits", status, "");
	free(status);
	community_free(c);
}

static void check_an_hour_later(struct community *c, const struct screen_ops *ops)
{
	struct canvas *other = canvas_new(c->canvas->rows, c->canvas->cols);
	c->ctx.now_ms += 3600000;
	stack_settle(c->stack);
	stack_draw(c->stack, other);
	c->ctx.now_ms -= 3600000;
	if (!canvas_equal(c->canvas, other))
		fail_msg("%s changes by itself", ops->name);
	canvas_free(other);
}

static void R2_no_clock_and_nothing_that_counts(void **state)
{
	on_every_screen(check_an_hour_later);
}

/* The work that a key starts has one line when it begins; the end of it is the other (app). Nothing is said
 * between. */
static void check_fetching(struct community *c, const struct screen_ops *ops)
{
	unsigned before = c->stack->said.next;
	c->fetched = 0;
	press(c, "F5");
	CHECK_INT(ops->name, c->fetched, 1);
	for (int i = 0; i < 5; i++)
		community_draw(c);
	if (c->stack->said.next - before > 1)
		fail_msg("%s says %u sentences about one thing", ops->name, c->stack->said.next - before);
}

static void R2_one_key_is_one_sentence(void **state)
{
	on_every_screen(check_fetching);
}

/* Another kring of the member has fetched: nothing told this one. */
static void R4_items_that_are_gone_leave_no_holes(void **state)
{
	static const char *const keys[] = {"End", "PageUp", "PageDown", "Enter"};
	for (size_t i = 0; i < COUNT(keys); i++) {
		struct community *c = community_new(24, 80);
		community_open(c, "topics");
		for (int down = 0; down < 8; down++)
			press(c, "Down");
		assert_true(store_begin(c->writer, NULL));
		for (int id = 12; id <= Topics; id++)
			assert_true(topic_store_remove(c->writer, id, NULL));
		assert_true(store_commit(c->writer, NULL, NULL));
		press(c, keys[i]);
		community_draw(c);
		community_free(c);
	}
}

static int row_of_mark(struct community *c)
{
	community_draw(c);
	return c->canvas->cursor_row;
}

static void R4_new_items_do_not_move_the_selection(void **state)
{
	struct community *c = community_new(24, 80);
	struct error err;
	unsigned bits;
	community_open(c, "topics");
	for (int i = 0; i < 12; i++)
		press(c, "Down");
	int row = row_of_mark(c);
	int64_t id = stack_top(c->stack)->selected;
	struct sbuf before = {0}, after = {0};
	canvas_dump(c->canvas, &before);
	assert_true(store_begin(c->writer, &err));
	struct topic fresh = {.id = 900, .category_id = 1, .title = "Een nieuw onderwerp boven aan de lijst",
		.slug = "x",
		.posts_count = 1, .highest_post_number = 1, .created_ms = now_ms, .last_posted_ms = now_ms,
		.bumped_ms = now_ms,
		.visible = true, .author = "lid02", .last_poster = "lid02", .notification_level = 1};
	assert_true(topic_store_put(c->writer, &fresh, &err));
	assert_true(store_commit(c->writer, &bits, &err));
	/* The loop only remembers what changed: nothing is drawn before a key. */
	stack_draw(c->stack, c->canvas);
	canvas_dump(c->canvas, &after);
	CHECK_STRING("before a key", sbuf_str(&after), sbuf_str(&before));
	stack_changed(c->stack, bits);
	CHECK_INT("row", row_of_mark(c), row);
	CHECK_INT("item", stack_top(c->stack)->selected, id);
	sbuf_fini(&before);
	sbuf_fini(&after);
	community_free(c);
}

static void put_result(struct community *c, enum error_kind kind, const char *what)
{
	struct error err, bad;
	assert_false(fail(&bad, kind, "%s", what));
	assert_true(store_begin(c->writer, &err));
	assert_true(sync_store_put_result(c->writer, now_ms, true, kind == ERR_NONE ? NULL : &bad, 0, &err));
	assert_true(store_commit(c->writer, NULL, &err));
}

static void check_offline(struct community *c, const struct screen_ops *ops)
{
	put_result(c, ERR_OFFLINE, "down");
	c->stack->message[0] = '\0';
	community_draw(c);
	char *status = row_text(c, c->canvas->rows - 2);
	CHECK_STRING(ops->name, status, _("Offline. You can still read."));
	free(status);
	put_result(c, ERR_NONE, "");
}

static void R25_offline_is_a_plain_sentence(void **state)
{
	on_every_screen(check_offline);
}

/* What happened, what is kept and what can be done. */
static void check_parts(const char *name, const char *said, const struct error *err)
{
	if (strstr(said, err->what) == NULL || strstr(said, error_kept(err)) == NULL
		|| strstr(said, error_todo(err)) == NULL)
		fail_msg("%s lacks a part: \"%s\"", name, said);
}

static void R25_what_goes_wrong_in_fetching_has_three_parts(void **state)
{
	static const enum error_kind kinds[] = {ERR_READONLY, ERR_FORBIDDEN, ERR_NOT_FOUND, ERR_TLS, ERR_PROTOCOL,
		ERR_IO, ERR_CORRUPT};
	struct community *c = community_new(24, 80);
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		for (size_t i = 0; i < COUNT(kinds); i++) {
			struct error err;
			assert_false(fail(&err, kinds[i], "%s", "Dit gaat niet."));
			put_result(c, kinds[i], err.what);
			community_open(c, "board");
			community_draw(c);
			check_parts(error_word(kinds[i]), c->stack->status, &err);
		}
	}
	test_language("en");
	community_free(c);
}

static const struct error broken = {.kind = ERR_IO, .what = "Schijfvol"};

static bool cannot_set(void *self, const char *name, const char *value, enum option_change how, struct error *err)
{
	*err = broken;
	return false;
}

static bool cannot_edit(void *self, const char *text, struct sbuf *out, struct error *err)
{
	*err = broken;
	return false;
}

/* Said in its parts, and to be read again afterwards. */
static void R25_an_error_can_be_read_again(void **state)
{
	static const struct {
		struct target at;
		const char *key[2]; /* first to what is not chosen yet */
	} rows[] = {
		{{.screen = "setting", .text = "density"}, {"Up", "Enter"}},
		{{.screen = "setting_text", .text = "width"}, {"Backspace", "Enter"}},
		{{.screen = "note", .id = 3, .number = NOTE_MEMBER}, {"F6"}},
	};
	struct community *c = community_new(24, 80);
	c->host.set_option = cannot_set;
	c->host.edit_outside = cannot_edit;
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		for (size_t i = 0; i < COUNT(rows); i++) {
			c->stack->said = (struct said){0};
			community_open(c, "start");
			stack_go(c->stack, &rows[i].at);
			for (size_t k = 0; k < COUNT(rows[i].key) && rows[i].key[k] != NULL; k++)
				press(c, rows[i].key[k]);
			check_parts(rows[i].at.screen, c->stack->message, &broken);
			community_open(c, "said");
			community_draw(c);
			char *all = shown(c);
			if (strstr(all, broken.what) == NULL)
				fail_msg("%s: not to be read again:\n%s", rows[i].at.screen, all);
			free(all);
		}
	}
	test_language("en");
	community_free(c);
}

static void R25_a_list_without_its_copy_says_why(void **state)
{
	static const char *const list[] = {"members", "board", "topics", "calendar", "messages", "search", "notices",
		"notes", "outbox"};
	struct community *c = community_new(24, 80);
	c->ctx.store = NULL;
	c->ctx.store_error = &broken;
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		for (size_t i = 0; i < COUNT(list); i++) {
			struct arena a = {0};
			community_open(c, list[i]);
			check_parts(list[i], view_empty(stack_top(c->stack), &a), &broken);
			arena_fini(&a);
		}
	}
	test_language("en");
	c->ctx.store = c->reader;
	c->ctx.store_error = NULL;
	community_free(c);
}

static int news;

static void check_selection(struct community *c, const struct screen_ops *ops)
{
	const struct screen *s = stack_top(c->stack);
	press(c, "Down");
	press(c, "Down");
	int row = row_of_mark(c);
	int64_t id = s->selected, id2 = s->selected2;
	put_news(c, news++ % 50);
	stack_changed(c->stack, STORE_ALL);
	CHECK_INT(ops->name, row_of_mark(c), row);
	CHECK_INT(ops->name, s->selected, id);
	CHECK_INT(ops->name, s->selected2, id2);
}

static void R4_the_selection_stays_on_its_item_on_every_screen(void **state)
{
	on_every_screen(check_selection);
}

static void check_before_a_key(struct community *c, const struct screen_ops *ops)
{
	struct canvas *again = canvas_new(c->canvas->rows, c->canvas->cols);
	put_news(c, news++ % 50);
	stack_draw(c->stack, again);
	if (!canvas_equal(c->canvas, again))
		fail_msg("%s shows what is new by itself", ops->name);
	canvas_free(again);
}

static void R1_R4_nothing_new_is_shown_before_a_key(void **state)
{
	on_every_screen(check_before_a_key);
}

/* Nothing in the store says who was here when, who read what, or who is better. */
static void R5_the_store_keeps_nothing_about_watching_members(void **state)
{
	static const char *const never[] = {"last_seen", "seen_at", "online", "presence", "receipt", "read_by",
		"streak", "badge", "rank", "score"};
	struct community *c = community_new(24, 80);
	char *path = xasprintf("%s/kring.sqlite", c->dir);
	struct sql *db = sql_open(path, SQL_READONLY, NULL);
	struct sql_query *q = sql_query(db, "SELECT m.name || '.' || p.name FROM sqlite_master m,"
		" pragma_table_info(m.name) p WHERE m.type = 'table'", "");
	int columns = 0;
	for (; sql_next(q); columns++)
		for (size_t i = 0; i < COUNT(never); i++)
			if (strstr(sql_text(q, 0), never[i]) != NULL)
				fail_msg("the store keeps %s", sql_text(q, 0));
	assert_true(columns > 100);
	assert_true(sql_end(q, NULL));
	sql_close(db);
	free(path);
	community_free(c);
}

/* What other programs count of members stands on no screen. */
static void check_words(struct community *c, const struct screen_ops *ops)
{
	static const char *const never[] = {"online now", "nu online", "last seen", "laatst gezien", "is typing",
		"typt nu", "unread (", "ongelezen (", "read by", "gelezen door", "streak", "badge"};
	char *all = shown(c);
	for (size_t i = 0; i < COUNT(never); i++)
		if (strcasestr(all, never[i]) != NULL)
			fail_msg("%s says \"%s\"", ops->name, never[i]);
	free(all);
}

static void R5_no_screen_says_who_is_there_or_read_what(void **state)
{
	on_every_screen(check_words);
}

/* Menus say the same, whatever others do. */
static void check_menu(struct community *c, const struct screen_ops *ops)
{
	static const char *const menus[] = {"start", "more", "settings", "profile", "help", "actions", "board"};
	bool menu = false;
	for (size_t i = 0; i < COUNT(menus); i++)
		menu = menu || strcmp(menus[i], ops->name) == 0;
	if (!menu)
		return;
	char *before = shown(c);
	put_news(c, news++ % 50);
	stack_changed(c->stack, STORE_ALL);
	community_draw(c);
	char *after = shown(c);
	CHECK_STRING(ops->name, after, before);
	free(before);
	free(after);
}

static void R5_menus_do_not_count_what_others_do(void **state)
{
	on_every_screen(check_menu);
}

static void take_save(void *self, const struct change *c)
{
}

static void must_not_send(void *self, const struct change *c)
{
	fail_msg("a %s is sent by itself", change_kind_word(c->kind));
}

static void take_note(void *self, int kind, int64_t id, const char *text)
{
}

static void take_guide(void *self, int64_t event_id, int64_t starts_ms, const char *part, const char *text)
{
}

static void take_id(void *self, int64_t id)
{
}

static const struct outbox_port waiting = {.save = take_save, .send = must_not_send, .note = take_note,
	.guide = take_guide, .drop = take_id};

/* A day later, with a sentence on the status row and half a text. */
static void check_a_day_later(struct community *c, const struct screen_ops *ops)
{
	const struct screen *s = stack_top(c->stack);
	struct question q = {0};
	c->host.outbox = &waiting;
	if (ops->kind == SCREEN_EDIT || (ops->kind == SCREEN_ASK && ops->ask(stack_top(c->stack), &q)))
		press(c, "Z");
	stack_say(c->stack, "Dit blijft staan.");
	community_draw(c);
	char *before = shown(c);
	int64_t then = c->ctx.now_ms;
	int depth = c->stack->depth;
	c->ctx.now_ms += 24 * 3600000LL;
	stack_save_texts(c->stack);
	community_draw(c);
	char *after = shown(c);
	CHECK_STRING(ops->name, after, before);
	assert_ptr_equal(stack_top(c->stack), s);
	CHECK_INT(ops->name, c->stack->depth, depth);
	assert_false(c->left || c->stack->hidden);
	c->ctx.now_ms = then;
	free(before);
	free(after);
}

static void R6_nothing_ends_or_closes_by_itself(void **state)
{
	on_every_screen(check_a_day_later);
}

static void R25_every_error_has_three_parts(void **state)
{
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		for (int kind = ERR_OFFLINE; kind <= ERR_CANCELLED; kind++) {
			struct error err;
			assert_false(fail(&err, (enum error_kind)kind, "%s", _("There is no terminal to draw on.")));
			if (str_empty(err.what) || str_empty(error_kept(&err)) || str_empty(error_todo(&err)))
				fail_msg("%s lacks a part in %s", error_word((enum error_kind)kind), languages[l]);
		}
	}
	test_language("en");
}

static void check_sentence(struct community *c, const struct screen_ops *ops)
{
	stack_say(c->stack, "%s", "Dit blijft staan.");
	for (int i = 0; i < 3; i++) {
		community_draw(c);
		char *status = row_text(c, c->canvas->rows - 2);
		CHECK_STRING(ops->name, status, "Dit blijft staan.");
		free(status);
	}
	press(c, "Down");
	assert_string_not_equal(c->stack->message, "Dit blijft staan.");
}

static void R25_a_sentence_stays_until_a_key(void **state)
{
	on_every_screen(check_sentence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R2_work_that_is_waited_for_is_one_line_with_real_numbers),
		cmocka_unit_test(R2_no_clock_and_nothing_that_counts),
		cmocka_unit_test(R2_one_key_is_one_sentence),
		cmocka_unit_test(R4_items_that_are_gone_leave_no_holes),
		cmocka_unit_test(R4_new_items_do_not_move_the_selection),
		cmocka_unit_test(R25_offline_is_a_plain_sentence),
		cmocka_unit_test(R25_what_goes_wrong_in_fetching_has_three_parts),
		cmocka_unit_test(R25_an_error_can_be_read_again),
		cmocka_unit_test(R25_a_list_without_its_copy_says_why),
		cmocka_unit_test(R4_the_selection_stays_on_its_item_on_every_screen),
		cmocka_unit_test(R1_R4_nothing_new_is_shown_before_a_key),
		cmocka_unit_test(R5_menus_do_not_count_what_others_do),
		cmocka_unit_test(R5_the_store_keeps_nothing_about_watching_members),
		cmocka_unit_test(R5_no_screen_says_who_is_there_or_read_what),
		cmocka_unit_test(R6_nothing_ends_or_closes_by_itself),
		cmocka_unit_test(R25_every_error_has_three_parts),
		cmocka_unit_test(R25_a_sentence_stays_until_a_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
