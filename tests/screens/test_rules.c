#include "rules.h"

#include "view.h"

/* Where things stand, and how much there is of them. */

static void R17_exactly_one_marked_item_with_the_cursor(void **state)
{
	on_every_screen(check_marker);
}

static bool has_back(const char *keys)
{
	char *back = xasprintf("Esc %s", _("Back"));
	bool has = strstr(keys, back) != NULL;
	free(back);
	return has;
}

static void check_places(struct community *c, const struct screen_ops *ops)
{
	char *title = row_text(c, 0), *empty = row_text(c, 1), *keys = row_text(c, c->canvas->rows - 1);
	if (title[0] == '\0' || empty[0] != '\0')
		fail_msg("%s: row 1 is \"%s\", row 2 is \"%s\"", ops->name, title, empty);
	if (strncmp(keys, "Enter ", 6) != 0 || strstr(keys, _("Help")) == NULL)
		fail_msg("%s: the key row is \"%s\"", ops->name, keys);
	if (strcmp(ops->name, "start") != 0 && !has_back(keys))
		fail_msg("%s: back is not in the key row: \"%s\"", ops->name, keys);
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
	if (strstr(sbuf_str(&all), _("End of list.")) == NULL)
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
	assert_true(strncmp(first, _("Window too small. Needed: %d by %d characters."), 14) == 0);
	free(first);
	community_resize(c, rows, cols);
}

static void R29_resizing_keeps_the_place(void **state)
{
	on_every_screen(check_resize);
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

static int bindings_shown(const char *keys)
{
	int shown = 1;
	for (const char *s = keys; (s = strstr(s, "   ")) != NULL; s += 3)
		shown++;
	return shown;
}

static void check_key_row(struct community *c, const struct screen_ops *ops)
{
	char *keys = row_text(c, c->canvas->rows - 1);
	if (bindings_shown(keys) > 6)
		fail_msg("%s: too many keys: \"%s\"", ops->name, keys);
	free(keys);
}

static void R18_the_key_row_has_at_most_six_keys(void **state)
{
	on_every_screen(check_key_row);
}

static void R21_the_width_is_a_choice_from_40_to_80(void **state)
{
	struct community *c = community_new(40, 120);
	for (c->config.width = 40; c->config.width <= 80; c->config.width += 20)
		on_every_screen_of(c, check_width);
	community_free(c);
}

/* The states of a thing are said, whatever the theme: the canvas has no colours at all. */
static void R28_every_role_of_a_list_has_words(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; screens[i] != NULL; i++) {
		community_open(c, screens[i]->name);
		struct screen *s = stack_top(c->stack);
		const struct row *row = screens[i]->kind == SCREEN_LIST ? view_rows(s, 0, s->count) : NULL;
		for (int n = 0; row != NULL && n < s->row_count; n++)
			if (str_empty(row[n].title) || (row[n].state != NULL && row[n].state[0] == '\0'))
				fail_msg("%s: row %d has no words", screens[i]->name, n);
	}
	community_free(c);
}

static void check_step(struct community *c, const struct screen_ops *ops)
{
	struct canvas *before = canvas_new(c->canvas->rows, c->canvas->cols);
	if (ops->kind != SCREEN_LIST || stack_top(c->stack)->count < 2)
		return canvas_free(before);
	int top = stack_top(c->stack)->list.top, from = c->canvas->cursor_row, last = c->canvas->rows - 1;
	stack_draw(c->stack, before);
	press(c, "Down");
	community_draw(c);
	for (int row = 1; row < last && stack_top(c->stack)->list.top == top; row++)
		for (int col = 2; col < c->canvas->cols && row < last - 1; col++)
			if (strcmp(canvas_cell(before, row, col)->text, canvas_cell(c->canvas, row, col)->text) != 0)
				fail_msg("%s: a step from row %d changes row %d", ops->name, from, row);
	canvas_free(before);
}

/* Of the body only the two marks change. */
static void SR4_SR10_a_step_changes_as_few_cells_as_possible(void **state)
{
	on_every_screen(check_step);
}

