#include "rules.h"

#include "confirm.h"
#include "guide_store.h"
#include "outbox_port.h"
#include "str.h"
#include "view.h"

/* What is asked before it is done, and that asking does nothing. */
enum { Draft = 9301, Event = 501 };

static int done; /* calls that change something */

static void count_change(void *self, const struct change *c)
{
	done++;
}

static void count_id(void *self, int64_t id)
{
	done++;
}

static void count_settle(void *self, int64_t id, bool theirs)
{
	done++;
}

static void count_note(void *self, int kind, int64_t id, const char *text)
{
	done++;
}

static void count_guide(void *self, int64_t event_id, int64_t starts_ms, const char *part, const char *text)
{
	done++;
}

static bool count_option(void *self, const char *name, const char *value, enum option_change how, struct error *err)
{
	done++;
	return true;
}

static const struct outbox_port counting = {.save = count_change, .send = count_change, .undo = count_id,
	.try_again = count_id, .keep_draft = count_id, .drop = count_id, .settle = count_settle, .note = count_note,
	.guide = count_guide};

/* The whole list. Whoever asks before something else has to put it here, and to say why it cannot be undone
 * instead. */
static const struct asked {
	const char *name, *question, *screen;
	const char *const choice[CONFIRM_CHOICES + 1];
	struct target at;
	const char *keys; /* from there to the question, one space between */
	const char *thing; /* of the choices; NULL: the question names it */
} list[] = {
	{"throw away for good", "Delete this?", "confirm", {"Delete it"},
		{.screen = "outbox_item", .id = Draft}, "x", "Wie doet mee?"},
	{"show a part of the profile", "Show this to all members?", "confirm", {"Yes, show it"},
		{.screen = "profile_field", .text = "location"}, "E d e Enter", NULL},
	{"share a preparation", "Where do you want to share your preparation?", "confirm",
		{"In a message to those who are coming", "In the topic of the meeting", "In the category of the circle"},
		{.screen = "prepare_look", .id = Event}, "F9", NULL},
	{"restore all settings", NULL, "restore", {"Restore every setting"}, {.screen = "restore"}, "", NULL},
};

static void R9_the_list_of_what_is_asked_is_closed(void **state)
{
	int kinds = 0;
	for (size_t i = 0; i < COUNT(list); i++) {
		if (list[i].question == NULL)
			continue;
		assert_true(kinds < CONFIRM_KINDS);
		const struct confirm *c = &confirm_table[kinds++];
		CHECK_STRING(list[i].name, c->question, list[i].question);
		for (int n = 0; n <= CONFIRM_CHOICES && (c->choice[n].title != NULL || list[i].choice[n] != NULL); n++)
			CHECK_STRING(list[i].name, str_or_empty(c->choice[n].title), str_or_empty(list[i].choice[n]));
	}
	CHECK_INT("questions", kinds, CONFIRM_KINDS);
}

/* A list that begins with doing nothing is a question too. */
static void check_asks(struct community *c, const struct screen_ops *ops)
{
	struct screen *s = stack_top(c->stack);
	const struct row *first = ops->kind == SCREEN_LIST && s->count > 0 ? view_rows(s, 0, 1) : NULL;
	bool asks = false, known = false;
	if (first == NULL)
		return;
	asks = str_equal(first->title, _("No, do nothing")) ||
		str_equal(first->detail, _("Everything stays as it is")) ||
		str_equal(first->title, _("Keep my settings")) || str_equal(first->detail, _("Nothing changes."));
	for (size_t i = 0; i < COUNT(list); i++)
		known = known || strcmp(list[i].screen, ops->name) == 0;
	if (asks && !known)
		fail_msg("%s asks before it does something, and is not in the list", ops->name);
	if (!asks && known)
		fail_msg("%s does not begin with doing nothing", ops->name);
}

static void R9_no_other_screen_asks(void **state)
{
	on_every_screen(check_asks);
}

