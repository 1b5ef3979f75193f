#include "desk.h"

#include "category_store.h"
#include "compose.h"
#include "composition.h"
#include "form.h"
#include "outbox_port.h"
#include "outbox_store.h"
#include "str.h"

/* From the first letter to the outbox: what a member writes, and how it comes back. */
enum { OwnPost = 9101, Referral = 3, Proposals = 4 };

static bool own_editor(void *self, const char *text, struct sbuf *out, struct error *err)
{
	sbuf_addf(out, "%s En dit komt uit een ander programma.", text);
	return true;
}

static void put_site(void)
{
	static const struct category categories[] = {
		{.id = 1, .name = "Samenwerken", .slug = "samenwerken", .position = 1},
		{.id = 2, .name = "Algemeen", .slug = "algemeen", .position = 2, .topic_template = "Waar gaat het over?",
			.minimum_required_tags = 1},
		{.id = Referral, .name = "Doorverwijzen", .slug = "doorverwijzen", .position = 3},
		{.id = Proposals, .name = "Voorstellen", .slug = "voorstellen", .position = 4},
	};
	static const struct site site = {.title = "Kring van Proef", .locale = "nl", .tagging = true, .polls = true,
		.min_post_length = 20, .min_first_post_length = 20, .min_message_length = 10, .max_post_length = 32000,
		.min_title_length = 15, .max_title_length = 255, .login_required = true};
	static const struct post own = {.id = OwnPost, .topic_id = 1, .user_id = 1, .post_number = 26, .type = POST_REGULAR,
		.username = "lid01", .name = "lid01", .cooked = "<p>Mijn <b>oude</b> woorden.</p>", .raw = "Mijn **oude** woorden.",
		.yours = true, .can_edit = true, .created_ms = 1, .updated_ms = 1, .version = 1};
	assert_true(category_store_put(at->writer, categories, COUNT(categories), NULL));
	assert_true(site_store_put(at->writer, &site, NULL));
	assert_true(post_store_put(at->writer, &own, NULL, NULL, NULL));
}

static void open_community(void)
{
	desk_open(put_site);
	at->host.edit_outside = own_editor;
	stack_go(at->stack, &(struct target){.screen = "topic", .id = 1});
}

static void a_reply_is_kept_looked_at_and_sent(void **state)
{
	struct arena a = {0};
	open_community();
	compose_reply(top(), 1, 2, false);
	on("compose");
	see("Reply to post 2");
	type("Dank je wel, dit past mij goed.");
	save();
	CHECK_STRING("draft", only(true, &a)->body, "Dank je wel, dit past mij goed.");
	press(at, "F4");
	on("overview");
	see("Dank je wel, dit past mij goed.");
	see("All members can see this.");
	press(at, "F9");
	on("topic");
	see("Your reply will be posted. Take it back with u, for 15 seconds.");
	const struct change *c = only(false, &a);
	CHECK_INT("kind", c->kind, CHANGE_REPLY);
	CHECK_INT("topic", c->topic_id, 1);
	CHECK_INT("number", c->number, 2);
	CHECK_INT("due", c->due_ms, at->ctx.now_ms + 15000);
	CHECK_INT("undo", at->ctx.undo.count, 1);
	CHECK_INT("drafts", rows_of(true, &a).count, 0);
	arena_fini(&a);
	desk_close();
}

static void times_are_those_of_the_keys(void **state)
{
	struct arena a = {0};
	open_community();
	compose_reply(top(), 1, 0, false);
	type("Een eerste zin.");
	save();
	int64_t first = only(true, &a)->typing_ms;
	at->ctx.now_ms += 600000;
	type("Na een lange stilte.");
	save();
	const struct change *c = only(true, &a);
	assert_true(first > 0 && first <= 15 * 200);
	assert_true(c->typing_ms > first && c->typing_ms < 15000);
	CHECK_INT("open", c->open_ms, 600000 + 35 * 200);
	arena_fini(&a);
	desk_close();
}

static void what_is_not_ready_is_not_sent(void **state)
{
	struct arena a = {0};
	open_community();
	compose_reply(top(), 1, 0, false);
	press(at, "F4");
	see("There is no text yet.");
	press(at, "F9");
	on("overview");
	press(at, "Esc");
	type("Te kort");
	press(at, "F4");
	see("The text is too short: 7 characters. At least 20 are needed.");
	press(at, "F9");
	on("overview");
	CHECK_INT("waiting", rows_of(false, &a).count, 0);
	only(true, &a);
	arena_fini(&a);
	desk_close();
}

static void a_text_that_is_emptied_is_forgotten(void **state)
{
	struct arena a = {0};
	open_community();
	compose_reply(top(), 1, 0, false);
	type("Toch niet");
	save();
	press(at, "C-u");
	save();
	CHECK_INT("drops", asked.drops, 1);
	CHECK_INT("drafts", rows_of(true, &a).count, 0);
	arena_fini(&a);
	desk_close();
}

