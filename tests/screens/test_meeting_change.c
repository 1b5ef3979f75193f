#include "meeting_case.h"

/* A meeting that is there already: changed, moved and cancelled. */

static void a_change_keeps_what_kring_does_not_know(void **state)
{
	struct arena a = {0};
	open_community();
	meeting_edit(top(), Own, MEETING_WHOLE);
	on("meeting");
	shows("Kind of meeting", "Meeting on site");
	shows("Adres, ingang, verdieping", "Plein 1, Utrecht");
	fill("Rustige ruimte", "yes boven");
	fill("Contactpersoon", "Jan Jansen");
	press(at, "F4");
	gone("Jan Jansen\"");
	press(at, "F9");
	on("calendar");
	struct outbox_rows rows = rows_of(false, &a);
	CHECK_INT("only the edit", rows.count, 1);
	const struct change *c = &rows.row[0].change;
	CHECK_INT("kind", c->kind, CHANGE_EDIT);
	CHECK_STRING("title", c->title, "Avond over samenwerken");
	has(c->body, "Welkom bij onze avond.");
	has(c->body, "hosts=\"lid01\"");
	has(c->body, "- **Huisdier:** er is een kat");
	has(c->body, "- **Rustige ruimte:** ja, boven");
	has(c->body, "Neem je eigen mok mee.");
	arena_fini(&a);
	desk_close();
}

static const struct change *of_kind(const struct outbox_rows *rows, enum change_kind kind)
{
	for (int i = 0; i < rows->count; i++)
		if (rows->row[i].change.kind == kind)
			return &rows->row[i].change;
	fail_msg("there is no %s", change_kind_word(kind));
	return NULL;
}

static void a_moved_meeting_says_so_in_its_topic(void **state)
{
	struct arena a = {0};
	open_community();
	meeting_edit(top(), Own, MEETING_MOVE);
	on("meeting");
	choose("Why it changes");
	type("te vroeg");
	press(at, "Enter");
	on("meeting_part");
	see("First change the date or the time.");
	press(at, "Esc");
	if (strcmp(top()->ops->name, "meeting_part") == 0)
		press(at, "Esc");
	fill("Date", "14 april 2026");
	shows("Ends at", "21:00 (1 hour 30 minutes)");
	press(at, "F4");
	see("It is not filled in why this changes.");
	press(at, "Esc");
	fill("Why it changes", "de zaal is dicht");
	fill("Decided on", "2-3-2026");
	shows("Why it changes", "de zaal is dicht");
	shows("Decided on", "Monday 2 March 2026");
	choose("Look at it before sending");
	press(at, "F9");
	on("calendar");
	see("Your change and a reply will be sent.");
	struct outbox_rows rows = rows_of(false, &a);
	CHECK_INT("an edit and a reply", rows.count, 2);
	const struct change *edit = of_kind(&rows, CHANGE_EDIT), *reply = of_kind(&rows, CHANGE_REPLY);
	has(edit->body, "start=\"2026-04-14 19:30\" end=\"2026-04-14 21:00\"");
	has(edit->body, "- **Verplaatst:** van dinsdag 7 april 2026, 19.30 uur tot 21.00 uur naar dinsdag 14 april"
		" 2026, 19.30 uur tot 21.00 uur. Reden: de zaal is dicht (maandag 2 maart 2026)");
	CHECK_INT("topic", reply->topic_id, OwnTopic);
	has(reply->body, "Deze bijeenkomst is verplaatst.");
	has(reply->body, "- **Wordt:** dinsdag 14 april 2026, 19.30 uur tot 21.00 uur");
	has(reply->body, "- **Waarom:** de zaal is dicht");
	CHECK_INT("the edit first", reply->after, edit->id);
	CHECK_INT("undo", at->ctx.undo.count, 1);
	press(at, "u");
	CHECK_INT("both are taken back", rows_of(false, &a).count, 0);
	arena_fini(&a);
	desk_close();
}

static void refuse(int64_t id)
{
	static const struct error why = {.kind = ERR_REFUSED, .http_status = 422, .what = "Te laat."};
	begin();
	assert_true(outbox_store_set_sending(at->writer, id, now_ms, NULL)
		&& outbox_store_set_refused(at->writer, id, &why, NULL));
	commit();
}

static void the_outbox_shows_what_belongs_together(void **state)
{
	struct arena a = {0};
	open_community();
	meeting_edit(top(), Own, MEETING_CANCEL);
	fill("Why it changes", "te weinig mensen");
	choose("Look at it before sending");
	press(at, "F9");
	struct outbox_rows rows = rows_of(false, &a);
	int64_t edit = of_kind(&rows, CHANGE_EDIT)->id, reply = of_kind(&rows, CHANGE_REPLY)->id;
	stack_go(at->stack, &(struct target){.screen = "outbox_item", .id = edit});
	see("A reply belongs to it.");
	stack_go(at->stack, &(struct target){.screen = "outbox_item", .id = reply});
	see("Waiting. kring sends it after the change that it belongs to.");
	refuse(edit);
	see("Held back. The change that it belongs to needs you first.");
	press(at, "T");
	see("Try that one again.");
	stack_back(at->stack);
	press(at, "D");
	CHECK_INT("a draft of the change", rows_of(true, &a).count, 1);
	CHECK_INT("nothing waits", rows_of(false, &a).count, 0);
	arena_fini(&a);
	desk_close();
}