static void put_what_is_asked_about(struct community *c)
{
	static const struct change draft = {.id = Draft, .kind = CHANGE_TOPIC, .category_id = 1,
		.title = "Wie doet mee?",
		.body = "Begin."};
	static const char *const parts[] = {"prepare:question", "prepare:untraceable"};
	community_change(c, draft, CHANGE_DRAFT);
	assert_true(store_begin(c->writer, NULL));
	for (size_t i = 0; i < COUNT(parts); i++)
		assert_true(guide_store_put(c->writer, (struct guide_key){Event, 0}, parts[i], "ja", now_ms, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
}

static void ask(struct community *c, const struct asked *a)
{
	char *copy = xstrdup(a->keys), *rest = copy;
	community_open(c, "start");
	stack_go(c->stack, &a->at);
	for (char *key; (key = strsep(&rest, " ")) != NULL;)
		if (*key != '\0')
			press(c, key);
	free(copy);
	stack_save_texts(c->stack);
	community_draw(c);
	CHECK_STRING(a->name, stack_top(c->stack)->ops->name, a->screen);
}

static void check_answer(struct community *c, const struct asked *a, const char *key)
{
	ask(c, a);
	check_marker(c, stack_top(c->stack)->ops);
	int depth = c->stack->depth;
	CHECK_INT("on the first choice", stack_top(c->stack)->list.cursor, 0);
	done = 0;
	press(c, key);
	if (done != 0)
		fail_msg("%s: %s does something", a->name, key);
	CHECK_INT(a->name, c->stack->depth, depth - 1);
}

static void check_words(struct community *c, const struct asked *a)
{
	static const char *const readers[] = {"ziet", "zien", "lezen", "leest", "see", "read", "Ongedaan", "undo"};
	ask(c, a);
	struct screen *s = stack_top(c->stack);
	const struct row *row = view_rows(s, 0, s->count);
	for (int i = 1; i < s->count; i++) {
		bool said = false;
		for (size_t r = 0; r < COUNT(readers); r++)
			said = said || strstr(str_or_empty(row[i].detail), readers[r]) != NULL;
		if (!said)
			fail_msg("%s: \"%s\" does not say who sees it", a->name, str_or_empty(row[i].detail));
		if (a->thing != NULL && strstr(row[i].title, a->thing) == NULL)
			fail_msg("%s: \"%s\" does not say what", a->name, row[i].title);
		if (str_equal(a->at.screen, "profile_field") && strstr(row[i].title, _("Place")) == NULL)
			fail_msg("%s: \"%s\" does not say what", a->name, row[i].title);
	}
}

static void on_every_question(void (*check)(struct community *c, const struct asked *a))
{
	struct community *c = community_new(24, 80);
	c->host.outbox = &counting;
	c->host.set_option = count_option;
	c->config.width = 40;
	put_what_is_asked_about(c);
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		for (size_t size = 0; size < COUNT(sizes); size++) {
			community_resize(c, sizes[size].rows, sizes[size].cols);
			for (size_t i = 0; i < COUNT(list); i++)
				check(c, &list[i]);
		}
	}
	test_language("en");
	community_free(c);
}

static void check_nothing_done(struct community *c, const struct asked *a)
{
	check_answer(c, a, "Enter");
	check_answer(c, a, "Esc");
}

static void R9_enter_and_escape_change_nothing(void **state)
{
	on_every_question(check_nothing_done);
}

static void R9_a_question_names_the_thing_the_effect_and_who_sees_it(void **state)
{
	on_every_question(check_words);
}

/* The last choice does it, or opens the overview in which it is sent. */
static void check_something_done(struct community *c, const struct asked *a)
{
	ask(c, a);
	done = 0;
	press(c, "End");
	press(c, "Enter");
	if (done == 0)
		fail_msg("%s: the last choice does nothing", a->name);
}

static void R9_another_choice_does_what_it_says(void **state)
{
	on_every_question(check_something_done);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R9_the_list_of_what_is_asked_is_closed),
		cmocka_unit_test(R9_no_other_screen_asks),
		cmocka_unit_test(R9_enter_and_escape_change_nothing),
		cmocka_unit_test(R9_a_question_names_the_thing_the_effect_and_who_sees_it),
		cmocka_unit_test(R9_another_choice_does_what_it_says),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
