#include "acting.h"

#include <ctype.h>

#include "agreements.h"
#include "catalogues.h"
#include "circle.h"
#include "event_field.h"

/* What a meeting's screen says, and what stands between a member and their answer. */

static struct {
	int count;
	int64_t category_id, when_ms;
	char text[4000];
} agreed;

static void take_agree(void *self, int64_t category_id, const char *text, int64_t when_ms)
{
	agreed.count++;
	agreed.category_id = category_id;
	agreed.when_ms = when_ms;
	snprintf(agreed.text, sizeof agreed.text, "%s", text);
}

static struct outbox_port circle_port;

static struct community *circle_community(const char *language)
{
	test_language(language);
	struct community *c = writing_community();
	circle_put(c);
	circle_port = port;
	circle_port.agree = take_agree;
	c->host.outbox = &circle_port;
	memset(&agreed, 0, sizeof agreed);
	return c;
}

static void open_at(struct community *c, const char *screen, int64_t id)
{
	community_open(c, "start");
	stack_go(c->stack, &(struct target){.screen = screen, .id = id});
	community_draw(c);
}

/* All of it on one line, wherever it was broken. */
static char *text_now(struct community *c)
{
	struct sbuf b = {0};
	community_draw(c);
	styled_plain(&stack_top(c->stack)->text, &b);
	char *all = sbuf_take(&b), *to = all;
	for (const char *at = all; *at != '\0'; at++)
		if (!isspace((unsigned char)*at))
			*to++ = *at;
		else if (to > all && to[-1] != ' ')
			*to++ = ' ';
	*to = '\0';
	return all;
}

/* The words are on the screen once, each after the one before. */
static void check_order(struct community *c, const char *const *words)
{
	char *all = text_now(c);
	const char *at = all;
	for (; *words != NULL; words++) {
		const char *found = strstr(at, *words);
		if (found == NULL)
			fail_msg("\"%s\" is missing, or not in its place, in:\n%s", *words, all);
		if (strstr(found + 1, *words) != NULL)
			fail_msg("\"%s\" is there twice in:\n%s", *words, all);
		at = found;
	}
	free(all);
}

static void check_absent(struct community *c, const char *words)
{
	char *all = text_now(c);
	if (strstr(all, words) != NULL)
		fail_msg("\"%s\" should not be in:\n%s", words, all);
	free(all);
}

static void a_circle_shows_its_fields_in_order_and_in_dutch(void **state)
{
	static const char *const words[] = {"Wanneer: di 10 maart 2026", "Plaatsen: ", "Organisator: lid02",
		"Contactpersoon:",
		"Lid 03", "Afspraken: Je ziet ze voordat je je aanmeldt.",
		"Doel van de bijeenkomst: samen naar een casus kijken",
		"Methode: incidentmethode", "Stappen met minuten:", "- inbreng, 10 minuten",
		"Wat er van je gevraagd wordt: Niet ingevuld", "Inbrenger bekend: nee", "Camera: mag uit",
		"Eerder weg of later komen mag: Niet ingevuld", "Alleen luisteren mag: ja", "op aanvraag",
		"Aanmelden tot: Niet ingevuld", "lid03 in een privébericht", "Wat de organisator schreef",
		"Neem iets te drinken mee.", NULL};
	struct community *c = circle_community("nl");
	open_at(c, "event", CircleEvent);
	check_order(c, words);
	check_absent(c, "Rustige ruimte");
	check_absent(c, "[event");
	check_absent(c, "Adres");
	community_free(c);
}

static void a_meeting_on_site_shows_what_its_organiser_wrote_in_english(void **state)
{
	static const char *const words[] = {"Where: Ede", "Purpose: Not filled in", "Doors open: Not filled in",
		"Programme:",
		"- 13.30 uur inloop", "Address, entrance, floor: Stationsplein 1, tweede deur",
		"Wheelchair: partly, een drempel",
		"Quiet room: yes, naast de zaal", "Smell: kom zonder parfum", "Costs: geen", "Sign up until: 1 maart 2026",
		"Cancel until: Not filled in", "What you need: schrijf mij", "What the organiser wrote", "Welkom!",
		"Praktisch", "Let op: de deur klemt.", NULL};
	struct community *c = circle_community("en");
	open_at(c, "event", SiteEvent);
	check_order(c, words);
	check_absent(c, "Camera");
	check_absent(c, "Parking");
	check_absent(c, "Antwoord");
	community_free(c);
}

