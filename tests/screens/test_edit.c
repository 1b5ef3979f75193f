#include "community.h"

#include "keys.h"
#include "str.h"
#include "view.h"

/* Writing a text: what every screen of this kind does. */
struct kept {
	char text[20000];
	int times;
};

static struct kept kept;

static void edit_load(struct screen *s)
{
	s->title = "Reply";
	if (!s->loaded)
		editor_set(&s->editor, "Dag allemaal\n");
}

static void edit_text(struct screen *s, struct styled_builder *b)
{
	styled_line(b, ROLE_STRONG, "Reply to Lid 01:");
}

static void edit_save(struct screen *s)
{
	snprintf(kept.text, sizeof kept.text, "%s", editor_text(&s->editor));
	kept.times++;
}

static int edit_complete(struct screen *s, const char *word, const char **out, int max)
{
	static const char *const names[] = {"@anna", "@annet", "@bert", "#opdrachten"};
	int n = 0;
	for (size_t i = 0; i < COUNT(names) && n < max; i++)
		if (str_starts(names[i], word))
			out[n++] = names[i];
	return n;
}

static void look(struct screen *s)
{
	screen_say(s, "An overview.");
}

static const struct binding edit_keys[] = {
	{"F4", "overview", "Overview", "Look before you send", look, true},
	{"F8", "preview", "Preview", "See how it will look", look, true},
	{0},
};

static const struct screen_ops edit_ops = {
	.name = "edit", .kind = SCREEN_EDIT, .load = edit_load, .text = edit_text, .save = edit_save,
	.complete = edit_complete, .keys = edit_keys,
};

static struct community *edit_new(void)
{
	struct community *c = community_new(15, 40);
	struct screen *s = xcalloc(1, sizeof *s);
	*s = (struct screen){.ops = &edit_ops, .ctx = &c->ctx, .state = xcalloc(1, 1), .title = "", .link = -1};
	community_open(c, "board");
	c->stack->screen[c->stack->depth++] = s;
	stack_settle(c->stack);
	kept = (struct kept){0};
	return c;
}

static void type(struct community *c, const char *text)
{
	for (const char *p = text; *p != '\0'; p++) {
		char name[2] = {*p, '\0'};
		press(c, *p == ' ' ? "Space" : *p == '\n' ? "Enter" : name);
	}
}

static void check_screen(struct community *c, const char *name, const char *want)
{
	struct sbuf all = {0};
	community_draw(c);
	canvas_dump(c->canvas, &all);
	CHECK_STRING(name, sbuf_str(&all), want);
	sbuf_fini(&all);
}

static void a_text_has_fixed_places(void **state)
{
	struct community *c = edit_new();
	type(c, "Ik kom q?/u graag naar de bijeenkomst in mei");
	check_screen(c, "typed", "Board > Reply, line 2 of 2\n\n  Reply to Lid 01:\n  Dag allemaal\n"
		"  Ik kom q?/u graag naar de bijeenkomst\n> in mei\n\n\n\n\n\n\n\n\n"
		"Enter New line   Esc Back   F1 Help\n");
	CHECK_INT("cursor", c->canvas->cursor_row, 5);
	CHECK_INT("cursor", c->canvas->cursor_col, 8);
	community_resize(c, 24, 80);
	check_screen(c, "wide", "Board > Reply, line 2 of 2\n\n  Reply to Lid 01:\n  Dag allemaal\n"
		"> Ik kom q?/u graag naar de bijeenkomst in mei\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
		"Enter New line   Esc Back   F1 Help   F4 Overview   F8 Preview\n");
	community_free(c);
}

static void keys_that_are_no_text(void **state)
{
	struct community *c = edit_new();
	press(c, "F4");
	CHECK_STRING("a key of the screen", c->stack->message, "An overview.");
	press(c, "F11");
	CHECK_STRING("no key", c->stack->message, "This key does nothing here: F11. Press F1 for help.");
	press(c, "F1");
	CHECK_STRING("help", stack_top(c->stack)->ops->name, "help");
	press(c, "Esc");
	CHECK_STRING("back", stack_top(c->stack)->ops->name, "edit");
	press(c, "F2");
	const struct screen *actions = stack_top(c->stack);
	CHECK_STRING("a key that works", actions->row[0].title, "Look before you send (F4)");
	CHECK_STRING("a letter that is text", actions->row[2].title, "Show help for this screen");
	community_free(c);
}

static void a_text_is_kept(void **state)
{
	static const struct {
		const char *name, *key;
	} ways[] = {{"back", "Esc"}, {"help", "F1"}, {"search", "F3"}, {"actions", "F2"}, {"the end", NULL}};
	for (size_t i = 0; i < COUNT(ways); i++) {
		struct community *c = edit_new();
		CHECK_INT("nothing to keep", stack_due_ms(c->stack), 0);
		press(c, "Left");
		CHECK_INT("moving is no change", stack_due_ms(c->stack), 0);
		press(c, "x");
		int64_t due = stack_due_ms(c->stack);
		assert_true(due > 0);
		press(c, "y");
		CHECK_INT("the first change counts", stack_due_ms(c->stack), due);
		CHECK_INT("not at every key", kept.times, 0);
		if (ways[i].key != NULL)
			press(c, ways[i].key);
		else
			community_free(c);
		CHECK_INT(ways[i].name, kept.times, 1);
		CHECK_STRING(ways[i].name, kept.text, "Dag allemaalxy\n");
		if (ways[i].key != NULL)
			community_free(c);
		CHECK_INT("once", kept.times, 1);
	}
}

