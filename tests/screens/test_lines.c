#include "rules.h"

#include "keys.h"
#include "line_answer.h"
#include "line_terminal.h"
#include "note.h"
#include "typed_key.h"

/* SR6: text mode can do what the full screen can, on lines that stay. Over every screen there is. */

static struct line_view view;
static struct sbuf spoken; /* what text mode said last */

static void speak(void)
{
	struct question q = {0};
	stack_settle(view.stack);
	line_view_show(&view, &spoken);
	stack_settle(view.stack);
	line_view_prompt(&view, &q, &spoken);
}

static const char *type(const char *text)
{
	sbuf_reset(&spoken);
	line_answer(&view, text);
	speak();
	return sbuf_str(&spoken);
}

static const char *open_screen(struct community *c, const char *name)
{
	c->stack->lines = true;
	c->left = false;
	c->fetched = 0;
	community_open(c, name);
	view = (struct line_view){.stack = c->stack};
	sbuf_reset(&spoken);
	speak();
	return sbuf_str(&spoken);
}

/* Topic 1, from its first post. */
static const char *open_topic(struct community *c)
{
	open_screen(c, "start");
	stack_go(c->stack, &(struct target){.screen = "topic", .id = 1, .number = 1});
	sbuf_reset(&spoken);
	speak();
	return sbuf_str(&spoken);
}

static void check_plain(const char *name)
{
	for (size_t i = 0; i < spoken.n; i++)
		if ((unsigned char)spoken.p[i] < 0x20 && spoken.p[i] != '\n')
			fail_msg("%s: text mode writes the control character %d", name, spoken.p[i]);
}

static bool is_twin(const struct binding *b)
{
	return strchr(b->verb, '-') != NULL && strchr("f0123456789", strrchr(b->verb, '-')[1]) != NULL;
}

/* What has a sign of its own on every line. */
static bool has_sign(const struct binding *b)
{
	return strcmp(b->verb, "back") == 0 || strcmp(b->verb, "actions") == 0;
}

/* The number in front of this sentence; 0: it is not offered. */
static int number_of(const char *text, const char *says)
{
	for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
		line += *line == '\n';
		const char *words = strstr(line, ". ");
		if (words != NULL && atoi(line) > 0 && str_starts(words + 2, says))
			return atoi(line);
	}
	return 0;
}

static char *all_actions(void)
{
	struct sbuf all = {0};
	int count = stack_top(view.stack)->count;
	for (int at = 0; at < count; at += LINE_PAGE_ITEMS) {
		sbuf_addf(&all, "%s\n", sbuf_str(&spoken));
		type("");
	}
	return sbuf_take(&all);
}

static bool is_offered_on(const struct screen_ops *ops, const struct binding *b, bool own)
{
	if (!typed_key_works(b))
		return false;
	return own || (!is_twin(b) && !has_sign(b) && (ops->filter || strcmp(b->verb, "narrow") != 0));
}

static void check_table(const struct screen_ops *ops, const struct binding *rows, const char *offered)
{
	for (const struct binding *b = rows; b != NULL && b->key != NULL; b++) {
		bool found = number_of(offered, _(b->says)) > 0;
		if (is_offered_on(ops, b, rows == ops->keys) && !found)
			fail_msg("%s: text mode does not offer %s:\n%s", ops->name, b->verb, offered);
		if (!typed_key_works(b) && found)
			fail_msg("%s: text mode offers %s, which makes no sense there", ops->name, b->verb);
	}
}

static void SR6_text_mode_offers_every_action(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; screens[i] != NULL; i++) {
		if (strcmp(screens[i]->name, "actions") == 0)
			continue;
		open_screen(c, screens[i]->name);
		type("!");
		CHECK_STRING(screens[i]->name, stack_top(c->stack)->ops->name, "actions");
		char *offered = all_actions();
		check_table(screens[i], screens[i]->keys, offered);
		check_table(screens[i], global_keys, offered);
		free(offered);
	}
	community_free(c);
}

/* Where a member is after an action, and what was said. */
static char *outcome(struct community *c)
{
	return xasprintf("%s, depth %d, left %d, fetched %d", stack_top(c->stack)->ops->name, c->stack->depth, c->left,
		c->fetched);
}

