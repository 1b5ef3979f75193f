#include "rules.h"

#include "keys.h"
#include "option.h"
#include "outbox_port.h"
#include "view.h"

/* What is asked before something goes out, and what is said about it. */

static int sent;

static void take_nothing(void *self, const struct change *c)
{
}

static void count_sent(void *self, const struct change *c)
{
	sent += change_is_text(c->kind);
}

static void with_id(void *self, int64_t id)
{
}

static void settle(void *self, int64_t id, bool theirs)
{
}

static void remind(void *self, int64_t event_id, int minutes)
{
}

static void note(void *self, int kind, int64_t id, const char *text)
{
}

static void agree(void *self, int64_t category_id, const char *text, int64_t when_ms)
{
}

static void guide(void *self, int64_t event_id, int64_t starts_ms, const char *part, const char *text)
{
}

static const struct outbox_port counting = {.save = take_nothing, .send = count_sent, .undo = with_id,
	.try_again = with_id, .keep_draft = with_id, .drop = with_id, .settle = settle, .remind = remind, .note = note,
	.agree = agree, .guide = guide};

/* A text goes out from the overview, with F9, and from nowhere else. */
static void R10_a_text_is_sent_from_its_overview_only(void **state)
{
	struct community *c = community_new(24, 80);
	c->host.outbox = &counting;
	for (int i = 0; screens[i] != NULL; i++)
		for (const struct binding *b = screens[i]->keys; b != NULL && b->key != NULL; b++) {
			community_open(c, screens[i]->name);
			sent = 0;
			b->run(stack_top(c->stack));
			if (sent > 0 && strcmp(screens[i]->name, "overview") != 0)
				fail_msg("%s sends a text with %s", screens[i]->name, b->key);
		}
	community_free(c);
}

static void check_overview(struct community *c, const struct screen_ops *ops)
{
	static const char readers[] = N_("All members can see this. People who are not a member may see it too.");
	struct sbuf all = {0};
	if (strcmp(ops->name, "overview") != 0)
		return;
	const struct screen *s = stack_top(c->stack);
	for (size_t i = 0; i < s->text.count; i++) {
		styled_line_text(&s->text.line[i], &all);
		sbuf_addc(&all, ' ');
	}
	assert_non_null(strstr(sbuf_str(&all), "Samen een training maken"));
	assert_non_null(strstr(sbuf_str(&all), "twee dagen"));
	if (strstr(sbuf_str(&all), _(readers)) == NULL)
		fail_msg("the overview does not say who reads it: %s", sbuf_str(&all));
	sbuf_fini(&all);
}

static void R10_the_overview_has_every_part_and_who_reads_it(void **state)
{
	on_every_screen(check_overview);
}

static void choose_last(struct community *c)
{
	press(c, "End");
	press(c, "Enter");
}

/* The status row and what is on the screen say how many steps there are, how long they take and what is needed. */
static void check_begin(struct community *c, const char *screen, const char *key)
{
	community_open(c, screen);
	press(c, key);
	if (strcmp(stack_top(c->stack)->ops->name, "draft_offer") == 0)
		choose_last(c);
	community_draw(c);
	char *all = shown(c);
	bool steps = strstr(all, "steps") != NULL || strstr(all, "stappen") != NULL;
	bool minutes = strstr(all, "minutes") != NULL || strstr(all, "minuten") != NULL;
	bool need = strstr(all, "need") != NULL || strstr(all, "Needed") != NULL || strstr(all, "nodig") != NULL ||
		strstr(all, "Nodig") != NULL;
	if (!steps || !minutes || !need)
		fail_msg("%s from %s does not say its steps:\n%s", key, screen, all);
	free(all);
}

static void R11_the_steps_are_said_at_the_beginning(void **state)
{
	static const struct {
		const char *screen, *key;
	} begins[] = {{"board", "c"}, {"messages", "c"}, {"calendar", "c"}};
	struct community *c = community_new(24, 80);
	c->host.outbox = &counting;
	struct site site = {.title = "Kring van Proef", .locale = "nl", .contact = "beheer"};
	assert_true(store_begin(c->writer, NULL));
	assert_true(site_store_put(c->writer, &site, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		for (size_t i = 0; i < COUNT(begins); i++)
			check_begin(c, begins[i].screen, begins[i].key);
	}
	test_language("en");
	community_free(c);
}

static void R11_every_step_says_its_number(void **state)
{
	static const char *const wizards[] = {"welcome", "draft", "meeting"};
	struct community *c = community_new(24, 80);
	for (size_t i = 0; i < COUNT(wizards); i++) {
		community_open(c, wizards[i]);
		community_draw(c);
		char *all = shown(c);
		if (strstr(all, "step 1 of") == NULL && strstr(all, "Step 1 of") == NULL)
			fail_msg("%s does not say which step it is:\n%s", wizards[i], all);
		free(all);
	}
	community_free(c);
}

/* Help ends with a person: who, how and when an answer comes. */
static void R20_help_on_every_screen_ends_with_a_person(void **state)
{
	struct community *c = community_new(24, 80);
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		for (int i = 0; screens[i] != NULL; i++) {
			struct sbuf all = {0};
			community_open(c, screens[i]->name);
			press(c, "F1");
			const struct screen *s = stack_top(c->stack);
			CHECK_STRING(screens[i]->name, s->ops->name, "help");
			for (size_t n = 0; n < s->text.count; n++) {
				styled_line_text(&s->text.line[n], &all);
				sbuf_addc(&all, ' ');
			}
			const char *person = strstr(sbuf_str(&all), _("Help from a person"));
			if (person == NULL || strstr(person, "beheer") == NULL || strstr(person, l == 0 ? "week" : "a week") == NULL)
				fail_msg("%s: help has no person at its end", screens[i]->name);
			sbuf_fini(&all);
		}
	}
	test_language("en");
	community_free(c);
}

/* Not among the simple ones, then behind "More settings". */
static bool is_shown(struct community *c, const struct option *o)
{
	bool found = false;
	community_open(c, "settings");
	if (o->more)
		stack_go(c->stack, &(struct target){.screen = "settings", .number = 1});
	struct screen *s = stack_top(c->stack);
	const struct row *row = view_rows(s, 0, s->count);
	for (int i = 0; i < s->row_count; i++)
		found = found || (str_starts(row[i].title, _(o->title)) && !str_empty(row[i].detail));
	return found;
}

static void R30_every_setting_is_there_in_words(void **state)
{
	struct community *c = community_new(24, 80);
	int simple = 0;
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		for (const struct option *o = options_table; o->name != NULL; o++) {
			simple += !o->more;
			if (!is_shown(c, o))
				fail_msg("%s is not among the settings", o->name);
		}
	}
	test_language("en");
	community_open(c, "settings");
	const struct row *row = view_rows(stack_top(c->stack), 0, simple);
	bool restore = false;
	for (int i = 0; i < stack_top(c->stack)->row_count; i++)
		restore = restore || str_starts(row[i].title, _("Restore the standard"));
	assert_true(restore);
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R10_a_text_is_sent_from_its_overview_only),
		cmocka_unit_test(R10_the_overview_has_every_part_and_who_reads_it),
		cmocka_unit_test(R11_the_steps_are_said_at_the_beginning),
		cmocka_unit_test(R11_every_step_says_its_number),
		cmocka_unit_test(R20_help_on_every_screen_ends_with_a_person),
		cmocka_unit_test(R30_every_setting_is_there_in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
