#include "compose_case.h"

/* Texts with parts of their own: topics, messages and polls. */

static void a_topic_is_made_of_its_parts(void **state)
{
	struct arena a = {0};
	open_community();
	compose_topic(top(), 1);
	on("draft");
	see("There are 11 steps");
	fill("Title", "Samen een training maken");
	fill("Tags", "Training, Op locatie");
	fill("Wat is het plan", "een training");
	choose("Text");
	type("Wie doet er mee?");
	press(at, "Esc");
	press(at, "F4");
	see("Category: Samenwerken");
	see("Tags: training, op-locatie");
	press(at, "F9");
	on("topic");
	const struct change *c = only(false, &a);
	CHECK_INT("kind", c->kind, CHANGE_TOPIC);
	CHECK_STRING("title", c->title, "Samen een training maken");
	CHECK_STRING("names", c->names, "training, op-locatie");
	CHECK_STRING("body", c->body, "- **Wat is het plan:** een training\n\nWie doet er mee?");
	arena_fini(&a);
	desk_close();
}

static void a_category_has_its_own_beginning_and_rules(void **state)
{
	struct arena a = {0};
	open_community();
	compose_topic(top(), 0);
	press(at, "F4");
	see("The category is not chosen yet.");
	press(at, "Esc");
	choose("Category");
	choose("Algemeen");
	choose("Category");
	see("> Algemeen, chosen");
	press(at, "Enter");
	press(at, "F4");
	see("This category asks for 1 tag.");
	see("The title is missing.");
	CHECK_STRING("body", only(true, &a)->body, "Waar gaat het over?");
	arena_fini(&a);
	desk_close();
}

static void words_that_show_a_client_are_pointed_at(void **state)
{
	struct arena a = {0};
	open_community();
	compose_topic(top(), Referral);
	fill("Title", "Gezocht: een coach in Drenthe");
	fill("Soort hulp", "coaching voor Jan Jansen");
	press(at, "F4");
	see("\"Jan Jansen\". This looks like the name of a person.");
	see("You have not said yes to");
	press(at, "Esc");
	choose("Cli");
	press(at, "F4");
	press(at, "F9");
	on("topic");
	CHECK_STRING("body", only(false, &a)->body,
		"- **Soort hulp:** coaching voor Jan Jansen\n- **Cliënt weet dit en vindt het goed:** ja\n");
	compose_topic(top(), 1);
	fill("Wat is het plan", "werken met Jan Jansen");
	press(at, "F4");
	struct sbuf all = {0};
	community_draw(at);
	canvas_dump(at->canvas, &all);
	assert_null(strstr(sbuf_str(&all), "looks like the name"));
	sbuf_fini(&all);
	arena_fini(&a);
	desk_close();
}

static void a_first_message_asks_three_things(void **state)
{
	struct arena a = {0};
	open_community();
	compose_message(top(), "lid09");
	on("draft");
	fill("Title", "Kennismaken");
	fill("Waarom ik je schrijf", "je werkt ook in Utrecht");
	fill("Wat ik vraag", "een gesprek");
	press(at, "F4");
	see("Only you and these people can see this: lid09.");
	see("The other person may also say no, or not answer.");
	press(at, "F9");
	const struct change *c = only(false, &a);
	CHECK_STRING("names", c->names, "lid09");
	CHECK_STRING("body", c->body, "- **Waarom ik je schrijf:** je werkt ook in Utrecht\n- **Wat ik vraag:**"
		" een gesprek\n");
	compose_message(top(), "lid09");
	see("You wrote lid09 a message that has no answer yet.");
	fill("Title", "Nog iets");
	press(at, "F4");
	see("You wrote lid09 a message that has no answer yet.");
	arena_fini(&a);
	desk_close();
}

static void the_beginning_of_a_name_is_enough(void **state)
{
	struct arena a = {0};
	open_community();
	compose_message(top(), NULL);
	fill("Recipients", "lid12, @LID13");
	fill("Title", "Een vraag");
	CHECK_STRING("names", only(true, &a)->names, "lid12, lid13");
	fill("Recipients", "lid1, niemand");
	see("Several names begin with lid1");
	see("know the member niemand.");
	CHECK_STRING("kept as typed", only(true, &a)->names, "lid1, niemand");
	arena_fini(&a);
	desk_close();
}

static void what_is_typed_is_kept_before_enter(void **state)
{
	struct arena a = {0};
	open_community();
	compose_message(top(), "lid09");
	choose("Title");
	type("Half een ti");
	save();
	CHECK_STRING("kept while typing", only(true, &a)->title, "Half een ti");
	type("tel");
	press(at, "Esc");
	CHECK_STRING("kept by Esc", only(true, &a)->title, "Half een titel");
	arena_fini(&a);
	desk_close();
}