static void a_quote_holds_the_words_of_the_post(void **state)
{
	open_community();
	compose_reply(top(), 1, 26, true);
	CHECK_STRING("own words", editor_text(&top()->editor),
		"[quote=\"lid01, post:26, topic:1\"]\nMijn **oude** woorden.\n[/quote]\n\n");
	press(at, "Esc");
	compose_reply(top(), 1, 3, true);
	CHECK_STRING("quotes of quotes are left out", editor_text(&top()->editor),
		"[quote=\"lid04, post:3, topic:1\"]\nDat past mij.\n[/quote]\n\n");
	press(at, "Esc");
	compose_reply(top(), 1, 2, true);
	CHECK_STRING("of somebody else", editor_text(&top()->editor),
		"[quote=\"lid03, post:2, topic:1\"]\nGoed plan. Zie het plan.\n[/quote]\n\n");
	press(at, "F8");
	on("preview");
	see("Goed plan. Zie het plan.");
	desk_close();
}

static void a_draft_is_offered_and_never_forced(void **state)
{
	struct arena a = {0};
	open_community();
	compose_reply(top(), 1, 0, false);
	type("De eerste tekst die ik begon.");
	press(at, "Esc");
	compose_reply(top(), 1, 0, false);
	on("draft_offer");
	see("De eerste tekst die ik begon.");
	choose("Go on");
	on("compose");
	CHECK_STRING("the old one", editor_text(&top()->editor), "De eerste tekst die ik begon.");
	press(at, "Esc");
	compose_reply(top(), 1, 0, false);
	choose("Begin a new text");
	on("compose");
	CHECK_STRING("a new one", editor_text(&top()->editor), "");
	type("Een heel andere tekst.");
	press(at, "Esc");
	CHECK_INT("both are kept", rows_of(true, &a).count, 2);
	arena_fini(&a);
	desk_close();
}

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
	CHECK_STRING("body", c->body, "- **Waarom ik je schrijf:** je werkt ook in Utrecht\n- **Wat ik vraag:** een gesprek\n");
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

static void an_edit_knows_what_it_was(void **state)
{
	struct arena a = {0};
	open_community();
	compose_edit(top(), OwnPost);
	on("compose");
	CHECK_STRING("text", editor_text(&top()->editor), "Mijn **oude** woorden.");
	press(at, "F4");
	see("Nothing has changed in the text.");
	press(at, "Esc");
	press(at, "F6");
	press(at, "F4");
	press(at, "F9");
	const struct change *c = only(false, &a);
	CHECK_INT("kind", c->kind, CHANGE_EDIT);
	CHECK_INT("post", c->post_id, OwnPost);
	CHECK_STRING("original", c->original, "Mijn **oude** woorden.");
	CHECK_STRING("body", c->body, "Mijn **oude** woorden. En dit komt uit een ander programma.");
	compose_edit(top(), 102);
	on("topic");
	see("You may not change this post.");
	arena_fini(&a);
	desk_close();
}

static void an_edit_comes_after_what_the_site_has(void **state)
{
	struct arena a = {0};
	struct post post = {.id = OwnPost, .topic_id = 1, .user_id = 1, .post_number = 26, .type = POST_REGULAR,
		.username = "lid01", .name = "lid01", .cooked = "<p>Van een ander.</p>", .raw = "Van een ander.", .yours = true,
		.can_edit = true, .created_ms = 1, .updated_ms = 2, .version = 2};
	open_community();
	compose_edit(top(), OwnPost);
	type(" Met iets erbij dat lang genoeg is.");
	save();
	int64_t id = only(true, &a)->id;
	press(at, "Esc");
	begin();
	assert_true(post_store_put(at->writer, &post, NULL, NULL, NULL));
	commit();
	compose_again(top(), id);
	press(at, "F4");
	see("The post was changed on the site after you began.");
	see("Van een ander.");
	press(at, "F9");
	CHECK_STRING("original", only(false, &a)->original, "Van een ander.");
	arena_fini(&a);
	desk_close();
}

