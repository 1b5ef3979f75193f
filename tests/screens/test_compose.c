#include "compose_case.h"

/* From the first letter to the outbox: what a member writes, and how it comes back. */

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

static void without_a_connection_a_text_waits(void **state)
{
	struct error offline = {.kind = ERR_OFFLINE, .what = "Geen verbinding."};
	open_community();
	assert_true(sync_store_put_result(at->writer, at->ctx.now_ms, true, &offline, 0, NULL));
	compose_reply(top(), 1, 2, false);
	type("Dank je wel, dit past mij goed.");
	press(at, "F4");
	press(at, "F9");
	on("topic");
	see("Your reply will be posted. It waits for a connection. Take it back with u.");
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
	see("Your text is kept. It is with your drafts.");
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

static void a_draft_with_a_quote_is_known_by_its_own_words(void **state)
{
	open_community();
	compose_reply(top(), 1, 26, true);
	press(at, "Esc");
	CHECK_STRING("nothing typed", at->stack->message, "");
	compose_reply(top(), 1, 26, true);
	type("Daar ben ik het mee eens.");
	press(at, "Esc");
	compose_reply(top(), 1, 26, true);
	on("draft_offer");
	see(": Daar ben ik het mee eens.");
	desk_close();
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
		cmocka_unit_test(without_a_connection_a_text_waits),
		cmocka_unit_test(times_are_those_of_the_keys),
		cmocka_unit_test(what_is_not_ready_is_not_sent),
		cmocka_unit_test(a_text_that_is_emptied_is_forgotten),
		cmocka_unit_test(a_quote_holds_the_words_of_the_post),
		cmocka_unit_test(a_draft_is_offered_and_never_forced),
		cmocka_unit_test(a_draft_with_a_quote_is_known_by_its_own_words),
		cmocka_unit_test(names_are_completed),
		cmocka_unit_test(without_a_way_to_write_nothing_opens),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
