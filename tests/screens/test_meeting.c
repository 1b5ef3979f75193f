#include "desk.h"

#include "compose.h"
#include "composition.h"
#include "meeting.h"
#include "outbox_port.h"
#include "outbox_store.h"
#include "screens.h"
#include "str.h"

/* From the first step to the outbox: a meeting that is made, changed, moved and cancelled. */
enum { Closed = 3, Own = 9201, Theirs = 9202, OwnTopic = 41, Letter = 9203 };

static const char own_body[] =
	"Welkom bij onze avond.\n\n"
	"[event start=\"2026-04-07 19:30\" end=\"2026-04-07 21:00\" timezone=\"Europe/Amsterdam\" status=\"public\" hosts=\"lid01\"]\n"
	"[/event]\n\n- **Adres:** Plein 1, Utrecht\n- **Huisdier:** er is een kat\n\nNeem je eigen mok mee.\n";

static void put_post(int64_t id, int64_t topic, int number, const char *raw, bool own)
{
	struct post p = {.id = id, .topic_id = topic, .user_id = own ? 1 : 3, .post_number = number, .type = POST_REGULAR,
		.username = own ? "lid01" : "lid03", .name = "Lid", .cooked = "<p>Welkom.</p>", .raw = raw, .yours = own,
		.can_edit = own, .created_ms = 1, .updated_ms = 1, .version = 1};
	assert_true(post_store_put(at->writer, &p, NULL, NULL, NULL));
}

static void put_site(void)
{
	static const struct category categories[] = {
		{.id = 1, .name = "Intervisie", .slug = "intervisie", .position = 1},
		{.id = Closed, .name = "Mededelingen", .slug = "mededelingen", .position = 2, .permission = CATEGORY_READ},
	};
	static const struct site site = {.title = "Kring van Proef", .locale = "nl", .min_first_post_length = 20,
		.min_post_length = 20, .max_post_length = 32000, .min_title_length = 15, .max_title_length = 255,
		.login_required = true};
	static const struct topic topic = {.id = OwnTopic, .category_id = 1, .title = "Avond over samenwerken", .slug = "avond",
		.posts_count = 1, .highest_post_number = 1, .visible = true, .author = "lid01", .created_ms = 1, .bumped_ms = 1,
		.last_posted_ms = 1};
	assert_true(category_store_put(at->writer, categories, COUNT(categories), NULL));
	assert_true(site_store_put(at->writer, &site, NULL));
	assert_true(topic_store_put(at->writer, &topic, NULL));
	put_post(Own, OwnTopic, 1, own_body, true);
	put_post(Theirs, 2, 20, own_body, false);
	put_post(Letter, 2, 21, "Gewoon een bericht.", true);
}

static void open_community(void)
{
	desk_open(put_site);
	stack_go(at->stack, &(struct target){.screen = "calendar"});
}

static void begin_circle(void)
{
	press(at, "c");
	on("meeting_new");
	see("steps, about 15 minutes");
	choose("Intervision, online");
	on("meeting");
	see("You may stop at any step.");
}

static void fill_in(void)
{
	choose("Category");
	choose("Intervisie");
	fill("Title", "Intervisie voor trainers");
	fill("Date", "7 april 2026");
	fill("Begins at", "14.30");
}

static void a_meeting_is_made_in_steps(void **state)
{
	struct arena a = {0};
	open_community();
	begin_circle();
	shows("Date", "Not filled in");
	CHECK_STRING("date", here()->state, "needed");
	shows("Doel van de bijeenkomst", "Not filled in");
	CHECK_STRING("purpose", here()->state, "asked for");
	shows("Camera", "Mag uit.");
	shows("Time zone", "Europe/Amsterdam");
	fill_in();
	shows("Date", "Tue 7 April 2026");
	choose("Methode");
	choose("Vijfstappenmethode");
	shows("Number of places", "8");
	shows("Programma", "Not filled in");
	CHECK_STRING("the steps are the programme", here()->state, NULL);
	shows("Ends at", "15:30 (1 hour)");
	fill("Doel van de bijeenkomst", "leren van elkaar");
	fill("Verslag achteraf", "nee hoor");
	fill("Aanmelden tot", "1-4-2026");
	shows("Aanmelden tot", "woensdag 1 april 2026");
	fill("Link", "https://kring.example/zaal");
	choose("How often");
	choose("Every four weeks");
	fill("Last day of the series", "30 juni");
	choose("Reminder to those who come");
	choose("One day before");
	choose("Look at it before sending");
	on("overview");
	see("Intervisie voor trainers");
	press(at, "F9");
	on("calendar");
	see("Your topic will be posted.");
	struct outbox_rows rows = rows_of(false, &a);
	CHECK_INT("sent", rows.count, 1);
	CHECK_INT("no draft", rows_of(true, &a).count, 0);
	const char *body = rows.row[0].change.body;
	CHECK_INT("kind", rows.row[0].change.kind, CHANGE_TOPIC);
	CHECK_INT("category", rows.row[0].change.category_id, 1);
	assert_true(str_starts(body, "Dit is een online intervisie.\n\n[event status=\"public\" timezone=\"Europe/Amsterdam\" "));
	has(body, " start=\"2026-04-07 14:30\"");
	has(body, " end=\"2026-04-07 15:30\"");
	has(body, " maxAttendees=\"8\"");
	has(body, " recurrence=\"every_four_weeks\" recurrenceUntil=\"2026-06-30 23:59\"");
	has(body, " reminders=\"notification.1.days\"");
	has(body, " url=\"https://kring.example/zaal\"");
	has(body, "- **Doel van de bijeenkomst:** leren van elkaar\n");
	has(body, "- **Verslag achteraf:** nee, hoor");
	has(body, "Vraag vertellen (5 minuten)");
	arena_fini(&a);
	desk_close();
}

