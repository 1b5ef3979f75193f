#include "rules.h"

#include "clock.h"
#include "keys.h"
#include "meeting.h"
#include "outbox_port.h"
#include "view.h"

/* What keys do, and what they never do. */

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
	/* There any key is an answer. */
	if (strcmp(ops->name, "key_press") == 0)
		return;
	press(c, "F11");
	community_draw(c);
	/* What does not fit in one row takes the row above too. */
	char *status = row_text(c, c->canvas->rows - 2), *above = row_text(c, c->canvas->rows - 3);
	bool said = strstr(status, "F11") != NULL || strstr(above, "F11") != NULL;
	if (!said || stack_top(c->stack) != before)
		fail_msg("%s: after F11 the status row is \"%s\"", ops->name, status);
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
	static const char *const keys[] = {"Up", "Down", "Down", "PageDown", "PageDown", "PageUp", "End", "Home",
		"Tab", "Tab"};
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

/* Whether the menu of actions (F2) of this screen has it; the menu is open. */
static bool is_action(struct community *c, const struct binding *b)
{
	struct screen *actions = stack_top(c->stack);
	const struct row *row = view_rows(actions, 0, actions->count);
	for (int n = 0; n < actions->count; n++)
		if (str_starts(row[n].title, _(b->says)))
			return true;
	return false;
}

static void check_without_letters(struct community *c, const struct screen_ops *ops)
{
	const struct screen *before = stack_top(c->stack);
	int depth = c->stack->depth;
	if (ops->kind == SCREEN_ASK || ops->kind == SCREEN_EDIT || before->filtering)
		return;
	c->config.letters = false;
	c->fetched = 0;
	for (char letter = 'A'; letter <= 'z'; letter++) {
		if (letter > 'Z' && letter < 'a')
			continue;
		press(c, (char[]){letter, '\0'});
		if (stack_top(c->stack) != before || c->stack->depth != depth || c->left || c->fetched > 0)
			fail_msg("%s: the letter %c does something", ops->name, letter);
	}
	c->config.letters = true;
}

static void R14_a_letter_that_is_off_does_nothing(void **state)
{
	on_every_screen(check_without_letters);
}

static void check_actions(struct community *c, const struct screen_ops *ops)
{
	if (strcmp(ops->name, "actions") == 0)
		return;
	c->config.letters = false;
	press(c, "F2");
	CHECK_STRING(ops->name, stack_top(c->stack)->ops->name, "actions");
	for (const struct binding *b = ops->keys; b != NULL && b->key != NULL; b++)
		if (!is_action(c, b))
			fail_msg("%s: %s is not among the actions", ops->name, b->verb);
	for (const struct binding *b = global_keys; b->key != NULL; b++)
		if (keys_is_letter(&c->config, b) && ops->kind != SCREEN_EDIT && !is_action(c, b))
			fail_msg("%s: %s is not among the actions", ops->name, b->verb);
	c->config.letters = true;
}

static void R14_the_menu_of_actions_has_everything(void **state)
{
	on_every_screen(check_actions);
}

static struct sbuf given;