static void a_meeting_without_labels_is_shown_as_it_is(void **state)
{
	static const char *const words[] = {"The site does not show you who is coming.",
		"Not filled in: Purpose; Programme; ", "What the organiser wrote", "Kom je ook?", NULL};
	struct community *c = circle_community("en");
	open_at(c, "event", PlainEvent);
	check_order(c, words);
	act(c, "a");
	CHECK_STRING("stays", stack_top(c->stack)->ops->name, "event");
	check_status(c, "who comes", "The site does not show you who is coming.");
	community_free(c);
}

static void what_is_odd_is_said(void **state)
{
	static const char *const words[] = {"The end is before the start.",
		"The time zone Europa/Nergens is not known.",
		"The rest of this part is left out here, because it is long.", "Stationsplein 1", NULL};
	struct community *c = circle_community("en");
	open_at(c, "event", OddEvent);
	check_order(c, words);
	char *all = text_now(c);
	assert_in_range(strlen(all), 1000, 8000);
	free(all);
	community_free(c);
}

static void a_post_that_came_as_HTML_is_read_too(void **state)
{
	static const char *const words[] = {"Programme:", "- 10.00 welkom", "Light: daglicht",
		"Sound: muziek & galm", "Smell: geen parfum",
		"Costs: 5 euro", "What the organiser wrote", "Verder", "Zie de zaal", NULL};
	struct community *c = circle_community("en");
	open_at(c, "event", CookedEvent);
	check_order(c, words);
	check_absent(c, "99");
	community_free(c);
}

static void a_hostile_page_does_not_end_the_reading(void **state)
{
	static const char *const pages[] = {"", "<", "<div class=\"discourse-post-event\">", "<a href=\"", "&#",
		"&#x110000;&#1;&bogus;&", "</a></a></div></div>Kosten: 1", "<a href=\"x\"><a href=\"y\">z",
		"<p>Kosten: <b>"};
	struct community *c = circle_community("en");
	for (size_t i = 0; i < COUNT(pages); i++) {
		struct event e = circle_event(PlainEvent, 1, "Koffie", now_ms + 86400000);
		assert_true(store_begin(c->writer, NULL));
		circle_put_event(c, e, NULL, pages[i]);
		assert_true(store_commit(c->writer, NULL, NULL));
		open_at(c, "event", PlainEvent);
		char *all = text_now(c);
		assert_non_null(strstr(all, "Koffie"));
		free(all);
	}
	community_free(c);
}

/* The organiser's own lines for day and time are left out when the event says the same, and only then. */
static void a_day_that_the_event_says_is_not_said_twice(void **state)
{
	static const struct {
		const char *name, *raw;
		bool shown;
	} rows[] = {
		{"the same", "- **Datum:** vrijdag 13 maart 2026\n- **Begin:** 10.00 uur\n- **Eind:** 11.30 uur\n\nTot"
			" dan.", false},
		{"another begin", "- **Datum:** vrijdag 13 maart 2026\n- **Begin:** 10.30 uur\n\nTot dan.", true},
		{"another day", "Datum: 14 maart 2026\n\nTot dan.", true},
		{"more than a time", "Datum: 13-3-2026\nEind: 11.30 uur, of 12.00 uur\n\nTot dan.", true},
		{"words", "Datum: volgt nog\n\nTot dan.", true},
	};
	struct community *c = circle_community("nl");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct event e = circle_event(PlainEvent, 1, "Koffie", now_ms + 10 * 86400000LL);
		char *raw = xasprintf("%s\n\nKosten: geen\n", rows[i].raw);
		assert_true(store_begin(c->writer, NULL));
		circle_put_event(c, e, raw, "<p>Koffie</p>");
		assert_true(store_commit(c->writer, NULL, NULL));
		open_at(c, "event", PlainEvent);
		char *all = text_now(c);
		CHECK_INT(rows[i].name, strstr(all, "Datum:") != NULL, rows[i].shown);
		assert_non_null(strstr(all, "Tot dan."));
		free(all);
		free(raw);
	}
	community_free(c);
}

static void choose_answer(struct community *c, enum attendance a)
{
	struct screen *s = stack_top(c->stack);
	const struct row *row = view_rows(s, 0, s->count);
	int at = -1;
	static const char *const titles[] = {"Withdraw my answer", "I am coming", "Maybe", "I am not coming"};
	for (int i = 0; i < s->count; i++)
		if (strcmp(row[i].title, titles[a]) == 0)
			at = i;
	assert_true(at >= 0);
	press(c, "Home");
	for (int i = 0; i < at; i++)
		press(c, "Down");
	press(c, "Enter");
	community_draw(c);
}

