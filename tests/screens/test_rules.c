#include "community.h"


#include "keys.h"
#include "outbox_port.h"
#include "screens.h"
#include "view.h"

/* The rules for a calm and accessible program, over every screen there is and at every size: a new screen is tested as
 * soon as it stands in the list of screens. */
static const struct {
	int rows, cols;
} sizes[] = {{24, 80}, {20, 60}, {15, 40}, {40, 120}};

enum { Draft = 77 };

/* A text is opened with something in it. */
static void open_screen(struct community *c, const struct screen_ops *ops)
{
	community_open(c, ops->name);
	if (strcmp(ops->name, "compose") == 0)
		stack_replace(c->stack, &(struct target){.screen = ops->name, .id = Draft});
}

static struct community *community_with_draft(int rows, int cols)
{
	struct community *c = community_new(rows, cols);
	community_change(c, (struct change){.id = Draft, .kind = CHANGE_REPLY, .topic_id = 30, .number = 2,
		.body = "Ik doe graag mee aan deze samenwerking, als het in de regio is.\n\nTot dan."}, CHANGE_DRAFT);
	return c;
}

static void on_every_screen(void (*check)(struct community *c, const struct screen_ops *ops))
{
	for (size_t size = 0; size < COUNT(sizes); size++) {
		struct community *c = community_with_draft(sizes[size].rows, sizes[size].cols);
		for (int i = 0; screens[i] != NULL; i++) {
			open_screen(c, screens[i]);
			community_draw(c);
			check(c, screens[i]);
		}
		community_free(c);
	}
}

static void check_marker(struct community *c, const struct screen_ops *ops)
{
	int marks = 0, at = -1;
	for (int row = 0; row < c->canvas->rows; row++) {
		const struct cell *cell = canvas_cell(c->canvas, row, 0), *next = canvas_cell(c->canvas, row, 1);
		if (strcmp(cell->text, ">") == 0 && strcmp(next->text, " ") == 0) {
			marks++;
			at = row;
		}
	}
	CHECK_INT(ops->name, marks, 1);
	CHECK_INT(ops->name, c->canvas->cursor_row, at);
}

static void R17_exactly_one_marked_item_with_the_cursor(void **state)
{
	on_every_screen(check_marker);
}

static void check_places(struct community *c, const struct screen_ops *ops)
{
	char *title = row_text(c, 0), *empty = row_text(c, 1), *keys = row_text(c, c->canvas->rows - 1);
	if (title[0] == '\0' || empty[0] != '\0')
		fail_msg("%s: row 1 is \"%s\", row 2 is \"%s\"", ops->name, title, empty);
	if (strncmp(keys, "Enter ", 6) != 0 || strstr(keys, "Help") == NULL)
		fail_msg("%s: the key row is \"%s\"", ops->name, keys);
	if (strcmp(ops->name, "start") != 0 && strstr(keys, "Esc Back") == NULL)
		fail_msg("%s: back is not in the key row: \"%s\"", ops->name, keys);
	int shown = 1;
	for (const char *s = keys; (s = strstr(s, "   ")) != NULL; s += 3)
		shown++;
	assert_true(shown <= 6);
	free(title);
	free(empty);
	free(keys);
}

static void R16_fixed_places(void **state)
{
	on_every_screen(check_places);
}