static void the_time_to_keep_comes_once(void **state)
{
	struct community *c = edit_new();
	press(c, "x");
	stack_save_texts(c->stack);
	CHECK_INT("kept", kept.times, 1);
	CHECK_INT("nothing more to do", stack_due_ms(c->stack), 0);
	stack_save_texts(c->stack);
	CHECK_INT("kept once", kept.times, 1);
	press(c, "y");
	assert_true(stack_due_ms(c->stack) > 0);
	community_free(c);
}

static void tab_completes_names(void **state)
{
	static const struct {
		const char *name, *typed, *want, *says;
		int tabs;
	} rows[] = {
		{"one fits", "@be", "@bert ", "", 1},
		{"two fit", "@an", "@anna ", "Name 1 of 2. Tab gives the next: @anna, @annet", 1},
		{"the next", "@an", "@annet ", "Name 2 of 2. Tab gives the next: @anna, @annet", 2},
		{"the first again", "@an", "@anna ", "Name 1 of 2. Tab gives the next: @anna, @annet", 3},
		{"a category", "#op", "#opdrachten ", "", 1},
		{"none", "@x", "@x", "There is no name that begins with @x.", 1},
		{"no name", "x", "x", "Type @ and the start of a name, and then Tab.", 1},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct community *c = edit_new();
		type(c, rows[i].typed);
		for (int n = 0; n < rows[i].tabs; n++)
			press(c, "Tab");
		CHECK_STRING(rows[i].name, editor_text(&stack_top(c->stack)->editor) + strlen("Dag allemaal\n"),
			rows[i].want);
		CHECK_STRING(rows[i].name, c->stack->message, rows[i].says);
		community_free(c);
	}
}

static void after_other_keys_tab_begins_anew(void **state)
{
	struct community *c = edit_new();
	type(c, "@an");
	press(c, "Tab");
	type(c, "@be");
	press(c, "Tab");
	CHECK_STRING("text", editor_text(&stack_top(c->stack)->editor), "Dag allemaal\n@anna @bert ");
	community_free(c);
}

static size_t typed_keys(const char *text, struct key *out)
{
	size_t n = 0;
	for (const char *p = text; *p != '\0'; p++, n++) {
		out[n] = (struct key){.code = *p == '\n' ? KEY_ENTER : *p == '\t' ? KEY_TAB : KEY_TEXT};
		if (out[n].code == KEY_TEXT)
			out[n].text[0] = *p;
	}
	return n;
}

static void many_keys_at_once_are_one_step(void **state)
{
	static const char text[] = "een regel\n\tnog een regel die wat langer is\nen de laatste";
	struct community *c = edit_new();
	struct key keys[100];
	size_t n = typed_keys(text, keys);
	CHECK_INT("taken", stack_typed(c->stack, keys, n), n);
	struct editor *e = &stack_top(c->stack)->editor;
	CHECK_STRING("text", editor_text(e) + strlen("Dag allemaal\n"), text);
	assert_true(stack_due_ms(c->stack) > 0);
	press(c, "C-o");
	CHECK_STRING("one step", editor_text(e), "Dag allemaal\n");
	keys[3].code = KEY_ESC;
	CHECK_INT("up to another key", stack_typed(c->stack, keys, n), 3);
	CHECK_INT("which is not taken", stack_typed(c->stack, keys + 3, n - 3), 0);
	press(c, "Esc");
	CHECK_INT("not on a list", stack_typed(c->stack, keys, n), 0);
	community_free(c);
}

static void what_does_not_fit_is_said(void **state)
{
	struct community *c = edit_new();
	stack_top(c->stack)->editor.max_bytes = 15;
	type(c, "abc");
	CHECK_STRING("text", editor_text(&stack_top(c->stack)->editor), "Dag allemaal\nab");
	CHECK_STRING("said", c->stack->message, "This text is full. What did not fit was left out.");
	community_free(c);
}

static void only_an_editor_moves_by_words(void **state)
{
	struct community *c = edit_new();
	type(c, "een twee");
	press(c, "C-Left");
	CHECK_INT("word", stack_top(c->stack)->editor.at, strlen("Dag allemaal\neen "));
	community_open(c, "members");
	press(c, "C-Left");
	CHECK_STRING("list", c->stack->message, "This key does nothing here: arrow left. Press ? for help.");
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_text_has_fixed_places),
		cmocka_unit_test(keys_that_are_no_text),
		cmocka_unit_test(a_text_is_kept),
		cmocka_unit_test(the_time_to_keep_comes_once),
		cmocka_unit_test(tab_completes_names),
		cmocka_unit_test(after_other_keys_tab_begins_anew),
		cmocka_unit_test(many_keys_at_once_are_one_step),
		cmocka_unit_test(what_does_not_fit_is_said),
		cmocka_unit_test(only_an_editor_moves_by_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
