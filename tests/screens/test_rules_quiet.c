#include "rules.h"

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

static void R2_a_screen_drawn_twice_is_the_same(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; screens[i] != NULL; i++) {
		community_open(c, screens[i]->name);
		community_draw(c);
		struct canvas *other = canvas_new(24, 80);
		c->ctx.now_ms += 3600000;
		stack_settle(c->stack);
		stack_draw(c->stack, other);
		if (!canvas_equal(c->canvas, other))
			fail_msg("%s changes by itself", screens[i]->name);
		canvas_free(other);
	}
	community_free(c);
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
	struct topic fresh = {.id = 900, .category_id = 1, .title = "Een nieuw onderwerp boven aan de lijst", .slug = "x",
		.posts_count = 1, .highest_post_number = 1, .created_ms = now_ms, .last_posted_ms = now_ms, .bumped_ms = now_ms,
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

static void R25_offline_is_a_plain_sentence(void **state)
{
	struct community *c = community_new(24, 80);
	struct error err, down;
	assert_false(fail(&down, ERR_OFFLINE, "down"));
	assert_true(store_begin(c->writer, &err));
	assert_true(sync_store_put_result(c->writer, now_ms, true, &down, 0, &err));
	assert_true(store_commit(c->writer, NULL, &err));
	for (int i = 0; screens[i] != NULL; i++) {
		community_open(c, screens[i]->name);
		community_draw(c);
		char *status = row_text(c, c->canvas->rows - 2);
		CHECK_STRING(screens[i]->name, status, "Offline. You can still read.");
		free(status);
	}
	community_free(c);
}

/* Something new of every kind, before what is there. */
static void put_news(struct community *c, int number)
{
	struct error err;
	struct topic t = {.id = 900 + number, .category_id = 1, .title = "Aanbod van een ander lid", .slug = "x",
		.posts_count = 1, .highest_post_number = 1, .created_ms = now_ms, .last_posted_ms = now_ms + number,
		.bumped_ms = now_ms + number, .visible = true, .author = "lid02", .last_poster = "lid02", .notification_level = 1};
	struct member m = {.id = 900 + number, .username = xasprintf("aaa%03d", number), .name = "Aaa Eerste", .complete = true};
	struct notice n = {.id = 900 + number, .topic_id = 2, .created_ms = now_ms + number, .type = 1, .post_number = 1,
		.title = "Nieuw", .username = "lid03"};
	assert_true(store_begin(c->writer, &err));
	assert_true(topic_store_put(c->writer, &t, &err));
	assert_true(member_store_put(c->writer, &m, &err));
	assert_true(notice_store_put(c->writer, &n, &err));
	assert_true(store_commit(c->writer, NULL, &err));
	free((char *)(uintptr_t)m.username);
}

static void R4_the_selection_stays_on_its_item_on_every_screen(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; screens[i] != NULL; i++) {
		community_open(c, screens[i]->name);
		const struct screen *s = stack_top(c->stack);
		press(c, "Down");
		press(c, "Down");
		int row = row_of_mark(c);
		int64_t id = s->selected, id2 = s->selected2;
		put_news(c, i);
		stack_changed(c->stack, STORE_ALL);
		CHECK_INT(screens[i]->name, row_of_mark(c), row);
		CHECK_INT(screens[i]->name, s->selected, id);
		CHECK_INT(screens[i]->name, s->selected2, id2);
	}
	community_free(c);
}

static void R4_nothing_new_is_shown_before_a_key(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; screens[i] != NULL; i++) {
		community_open(c, screens[i]->name);
		community_draw(c);
		struct canvas *again = canvas_new(24, 80);
		put_news(c, i);
		stack_draw(c->stack, again);
		if (!canvas_equal(c->canvas, again))
			fail_msg("%s shows what is new by itself", screens[i]->name);
		canvas_free(again);
	}
	community_free(c);
}

/* Menus say the same, whatever others do. */
static void R5_menus_do_not_count_what_others_do(void **state)
{
	static const char *const menus[] = {"start", "more", "settings", "profile", "help"};
	struct community *c = community_new(24, 80);
	for (size_t i = 0; i < COUNT(menus); i++) {
		community_open(c, menus[i]);
		community_draw(c);
		char *before = shown(c);
		put_news(c, (int)i);
		stack_changed(c->stack, STORE_ALL);
		community_draw(c);
		char *after = shown(c);
		CHECK_STRING(menus[i], after, before);
		free(before);
		free(after);
	}
	community_free(c);
}

/* A day later, with a sentence on the status row and half a text. */
static void check_a_day_later(struct community *c, const struct screen_ops *ops)
{
	const struct screen *s = stack_top(c->stack);
	if (ops->kind == SCREEN_EDIT)
		press(c, "Z");
	stack_say(c->stack, "Dit blijft staan.");
	community_draw(c);
	char *before = shown(c);
	int64_t then = c->ctx.now_ms;
	c->ctx.now_ms += 24 * 3600000LL;
	community_draw(c);
	char *after = shown(c);
	CHECK_STRING(ops->name, after, before);
	assert_ptr_equal(stack_top(c->stack), s);
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

static void R25_a_sentence_stays_until_a_key(void **state)
{
	struct community *c = community_new(24, 80);
	stack_say(c->stack, "%s", "Dit blijft staan.");
	for (int i = 0; i < 3; i++) {
		community_draw(c);
		char *status = row_text(c, 22);
		CHECK_STRING("status row", status, "Dit blijft staan.");
		free(status);
	}
	press(c, "Down");
	community_draw(c);
	char *status = row_text(c, 22);
	CHECK_STRING("after a key", status, "");
	free(status);
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R2_work_that_is_waited_for_is_one_line_with_real_numbers),
		cmocka_unit_test(R2_a_screen_drawn_twice_is_the_same),
		cmocka_unit_test(R4_items_that_are_gone_leave_no_holes),
		cmocka_unit_test(R4_new_items_do_not_move_the_selection),
		cmocka_unit_test(R25_offline_is_a_plain_sentence),
		cmocka_unit_test(R4_the_selection_stays_on_its_item_on_every_screen),
		cmocka_unit_test(R4_nothing_new_is_shown_before_a_key),
		cmocka_unit_test(R5_menus_do_not_count_what_others_do),
		cmocka_unit_test(R6_nothing_ends_or_closes_by_itself),
		cmocka_unit_test(R25_every_error_has_three_parts),
		cmocka_unit_test(R25_a_sentence_stays_until_a_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