static void check_choice(struct community *c, const struct screen_ops *ops, const struct binding *b)
{
	open_screen(c, ops->name);
	b->run(stack_top(c->stack));
	char *want = outcome(c);
	open_screen(c, ops->name);
	type("!");
	char *offered = all_actions(), number[12];
	snprintf(number, sizeof number, "%d", number_of(offered, _(b->says)));
	type(number);
	char *got = outcome(c);
	if (strcmp(got, want) != 0)
		fail_msg("%s: %s by its number leads to %s and not to %s", ops->name, b->verb, got, want);
	free(got);
	free(offered);
	free(want);
}

static void SR6_the_number_of_an_action_does_it(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; screens[i] != NULL; i++)
		for (const struct binding *b = screens[i]->keys; b != NULL && b->key != NULL; b++)
			check_choice(c, screens[i], b);
	community_free(c);
}

static void check_typed(struct community *c, const struct screen_ops *ops, const struct binding *b)
{
	struct key k;
	struct sbuf name = {0};
	open_screen(c, ops->name);
	b->run(stack_top(c->stack));
	char *want = outcome(c);
	open_screen(c, ops->name);
	assert_true(key_parse(b->key, &k));
	if (typed_key_name(&k, &name)) {
		type(sbuf_str(&name));
		char *got = outcome(c);
		if (strcmp(got, want) != 0)
			fail_msg("%s: %s typed leads to %s and not to %s", ops->name, sbuf_str(&name), got, want);
		free(got);
	}
	sbuf_fini(&name);
	free(want);
}

/* Behind a question and in a text, letters are the answer. */
static void SR6_the_key_of_an_action_can_be_typed(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; screens[i] != NULL; i++)
		for (const struct binding *b = screens[i]->keys; b != NULL && b->key != NULL; b++)
			if (screens[i]->kind == SCREEN_LIST || screens[i]->kind == SCREEN_TEXT)
				check_typed(c, screens[i], b);
	community_free(c);
}

/* Where settings and keys of the full screen are chosen. */
static bool is_about_keys(const char *name)
{
	static const char *const screens_about[] = {"settings", "setting", "said", "restore", "keys", "key",
		"key_press"};
	for (size_t i = 0; i < COUNT(screens_about); i++)
		if (strcmp(name, screens_about[i]) == 0)
			return true;
	return false;
}

/* Sentences about keys that a line has not. */
static void check_words(const char *name)
{
	static const char *const never[] = {"Esc", "Tab", "Press", "press ", "Druk", "druk ", "arrow", "ijl om",
		"ijltoets", "ijl naar", "pijl", "Page Up", "Ctrl-", "cursor", "{"};
	for (size_t i = 0; i < COUNT(never) && !is_about_keys(name); i++)
		if (strstr(sbuf_str(&spoken), never[i]) != NULL)
			fail_msg("%s speaks of \"%s\":\n%s", name, never[i], sbuf_str(&spoken));
}

/* Enter shows more, or gives an answer. */
static void check_enter(const struct screen_ops *ops)
{
	const char *more = _("Enter shows more.");
	bool asks = ops->kind != SCREEN_LIST && ops->kind != SCREEN_TEXT;
	if (asks || is_about_keys(ops->name) || strcmp(ops->name, "help") == 0)
		return;
	for (const char *p = sbuf_str(&spoken); (p = strstr(p, "Enter")) != NULL; p++)
		if (!str_starts(p, more))
			fail_msg("%s speaks of Enter:\n%s", ops->name, sbuf_str(&spoken));
}

static void read_on(const struct screen_ops *ops)
{
	for (int page = 0; page < 12; page++) {
		check_plain(ops->name);
		check_words(ops->name);
		check_enter(ops);
		if (ops->kind != SCREEN_LIST && ops->kind != SCREEN_TEXT)
			return;
		type("");
	}
}

