#include "rules.h"

#include "panels.h"
#include "view.h"

/* A list and the text that was opened from it, beside each other. */
static struct community *wide(int cols)
{
	struct community *c = community_new(40, cols);
	c->config.panels = PANELS_SIDE;
	return c;
}

static char *part(struct community *c, int row, int col, int cols)
{
	struct sbuf text = {0};
	for (int i = col; i < col + cols && i < c->canvas->cols; i++)
		sbuf_add(&text, canvas_cell(c->canvas, row, i)->text);
	return sbuf_take(&text);
}

/* All rows of a panel but the columns of the mark. */
static char *body(struct community *c, int col, int cols)
{
	struct sbuf text = {0};
	for (int row = 2; row < c->canvas->rows - 2; row++) {
		char *one = part(c, row, col + 2, cols - 2);
		sbuf_addf(&text, "%s\n", one);
		free(one);
	}
	return sbuf_take(&text);
}

enum { Cols = 120, TextCols = 69, ListCols = Cols - TextCols - 1 };

static void check_same(const char *row, char *before, char *after)
{
	CHECK_STRING(row, after, before);
	free(after);
	free(before);
}

static void enter_goes_right_and_escape_left(void **state)
{
	static const char *const lists[][2] = {{"topics", "topic"}, {"members", "member"}, {"calendar", "event"},
		{"messages", "topic"}};
	for (size_t i = 0; i < COUNT(lists); i++) {
		struct community *c = wide(Cols);
		community_open(c, lists[i][0]);
		community_draw(c);
		struct screen *list = stack_top(c->stack);
		CHECK_INT(lists[i][0], c->canvas->cursor_col, 0);
		/* In the calendar the next row is a day. */
		if (strcmp(lists[i][0], "calendar") != 0)
			press(c, "Down");
		int cursor = list->list.cursor;
		press(c, "Enter");
		community_draw(c);
		struct screen *text = stack_top(c->stack);
		CHECK_STRING(lists[i][0], text->ops->name, lists[i][1]);
		CHECK_INT(lists[i][0], c->canvas->cursor_col, ListCols + 1);
		check_marker(c, text->ops);
		char *right = body(c, ListCols + 1, TextCols), *left = body(c, 0, ListCols);
		press(c, "Esc");
		community_draw(c);
		assert_ptr_equal(stack_top(c->stack), list);
		CHECK_INT(lists[i][0], list->list.cursor, cursor);
		CHECK_INT(lists[i][0], c->canvas->cursor_col, 0);
		check_marker(c, list->ops);
		check_same("the text stays", right, body(c, ListCols + 1, TextCols));
		check_same("the list stays", left, body(c, 0, ListCols));
		community_free(c);
	}
}

static void R15_moving_in_the_list_leaves_the_text(void **state)
{
	static const char *const keys[] = {"Down", "PageDown", "End", "Up", "Home", "/", "0", "Esc"};
	struct community *c = wide(Cols);
	community_open(c, "topics");
	press(c, "Enter");
	press(c, "Esc");
	community_draw(c);
	char *right = body(c, ListCols + 1, TextCols);
	for (size_t i = 0; i < COUNT(keys); i++) {
		press(c, keys[i]);
		community_draw(c);
		check_same(keys[i], strdup(right), body(c, ListCols + 1, TextCols));
	}
	free(right);
	community_free(c);
}

static void the_same_text_opens_where_it_was(void **state)
{
	struct community *c = wide(Cols);
	community_open(c, "topics");
	press(c, "Enter");
	struct screen *text = stack_top(c->stack);
	press(c, "PageDown");
	int cursor = text->pager.cursor;
	press(c, "Esc");
	press(c, "Enter");
	assert_ptr_equal(stack_top(c->stack), text);
	CHECK_INT("the line", text->pager.cursor, cursor);
	press(c, "Esc");
	press(c, "Down");
	press(c, "Enter");
	assert_true(stack_top(c->stack)->target.id != 0 && stack_top(c->stack)->pager.cursor != cursor);
	assert_null(c->stack->beside);
	community_free(c);
}

static void another_screen_takes_the_whole_window(void **state)
{
	struct community *c = wide(Cols);
	community_open(c, "topics");
	press(c, "Enter");
	press(c, "Esc");
	press(c, "F2");
	community_draw(c);
	assert_null(panels_left(c->stack));
	press(c, "Esc");
	assert_non_null(panels_right(c->stack));
	press(c, "Esc");
	assert_null(c->stack->beside);
	press(c, "F3");
	community_draw(c);
	assert_null(panels_left(c->stack));
	community_free(c);
}

static void R29_a_narrow_window_has_the_panel_with_the_focus(void **state)
{
	struct community *c = wide(Cols);
	community_open(c, "topics");
	press(c, "Down");
	press(c, "Enter");
	struct screen *text = stack_top(c->stack);
	press(c, "Down");
	int cursor = text->pager.cursor;
	community_resize(c, 24, 80);
	community_draw(c);
	assert_ptr_equal(stack_top(c->stack), text);
	CHECK_INT("narrow", c->canvas->cursor_col, 0);
	CHECK_INT("narrow", text->pager.cursor, cursor);
	community_resize(c, 40, Cols);
	community_draw(c);
	CHECK_INT("wide", c->canvas->cursor_col, ListCols + 1);
	press(c, "Esc");
	community_resize(c, 24, 80);
	community_draw(c);
	CHECK_INT("the item", stack_top(c->stack)->list.cursor, 1);
	check_marker(c, stack_top(c->stack)->ops);
	community_resize(c, 40, Cols);
	community_draw(c);
	assert_ptr_equal(panels_right(c->stack), text);
	community_free(c);
}