static void who_joins_a_circle_agrees_first_and_once(void **state)
{
	struct community *c = circle_community("en");
	open_at(c, "event", CircleEvent);
	act(c, "y");
	choose_answer(c, ATTENDANCE_GOING);
	CHECK_STRING("first", stack_top(c->stack)->ops->name, "agreements");
	CHECK_INT("nothing sent", given.sends, 0);
	act(c, "y");
	CHECK_INT("agreed", agreed.count, 1);
	CHECK_INT("circle", agreed.category_id, CircleCategory);
	CHECK_INT("when", agreed.when_ms, c->ctx.now_ms);
	assert_string_equal(agreed.text, event_field_agreements("en", &stack_top(c->stack)->mem));
	CHECK_INT("sent", given.sends, 1);
	CHECK_INT("answer", given.change.number, ATTENDANCE_GOING);
	CHECK_INT("event", given.change.post_id, CircleEvent);
	CHECK_STRING("back", stack_top(c->stack)->ops->name, "event");

	circle_agree(c, agreed.text, now_ms);
	static const char *const words[] = {"Agreements: You agreed with this on Tuesday 3 March 2026.", NULL};
	check_order(c, words);
	act(c, "y");
	choose_answer(c, ATTENDANCE_INTERESTED);
	CHECK_INT("sent at once", given.sends, 2);
	CHECK_INT("asked once", agreed.count, 1);
	community_free(c);
}

static void going_back_from_the_agreements_sends_nothing(void **state)
{
	struct community *c = circle_community("en");
	open_at(c, "sign_up", CircleEvent);
	choose_answer(c, ATTENDANCE_GOING);
	press(c, "Esc");
	CHECK_INT("agreed", agreed.count, 0);
	CHECK_INT("sent", given.sends, 0);
	community_free(c);
}

static void not_going_needs_no_agreement(void **state)
{
	struct community *c = circle_community("en");
	open_at(c, "sign_up", CircleEvent);
	choose_answer(c, ATTENDANCE_NOT_GOING);
	CHECK_INT("sent", given.sends, 1);
	CHECK_INT("answer", given.change.number, ATTENDANCE_NOT_GOING);
	open_at(c, "sign_up", SiteEvent);
	choose_answer(c, ATTENDANCE_GOING);
	CHECK_INT("not a circle", given.sends, 2);
	community_free(c);
}

static void agreements_that_changed_are_shown_again(void **state)
{
	static const char *const words[] = {"These agreements are new. You agreed with others on Sunday 1 March"
		" 2026.", "- We luisteren.", "Choose it with y.", NULL};
	struct community *c = circle_community("en");
	circle_agree(c, "Iets anders.", now_ms - 2 * 86400000LL);
	open_at(c, "sign_up", OwnEvent);
	choose_answer(c, ATTENDANCE_GOING);
	check_order(c, words);
	act(c, "y");
	CHECK_STRING("the words of the topic", agreed.text, "- We luisteren.\n- Wat we zeggen, blijft hier.");
	community_free(c);
}

static void a_circle_is_known_by_its_category(void **state)
{
	static const struct {
		struct category category;
		bool circle;
	} rows[] = {
		{{.id = 50, .name = "Intervisie Noord", .slug = "noord"}, true},
			{{.id = 51, .name = "Kring", .slug = "intervision"}, true},
		{{.id = 52, .name = "Groep", .slug = "groep", .parent_id = CircleCategory}, true},
		{{.id = 53, .name = "Bijeenkomsten", .slug = "bijeenkomsten"}, false},
	};
	struct community *c = circle_community("en");
	struct arena a = {0};
	struct category all[COUNT(rows) + 1] = {{.id = CircleCategory, .name = "Intervisie", .slug = "intervisie"}};
	for (size_t i = 0; i < COUNT(rows); i++)
		all[i + 1] = rows[i].category;
	assert_true(store_begin(c->writer, NULL));
	assert_true(category_store_put(c->writer, all, COUNT(all), NULL));
	assert_true(store_commit(c->writer, NULL, NULL));
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct event e = circle_event(PlainEvent, rows[i].category.id, "Koffie", now_ms);
		CHECK_INT(rows[i].category.name, agreements_of(&c->ctx, &e, &a).is_circle, rows[i].circle);
	}
	arena_fini(&a);
	community_free(c);
}

static void another_language_is_not_another_agreement(void **state)
{
	struct community *c = circle_community("en");
	struct arena a = {0};
	circle_agree(c, event_field_agreements("nl", &a), now_ms);
	open_at(c, "sign_up", CircleEvent);
	choose_answer(c, ATTENDANCE_GOING);
	CHECK_INT("sent at once", given.sends, 1);
	arena_fini(&a);
	community_free(c);
}

