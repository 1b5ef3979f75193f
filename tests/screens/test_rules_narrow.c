#include "rules.h"

#include "list.h"
#include "view.h"
#include "whole.h"

/* In a narrow window no word of kring's own menus is lost. */

/* Titles that members wrote; opening them shows them whole. */
static bool is_written_by_others(const char *name)
{
	static const char *const names[] = {"topics", "messages", "search", "member_posts", "absence", "notices",
		"members", "notes", "calendar", "week", "attendees", "board", "looks_back"};
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcmp(names[i], name) == 0)
			return true;
	return false;
}

static bool ends_cut(const char *row)
{
	size_t n = strlen(row), dots = strlen("…");
	return n >= dots && strcmp(&row[n - dots], "…") == 0;
}

static void check_page(struct community *c, const char *name)
{
	const struct screen *s = stack_top(c->stack);
	int page = list_page(&s->list);
	if (page < (whole_below_rows(s) > 4 ? 2 : 3))
		fail_msg("%s: only %d items on a page", name, page);
	for (int row = 2; row < c->canvas->rows - 1; row++) {
		char *text = row_text(c, row);
		if (ends_cut(text))
			fail_msg("%s: words are lost: \"%s\"", name, text);
		free(text);
	}
}

static bool is_narrow_menu(const struct community *c, const struct screen_ops *ops)
{
	return ops->kind == SCREEN_LIST && c->canvas->cols == 40 && !is_written_by_others(ops->name);
}

/* Each item is marked once, so that everything that is below the list is seen. */
static void check_whole(struct community *c, const struct screen_ops *ops)
{
	if (!is_narrow_menu(c, ops))
		return;
	if (!ops->whole)
		fail_msg("%s: a list of kring's own words that is cut", ops->name);
	int count = stack_top(c->stack)->count;
	for (int i = 0; i < count; i++) {
		check_page(c, ops->name);
		press(c, "Down");
		community_draw(c);
	}
}

static void R29_no_word_of_a_menu_is_lost_in_a_narrow_window(void **state)
{
	on_every_screen(check_whole);
}

/* The actions of every screen, also those of lists that others wrote. */
static void check_actions(struct community *c, const struct screen_ops *ops)
{
	if (c->canvas->cols != 40)
		return;
	int depth = c->stack->depth;
	press(c, "F2");
	community_draw(c);
	const struct screen_ops *top = stack_top(c->stack)->ops;
	if (strcmp(top->name, "actions") == 0)
		check_whole(c, top);
	while (c->stack->depth > depth)
		stack_back(c->stack);
}

static void R29_no_word_of_an_action_is_lost_in_a_narrow_window(void **state)
{
	on_every_screen(check_actions);
}

static void check_said(struct community *c, const struct screen_ops *ops)
{
	if (!is_narrow_menu(c, ops) || stack_top(c->stack)->count == 0)
		return;
	c->stack->message[0] = '\0';
	community_draw(c);
	const struct screen *s = stack_top(c->stack);
	int top = s->list.top, at = c->canvas->cursor_row;
	stack_say(c->stack, "%s", whole_below_rows(s) > 1 ? "This sentence needs one more row than there is."
		: "Short.");
	community_draw(c);
	CHECK_INT(ops->name, s->list.top, top);
	CHECK_INT(ops->name, c->canvas->cursor_row, at);
}

static void R16_what_is_said_moves_no_item_of_a_menu(void **state)
{
	on_every_screen(check_said);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R29_no_word_of_a_menu_is_lost_in_a_narrow_window),
		cmocka_unit_test(R29_no_word_of_an_action_is_lost_in_a_narrow_window),
		cmocka_unit_test(R16_what_is_said_moves_no_item_of_a_menu),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
