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
	if (*key != '\0')
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
	} begins[] = {{"board", "c"}, {"messages", "c"}, {"meeting_new", "Enter"}, {"event", "P"}, {"proposal", ""}};
	struct community *c = community_new(24, 80);
	c->host.outbox = &counting;
	struct site site = {.title = "Kring van Proef", .locale = "nl", .contact = "beheer"};
	assert_true(store_begin(c->writer, NULL));
	assert_true(site_store_put(c->writer, &site, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
	for (size_t l = 0; l < COUNT(languages); l++) {
		test_language(languages[l]);
		for (size_t size = 0; size < COUNT(sizes); size++) {
			community_resize(c, sizes[size].rows, sizes[size].cols);
			for (size_t i = 0; i < COUNT(begins); i++)
				check_begin(c, begins[i].screen, begins[i].key);
		}
	}
	test_language("en");
	community_free(c);
}

/* Tasks in steps, and the lists of parts that they are. */
static bool is_form(const char *name)
{
	static const char *const forms[] = {"welcome", "draft", "meeting", "prepare", "proposal"};
	for (size_t i = 0; i < COUNT(forms); i++)
		if (strcmp(forms[i], name) == 0)
			return true;
	return false;
}

static void check_number(struct community *c, const struct screen_ops *ops)
{
	if (!is_form(ops->name))
		return;
	char *place = xasprintf(_("step %d of %d"), 1, stack_top(c->stack)->count), *title = row_text(c, 0);
	bool said = strcmp(ops->name, "welcome") == 0 ? strstr(title, " 1 ") != NULL && strstr(title, " 4") != NULL
		: strstr(title, place) != NULL;
	if (!said)
		fail_msg("%s does not say which step it is: %s", ops->name, title);
	free(title);
	free(place);
}

static void R11_every_step_says_its_number(void **state)
{
	on_every_screen(check_number);
}

/* No two parts of a form ask for the same, and what kring knows of the member is not asked: the name and the
 * address. */
static void check_asked_once(struct community *c, const struct screen_ops *ops)
{
	struct screen *s = stack_top(c->stack);
	if (!is_form(ops->name))
		return;
	const struct row *row = view_rows(s, 0, s->count);
	for (int i = 0; i < s->count; i++) {
		for (int j = 0; j < i; j++)
			if (strcmp(row[i].title, row[j].title) == 0)
				fail_msg("%s asks twice: %s", ops->name, row[i].title);
		if (strcmp(row[i].title, _("Your name")) == 0 || strcmp(row[i].title, _("Username")) == 0)
			fail_msg("%s asks what kring knows: %s", ops->name, row[i].title);
	}
}

static void R10_nothing_is_asked_twice(void **state)
{
	on_every_screen(check_asked_once);
}

/* A form whose answers others will read leads to the overview with one key; a poll is a part of such a text. */
static void check_leads_to_overview(struct community *c, const struct screen_ops *ops)
{
	static const char *const forms[] = {"draft", "meeting", "compose", "prepare"};
	bool is_one = false;
	for (size_t i = 0; i < COUNT(forms); i++)
		is_one = is_one || strcmp(forms[i], ops->name) == 0;
	if (!is_one)
		return;
	c->host.outbox = &counting;
	press(c, "F4");
	const char *at = stack_top(c->stack)->ops->name;
	if (strcmp(at, "overview") != 0 && strcmp(at, "prepare_look") != 0)
		fail_msg("%s leads to %s and not to its overview", ops->name, at);
}

static void R10_each_form_has_an_overview(void **state)
{
	on_every_screen(check_leads_to_overview);
}

/* Help ends with a person: who, how and when an answer comes. */
static void check_help(struct community *c, const struct screen_ops *ops)
{
	struct sbuf all = {0};
	press(c, "F1");
	community_draw(c);
	const struct screen *s = stack_top(c->stack);
	CHECK_STRING(ops->name, s->ops->name, "help");
	for (size_t n = 0; n < s->text.count; n++) {
		styled_line_text(&s->text.line[n], &all);
		sbuf_addc(&all, ' ');
	}
	const char *person = strstr(sbuf_str(&all), _("Help from a person"));
	char *way = xasprintf(_("Ask %s in a private message. An answer usually comes within a week."), "beheer");
	if (person == NULL || strstr(person, way) == NULL || strlen(person) > strlen(way) + 60)
		fail_msg("%s: help has no person at its end: %s", ops->name, sbuf_str(&all));
	free(way);
	sbuf_fini(&all);
}

static void R20_help_on_every_screen_ends_with_a_person(void **state)
{
	on_every_screen(check_help);
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
		cmocka_unit_test(R10_nothing_is_asked_twice),
		cmocka_unit_test(R10_each_form_has_an_overview),
		cmocka_unit_test(R11_the_steps_are_said_at_the_beginning),
		cmocka_unit_test(R11_every_step_says_its_number),
		cmocka_unit_test(R20_help_on_every_screen_ends_with_a_person),
		cmocka_unit_test(R30_every_setting_is_there_in_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
