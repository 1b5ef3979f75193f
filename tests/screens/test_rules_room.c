#include "rules.h"

#include "view.h"

/* How much there is on a screen, at every size. */

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

/* An empty line between the items of a high window, and none in a low one or when so chosen. */
static void check_density(struct community *c, const struct screen_ops *ops)
{
	const struct screen *s = stack_top(c->stack);
	bool roomy = c->canvas->rows >= 20 && !ops->together;
	if (ops->kind != SCREEN_LIST || s->count < 2 || list_shown(&s->list) < 2)
		return;
	int rows = s->list.item_rows, step = list_row(&s->list, s->list.top + 1);
	CHECK_INT(ops->name, step, rows + roomy);
	if (!roomy)
		return;
	char *between = row_text(c, 2 + (s->filtering || field_text(&s->filter)[0] != '\0') + rows);
	CHECK_STRING(ops->name, between, "");
	free(between);
	c->config.density = DENSITY_COMPACT;
	community_draw(c);
	CHECK_INT(ops->name, list_row(&s->list, s->list.top + 1), rows);
	c->config.density = DENSITY_ROOMY;
}

static void R22_roomy_is_the_standard_where_there_is_room(void **state)
{
	struct config standard;
	config_init(&standard);
	CHECK_INT("standard", standard.density, DENSITY_ROOMY);
	on_every_screen(check_density);
}

static void check_page_of_text(struct community *c, const struct screen_ops *ops)
{
	const struct screen *s = stack_top(c->stack);
	if (ops->kind != SCREEN_TEXT || s->pager.count <= s->pager.rows || s->ops->edge != NULL)
		return;
	press(c, "Home");
	int top = s->pager.top, rows = s->pager.rows;
	press(c, "PageDown");
	if (s->pager.top > top + rows - 2)
		fail_msg("%s: a page goes from line %d to line %d", ops->name, top, s->pager.top);
}

static void R22_two_lines_of_a_page_stay_on_the_next(void **state)
{
	on_every_screen(check_page_of_text);
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

static const char *line_with_focus(const struct screen *s, struct sbuf *out)
{
	sbuf_reset(out);
	styled_line_text(&s->text.line[s->pager.cursor], out);
	return sbuf_str(out);
}

static void R29_what_is_said_meanwhile_keeps_the_place(void **state)
{
	struct community *c = community_new(24, 80);
	struct sbuf before = {0}, after = {0};
	for (int i = 0; i < 10; i++)
		stack_say(c->stack, "sentence %d.", i);
	community_open(c, "said");
	for (int i = 0; i < 3; i++)
		press(c, "Down");
	community_draw(c);
	line_with_focus(stack_top(c->stack), &before);
	stack_say(c->stack, "%s", "Another sentence.");
	community_resize(c, 20, 60);
	community_draw(c);
	CHECK_STRING("the same sentence", line_with_focus(stack_top(c->stack), &after), sbuf_str(&before));
	sbuf_fini(&before);
	sbuf_fini(&after);
	community_free(c);
}

/* On the last line of a sentence, where a wider window has fewer lines for it. */
static void R29_a_wider_window_keeps_the_place(void **state)
{
	struct community *c = community_new(15, 40);
	for (int i = 0; i < 5; i++)
		stack_say(c->stack, "This is sentence %d, and it takes a few lines in a narrow window, so that there is a last one.", i);
	community_open(c, "said");
	community_draw(c);
	const struct screen *s = stack_top(c->stack);
	int first = s->text.line[0].anchor;
	while (s->text.line[s->pager.cursor + 1].anchor == first)
		press(c, "Down");
	assert_true(s->pager.cursor > 1);
	community_resize(c, 24, 120);
	community_draw(c);
	CHECK_INT("the same sentence", s->text.line[s->pager.cursor].anchor, first);
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R21_no_line_of_a_text_is_wider_than_the_setting),
		cmocka_unit_test(R22_a_list_has_an_end),
		cmocka_unit_test(R22_two_items_of_a_page_stay_on_the_next),
		cmocka_unit_test(R22_two_lines_of_a_page_stay_on_the_next),
		cmocka_unit_test(R22_roomy_is_the_standard_where_there_is_room),
		cmocka_unit_test(R29_resizing_keeps_the_place),
		cmocka_unit_test(R29_what_is_said_meanwhile_keeps_the_place),
		cmocka_unit_test(R29_a_wider_window_keeps_the_place),
		cmocka_unit_test(R18_the_key_row_has_at_most_six_keys),
		cmocka_unit_test(R21_the_width_is_a_choice_from_40_to_80),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