static void SR6_no_sentence_names_a_key_that_a_line_has_not(void **state)
{
	struct community *c = community_new(24, 80);
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		for (int i = 0; screens[i] != NULL; i++) {
			open_screen(c, screens[i]->name);
			read_on(screens[i]);
			if (is_about_keys(screens[i]->name))
				continue;
			community_open(c, "start");
			stack_go(c->stack, &(struct target){.screen = "help", .text = screens[i]->name});
			view = (struct line_view){.stack = c->stack};
			sbuf_reset(&spoken);
			speak();
			read_on(&help_ops);
		}
	}
	test_language("en");
	community_free(c);
}

/* A question ends with what stands there now, and nothing is asked without words. */
static void SR6_every_question_has_words_and_its_default(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; screens[i] != NULL; i++) {
		struct question q = {0};
		const char *text = open_screen(c, screens[i]->name);
		struct screen *s = stack_top(c->stack);
		if (!str_ends(text, ": "))
			fail_msg("%s ends without a question:\n%s", screens[i]->name, text);
		if (s->ops->kind != SCREEN_ASK || !s->ops->ask(s, &q))
			continue;
		field_set(&s->answer, "wat er stond");
		sbuf_reset(&spoken);
		speak();
		if (!q.secret && strstr(sbuf_str(&spoken), "Enter keeps: wat er stond\n") == NULL)
			fail_msg("%s does not say what Enter keeps", screens[i]->name);
	}
	community_free(c);
}

/* Every line of a text comes by, once, by Enter alone. */
static void SR6_enter_reads_a_text_to_its_end(void **state)
{
	struct community *c = community_new(24, 80);
	for (int i = 0; screens[i] != NULL; i++) {
		if (screens[i]->kind != SCREEN_TEXT || screens[i]->edge != NULL)
			continue;
		struct sbuf all = {0};
		sbuf_add(&all, open_screen(c, screens[i]->name));
		for (int page = 0; page < 40; page++)
			sbuf_add(&all, type(""));
		const struct styled *text = &stack_top(c->stack)->text;
		for (size_t n = 0; n < text->count; n++) {
			struct sbuf line = {0};
			styled_line_text(&text->line[n], &line);
			if (strstr(sbuf_str(&all), sbuf_str(&line)) == NULL)
				fail_msg("%s: text mode leaves out \"%s\"", screens[i]->name, sbuf_str(&line));
			sbuf_fini(&line);
		}
		sbuf_fini(&all);
	}
	community_free(c);
}

/* What an action is about is the post that was read last. */
static void SR6_a_page_of_a_topic_is_one_post(void **state)
{
	struct community *c = community_new(24, 80);
	assert_non_null(strstr(open_topic(c), "post 1 of 25\n"));
	assert_non_null(strstr(type("+"), "post 2 of 25\n"));
	assert_null(strstr(sbuf_str(&spoken), "post 3"));
	assert_non_null(strstr(type(""), "post 3 of 25\n"));
	assert_non_null(strstr(type("-"), "post 2 of 25\n"));
	assert_non_null(strstr(type("!"), "post 2 of 25\n"));
	community_free(c);
}

/* Of topic 1 three posts are read. */
static void SR6_a_post_counts_as_read_when_it_was_shown(void **state)
{
	struct community *c = community_new(24, 80);
	open_screen(c, "topic");
	assert_non_null(strstr(sbuf_str(&spoken), "post 4 of 25\n"));
	CHECK_INT("opened", c->read_to, 0);
	c->ctx.now_ms += 1000;
	type("+");
	CHECK_INT("the next post was shown", c->read_to, 4);
	c->ctx.now_ms += 1000;
	type("+");
	CHECK_INT("and one more", c->read_to, 5);
	community_free(c);
}

static void SR6_what_can_be_opened_has_a_number(void **state)
{
	struct community *c = community_new(24, 80);
	open_topic(c);
	assert_non_null(strstr(type("+"), "1. Link: https://voorbeeld.example/plan\n"));
	assert_non_null(strstr(type("1"), "https://voorbeeld.example/plan"));
	CHECK_STRING("a link", stack_top(c->stack)->ops->name, "link");
	community_free(c);
}

static void SR6_an_action_is_about_the_line_with_that_number(void **state)
{
	struct community *c = community_new(24, 80);
	open_screen(c, "members");
	assert_non_null(strstr(type("! 3"), "Chosen is: Lid 03 van de Kring\n"));
	type("<");
	type("!");
	type("m");
	CHECK_STRING("typed in the list of actions", stack_top(c->stack)->ops->name, "member_level");
	type("<");
	type("m 4");
	CHECK_STRING("what is seen", stack_top(c->stack)->ops->name, "member_level");
	CHECK_INT("what is seen", stack_top(c->stack)->target.id, 4);
	community_free(c);
}