static void agreements_can_be_read_from_the_meeting(void **state)
{
	static const char *const before[] = {"The members of this circle agree on this.", "1. ", "10. ",
		"Choose it with y.", NULL};
	struct community *c = circle_community("en");
	open_at(c, "event", CircleEvent);
	act(c, "K");
	check_order(c, before);
	check_absent(c, "Your answer is sent");
	act(c, "y");
	CHECK_INT("agreed", agreed.count, 1);
	CHECK_INT("nothing sent", given.sends, 0);
	circle_agree(c, agreed.text, now_ms);
	check_absent(c, "Choose it with y.");
	open_at(c, "event", SiteEvent);
	act(c, "K");
	static const char *const none[] = {"This meeting has no agreements of its own.", NULL};
	check_order(c, none);
	act(c, "y");
	CHECK_INT("nothing to agree with", agreed.count, 1);
	community_free(c);
}

static void the_agreements_work_without_letters(void **state)
{
	struct community *c = circle_community("en");
	c->config.letters = false;
	open_at(c, "sign_up", CircleEvent);
	choose_answer(c, ATTENDANCE_GOING);
	static const char *const words[] = {"Choose it with F2.", NULL};
	check_order(c, words);
	act(c, "y");
	CHECK_INT("sent", given.sends, 1);
	community_free(c);
}

/* lid01, whose kring this is, comes to event 5 on Tuesday 17 March at 10:00. */
static void another_meeting_at_that_time_is_said_and_blocks_nothing(void **state)
{
	struct community *c = circle_community("en");
	struct event same = circle_event(PlainEvent, 1, "Koffie", now_ms + 14 * 86400000LL + 1800000);
	assert_true(store_begin(c->writer, NULL));
	circle_put_event(c, same, "Kom je ook?", "<p>Kom je ook?</p>");
	assert_true(store_commit(c->writer, NULL, NULL));
	open_at(c, "event", PlainEvent);
	char *all = text_now(c);
	const char *agenda = strstr(all, "Your calendar:");
	assert_non_null(agenda);
	assert_non_null(strstr(agenda, "Intervisie kring 05"));
	free(all);
	open_at(c, "sign_up", PlainEvent);
	struct screen *s = stack_top(c->stack);
	const struct row *row = view_rows(s, 0, s->count);
	CHECK_STRING("said first", row[1].title, "Your calendar");
	assert_non_null(strstr(row[1].detail, "Intervisie kring 05"));
	choose_answer(c, ATTENDANCE_GOING);
	CHECK_INT("sent", given.sends, 1);
	community_free(c);
}

static void what_you_need_goes_to_the_contact_person_alone(void **state)
{
	struct community *c = circle_community("en");
	open_at(c, "event", CircleEvent);
	act(c, "c");
	CHECK_STRING("a message", stack_top(c->stack)->ops->name, "draft");
	const struct composition *w = c->ctx.compositions;
	assert_non_null(w);
	CHECK_INT("kind", w->change.kind, CHANGE_MESSAGE);
	CHECK_STRING("to", sbuf_str(&w->names), "lid03");
	CHECK_STRING("title", sbuf_str(&w->title), "What I need at Intervisie dinsdagavond");
	assert_non_null(strstr(sbuf_str(&w->body), "What I need:"));
	open_at(c, "event", SiteEvent);
	act(c, "c");
	CHECK_STRING("found by name", sbuf_str(&c->ctx.compositions->names), "lid04");
	open_at(c, "event", PlainEvent);
	act(c, "c");
	CHECK_STRING("else the organiser", sbuf_str(&c->ctx.compositions->names), "lid02");
	community_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_circle_shows_its_fields_in_order_and_in_dutch),
		cmocka_unit_test(a_meeting_on_site_shows_what_its_organiser_wrote_in_english),
		cmocka_unit_test(a_meeting_without_labels_is_shown_as_it_is),
		cmocka_unit_test(what_is_odd_is_said),
		cmocka_unit_test(a_post_that_came_as_HTML_is_read_too),
		cmocka_unit_test(a_hostile_page_does_not_end_the_reading),
		cmocka_unit_test(a_day_that_the_event_says_is_not_said_twice),
		cmocka_unit_test(who_joins_a_circle_agrees_first_and_once),
		cmocka_unit_test(going_back_from_the_agreements_sends_nothing),
		cmocka_unit_test(not_going_needs_no_agreement),
		cmocka_unit_test(agreements_that_changed_are_shown_again),
		cmocka_unit_test(a_circle_is_known_by_its_category),
		cmocka_unit_test(another_language_is_not_another_agreement),
		cmocka_unit_test(agreements_can_be_read_from_the_meeting),
		cmocka_unit_test(the_agreements_work_without_letters),
		cmocka_unit_test(another_meeting_at_that_time_is_said_and_blocks_nothing),
		cmocka_unit_test(what_you_need_goes_to_the_contact_person_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