/* Where it will stand, before the site has it. */
static void a_meeting_that_waits_is_in_the_calendar(void **state)
{
	open_community();
	begin();
	assert_true(outbox_store_send(at->writer, &(struct change){.id = 1LL << 40, .kind = CHANGE_TOPIC, .category_id = 1,
		.title = "Wandelen langs de rivier", .body = own_body}, NULL));
	commit();
	go_to("Wandelen langs de rivier");
	CHECK_STRING("how far", here()->state, "waiting");
	if (!str_starts(here()->detail, "19:30 to 21:00"))
		fail_msg("detail: %s", here()->detail);
	press(at, "y");
	see("This meeting is not on the site yet.");
	press(at, "Enter");
	on("outbox_item");
	stack_back(at->stack);
	stack_go(at->stack, &(struct target){.screen = "calendar", .number = 1});
	gone("Wandelen langs de rivier");
	desk_close();
}

static void a_meeting_can_be_left_and_gone_on_with(void **state)
{
	struct arena a = {0};
	open_community();
	begin_circle();
	press(at, "Esc");
	on("calendar");
	CHECK_INT("nothing was filled in", rows_of(true, &a).count, 0);
	begin_circle();
	fill_in();
	press(at, "Esc");
	CHECK_INT("a draft", rows_of(true, &a).count, 1);
	press(at, "c");
	choose("Go on with this draft");
	on("meeting");
	shows("Begins at", "14:30");
	press(at, "Esc");
	int64_t id = rows_of(true, &a).row[0].change.id;
	compose_again(top(), id);
	on("meeting");
	shows("Title", "Intervisie voor trainers");
	arena_fini(&a);
	desk_close();
}

static const struct {
	const char *part, *typed, *says;
} refused[] = {
	{"Date", "30-2-2026", "This is not a date."},
	{"Date", "maandag 7 april 2026", "The weekday does not fit. That day is Tue 7 April 2026."},
	{"Begins at", "half drie", "This is not a time."},
	{"Ends at", "laat", "This is not a time."},
	{"Time zone", "Europe/Utrecht", "kring does not know this time zone."},
	{"Number of places", "0", "Type a number from 1 to 1000."},
	{"Aanmelden tot", "ooit", "This is not a date."},
};

static void what_cannot_be_used_is_said_and_stays_in_the_field(void **state)
{
	open_community();
	begin_circle();
	fill_in();
	for (size_t i = 0; i < COUNT(refused); i++) {
		choose(refused[i].part);
		press(at, "C-u");
		type(refused[i].typed);
		press(at, "Enter");
		on("meeting_part");
		if (!str_starts(at->stack->message, refused[i].says))
			fail_msg("%s: \"%s\"", refused[i].part, at->stack->message);
		CHECK_STRING(refused[i].part, field_text(&top()->answer), refused[i].typed);
		press(at, "Esc");
		if (strcmp(top()->ops->name, "meeting_part") == 0)
			press(at, "Esc");
	}
	desk_close();
}