static void send_topic(int64_t id, int64_t category_id, const char *title)
{
	begin();
	assert_true(outbox_store_send(at->writer, &(struct change){.id = id, .kind = CHANGE_TOPIC,
		.category_id = category_id,
		.title = title, .body = "Het begin."}, NULL));
	commit();
}

/* It stands where it will stand, and keeps its place under the cursor. */
static void a_topic_that_waits_is_in_its_list(void **state)
{
	static const enum post_order orders[] = {ORDER_NEWEST, ORDER_OLDEST};
	for (size_t i = 0; i < COUNT(orders); i++) {
		open_community();
		at->config.topic_order = orders[i];
		stack_go(at->stack, &(struct target){.screen = "topics"});
		community_draw(at);
		int before = top()->count;
		send_topic(501, 1, "Wie doet er mee aan de proef");
		send_topic(502, Proposals, "Een ander plan voor de kring");
		go_to("Een ander plan voor de kring");
		CHECK_INT("both", top()->count, before + 2);
		CHECK_STRING("how far", here()->state, "waiting");
		CHECK_INT("place", top()->list.cursor, orders[i] == ORDER_OLDEST ? before + 1 : 0);
		if (strstr(here()->detail, "Voorstellen | Waiting for") == NULL)
			fail_msg("detail: %s", here()->detail);
		send_topic(503, 1, "Nog een onderwerp van mij");
		CHECK_STRING("stays on it", here()->title, "Een ander plan voor de kring");
		press(at, "Enter");
		on("outbox_item");
		stack_go(at->stack, &(struct target){.screen = "topics", .id = Proposals});
		see("Een ander plan voor de kring");
		gone("Wie doet er mee aan de proef");
		stack_go(at->stack, &(struct target){.screen = "topics", .number = 1});
		gone("Een ander plan voor de kring");
		desk_close();
	}
}

static void a_message_that_waits_is_in_its_list(void **state)
{
	open_community();
	begin();
	assert_true(outbox_store_send(at->writer, &(struct change){.id = 501, .kind = CHANGE_MESSAGE, .names = "lid03",
		.title = "Een vraag aan jou", .body = "Kun je helpen?"}, NULL));
	commit();
	stack_go(at->stack, &(struct target){.screen = "messages"});
	go_to("Een vraag aan jou");
	CHECK_STRING("how far", here()->state, "waiting");
	press(at, "A");
	see("There is no message here to archive.");
	press(at, "Enter");
	on("outbox_item");
	desk_close();
}

static void a_poll_is_made_by_its_parts(void **state)
{
	struct arena a = {0};
	open_community();
	compose_topic(top(), Proposals);
	fill("Mening geven kan", "17-3-2026");
	choose("Poll");
	on("proposal");
	fill("Question", "Doen we dit?");
	press(at, "Esc");
	press(at, "F4");
	see("The poll has no answers yet.");
	press(at, "Esc");
	choose("Poll");
	fill("Answer 1", "Ja");
	fill("Answer 2", "Nee");
	choose("When members see");
	choose("Closes on");
	CHECK_STRING("the day of the form", field_text(&top()->answer), "17-3-2026");
	press(at, "Enter");
	choose("Back to the text");
	on("draft");
	CHECK_STRING("body", only(true, &a)->body, "- **Mening geven kan tot en met:** Tuesday 17 March 2026\n\n"
		"[poll type=regular results=on_vote close=2026-03-17T22:59:59.000Z]\n# Doen we dit?\n* Ja\n*"
		" Nee\n[/poll]\n");
	choose("Poll");
	choose("Take the poll out");
	CHECK_STRING("taken out", only(true, &a)->body, "- **Mening geven kan tot en met:** Tuesday 17 March 2026\n");
	arena_fini(&a);
	desk_close();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_topic_is_made_of_its_parts),
		cmocka_unit_test(a_category_has_its_own_beginning_and_rules),
		cmocka_unit_test(words_that_show_a_client_are_pointed_at),
		cmocka_unit_test(a_first_message_asks_three_things),
		cmocka_unit_test(the_beginning_of_a_name_is_enough),
		cmocka_unit_test(what_is_typed_is_kept_before_enter),
		cmocka_unit_test(a_topic_that_waits_is_in_its_list),
		cmocka_unit_test(a_message_that_waits_is_in_its_list),
		cmocka_unit_test(a_poll_is_made_by_its_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