static void check_cursor(struct community *c, const struct screen_ops *ops)
{
	static const char *const keys[] = {"Down", "PageDown", "End", "Up", "Home"};
	for (size_t i = 0; i < COUNT(keys); i++) {
		press(c, keys[i]);
		community_draw(c);
		const struct screen *s = stack_top(c->stack);
		bool typing = ops->kind == SCREEN_EDIT || ops->kind == SCREEN_ASK;
		check_marker(c, ops);
		if (!typing && !s->filtering && c->canvas->cursor_col != 0)
			fail_msg("%s: after %s the cursor is in column %d", ops->name, keys[i], c->canvas->cursor_col);
	}
}

static void SR1_the_cursor_is_on_the_mark_after_each_key(void **state)
{
	on_every_screen(check_cursor);
}

static void SR2_the_mark_is_a_sign_and_a_space(void **state)
{
	struct community *c = community_new(24, 80);
	community_draw(c);
	CHECK_STRING("mark", canvas_cell(c->canvas, c->canvas->cursor_row, 0)->text, ">");
	CHECK_STRING("space", canvas_cell(c->canvas, c->canvas->cursor_row, 1)->text, " ");
	community_free(c);
}

static bool is_shown(struct community *c, const char *words)
{
	struct sbuf b = {0};
	canvas_dump(c->canvas, &b);
	bool found = strstr(sbuf_str(&b), words) != NULL;
	sbuf_fini(&b);
	return found;
}

static void SR5_what_was_said_can_be_read_again(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; i < 40; i++)
		stack_say(c->stack, "sentence %d.", i);
	stack_say(c->stack, "%s", "sentence 39.");
	press(c, "Down");
	stack_go(c->stack, &(struct target){.screen = "said"});
	community_draw(c);
	assert_true(is_shown(c, "sentence 39."));
	assert_true(is_shown(c, "sentence 30."));
	assert_false(is_shown(c, "sentence 5."));
	community_free(c);
}

static void SR5_the_cursor_can_wait_at_what_is_said(void **state)
{
	struct community *c = community_new(24, 80);
	c->config.message = MESSAGE_WAIT;
	stack_say(c->stack, "%s", "This is said.");
	community_draw(c);
	CHECK_INT("at the sentence", c->canvas->cursor_row, c->canvas->rows - 2);
	press(c, "Down");
	community_draw(c);
	CHECK_STRING("and after a key at the mark again", canvas_cell(c->canvas, c->canvas->cursor_row, 0)->text, ">");
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R17_exactly_one_marked_item_with_the_cursor),
		cmocka_unit_test(R16_fixed_places),
		cmocka_unit_test(R18_start_has_at_most_five_choices),
		cmocka_unit_test(R19_the_path_says_where_you_are),
		cmocka_unit_test(R21_no_line_of_a_text_is_wider_than_the_setting),
		cmocka_unit_test(R22_a_list_has_an_end),
		cmocka_unit_test(R22_two_items_of_a_page_stay_on_the_next),
		cmocka_unit_test(R28_the_marked_item_and_every_state_have_a_word),
		cmocka_unit_test(R29_resizing_keeps_the_place),
		cmocka_unit_test(SR3_our_own_symbols_are_ascii),
		cmocka_unit_test(R18_the_key_row_has_at_most_six_keys),
		cmocka_unit_test(R21_the_width_is_a_choice_from_40_to_80),
		cmocka_unit_test(R28_every_role_of_a_list_has_words),
		cmocka_unit_test(SR4_SR10_a_step_changes_as_few_cells_as_possible),
		cmocka_unit_test(SR1_the_cursor_is_on_the_mark_after_each_key),
		cmocka_unit_test(SR2_the_mark_is_a_sign_and_a_space),
		cmocka_unit_test(SR5_what_was_said_can_be_read_again),
		cmocka_unit_test(SR5_the_cursor_can_wait_at_what_is_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
