#include "community.h"

#include "catalogues.h"
#include "file.h"
#include "guide_plan.h"
#include "guide_steps.h"
#include "guide_store.h"
#include "guide_text.h"
#include "outbox_port.h"
#include "prepare.h"
#include "str.h"

/* A meeting run from its guide, prepared and looked back on: times, keys, and what is kept. */
enum { Plain = 601, Night = 5001, Spring, Autumn, Short, AllDay, Named, Series };

static struct sbuf given;
static const char *golden_dir;

static void keep(void *self, int64_t event_id, int64_t starts_ms, const char *part, const char *text)
{
	struct community *c = self;
	assert_true(store_begin(c->writer, NULL));
	assert_true(guide_store_put(c->writer, (struct guide_key){event_id, starts_ms}, part, text, now_ms, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
	stack_changed(c->stack, STORE_NOTES);
}

static void save(void *self, const struct change *c)
{
	sbuf_addf(&given, "%s %lld %s\n%s", change_kind_word(c->kind), (long long)c->topic_id, str_or_empty(c->names),
		str_or_empty(c->body));
}

static const struct outbox_port port = {.save = save, .guide = keep};

static int64_t moment(const char *text)
{
	int64_t ms;
	assert_true(time_parse(text, &ms, NULL));
	return ms;
}

static void put(struct community *c, int64_t id, const char *starts, const char *ends, bool all_day)
{
	struct event e = {.id = id, .topic_id = 6, .category_id = 1, .topic_title = "Onze kring", .all_day = all_day,
		.starts_ms = moment(starts), .ends_ms = *ends == '\0' ? 0 : moment(ends), .timezone = "Europe/Amsterdam",
		.mine = ATTENDANCE_GOING, .going = -1};
	assert_true(event_store_put(c->writer, &e, NULL));
}

static void put_series(struct community *c)
{
	struct occurrence times[8];
	for (int i = 0; i < 8; i++)
		times[i] = (struct occurrence){now_ms + (i - 6) * 7 * 86400000LL,
			now_ms + (i - 6) * 7 * 86400000LL + 3600000};
	struct event e = {.id = Series, .topic_id = 6, .topic_title = "Elke week", .starts_ms = times[0].starts_ms,
		.ends_ms = times[0].ends_ms, .recurrence = "every_week", .occurrence = times, .occurrence_count = 8,
		.going = -1};
	assert_true(event_store_put(c->writer, &e, NULL));
}

static struct community *guide_new(void)
{
	struct community *c = community_new(24, 80);
	assert_true(store_begin(c->writer, NULL));
	put(c, Night, "2026-03-10T22:30:00Z", "2026-03-11T00:00:00Z", false);
	put(c, Spring, "2026-03-29T00:30:00Z", "2026-03-29T02:00:00Z", false);
	put(c, Autumn, "2026-10-25T00:30:00Z", "2026-10-25T02:00:00Z", false);
	put(c, Short, "2026-03-10T13:00:00Z", "2026-03-10T13:45:00Z", false);
	put(c, AllDay, "2026-03-10T00:00:00Z", "2026-03-24T00:00:00Z", true);
	put(c, Named, "2026-03-10T13:00:00Z", "", false);
	put_series(c);
	struct post p = {.id = Named, .topic_id = 6, .post_number = 9, .type = POST_REGULAR, .username = "lid01",
		.version = 1,
		.created_ms = now_ms, .updated_ms = now_ms,
		.cooked = "<ul><li><strong>Methode:</strong> Leren van successen</li>"
			"<li><strong>Gespreksleider:</strong> Noor</li></ul>"};
	assert_true(post_store_put(c->writer, &p, NULL, NULL, NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
	c->host.outbox = &port;
	sbuf_reset(&given);
	return c;
}

static void guide_free(struct community *c)
{
	community_free(c);
	sbuf_fini(&given);
}

static void open_at(struct community *c, const char *screen, int64_t id, int64_t starts_ms)
{
	stack_go(c->stack, &(struct target){.screen = screen, .id = id, .id2 = starts_ms});
	community_draw(c);
}

static void press_all(struct community *c, const char *keys)
{
	char *copy = xstrdup(keys), *rest = copy;
	for (char *key; (key = strsep(&rest, " ")) != NULL;)
		press(c, key);
	free(copy);
	community_draw(c);
}

static void type(struct community *c, const char *text)
{
	for (; *text != '\0'; text++)
		press(c, *text == ' ' ? "Space" : (char[]){*text, '\0'});
}

static void check_shown(struct community *c, const char *what, const char *words)
{
	struct sbuf all = {0};
	canvas_dump(c->canvas, &all);
	if (strstr(sbuf_str(&all), words) == NULL)
		fail_msg("%s: \"%s\" is not in:\n%s", what, words, sbuf_str(&all));
	sbuf_fini(&all);
}

static const char *kept(struct community *c, int64_t id, const char *part)
{
	static struct arena a;
	arena_reset(&a);
	return guide_store_get(c->reader, (struct guide_key){id, 0}, part, &a);
}

static void the_times_of_the_steps_are_those_of_the_clock(void **state)
{
	static const struct {
		int64_t event;
		const char *method;
		int step;
		const char *when;
	} rows[] = {
		{Plain, "vijf_stappen", 0, "10.00 tot 10.10 uur"}, {Plain, "vijf_stappen", 6, "10.55 tot 11.00 uur"},
		{Night, "vijf_stappen", 1, "23.40 tot 23.45 uur"},
		{Night, "vijf_stappen", 3, "00.00 tot 00.10 uur"},
		{Spring, "vijf_stappen", 2, "01.45 tot 03.00 uur"}, {Spring, "vijf_stappen", 3, "03.00 tot 03.10 uur"},
		{Autumn, "vijf_stappen", 2, "02.45 tot 02.00 uur"}, {Autumn, "vijf_stappen", 6, "02.25 tot 02.30 uur"},
		{Short, "vijf_stappen", 0, "14.00 tot 14.05 uur"}, {Short, "vijf_stappen", 4, "14.40 tot 14.45 uur"},
		{AllDay, "schriftelijk", 0, "di 10 maart 2026"},
		{AllDay, "schriftelijk", 1, "wo 11 maart 2026 tot vr 13 maart 2026"},
		{AllDay, "schriftelijk", 5, "ma 23 maart 2026"}, {AllDay, "vijf_stappen", 1, "5 minuten"},
		{Spring, "schriftelijk", 1, "ma 30 maart 2026 tot wo 1 april 2026"},
	};
	test_language("nl");
	struct community *c = guide_new();
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf when = {0};
		struct guide g = guide_of(&c->ctx, rows[i].event, 0, rows[i].method, &a);
		assert_non_null(g.method);
		guide_add_when(&when, &g, rows[i].step, c->ctx.zone);
		CHECK_STRING(rows[i].method, sbuf_str(&when), rows[i].when);
		sbuf_fini(&when);
	}
	assert_null(guide_of(&c->ctx, 424242, 0, NULL, &a).event);
	CHECK_STRING("the topic names it", guide_of(&c->ctx, Named, 0, NULL, &a).method->id, "successen");
	CHECK_STRING("and who leads", guide_of(&c->ctx, Named, 0, NULL, &a).facilitator, "Noor");
	assert_null(guide_of(&c->ctx, Plain, 0, NULL, &a).method);
	arena_fini(&a);
	guide_free(c);
}

/* Beside this file: golden/guide-paper-LANGUAGE.txt; made anew with KRING_UPDATE_GOLDEN=1. */
static void check_paper(const char *language)
{
	test_language(language);
	struct community *c = guide_new();
	struct arena a = {0};
	struct styled text;
	struct styled_builder b = {0};
	struct sbuf got = {0}, want = {0};
	struct guide g = guide_of(&c->ctx, Plain, 0, "incident", &a);
	char *path = xasprintf("%s/guide-paper-%s.txt", golden_dir, language);
	memset(&text, 0, sizeof text);
	styled_begin(&b, &text, &a, 66);
	guide_text_whole(&b, &g, c->ctx.zone);
	styled_end(&b);
	styled_plain(&text, &got);
	for (size_t i = 0; i < got.n; i++)
		if ((unsigned char)got.p[i] < ' ' && got.p[i] != '\n')
			fail_msg("a control character at byte %zu", i);
	if (getenv("KRING_UPDATE_GOLDEN") != NULL)
		assert_true(file_write(path, got.p, got.n, NULL));
	assert_true(file_read(path, 100000, &want, NULL));
	CHECK_STRING(path, sbuf_str(&got), sbuf_str(&want));
	sbuf_fini(&got);
	sbuf_fini(&want);
	free(path);
	arena_fini(&a);
	guide_free(c);
}

static void the_guide_on_paper_is_whole(void **state)
{
	check_paper("nl");
	check_paper("en");
}

static void the_steps_of_the_topic_go_before_those_of_the_method(void **state)
{
	static const struct {
		const char *text;
		int available, count, total, step, from;
		const char *name;
	} rows[] = {
		{"a 10, b 10, c 10, d 10, e 10", 0, 7, 65, 1, 10, "Vraag vertellen"},
		{"a 10, b 10, c 10, d 10, e 10", 50, 5, 50, 1, 10, "Vragen stellen en samenvatten"},
		{"- Welkom (5 minuten)\n- Vraag vertellen (10 minuten)\n- Rondje (3 minuten)", 0, 3, 18, 1, 5,
			"Vraag vertellen"},
		{"Vraag vertellen 20, pauze 5, iets anders: 30", 0, 3, 55, 2, 25, "iets anders"},
		{"Vraag vertellen, pauze 5", 0, 7, 60, 0, 0, "Welkom, agenda, rollen en afspraken"},
		{"", 0, 7, 60, 6, 55, "Afronden en volgende datum"},
		{"x 99999", 0, 7, 60, 0, 0, "Welkom, agenda, rollen en afspraken"},
	};
	struct arena a = {0};
	const struct methods *all = methods_load("nl", &a, NULL);
	const struct method *m = method_named(all, "vijf_stappen");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct method_plan p = method_plan_of(all, m, rows[i].available, &a);
		guide_steps_read(all, m, rows[i].text, rows[i].available, &p, &a);
		CHECK_INT(rows[i].text, p.count, rows[i].count);
		CHECK_INT(rows[i].text, p.total, rows[i].total);
		CHECK_INT(rows[i].text, p.step[rows[i].step].from, rows[i].from);
		CHECK_STRING(rows[i].text, p.step[rows[i].step].phase->name, rows[i].name);
	}
	arena_fini(&a);
}

static void agreements_have_no_marks_of_a_list(void **state)
{
	struct arena a = {0};
	const char *rest = "1. Een\n- Twee\n\n  * Drie\n12) Vier\n5-6 mensen\n";
	static const char *const want[] = {"Een", "Twee", "Drie", "Vier", "5-6 mensen"};
	for (size_t i = 0; i < COUNT(want); i++)
		CHECK_STRING("agreement", guide_text_agreement(&rest, &a), want[i]);
	assert_null(guide_text_agreement(&rest, &a));
	arena_fini(&a);
}

static void a_meeting_is_run_step_by_step(void **state)
{
	test_language("nl");
	struct community *c = guide_new();
	open_at(c, "event", Short, 0);
	press_all(c, "H");
	CHECK_STRING("no method yet", stack_top(c->stack)->ops->name, "guide_choice");
	press_all(c, "Down Enter");
	CHECK_STRING("then the guide", stack_top(c->stack)->ops->name, "guide");
	CHECK_STRING("the choice is kept", kept(c, Short, "method"), "vijf_stappen");
	check_shown(c, "agreements come first", "Wat we bespreken, blijft in de groep.");
	check_shown(c, "it is said what does not fit", "Voor welkom en afronden is geen eigen tijd.");
	press_all(c, "Left");
	check_shown(c, "nothing before it", "Dit komt voor de eerste stap.");
	press_all(c, "Right");
	check_shown(c, "the first step", "Stap 1 van 5: Vraag vertellen");
	check_shown(c, "its time", "14.00 tot 14.05 uur (5 minuten)");
	check_shown(c, "who speaks", "Wie praat: de inbrenger");
	check_shown(c, "the words", "Vertel je situatie en je vraag. Noem geen namen. Wij luisteren.");
	check_shown(c, "what comes", "Hierna: 14.05 tot 14.20 uur: Vragen stellen en samenvatten");
	press_all(c, "p");
	type(c, "over grenzen");
	press_all(c, "Esc");
	check_shown(c, "the note", "over grenzen");
	CHECK_STRING("kept", kept(c, Short, "note:vijf_stappen:00"), "over grenzen");
	press_all(c, "Right Right Right Right Right");
	check_shown(c, "the end", "Dit is de laatste stap.");
	CHECK_STRING("the step is kept", kept(c, Short, "step"), "5");
	stack_back(c->stack);
	press_all(c, "H");
	check_shown(c, "it opens there again", "Stap 5 van 5: Terugkijken");
	guide_free(c);
}

static void the_times_move_when_it_begins_later(void **state)
{
	test_language("nl");
	struct community *c = guide_new();
	stack_go(c->stack, &(struct target){.screen = "guide", .id = Short, .text = "vijf_stappen"});
	c->ctx.now_ms = moment("2026-03-10T13:07:30Z");
	press_all(c, "Right N");
	check_shown(c, "from now", "14.07 tot 14.12 uur");
	check_shown(c, "said", "De tijden tellen vanaf nu.");
	press_all(c, "N");
	check_shown(c, "as planned", "14.00 tot 14.05 uur");
	guide_free(c);
}

static void notes_are_shared_as_a_reply(void **state)
{
	test_language("nl");
	struct community *c = guide_new();
	stack_go(c->stack, &(struct target){.screen = "guide", .id = Plain, .text = "vijf_stappen"});
	press_all(c, "r");
	check_shown(c, "nothing to share", "Je hebt hier geen notities.");
	press_all(c, "Right p");
	type(c, "welkom");
	press_all(c, "Esc r");
	CHECK_STRING("a reply begins", stack_top(c->stack)->ops->name, "compose");
	CHECK_STRING("with the notes", editor_text(&stack_top(c->stack)->editor),
		"**Welkom, agenda, rollen en afspraken**\n\nwelkom\n\n");
	guide_free(c);
}

static void a_case_is_private_until_the_member_posts_it(void **state)
{
	test_language("nl");
	struct community *c = guide_new();
	struct arena a = {0};
	open_at(c, "prepare", Plain, 0);
	press_all(c, "F4 F9");
	check_shown(c, "the question is needed", "Nog nodig voordat je het kunt delen: Mijn vraag.");
	press_all(c, "Esc Down Enter");
	type(c, "Hoe zeg ik nee tegen Jan?");
	press_all(c, "Esc");
	check_shown(c, "in the list", "Hoe zeg ik nee tegen Jan?");
	CHECK_STRING("kept", kept(c, Plain, "prepare:question"), "Hoe zeg ik nee tegen Jan?");
	press_all(c, "F4 F9");
	check_shown(c, "the tick is needed", "Nog nodig voordat je het kunt delen: Niet herleidbaar.");
	press_all(c, "Esc End Up Up Enter");
	check_shown(c, "yes", "Je zei ja.");
	assert_null(prepare_says(&c->ctx, &a));
	press_all(c, "F4");
	check_shown(c, "until a week before", "tot di 17 maart 2026.");
	c->ctx.now_ms = moment("2026-03-17T08:00:00Z");
	CHECK_STRING("then it is said", prepare_says(&c->ctx, &a),
		"Je kunt je voorbereiding voor \"Intervisie kring 06\" nu delen.");
	press_all(c, "F9 Down Down Enter");
	CHECK_STRING("a reply in the topic", stack_top(c->stack)->ops->name, "compose");
	assert_non_null(strstr(editor_text(&stack_top(c->stack)->editor),
		"- **Mijn vraag:** Hoe zeg ik nee tegen Jan?"));
	assert_non_null(strstr(editor_text(&stack_top(c->stack)->editor), "- **Niet herleidbaar:** ja"));
	assert_null(prepare_says(&c->ctx, &a));
	arena_fini(&a);
	guide_free(c);
}

static void the_day_of_a_preparation_can_be_another(void **state)
{
	test_language("nl");
	struct community *c = guide_new();
	open_at(c, "prepare", Plain, 0);
	press_all(c, "End Up Enter");
	CHECK_STRING("proposed", field_text(&stack_top(c->stack)->answer), "17-3-2026");
	press_all(c, "C-u");
	type(c, "morgen");
	press_all(c, "Enter");
	check_shown(c, "no date", "Dit is geen datum in de komende twee jaar.");
	press_all(c, "C-u");
	type(c, "15-3-2026");
	press_all(c, "Enter");
	CHECK_STRING("kept", kept(c, Plain, "prepare:day"), "15-3-2026");
	check_shown(c, "in words", "zo 15 maart 2026");
	guide_free(c);
}

static void looking_back_is_private_and_shared_by_choice(void **state)
{
	test_language("nl");
	struct community *c = guide_new();
	open_at(c, "look_back", Plain, 0);
	press_all(c, "r");
	check_shown(c, "nothing yet", "Er is nog niets om te delen.");
	press_all(c, "Enter");
	type(c, "eerst wachten");
	press_all(c, "Esc Down Down Down Enter Down Down Enter");
	CHECK_STRING("energy", kept(c, Plain, "look_back:energy"), "veel");
	press_all(c, "r");
	CHECK_STRING("a reply", stack_top(c->stack)->ops->name, "compose");
	CHECK_STRING("with the answers", editor_text(&stack_top(c->stack)->editor),
		"**Wat neem je mee**\n\neerst wachten\n\n**Hoeveel energie kostte het**\n\nveel\n\n");
	press_all(c, "Esc End Enter");
	CHECK_STRING("earlier ones", stack_top(c->stack)->ops->name, "looks_back");
	check_shown(c, "the meeting", "Intervisie kring 06");
	press_all(c, "Enter");
	CHECK_STRING("read again", stack_top(c->stack)->ops->name, "look_back");
	check_shown(c, "the answer", "eerst wachten");
	guide_free(c);
}

static void after_six_meetings_the_circle_is_asked(void **state)
{
	static const int64_t week = 7 * 86400000LL;
	test_language("nl");
	struct community *c = guide_new();
	open_at(c, "look_back", Series, now_ms - 2 * week);
	CHECK_INT("the fifth: not asked", stack_top(c->stack)->count, 7);
	check_shown(c, "the next one of the series", "di 24 februari 2026");
	open_at(c, "look_back", Series, now_ms - week);
	check_shown(c, "the sixth", "Jullie kwamen 6 keer samen. Wat wil je?");
	press_all(c, "Down Down Down Down Down Enter Down Enter");
	check_shown(c, "decided", "Veranderen");
	open_at(c, "look_back", Series, now_ms);
	check_shown(c, "the seventh: the decision stands", "Veranderen");
	guide_free(c);
}

int main(int argc, char **argv)
{
	golden_dir = argc > 1 ? argv[1] : ".";
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_times_of_the_steps_are_those_of_the_clock),
		cmocka_unit_test(the_guide_on_paper_is_whole),
		cmocka_unit_test(the_steps_of_the_topic_go_before_those_of_the_method),
		cmocka_unit_test(agreements_have_no_marks_of_a_list),
		cmocka_unit_test(a_meeting_is_run_step_by_step),
		cmocka_unit_test(the_times_move_when_it_begins_later),
		cmocka_unit_test(notes_are_shared_as_a_reply),
		cmocka_unit_test(a_case_is_private_until_the_member_posts_it),
		cmocka_unit_test(the_day_of_a_preparation_can_be_another),
		cmocka_unit_test(looking_back_is_private_and_shared_by_choice),
		cmocka_unit_test(after_six_meetings_the_circle_is_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
