#include "rules.h"

#include "view.h"
#include "whole.h"

/* Where things stand, and what they say. */

/* The order of a menu is that of the first time, whatever the size, the language or the day. */
static void check_order(struct community *c, const struct screen_ops *ops)
{
	static const char *const menus[] = {"start", "more", "settings", "board", "profile", "calendar_filter"};
	static int64_t order[COUNT(menus)][40];
	static int counts[COUNT(menus)];
	struct screen *s = stack_top(c->stack);
	for (size_t i = 0; i < COUNT(menus); i++) {
		if (strcmp(menus[i], ops->name) != 0)
			continue;
		const struct row *row = view_rows(s, 0, s->count);
		bool first = counts[i] == 0;
		if (first)
			counts[i] = s->count;
		CHECK_INT(ops->name, s->count, counts[i]);
		for (int n = 0; n < s->count && n < 40; n++) {
			if (first)
				order[i][n] = row[n].id;
			CHECK_INT(ops->name, row[n].id, order[i][n]);
		}
		c->ctx.now_ms += 86400000;
	}
}

static void R16_a_menu_keeps_its_order(void **state)
{
	on_every_screen(check_order);
}

static void R17_exactly_one_marked_item_with_the_cursor(void **state)
{
	on_every_screen(check_marker);
}

/* What is typed has the focus then, and not the list below it. */
static void check_filter(struct community *c, const struct screen_ops *ops)
{
	if (ops->kind != SCREEN_LIST || !ops->filter)
		return;
	press(c, "/");
	community_draw(c);
	check_marker(c, ops);
	CHECK_INT(ops->name, c->canvas->cursor_row, 2);
	press(c, "x");
	press(c, "y");
	community_draw(c);
	check_marker(c, ops);
	press(c, "Esc");
}