static void a_cancelled_meeting_is_closed_and_says_why(void **state)
{
	struct arena a = {0};
	open_community();
	meeting_edit(top(), Own, MEETING_CANCEL);
	on("meeting");
	see("You need the reason.");
	CHECK_INT("steps", top()->count, 3);
	fill("Why it changes", "te weinig mensen");
	choose("Look at it before sending");
	see("te weinig mensen");
	press(at, "F9");
	struct outbox_rows rows = rows_of(false, &a);
	const struct change *edit = of_kind(&rows, CHANGE_EDIT), *reply = of_kind(&rows, CHANGE_REPLY);
	has(edit->body, "closed=\"true\"");
	has(edit->body, "- **Gaat niet door:** te weinig mensen (dinsdag 3 maart 2026)");
	has(reply->body, "Deze bijeenkomst gaat niet door.");
	arena_fini(&a);
	desk_close();
}

static void looking_at_a_move_changes_nothing(void **state)
{
	static const enum meeting_task tasks[] = {MEETING_WHOLE, MEETING_MOVE, MEETING_CANCEL};
	for (size_t i = 0; i < COUNT(tasks); i++) {
		struct arena a = {0};
		open_community();
		meeting_edit(top(), Own, tasks[i]);
		on("meeting");
		press(at, "Esc");
		CHECK_INT("drafts", rows_of(true, &a).count, 0);
		arena_fini(&a);
		desk_close();
	}
}

static void only_an_own_meeting_can_be_changed(void **state)
{
	open_community();
	meeting_edit(top(), Theirs, MEETING_MOVE);
	on("calendar");
	see("You may not change this post.");
	meeting_edit(top(), Letter, MEETING_MOVE);
	see("There is no meeting in this post.");
	meeting_edit(top(), 12345, MEETING_WHOLE);
	see("This post is not here any more.");
	compose_edit(top(), Own);
	on("meeting");
	desk_close();
}

static void a_change_that_was_left_is_offered(void **state)
{
	open_community();
	meeting_edit(top(), Own, MEETING_MOVE);
	fill("Date", "14 april 2026");
	fill("Why it changes", "de zaal is dicht");
	press(at, "Esc");
	on("calendar");
	see("Your text is kept. It is with your drafts.");
	meeting_edit(top(), Own, MEETING_MOVE);
	on("draft_offer");
	choose("Go on with this draft");
	on("meeting");
	shows("Date", "Tuesday 14 April 2026");
	shows("Why it changes", "de zaal is dicht");
	fill("Date", "7 april 2026");
	press(at, "Esc");
	meeting_edit(top(), Own, MEETING_WHOLE);
	choose("Begin a new text");
	on("meeting");
	shows("Date", "Tuesday 7 April 2026");
	desk_close();
}

static void a_name_in_the_calendar_can_change_too(void **state)
{
	struct arena a = {0};
	open_community();
	begin();
	put_post(Own, OwnTopic, 1, "[event start=\"2026-04-07\" allDay=\"true\" name=\"Oude naam\"]\n[/event]", true);
	commit();
	meeting_edit(top(), Own, MEETING_WHOLE);
	fill("Name in the calendar", "Nieuwe \"naam\"");
	has(rows_of(true, &a).row[0].change.body, "name=\"Nieuwe naam\"");
	arena_fini(&a);
	desk_close();
}

static void it_can_be_written_as_one_text(void **state)
{
	struct arena a = {0};
	open_community();
	meeting_edit(top(), Own, MEETING_WHOLE);
	choose("Everything as one text");
	on("draft");
	choose("Text");
	on("compose");
	CHECK_STRING("the whole text", editor_text(&top()->editor), own_body);
	arena_fini(&a);
	desk_close();
}

static void the_free_text_stands_apart(void **state)
{
	struct arena a = {0};
	open_community();
	meeting_edit(top(), Own, MEETING_WHOLE);
	choose("Text below it");
	on("compose");
	has(editor_text(&top()->editor), "Neem je eigen mok mee.");
	assert_null(strstr(editor_text(&top()->editor), "[event"));
	press(at, "C-u");
	type("Zin in!");
	stack_save_texts(at->stack);
	has(rows_of(true, &a).row[0].change.body, "hosts=\"lid01\"");
	has(rows_of(true, &a).row[0].change.body, "Zin in!");
	arena_fini(&a);
	desk_close();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_change_keeps_what_kring_does_not_know),
		cmocka_unit_test(a_moved_meeting_says_so_in_its_topic),
		cmocka_unit_test(the_outbox_shows_what_belongs_together),
		cmocka_unit_test(a_cancelled_meeting_is_closed_and_says_why),
		cmocka_unit_test(looking_at_a_move_changes_nothing),
		cmocka_unit_test(only_an_own_meeting_can_be_changed),
		cmocka_unit_test(a_change_that_was_left_is_offered),
		cmocka_unit_test(a_name_in_the_calendar_can_change_too),
		cmocka_unit_test(it_can_be_written_as_one_text),
		cmocka_unit_test(the_free_text_stands_apart),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