/* Something new came in above it while the member thought. */
static void SR6_a_number_stays_what_was_read(void **state)
{
	struct community *c = community_new(24, 80);
	static const struct topic above = {.id = 900, .category_id = 1, .title = "Zojuist begonnen", .slug = "z",
		.posts_count = 1, .highest_post_number = 1, .created_ms = now_ms, .bumped_ms = now_ms, .visible = true,
		.author = "lid01", .last_poster = "lid01"};
	open_screen(c, "topics");
	type("");
	const char *line = strstr(sbuf_str(&spoken), "12. Onderwerp ");
	assert_non_null(line);
	int topic = atoi(line + strlen("12. Onderwerp "));
	assert_true(store_begin(c->writer, NULL));
	assert_true(topic_store_put(c->writer, &above, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
	type("12");
	CHECK_INT("the topic that was read out", stack_top(c->stack)->target.id, topic);
	community_free(c);
}

static void SR6_a_list_is_made_shorter_by_words(void **state)
{
	struct community *c = community_new(24, 80);
	open_screen(c, "members");
	assert_non_null(strstr(type("/lid 07"), "1. Lid 07 van de Kring\n"));
	assert_non_null(strstr(type("/niemand"), "Nothing fits these words.\n"));
	type("<");
	open_screen(c, "members");
	type("!");
	char *offered = all_actions(), number[12];
	snprintf(number, sizeof number, "%d", number_of(offered, "Make this list shorter"));
	type(number);
	assert_non_null(strstr(type("lid 08"), "1. Lid 08 van de Kring\n"));
	free(offered);
	community_free(c);
}

static void SR6_a_text_is_changed_by_the_numbers_of_its_lines(void **state)
{
	static const char *const lines[] = {"een", "twee", "!c 2 tien", "!i 1 nul", "!d 2", "!u", "!x", "!c 9 x",
		"!i 0 x"};
	struct community *c = community_new(24, 80);
	open_screen(c, "compose");
	struct screen *s = stack_top(c->stack);
	editor_replace(&s->editor, 0, s->editor.text.n, "");
	for (size_t i = 0; i < COUNT(lines); i++)
		type(lines[i]);
	CHECK_STRING("the text", editor_text(&s->editor), "nul\neen\ntien\n");
	assert_non_null(strstr(type("!@lid0"), "@lid01, @lid02"));
	type("!");
	CHECK_STRING("the text when it is left", editor_text(&s->editor), "nul\neen\ntien");
	type("<");
	type("!i 1 een");
	type("!d 1");
	editor_insert(&s->editor, "\n");
	type("!?");
	CHECK_STRING("an end that is no line of text mode", editor_text(&s->editor), "nul\neen\ntien\n");
	community_free(c);
}

/* How a task goes on stands behind each page, as it stands in the key row of the full screen. */
static void SR6_the_next_step_is_in_the_question(void **state)
{
	static const struct {
		const char *screen, *says;
	} rows[] = {{"overview", "F9 Send, "}, {"draft", "F4 Overview, "}, {"guide", "+ Next step, "},
		{"week", "+ Later, "}};
	struct community *c = community_new(24, 80);
	for (size_t i = 0; i < COUNT(rows); i++)
		if (strstr(open_screen(c, rows[i].screen), rows[i].says) == NULL)
			fail_msg("%s does not say \"%s\":\n%s", rows[i].screen, rows[i].says, sbuf_str(&spoken));
	community_free(c);
}

static void SR6_a_long_line_goes_on_at_a_word(void **state)
{
	static const struct {
		const char *text, *want;
		int cols;
	} rows[] = {
		{"een twee drie vier vijf", "een twee drie vier vijf", 0},
		{"een twee drie vier vijf\nzes: ", "een twee drie vier\n   vijf\nzes: ", 20},
		{"abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrst\n   uvwxyz", 20},
		{"1. Eén twee drie vier vijf zes zeven acht", "1. Eén twee drie\n   vier vijf zes\n   zeven acht", 20},
		{"", "", 20},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf out = {0};
		line_terminal_wrap(rows[i].text, rows[i].cols, &out);
		CHECK_STRING(rows[i].text, sbuf_str(&out), rows[i].want);
		sbuf_fini(&out);
	}
}

static void SR6_a_key_of_the_terminal_is_no_text(void **state)
{
	struct community *c = community_new(24, 80);
	struct key k;
	assert_true(line_terminal_key("\033OQ", 3, &k));
	assert_false(line_terminal_key("F2", 2, &k));
	assert_false(line_terminal_key("\033OQa", 4, &k));
	open_screen(c, "compose");
	type("Een regel.");
	assert_true(line_terminal_key("\033OQ", 3, &k));
	line_answer_key(&view, &k);
	CHECK_STRING("F2", stack_top(c->stack)->ops->name, "actions");
	type("<");
	assert_true(str_ends(editor_text(&stack_top(c->stack)->editor), "Een regel."));
	community_free(c);
}

/* Signs that only look like something are noise when they are read aloud. */
static void SR6_a_poll_and_a_mark_are_words(void **state)
{
	struct community *c = community_new(24, 80);
	open_screen(c, "start");
	stack_go(c->stack, &(struct target){.screen = "topic", .id = 2, .number = 1});
	sbuf_reset(&spoken);
	speak();
	for (int page = 0; page < 6; page++, type("")) {
		if (strstr(sbuf_str(&spoken), "[x]") != NULL || strstr(sbuf_str(&spoken), "#") != NULL)
			fail_msg("signs in:\n%s", sbuf_str(&spoken));
	}
	open_screen(c, "vote");
	assert_null(strchr(sbuf_str(&spoken), '#'));
	assert_non_null(strstr(open_screen(c, "topic"), "\nNew from here.\n"));
	community_free(c);
}

static void SR6_what_was_said_is_not_said_again(void **state)
{
	struct community *c = community_new(24, 80);
	c->ctx.store = NULL;
	c->ctx.account = NULL;
	assert_non_null(strstr(open_screen(c, "more"), "You are not logged in.\n"));
	assert_null(strstr(type("14"), "You are not logged in.\n"));
	assert_null(strstr(type("<"), "You are not logged in.\n"));
	c->ctx.store = c->reader;
	c->ctx.account = &c->account;
	open_screen(c, "link");
	assert_null(strstr(type(""), "voorbeeld"));
	assert_null(strstr(type("wat"), "voorbeeld"));
	open_topic(c);
	assert_non_null(strstr(type("+"), "post 2 of 25"));
	assert_null(strstr(type("V"), "post 2 of 25"));
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(SR6_text_mode_offers_every_action),
		cmocka_unit_test(SR6_the_number_of_an_action_does_it),
		cmocka_unit_test(SR6_the_key_of_an_action_can_be_typed),
		cmocka_unit_test(SR6_no_sentence_names_a_key_that_a_line_has_not),
		cmocka_unit_test(SR6_every_question_has_words_and_its_default),
		cmocka_unit_test(SR6_enter_reads_a_text_to_its_end),
		cmocka_unit_test(SR6_a_page_of_a_topic_is_one_post),
		cmocka_unit_test(SR6_a_post_counts_as_read_when_it_was_shown),
		cmocka_unit_test(SR6_what_can_be_opened_has_a_number),
		cmocka_unit_test(SR6_an_action_is_about_the_line_with_that_number),
		cmocka_unit_test(SR6_a_number_stays_what_was_read),
		cmocka_unit_test(SR6_a_list_is_made_shorter_by_words),
		cmocka_unit_test(SR6_a_text_is_changed_by_the_numbers_of_its_lines),
		cmocka_unit_test(SR6_the_next_step_is_in_the_question),
		cmocka_unit_test(SR6_a_long_line_goes_on_at_a_word),
		cmocka_unit_test(SR6_a_key_of_the_terminal_is_no_text),
		cmocka_unit_test(SR6_a_poll_and_a_mark_are_words),
		cmocka_unit_test(SR6_what_was_said_is_not_said_again),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