static void take_change(void *self, const struct change *c)
{
	sbuf_addf(&given, "%s\n%s\n", c->title, c->body);
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

/* A text or a line of the member's own. Addresses, settings and places to search for are none. */
static bool is_written_on(struct community *c, const struct screen_ops *ops)
{
	static const char *const others[] = {"login", "setting_text", "key_press", "calendar_place"};
	struct question q = {0};
	for (size_t i = 0; i < COUNT(others); i++)
		if (strcmp(ops->name, others[i]) == 0)
			return false;
	return ops->kind == SCREEN_EDIT || (ops->kind == SCREEN_ASK && ops->ask(stack_top(c->stack), &q));
}

/* Half a date cannot be kept: these ask for words. */
static void open_words(struct community *c, const struct screen_ops *ops)
{
	community_open(c, ops->name);
	if (strcmp(ops->name, "meeting_part") == 0)
		stack_replace(c->stack, &(struct target){.screen = ops->name, .id = DraftMeeting, .number = MEETING_PLACE});
	if (strcmp(ops->name, "guide_ask") == 0)
		stack_replace(c->stack, &(struct target){.screen = ops->name, .id = 501, .text = "prepare:title"});
}

/* Whatever leads away from a text, it was given to be kept. */
static void check_kept(struct community *c, const struct screen_ops *ops)
{
	static const char *const ways[] = {"Esc", "F1", "F2", "F3"};
	if (!is_written_on(c, ops))
		return;
	c->host.outbox = &taking;
	for (size_t i = 0; i < COUNT(ways); i++) {
		sbuf_reset(&given);
		open_words(c, ops);
		for (const char *l = "Zeker"; *l != '\0'; l++)
			press(c, (char[]){*l, '\0'});
		if (stack_due_ms(c->stack) == 0)
			fail_msg("%s keeps nothing", ops->name);
		press(c, ways[i]);
		if (strstr(sbuf_str(&given), "Zeker") == NULL)
			fail_msg("%s: %s loses what was typed", ops->name, ways[i]);
		CHECK_INT(ops->name, stack_due_ms(c->stack), 0);
	}
	sbuf_fini(&given);
}

/* At most two seconds of typing can be lost, however kring ends: the loop keeps it when it is due. */
static void check_due(struct community *c, const struct screen_ops *ops)
{
	enum { LostMs = 2000 };
	if (!is_written_on(c, ops))
		return;
	c->host.outbox = &taking;
	sbuf_reset(&given);
	open_words(c, ops);
	CHECK_INT(ops->name, stack_due_ms(c->stack), 0);
	for (const char *l = "Zeker"; *l != '\0'; l++) {
		press(c, (char[]){*l, '\0'});
		int64_t left = stack_due_ms(c->stack) - clock_mono_ms();
		if (stack_due_ms(c->stack) == 0 || left > LostMs)
			fail_msg("%s keeps what is typed after %lld ms", ops->name, (long long)left);
	}
	stack_save_texts(c->stack);
	if (strstr(sbuf_str(&given), "Zeker") == NULL)
		fail_msg("%s does not keep what is typed", ops->name);
	sbuf_fini(&given);
}

static void R7_no_work_lost(void **state)
{
	on_every_screen(check_due);
}

/* An address, a value or words to search with: they are there again after a look at something else. */
static void check_typed(struct community *c, const struct screen_ops *ops)
{
	static const char *const ways[] = {"F1", "F2", "F3"};
	const struct screen *s = stack_top(c->stack);
	bool filters = ops->kind == SCREEN_LIST && ops->filter;
	struct question q = {0};
	if (!filters && (ops->kind != SCREEN_ASK || !ops->ask(stack_top(c->stack), &q)))
		return;
	if (filters && !s->filtering)
		press(c, "/");
	press(c, "7");
	const struct field *typed = filters ? &s->filter : &s->answer;
	char *before = xstrdup(field_text(typed));
	assert_non_null(strstr(before, "7"));
	for (size_t i = 0; i < COUNT(ways); i++) {
		int depth = c->stack->depth;
		press(c, ways[i]);
		while (c->stack->depth > depth)
			stack_back(c->stack);
		assert_ptr_equal(stack_top(c->stack), s);
		CHECK_STRING(ops->name, field_text(typed), before);
	}
	free(before);
}

static void R13_what_was_typed_stays_after_a_look_elsewhere(void **state)
{
	on_every_screen(check_typed);
}

static void R13_escape_never_loses_a_text(void **state)
{
	on_every_screen(check_kept);
}

/* Insert, CapsLock, the keypad, Ctrl-Alt and Alt with a letter belong to screen readers and to PuTTY: no
 * binding can have them, and no member can choose them. */
static void SR9_no_key_of_screen_readers_is_bound(void **state)
{
	static const char *const never[] = {"Insert", "CapsLock", "KP_5", "KP_Enter", "M-x", "C-M-x", "A-x", "Alt-x"};
	struct key k;
	for (size_t i = 0; i < COUNT(never); i++)
		assert_false(key_parse(never[i], &k));
	for (const struct binding *b = global_keys; b->key != NULL; b++)
		assert_true(key_parse(b->key, &k));
	for (int i = 0; screens[i] != NULL; i++)
		for (const struct binding *b = screens[i]->keys; b != NULL && b->key != NULL; b++)
			if (!key_parse(b->key, &k))
				fail_msg("%s: %s is no key", screens[i]->name, b->key);
}

static void answer_changes_nothing(struct community *c, const struct screen_ops *ops)
{
	const struct screen *before = stack_top(c->stack);
	struct question q = {0};
	if (ops->kind != SCREEN_ASK || !ops->ask(stack_top(c->stack), &q))
		return;
	for (const char *l = "abcq?/!s"; *l != '\0'; l++) {
		press(c, (char[]){*l, '\0'});
		if (stack_top(c->stack) != before || c->left)
			fail_msg("%s: the letter %c leaves the question", ops->name, *l);
	}
}

static void R15_typing_never_leaves_the_question(void **state)
{
	on_every_screen(answer_changes_nothing);
}

static void check_one_step(struct community *c, const struct screen_ops *ops)
{
	int depth = c->stack->depth;
	if (depth < 2 || strcmp(ops->name, "help") == 0)
		return;
	press(c, "F1");
	CHECK_INT(ops->name, c->stack->depth, depth + 1);
	press(c, "Esc");
	CHECK_INT(ops->name, c->stack->depth, depth);
	CHECK_STRING(ops->name, stack_top(c->stack)->ops->name, ops->name);
}

static void R13_back_is_one_step(void **state)
{
	on_every_screen(check_one_step);
}

static void check_everywhere(struct community *c, const struct screen_ops *ops)
{
	static const char *const everywhere[] = {"Esc", "F1", "F2", "F3", "F5", "F10", "F12"};
	for (size_t i = 0; i < COUNT(everywhere); i++) {
		struct key key;
		bool global = false;
		assert_true(key_parse(everywhere[i], &key));
		const struct binding *found = keys_find(stack_top(c->stack), &key);
		for (const struct binding *b = global_keys; b->key != NULL; b++)
			global = global || b == found;
		if (!global)
			fail_msg("%s: %s means something else here", ops->name, everywhere[i]);
	}
}

static void R12_help_back_search_and_exit_are_on_every_screen(void **state)
{
	on_every_screen(check_everywhere);
}

/* All keys of all screens, in one list: one key has one verb, one verb has one key, and one label. */
static void R12_the_keys_of_all_screens_agree(void **state)
{
	struct key_action action[KEYS_ACTIONS];
	int count = keys_actions(action);
	for (int i = 0; i < count; i++)
		for (int j = 0; j < i && action[i].binding != NULL; j++) {
			const struct binding *a = action[i].binding, *b = action[j].binding;
			if (b == NULL)
				continue;
			if (strcmp(a->verb, b->verb) == 0)
				fail_msg("%s has two keys: %s and %s", a->verb, a->key, b->key);
			if (strcmp(a->key, b->key) == 0)
				fail_msg("%s is %s and %s", a->key, a->verb, b->verb);
		}
	for (int i = 0; screens[i] != NULL; i++)
		for (const struct binding *b = screens[i]->keys; b != NULL && b->key != NULL; b++)
			for (int n = 0; n < count; n++)
				if (action[n].binding != NULL && strcmp(action[n].name, b->verb) == 0
					&& strcmp(action[n].binding->key, b->key) != 0)
					fail_msg("%s: %s has another key, %s", screens[i]->name, b->verb, b->key);
}

static void check_undo(struct community *c, const struct screen_ops *ops)
{
	struct key u;
	assert_true(key_parse("u", &u));
	const struct binding *b = keys_find(stack_top(c->stack), &u);
	if (b == NULL || strcmp(b->verb, "undo") != 0)
		fail_msg("%s: u does not undo", ops->name);
}

static void R8_undo_is_the_same_key_on_every_screen(void **state)
{
	on_every_screen(check_undo);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R12_one_key_means_one_thing),
		cmocka_unit_test(R12_a_key_without_a_meaning_says_so),
		cmocka_unit_test(R13_escape_goes_back_to_start_and_never_out),
		cmocka_unit_test(R15_moving_never_leaves_the_screen),
		cmocka_unit_test(R14_a_letter_that_is_off_does_nothing),
		cmocka_unit_test(R14_the_menu_of_actions_has_everything),
		cmocka_unit_test(R12_the_keys_of_all_screens_agree),
		cmocka_unit_test(R12_in_a_text_every_letter_is_text),
		cmocka_unit_test(R7_no_work_lost),
		cmocka_unit_test(R13_escape_never_loses_a_text),
		cmocka_unit_test(R13_what_was_typed_stays_after_a_look_elsewhere),
		cmocka_unit_test(SR9_no_key_of_screen_readers_is_bound),
		cmocka_unit_test(R15_typing_never_leaves_the_question),
		cmocka_unit_test(R13_back_is_one_step),
		cmocka_unit_test(R12_help_back_search_and_exit_are_on_every_screen),
		cmocka_unit_test(R8_undo_is_the_same_key_on_every_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