static void R17_while_a_list_is_narrowed_the_words_are_marked(void **state)
{
	on_every_screen(check_filter);
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
	bool written = ops->finish != NULL;
	if ((strncmp(keys, "Enter ", 6) != 0 && !written) || strstr(keys, _("Help")) == NULL)
		fail_msg("%s: the key row is \"%s\"", ops->name, keys);
	if (written && strstr(keys, _(ops->keys[0].label)) == NULL)
		fail_msg("%s: how to go on is not in the key row: \"%s\"", ops->name, keys);
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

/* However kring begins, and whatever waits. */
static void check_start(struct community *c, const struct screen_ops *ops)
{
	if (strcmp(ops->name, "start") != 0)
		return;
	for (int start = START_NORMAL; start <= START_LOW_ENERGY; start++) {
		c->config.start = start;
		stack_changed(c->stack, STORE_ALL);
		community_draw(c);
		const struct screen *s = stack_top(c->stack);
		if (s->count < 1 || s->count > 5)
			fail_msg("the first screen has %d choices", s->count);
		if (list_shown(&s->list) != s->count)
			fail_msg("%d of %d choices are seen at once", list_shown(&s->list), s->count);
	}
	c->config.start = START_NORMAL;
}

static void R18_start_has_at_most_five_choices(void **state)
{
	on_every_screen(check_start);
}

/* Help, questions and the like are on the way to something, and no place. */
static bool is_passing(const char *name)
{
	static const char *const names[] = {"help", "actions", "link", "login", "confirm", "flag", "flag_words",
		"bookmark", "draft_offer"};
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static void check_place(struct community *c, const struct screen_ops *ops)
{
	struct sbuf saved = {0};
	char *title = row_text(c, 0);
	if (is_passing(ops->name))
		return free(title);
	if (title[0] == '\0')
		fail_msg("%s does not say where you are", ops->name);
	stack_save(c->stack, &saved);
	while (c->stack->depth > 1)
		stack_back(c->stack);
	stack_restore(c->stack, sbuf_str(&saved));
	community_draw(c);
	char *again = row_text(c, 0);
	CHECK_STRING(ops->name, again, title);
	free(title);
	free(again);
	sbuf_fini(&saved);
}

static void R19_the_same_place_opens_again(void **state)
{
	on_every_screen(check_place);
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
	assert_non_null(strstr(sbuf_str(&all), ", you are coming"));
	sbuf_fini(&all);
	community_free(c);
}

/* The letters of Dutch with a mark, as in "één" and "privé"; no other sign. "…" is what was cut. */
static bool is_plain(const char *text)
{
	static const char *const letters[] = {"é", "è", "ë", "ï", "ö", "ü", "á", "ó", "í", "ê", "…"};
	bool plain = (unsigned char)text[0] < 0x80;
	for (size_t i = 0; i < COUNT(letters) && !plain; i++)
		plain = strcmp(text, letters[i]) == 0;
	return plain;
}

static void check_symbols(struct community *c, const struct screen_ops *ops)
{
	for (int at = 0; at < c->canvas->rows * c->canvas->cols; at++)
		if (!is_plain(c->canvas->cell[at].text))
			fail_msg("%s: \"%s\" is not ASCII", ops->name, c->canvas->cell[at].text);
}

static bool is_number(const char *s, int digits)
{
	for (int i = 0; i < digits; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

/* "di 3 maart 2026" and "14.30 uur", never "2026-03-03" or "14:30" in Dutch. What the member writes to the
 * site stays as the site wants it. */
static void check_dates(struct community *c, const struct screen_ops *ops)
{
	bool dutch = strcmp(_("Back"), "Back") != 0;
	char *all = shown(c);
	if (ops->kind == SCREEN_EDIT || strcmp(ops->name, "overview") == 0)
		return free(all);
	for (const char *s = all; strlen(s) > 10; s++) {
		if (is_number(s, 4) && s[4] == '-' && is_number(s + 5, 2) && s[7] == '-' && is_number(s + 8, 2))
			fail_msg("%s shows the date %.10s", ops->name, s);
		if (dutch && is_number(s, 2) && s[2] == ':' && is_number(s + 3, 2))
			fail_msg("%s shows the time %.5s", ops->name, s);
	}
	free(all);
}

static void R26_no_screen_shows_a_date_of_machines(void **state)
{
	on_every_screen(check_dates);
}

static void SR3_our_own_symbols_are_ascii(void **state)
{
	on_every_screen(check_symbols);
}

/* The states of a thing are said, whatever the theme: the canvas has no colours at all. */
static void check_states(struct community *c, const struct screen_ops *ops)
{
	struct screen *s = stack_top(c->stack);
	const struct row *row = ops->kind == SCREEN_LIST ? view_rows(s, 0, s->count) : NULL;
	for (int n = 0; row != NULL && n < s->row_count; n++)
		if (str_empty(row[n].title) || (row[n].state != NULL && row[n].state[0] == '\0'))
			fail_msg("%s: row %d has no words", ops->name, n);
}

static void R28_every_role_of_a_list_has_words(void **state)
{
	on_every_screen(check_states);
}

static void check_step(struct community *c, const struct screen_ops *ops)
{
	struct canvas *before = canvas_new(c->canvas->rows, c->canvas->cols);
	if (ops->kind != SCREEN_LIST || stack_top(c->stack)->count < 2)
		return canvas_free(before);
	c->stack->message[0] = '\0';
	community_draw(c);
	int top = stack_top(c->stack)->list.top, from = c->canvas->cursor_row, last = c->canvas->rows - 1;
	stack_draw(c->stack, before);
	press(c, "Down");
	community_draw(c);
	int below = last - 1 - whole_below_rows(stack_top(c->stack));
	for (int row = 1; row < below && stack_top(c->stack)->list.top == top; row++)
		for (int col = 2; col < c->canvas->cols; col++)
			if (strcmp(canvas_cell(before, row, col)->text, canvas_cell(c->canvas, row, col)->text) != 0)
				fail_msg("%s: a step from row %d changes row %d", ops->name, from, row);
	canvas_free(before);
}

/* Of the body only the two marks change, and in a narrow window the second line below a menu. */
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
		if (!typing && !s->filtering && c->canvas->cursor_col != panels_focus_col(c->stack))
			fail_msg("%s: after %s the cursor is in column %d", ops->name, keys[i], c->canvas->cursor_col);
	}
}

static void SR1_the_cursor_is_on_the_mark_after_each_key(void **state)
{
	on_every_screen(check_cursor);
}

static void check_sign(struct community *c, const struct screen_ops *ops)
{
	int col = panels_focus_col(c->stack);
	CHECK_STRING(ops->name, canvas_cell(c->canvas, c->canvas->cursor_row, col)->text, ">");
	CHECK_STRING(ops->name, canvas_cell(c->canvas, c->canvas->cursor_row, col + 1)->text, " ");
}

static void SR2_the_mark_is_a_sign_and_a_space(void **state)
{
	on_every_screen(check_sign);
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

static void check_waiting(struct community *c, const struct screen_ops *ops)
{
	c->config.message = MESSAGE_WAIT;
	stack_say(c->stack, "%s", "This is said.");
	community_draw(c);
	CHECK_INT(ops->name, c->canvas->cursor_row, c->canvas->rows - 2);
	c->stack->message[0] = '\0';
	community_draw(c);
	check_marker(c, ops);
	c->config.message = MESSAGE_PASS;
}

static void SR5_the_cursor_can_wait_at_what_is_said(void **state)
{
	on_every_screen(check_waiting);
}

/* Also what the status row says by itself; not how far work is. */
static void SR5_what_goes_on_can_be_read_again(void **state)
{
	struct community *c = community_new(24, 80);
	struct error err, down;
	assert_false(fail(&down, ERR_OFFLINE, "down"));
	assert_true(store_begin(c->writer, &err));
	assert_true(sync_store_put_result(c->writer, 0, false, NULL, 0, &err));
	assert_true(sync_store_put_progress(c->writer, "posts", 350, 1200, &err));
	assert_true(store_commit(c->writer, NULL, &err));
	c->ctx.waiting = true;
	community_draw(c);
	assert_true(is_shown(c, "350"));
	assert_true(store_begin(c->writer, &err));
	assert_true(sync_store_put_result(c->writer, now_ms, true, &down, 0, &err));
	assert_true(store_commit(c->writer, NULL, &err));
	community_draw(c);
	community_open(c, "said");
	community_draw(c);
	assert_true(is_shown(c, "2026, 10:00: Offline. You can still read."));
	assert_false(is_shown(c, "350"));
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R17_exactly_one_marked_item_with_the_cursor),
		cmocka_unit_test(R17_while_a_list_is_narrowed_the_words_are_marked),
		cmocka_unit_test(R16_fixed_places),
		cmocka_unit_test(R16_a_menu_keeps_its_order),
		cmocka_unit_test(R18_start_has_at_most_five_choices),
		cmocka_unit_test(R19_the_path_says_where_you_are),
		cmocka_unit_test(R19_the_same_place_opens_again),
		cmocka_unit_test(R28_the_marked_item_and_every_state_have_a_word),
		cmocka_unit_test(R26_no_screen_shows_a_date_of_machines),
		cmocka_unit_test(SR3_our_own_symbols_are_ascii),
		cmocka_unit_test(R28_every_role_of_a_list_has_words),
		cmocka_unit_test(SR4_SR10_a_step_changes_as_few_cells_as_possible),
		cmocka_unit_test(SR1_the_cursor_is_on_the_mark_after_each_key),
		cmocka_unit_test(SR2_the_mark_is_a_sign_and_a_space),
		cmocka_unit_test(SR5_what_was_said_can_be_read_again),
		cmocka_unit_test(SR5_the_cursor_can_wait_at_what_is_said),
		cmocka_unit_test(SR5_what_goes_on_can_be_read_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