static void R18_start_has_at_most_five_choices(void **state)
{
	struct community *c = community_new(24, 80);
	assert_true(stack_top(c->stack)->count <= 5);
	assert_true(stack_top(c->stack)->count > 0);
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

static void R12_one_key_means_one_thing(void **state)
{
	for (int i = 0; screens[i] != NULL; i++)
		for (const struct binding *a = screens[i]->keys; a != NULL && a->key != NULL; a++) {
			for (const struct binding *g = global_keys; g->key != NULL; g++)
				if (strcmp(a->key, g->key) == 0)
					fail_msg("%s: %s is a key of every screen", screens[i]->name, a->key);
			for (int j = 0; screens[j] != NULL; j++)
				for (const struct binding *b = screens[j]->keys; b != NULL && b->key != NULL; b++)
					if (strcmp(a->key, b->key) == 0 && strcmp(a->verb, b->verb) != 0)
						fail_msg("%s is %s on %s and %s on %s", a->key, a->verb, screens[i]->name, b->verb,
							screens[j]->name);
		}
}

static void check_unknown_key(struct community *c, const struct screen_ops *ops)
{
	const struct screen *before = stack_top(c->stack);
	if (ops->kind == SCREEN_ASK || before->filtering)
		return;
	press(c, "F12");
	community_draw(c);
	/* What does not fit in one row takes the row above too. */
	char *status = row_text(c, c->canvas->rows - 2), *above = row_text(c, c->canvas->rows - 3);
	bool said = strstr(status, "does nothing here") != NULL || strstr(above, "does nothing here") != NULL;
	if (!said || stack_top(c->stack) != before)
		fail_msg("%s: after F12 the status row is \"%s\"", ops->name, status);
	free(above);
	free(status);
}

static void R12_a_key_without_a_meaning_says_so(void **state)
{
	on_every_screen(check_unknown_key);
}

static void check_way_back(struct community *c, const struct screen_ops *ops)
{
	for (int i = 0; i < 10 && c->stack->depth > 1; i++)
		press(c, "Esc");
	CHECK_INT(ops->name, c->stack->depth, 1);
	press(c, "Esc");
	CHECK_INT(ops->name, c->stack->depth, 1);
	assert_false(c->left);
}

static void R13_escape_goes_back_to_start_and_never_out(void **state)
{
	on_every_screen(check_way_back);
}

static void check_moving(struct community *c, const struct screen_ops *ops)
{
	static const char *const keys[] = {"Up", "Down", "Down", "PageDown", "PageDown", "PageUp", "End", "Home", "Tab", "Tab"};
	const struct screen *before = stack_top(c->stack);
	int depth = c->stack->depth;
	for (size_t i = 0; i < COUNT(keys); i++) {
		press(c, keys[i]);
		community_draw(c);
		if (stack_top(c->stack) != before || c->stack->depth != depth)
			fail_msg("%s: %s leaves the screen", ops->name, keys[i]);
		check_marker(c, ops);
	}
}

static void R15_moving_never_leaves_the_screen(void **state)
{
	on_every_screen(check_moving);
}

static void R14_everything_works_without_letters(void **state)
{
	struct community *c = community_new(24, 80);
	c->config.letters = false;
	for (int i = 0; screens[i] != NULL; i++) {
		for (char letter = 'a'; letter <= 'z'; letter++) {
			char name[2] = {letter, 0};
			community_open(c, screens[i]->name);
			const struct screen *before = stack_top(c->stack);
			if (screens[i]->kind == SCREEN_ASK || before->filtering)
				continue;
			press(c, name);
			if (stack_top(c->stack) != before || c->left || c->fetched > 0)
				fail_msg("%s: the letter %s does something", screens[i]->name, name);
		}
		community_open(c, screens[i]->name);
		if (strcmp(screens[i]->name, "actions") == 0)
			continue;
		press(c, "F2");
		for (const struct binding *b = screens[i]->keys; b != NULL && b->key != NULL; b++) {
			struct screen *actions = stack_top(c->stack);
			const struct row *row = view_rows(actions, 0, actions->count);
			bool found = false;
			for (int n = 0; n < actions->count; n++)
				found = found || strncmp(row[n].title, b->says, strlen(b->says)) == 0;
			if (!found)
				fail_msg("%s: %s is not among the actions", screens[i]->name, b->verb);
		}
	}
	community_free(c);
}

static struct sbuf given;

static void take_change(void *self, const struct change *c)
{
	sbuf_add(&given, c->body);
}

static void take_note(void *self, int kind, int64_t id, const char *text)
{
	sbuf_add(&given, text);
}

static void take_guide(void *self, int64_t event_id, int64_t starts_ms, const char *part, const char *text)
{
	sbuf_add(&given, text);
}

static const struct outbox_port taking = {.save = take_change, .note = take_note, .guide = take_guide};

static void check_letters(struct community *c, const struct screen_ops *ops)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789?/!.<>@#";
	const struct screen *s = stack_top(c->stack);
	if (ops->kind != SCREEN_EDIT)
		return;
	for (const char *l = letters; *l != '\0'; l++)
		press(c, (char[]){*l, '\0'});
	assert_ptr_equal(stack_top(c->stack), s);
	CHECK_STRING(ops->name, editor_text(&s->editor) + s->editor.text.n - strlen(letters), letters);
	assert_false(c->left);
	community_draw(c);
	check_marker(c, ops);
	assert_true(c->canvas->cursor_col >= 2);
}