static void a_text_keeps_its_width_and_both_have_room(void **state)
{
	static const struct {
		int cols, width;
		bool two;
	} rows[] = {{99, 66, false}, {100, 66, true}, {100, 80, false}, {113, 80, false}, {114, 80, true},
		{100, 40, true}, {240, 66, true}};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct community *c = wide(rows[i].cols);
		c->config.width = rows[i].width;
		community_open(c, "topics");
		press(c, "Enter");
		community_draw(c);
		const struct screen *left = panels_left(c->stack), *right = panels_right(c->stack);
		CHECK_INT("two panels", left != NULL, rows[i].two);
		CHECK_INT("the text", screen_text_width(stack_top(c->stack)), rows[i].width);
		if (left != NULL) {
			assert_true(panels_cols(c->stack, left) >= 30 && panels_cols(c->stack, left) <= 80);
			assert_true(panels_cols(c->stack, left) + 1 + panels_cols(c->stack, right) <= rows[i].cols);
		}
		for (int row = 2; left != NULL && row < c->canvas->rows - 2; row++)
			CHECK_STRING("SR3: between them", canvas_cell(c->canvas, row, panels_cols(c->stack, left))->text, " ");
		community_free(c);
	}
}

static void text_mode_has_one(void **state)
{
	struct community *c = wide(Cols);
	c->stack->lines = true;
	community_open(c, "topics");
	press(c, "Enter");
	assert_null(panels_left(c->stack));
	press(c, "Esc");
	assert_null(c->stack->beside);
	community_free(c);
}

/* The same keys at every run. */
static void any_keys_and_sizes_keep_one_mark(void **state)
{
	static const char *const keys[] = {"Enter", "Esc", "Down", "Down", "Up", "PageDown", "End", "Home",
		"Enter", "Esc", "Tab", "Right", "Left", "n", "w", "t", "F2", "F3", "u", "d", "m", "?", "/", "o"};
	static const char *const lists[] = {"topics", "messages", "members", "calendar", "week"};
	struct community *c = wide(Cols);
	uint32_t random = 7;
	for (int i = 0; i < 4000; i++) {
		random = random * 1103515245 + 12345;
		unsigned pick = random >> 16;
		if (i % 200 == 0)
			community_open(c, lists[i / 200 % COUNT(lists)]);
		else if (pick % 40 == 0)
			community_resize(c, 40, pick % 80 == 0 ? 80 : Cols);
		else if (pick % 40 == 1)
			stack_changed(c->stack, STORE_ALL);
		else
			press(c, keys[pick % COUNT(keys)]);
		community_draw(c);
		const struct screen_ops *ops = stack_top(c->stack)->ops;
		if (!c->stack->hidden && (ops->kind == SCREEN_LIST || ops->kind == SCREEN_TEXT))
			check_marker(c, ops);
	}
	community_free(c);
}

/* After a fetch, in its place. */
static void the_text_on_the_right_is_renewed(void **state)
{
	struct community *c = community_new(40, 120);
	struct error err;
	c->config.panels = PANELS_SIDE;
	community_open(c, "topics");
	press(c, "Enter");
	for (int i = 0; i < 3; i++)
		press(c, "Down");
	press(c, "Esc");
	assert_non_null(c->stack->beside);
	int64_t topic_id = c->stack->beside->target.id;
	int anchor = c->stack->beside->text.line[c->stack->beside->pager.cursor].anchor;
	struct post p = {.id = topic_id * 100 + anchor, .topic_id = topic_id, .user_id = 2, .post_number = anchor,
		.type = POST_REGULAR, .username = "lid02", .name = "lid02", .cooked = "<p>Heel andere woorden.</p>",
		.created_ms = now_ms, .updated_ms = now_ms, .version = 2};
	assert_true(store_begin(c->writer, &err) && post_store_put(c->writer, &p, NULL, NULL, &err));
	assert_true(store_commit(c->writer, NULL, &err));
	stack_changed(c->stack, STORE_POSTS);
	community_draw(c);
	char *all = shown(c);
	assert_non_null(strstr(all, "Heel andere woorden."));
	CHECK_INT("place", c->stack->beside->text.line[c->stack->beside->pager.cursor].anchor, anchor);
	free(all);
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(enter_goes_right_and_escape_left),
		cmocka_unit_test(R15_moving_in_the_list_leaves_the_text),
		cmocka_unit_test(the_same_text_opens_where_it_was),
		cmocka_unit_test(another_screen_takes_the_whole_window),
		cmocka_unit_test(R29_a_narrow_window_has_the_panel_with_the_focus),
		cmocka_unit_test(a_text_keeps_its_width_and_both_have_room),
		cmocka_unit_test(text_mode_has_one),
		cmocka_unit_test(any_keys_and_sizes_keep_one_mark),
		cmocka_unit_test(the_text_on_the_right_is_renewed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