static void the_first_post_of_a_topic_has_parts(void **state)
{
	struct arena a = {0};
	struct post first = {.id = 101, .topic_id = 1, .user_id = 1, .post_number = 1, .type = POST_REGULAR,
		.username = "lid01", .name = "lid01", .cooked = "<p>Begin.</p>", .raw = "Dit is het begin van alles.", .yours = true,
		.can_edit = true, .created_ms = 1, .updated_ms = 1, .version = 1};
	open_community();
	begin();
	assert_true(post_store_put(at->writer, &first, NULL, NULL, NULL));
	commit();
	compose_edit(top(), 101);
	on("draft");
	see("Onderwerp 01 over samenwerken in de regio");
	fill("Title", "Een nieuwe titel voor dit onderwerp");
	fill("Tags", "rust");
	press(at, "F4");
	press(at, "F9");
	const struct change *c = only(false, &a);
	CHECK_INT("kind", c->kind, CHANGE_EDIT);
	CHECK_INT("post", c->post_id, 101);
	CHECK_STRING("title", c->title, "Een nieuwe titel voor dit onderwerp");
	CHECK_STRING("tags", c->names, "rust");
	CHECK_STRING("body", c->body, "Dit is het begin van alles.");
	CHECK_STRING("the old title", c->was_title, "Onderwerp 01 over samenwerken in de regio");
	CHECK_INT("the old category", c->was_category_id, 2);
	arena_fini(&a);
	desk_close();
}

static void another_window_writes(int64_t id, const char *body, bool sends)
{
	struct change c = {.id = id, .kind = CHANGE_REPLY, .topic_id = 1, .body = body, .writer = change_new_id()};
	struct arena a = {0};
	const struct outbox_row *row = outbox_store_get(at->reader, id, &a);
	c.base = row == NULL ? 0 : row->change.writer;
	begin();
	assert_true(sends ? outbox_store_send(at->writer, &c, NULL) : outbox_store_put_draft(at->writer, &c, NULL));
	commit();
	arena_fini(&a);
}

static const struct change *with_body(const struct outbox_rows *rows, const char *body)
{
	for (int i = 0; i < rows->count; i++)
		if (str_equal(rows->row[i].change.body, body))
			return &rows->row[i].change;
	fail_msg("nothing says: %s", body);
	return NULL;
}

/* R7: what two windows write in one draft is kept, all of it. */
static void R7_no_work_lost_by_two_windows(void **state)
{
	struct arena a = {0};
	open_community();
	compose_reply(top(), 1, 0, false);
	type("Dit is wat er eerst stond.");
	save();
	int64_t id = only(true, &a)->id;
	another_window_writes(id, "Het andere venster schreef verder.", false);
	type(" En nog iets.");
	save();
	see("Yours is now a draft of its own.");
	struct outbox_rows rows = rows_of(true, &a);
	CHECK_INT("two drafts", rows.count, 2);
	CHECK_INT("theirs", with_body(&rows, "Het andere venster schreef verder.")->id, id);
	with_body(&rows, "Dit is wat er eerst stond. En nog iets.");
	type(" Tot slot.");
	press(at, "F4");
	press(at, "F9");
	CHECK_STRING("ours goes out", only(false, &a)->body, "Dit is wat er eerst stond. En nog iets. Tot slot.");
	CHECK_STRING("theirs stays a draft", only(true, &a)->body, "Het andere venster schreef verder.");
	arena_fini(&a);
	desk_close();
}

static void R7_no_work_lost_when_the_other_window_sent_it(void **state)
{
	struct arena a = {0};
	open_community();
	compose_reply(top(), 1, 0, false);
	type("Dit is wat er eerst stond.");
	save();
	int64_t id = only(true, &a)->id;
	another_window_writes(id, "Het andere venster was klaar.", true);
	press(at, "F4");
	press(at, "F9");
	on("overview");
	see("This text was sent from another window.");
	CHECK_STRING("one waits", only(false, &a)->body, "Het andere venster was klaar.");
	CHECK_STRING("ours is kept", only(true, &a)->body, "Dit is wat er eerst stond.");
	press(at, "F9");
	CHECK_INT("now both", rows_of(false, &a).count, 2);
	arena_fini(&a);
	desk_close();
}