static void R12_in_a_text_every_letter_is_text(void **state)
{
	on_every_screen(check_letters);
}

/* Whatever leads away from a text, it was given to be kept. */
static void check_kept(struct community *c, const struct screen_ops *ops)
{
	static const char *const ways[] = {"Esc", "F1", "F2", "F3"};
	if (ops->kind != SCREEN_EDIT)
		return;
	c->host.outbox = &taking;
	for (size_t i = 0; i < COUNT(ways); i++) {
		sbuf_reset(&given);
		open_screen(c, ops);
		for (const char *l = "Zeker"; *l != '\0'; l++)
			press(c, (char[]){*l, '\0'});
		assert_true(stack_due_ms(c->stack) > 0);
		press(c, ways[i]);
		if (strstr(sbuf_str(&given), "Zeker") == NULL)
			fail_msg("%s: %s loses what was typed", ops->name, ways[i]);
		CHECK_INT(ops->name, stack_due_ms(c->stack), 0);
	}
	sbuf_fini(&given);
}

static void R13_escape_never_loses_a_text(void **state)
{
	on_every_screen(check_kept);
}

static void check_width(struct community *c, const struct screen_ops *ops)
{
	const struct screen *s = stack_top(c->stack);
	for (size_t i = 0; i < s->text.count; i++)
		if (s->text.line[i].cols > c->config.width || s->text.line[i].cols > c->canvas->cols - 2)
			fail_msg("%s: line %zu has %d columns", ops->name, i, s->text.line[i].cols);
}

static void R21_no_line_of_a_text_is_wider_than_the_setting(void **state)
{
	on_every_screen(check_width);
}

static void check_end(struct community *c, const struct screen_ops *ops)
{
	if (ops->kind != SCREEN_LIST || stack_top(c->stack)->count == 0)
		return;
	press(c, "End");
	community_draw(c);
	struct sbuf all = {0};
	canvas_dump(c->canvas, &all);
	if (strstr(sbuf_str(&all), "End of list.") == NULL)
		fail_msg("%s: the end of the list is not said:\n%s", ops->name, sbuf_str(&all));
	sbuf_fini(&all);
}

static void R22_a_list_has_an_end(void **state)
{
	on_every_screen(check_end);
}

static void R22_two_items_of_a_page_stay_on_the_next(void **state)
{
	struct community *c = community_new(24, 80);
	community_open(c, "members");
	struct screen *s = stack_top(c->stack);
	int shown = list_shown(&s->list);
	press(c, "PageDown");
	CHECK_INT("top", s->list.top, shown - 2);
	community_free(c);
}

static void check_resize(struct community *c, const struct screen_ops *ops)
{
	int rows = c->canvas->rows, cols = c->canvas->cols;
	for (int i = 0; i < 3; i++)
		press(c, "Down");
	community_draw(c);
	const struct screen *s = stack_top(c->stack);
	int64_t id = s->selected;
	int anchor = s->text.count > 0 ? s->text.line[s->pager.cursor].anchor : -1;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		community_resize(c, sizes[i].rows, sizes[i].cols);
		community_draw(c);
		check_marker(c, ops);
		CHECK_INT(ops->name, s->selected, id);
		if (anchor >= 0 && s->text.count > 0)
			CHECK_INT(ops->name, s->text.line[s->pager.cursor].anchor, anchor);
	}
	community_resize(c, 5, 20);
	community_draw(c);
	char *first = row_text(c, 0);
	assert_true(strncmp(first, "Window too small", 16) == 0);
	free(first);
	community_resize(c, rows, cols);
}