static const struct {
	const char *name, *day, *begin, *end, *says;
	bool sent;
} checks[] = {
	{"the end comes first", "7-4-2026", "14.30", "13.00", "The end is not after the begin.", false},
	{"another day", "7-4-2026", "23.00", "8 april 2026 1.00", "Members look for this", true},
	{"past", "1-3-2026", "14.30", "16.00", "This day is past.", true},
	{"soon", "10-3-2026", "14.30", "16.00", "This is within 14 days.", true},
	{"a clock that changes", "29-3-2026", "1.30", "4.00", "The clock changes during this meeting.", true},
	{"an hour that is not there", "29-3-2026", "2.30", "4.00", "The clock changes that night.", true},
	{"no end", "7-4-2026", "14.30", "", "There is no end.", true},
};

static void odd_times_are_said_before_sending(void **state)
{
	for (size_t i = 0; i < COUNT(checks); i++) {
		struct arena a = {0};
		open_community();
		begin_circle();
		fill_in();
		fill("Date", checks[i].day);
		fill("Begins at", checks[i].begin);
		fill("Ends at", checks[i].end);
		press(at, "F4");
		see(checks[i].says);
		press(at, "F9");
		CHECK_INT(checks[i].name, rows_of(false, &a).count, checks[i].sent);
		arena_fini(&a);
		desk_close();
	}
}

static void steps_are_compared_with_the_time(void **state)
{
	open_community();
	begin_circle();
	fill_in();
	fill("Ends at", "15.00");
	choose("Methode");
	choose("Vijfstappenmethode");
	press(at, "F4");
	see("The steps take 45 minutes. The meeting is shorter: 30 minutes.");
	desk_close();
}

static void an_all_day_meeting_has_no_times(void **state)
{
	struct arena a = {0};
	open_community();
	begin_circle();
	fill_in();
	choose("The whole day");
	shows("The whole day", "Yes");
	fill("Ends at", "9-4-2026");
	press(at, "F4");
	press(at, "F9");
	const char *body = rows_of(false, &a).row[0].change.body;
	has(body, "allDay=\"true\"");
	has(body, "start=\"2026-04-07\"");
	has(body, "end=\"2026-04-09\"");
	arena_fini(&a);
	desk_close();
}

static void who_may_not_make_meetings_hears_it_first(void **state)
{
	open_community();
	begin();
	assert_true(session_store_put(at->writer, &(struct session){.user_id = 1, .username = "lid01"}, NULL));
	commit();
	press(at, "c");
	on("meeting_new");
	see("You may not make meetings in this community.");
	CHECK_INT("nothing to choose", top()->count, 0);
	desk_close();
}

static void only_categories_that_take_topics_are_offered(void **state)
{
	open_community();
	begin_circle();
	choose("Category");
	CHECK_INT("categories", top()->count, 1);
	desk_close();
}

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
	shows("Decided on", "Mon 2 March 2026");
	choose("Look at it before sending");
	press(at, "F9");
	on("calendar");
	see("Your change and a reply will be sent.");
	struct outbox_rows rows = rows_of(false, &a);
	CHECK_INT("an edit and a reply", rows.count, 2);
	const struct change *edit = of_kind(&rows, CHANGE_EDIT), *reply = of_kind(&rows, CHANGE_REPLY);
	has(edit->body, "start=\"2026-04-14 19:30\" end=\"2026-04-14 21:00\"");
	has(edit->body, "- **Verplaatst:** van dinsdag 7 april 2026, 19.30 uur tot 21.00 uur naar dinsdag 14 april 2026, 19.30 uur "
		"tot 21.00 uur. Reden: de zaal is dicht (maandag 2 maart 2026)");
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
	see("Waiting. It goes out after the change that it belongs to.");
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
	meeting_edit(top(), Own, MEETING_MOVE);
	on("draft_offer");
	choose("Go on with this draft");
	on("meeting");
	shows("Date", "Tue 14 April 2026");
	shows("Why it changes", "de zaal is dicht");
	fill("Date", "7 april 2026");
	press(at, "Esc");
	meeting_edit(top(), Own, MEETING_WHOLE);
	choose("Begin a new text");
	on("meeting");
	shows("Date", "Tue 7 April 2026");
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
		cmocka_unit_test(a_meeting_is_made_in_steps),
		cmocka_unit_test(a_meeting_that_waits_is_in_the_calendar),
		cmocka_unit_test(a_meeting_can_be_left_and_gone_on_with),
		cmocka_unit_test(what_cannot_be_used_is_said_and_stays_in_the_field),
		cmocka_unit_test(odd_times_are_said_before_sending),
		cmocka_unit_test(steps_are_compared_with_the_time),
		cmocka_unit_test(an_all_day_meeting_has_no_times),
		cmocka_unit_test(who_may_not_make_meetings_hears_it_first),
		cmocka_unit_test(only_categories_that_take_topics_are_offered),
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