static void send_topic(int64_t id, int64_t category_id, const char *title)
{
	begin();
	assert_true(outbox_store_send(at->writer, &(struct change){.id = id, .kind = CHANGE_TOPIC, .category_id = category_id,
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
		if (strstr(here()->detail, "Voorstellen | Waiting.") == NULL)
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

static void what_was_refused_is_written_again(void **state)
{
	struct arena a = {0};
	open_community();
	community_change(at, (struct change){.id = 55, .kind = CHANGE_REPLY, .topic_id = 1, .body = "Te kort."}, CHANGE_REFUSED);
	community_change(at, (struct change){.id = 56, .kind = CHANGE_REPLY, .topic_id = 2, .body = "Onderweg."}, CHANGE_WAITING);
	compose_again(top(), 56);
	on("topic");
	see("This text is on its way.");
	compose_again(top(), 55);
	on("compose");
	CHECK_STRING("text", editor_text(&top()->editor), "Te kort.");
	type(" Nu is het lang genoeg.");
	press(at, "Esc");
	CHECK_STRING("draft", only(true, &a)->body, "Te kort. Nu is het lang genoeg.");
	arena_fini(&a);
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
	CHECK_STRING("body", only(true, &a)->body, "- **Mening geven kan tot en met:** Tue 17 March 2026\n\n"
		"[poll type=regular results=on_vote close=2026-03-17T22:59:59.000Z]\n# Doen we dit?\n* Ja\n* Nee\n[/poll]\n");
	choose("Poll");
	choose("Take the poll out");
	CHECK_STRING("taken out", only(true, &a)->body, "- **Mening geven kan tot en met:** Tue 17 March 2026\n");
	arena_fini(&a);
	desk_close();
}

static int64_t draft_with_two_texts(void)
{
	struct change ours = {.id = 77, .kind = CHANGE_REPLY, .topic_id = 1, .body = "Eerst", .created_ms = now_ms}, theirs = ours;
	begin();
	assert_true(outbox_store_put_draft(at->writer, &ours, NULL));
	assert_true(outbox_store_draft_given(at->writer, 77, "topic_1", 1, "Eerst", NULL));
	ours.body = "Mijn tekst hier";
	assert_true(outbox_store_put_draft(at->writer, &ours, NULL));
	theirs.id = 0;
	theirs.body = "De tekst in de browser";
	assert_true(outbox_store_put_site_draft(at->writer, &theirs, "topic_1", 2, NULL));
	commit();
	return 77;
}

static void of_two_texts_none_is_lost(void **state)
{
	static const struct {
		const char *key, *text;
		bool theirs;
		int drafts;
	} rows[] = {
		{"1", "Mijn tekst hier", false, 1},
		{"2", "De tekst in de browser", true, 1},
		{"3", "Mijn tekst hier", false, 2},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a = {0};
		open_community();
		int64_t id = draft_with_two_texts();
		compose_again(top(), id);
		on("draft_theirs");
		see("Mijn tekst hier");
		see("De tekst in de browser");
		press(at, rows[i].key);
		on("compose");
		CHECK_STRING(rows[i].key, editor_text(&top()->editor), rows[i].text);
		CHECK_INT(rows[i].key, asked.theirs, rows[i].theirs);
		CHECK_INT(rows[i].key, rows_of(true, &a).count, rows[i].drafts);
		arena_fini(&a);
		desk_close();
	}
}

static void names_are_completed(void **state)
{
	open_community();
	compose_reply(top(), 1, 0, false);
	type("Dag @lid0");
	press(at, "Tab");
	assert_true(str_starts(editor_text(&top()->editor), "Dag @lid01"));
	press(at, "C-u");
	type("Zie #door");
	press(at, "Tab");
	assert_true(str_starts(editor_text(&top()->editor), "Zie #doorverwijzen"));
	desk_close();
}

static void without_a_way_to_write_nothing_opens(void **state)
{
	open_community();
	at->host.outbox = NULL;
	compose_reply(top(), 1, 0, false);
	on("topic");
	assert_true(at->stack->message[0] != '\0');
	compose_topic(top(), 1);
	compose_message(top(), "lid02");
	compose_edit(top(), OwnPost);
	compose_again(top(), 5);
	on("topic");
	desk_close();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_reply_is_kept_looked_at_and_sent),
		cmocka_unit_test(times_are_those_of_the_keys),
		cmocka_unit_test(what_is_not_ready_is_not_sent),
		cmocka_unit_test(a_text_that_is_emptied_is_forgotten),
		cmocka_unit_test(a_quote_holds_the_words_of_the_post),
		cmocka_unit_test(a_draft_is_offered_and_never_forced),
		cmocka_unit_test(a_topic_is_made_of_its_parts),
		cmocka_unit_test(a_category_has_its_own_beginning_and_rules),
		cmocka_unit_test(words_that_show_a_client_are_pointed_at),
		cmocka_unit_test(a_first_message_asks_three_things),
		cmocka_unit_test(the_beginning_of_a_name_is_enough),
		cmocka_unit_test(what_is_typed_is_kept_before_enter),
		cmocka_unit_test(an_edit_knows_what_it_was),
		cmocka_unit_test(an_edit_comes_after_what_the_site_has),
		cmocka_unit_test(the_first_post_of_a_topic_has_parts),
		cmocka_unit_test(R7_no_work_lost_by_two_windows),
		cmocka_unit_test(R7_no_work_lost_when_the_other_window_sent_it),
		cmocka_unit_test(a_topic_that_waits_is_in_its_list),
		cmocka_unit_test(a_message_that_waits_is_in_its_list),
		cmocka_unit_test(what_was_refused_is_written_again),
		cmocka_unit_test(a_poll_is_made_by_its_parts),
		cmocka_unit_test(of_two_texts_none_is_lost),
		cmocka_unit_test(names_are_completed),
		cmocka_unit_test(without_a_way_to_write_nothing_opens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