static void R29_resizing_keeps_the_place(void **state)
{
	on_every_screen(check_resize);
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

static void R19_the_path_says_where_you_are(void **state)
{
	struct community *c = community_new(24, 80);
	press(c, "Down");
	press(c, "Enter");
	press(c, "Down");
	press(c, "Enter");
	press(c, "Enter");
	community_draw(c);
	char *title = row_text(c, 0);
	assert_true(strncmp(title, "Board > Samenwerken > Onderwerp", 31) == 0);
	assert_non_null(strstr(title, "post 1 of 3"));
	struct sbuf saved = {0};
	stack_save(c->stack, &saved);
	community_open(c, "start");
	stack_restore(c->stack, sbuf_str(&saved));
	community_draw(c);
	char *again = row_text(c, 0);
	CHECK_STRING("the same place", again, title);
	free(title);
	free(again);
	sbuf_fini(&saved);
	community_free(c);
}

static void R28_the_marked_item_and_every_state_have_a_word(void **state)
{
	struct community *c = community_new(24, 80);
	struct sbuf all = {0};
	community_open(c, "topics");
	community_draw(c);
	canvas_dump(c->canvas, &all);
	assert_non_null(strstr(sbuf_str(&all), ", new"));
	assert_non_null(strstr(sbuf_str(&all), ", closed"));
	assert_non_null(strstr(sbuf_str(&all), "\n> "));
	sbuf_reset(&all);
	community_open(c, "calendar");
	community_draw(c);
	canvas_dump(c->canvas, &all);
	assert_non_null(strstr(sbuf_str(&all), ", full"));
	assert_non_null(strstr(sbuf_str(&all), ", you come"));
	sbuf_fini(&all);
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

static void SR3_our_own_symbols_are_ascii(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; screens[i] != NULL; i++) {
		community_open(c, screens[i]->name);
		community_draw(c);
		for (int at = 0; at < c->canvas->rows * c->canvas->cols; at++) {
			const char *text = c->canvas->cell[at].text;
			if ((unsigned char)text[0] >= 0x80 && strcmp(text, "…") != 0)
				fail_msg("%s: \"%s\" is not ASCII", screens[i]->name, text);
		}
	}
	community_free(c);
}

static void SR9_no_key_of_screen_readers_is_bound(void **state)
{
	struct key k;
	static const char *const never[] = {"Insert", "M-x", "C-M-x", "A-x"};
	for (size_t i = 0; i < COUNT(never); i++)
		assert_false(key_parse(never[i], &k));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R2_work_that_is_waited_for_is_one_line_with_real_numbers),
		cmocka_unit_test(R2_a_screen_drawn_twice_is_the_same),
		cmocka_unit_test(R4_new_items_do_not_move_the_selection),
		cmocka_unit_test(R4_items_that_are_gone_leave_no_holes),
		cmocka_unit_test(R12_one_key_means_one_thing),
		cmocka_unit_test(R12_a_key_without_a_meaning_says_so),
		cmocka_unit_test(R13_escape_goes_back_to_start_and_never_out),
		cmocka_unit_test(R12_in_a_text_every_letter_is_text),
		cmocka_unit_test(R13_escape_never_loses_a_text),
		cmocka_unit_test(R14_everything_works_without_letters),
		cmocka_unit_test(R15_moving_never_leaves_the_screen),
		cmocka_unit_test(R16_fixed_places),
		cmocka_unit_test(R17_exactly_one_marked_item_with_the_cursor),
		cmocka_unit_test(R18_start_has_at_most_five_choices),
		cmocka_unit_test(R19_the_path_says_where_you_are),
		cmocka_unit_test(R21_no_line_of_a_text_is_wider_than_the_setting),
		cmocka_unit_test(R22_a_list_has_an_end),
		cmocka_unit_test(R22_two_items_of_a_page_stay_on_the_next),
		cmocka_unit_test(R25_offline_is_a_plain_sentence),
		cmocka_unit_test(R28_the_marked_item_and_every_state_have_a_word),
		cmocka_unit_test(R29_resizing_keeps_the_place),
		cmocka_unit_test(SR3_our_own_symbols_are_ascii),
		cmocka_unit_test(SR9_no_key_of_screen_readers_is_bound),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
