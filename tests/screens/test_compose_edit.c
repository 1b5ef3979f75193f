#include "compose_case.h"

/* A text that was there before: edits, refused texts, and drafts that another window or the site has too. */

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
		.username = "lid01", .name = "lid01", .cooked = "<p>Van een ander.</p>", .raw = "Van een ander.",
		.yours = true,
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
		.username = "lid01", .name = "lid01", .cooked = "<p>Begin.</p>", .raw = "Dit is het begin van alles.",
		.yours = true,
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

static void what_was_refused_is_written_again(void **state)
{
	struct arena a = {0};
	open_community();
	community_change(at, (struct change){.id = 55, .kind = CHANGE_REPLY, .topic_id = 1, .body = "Te kort."},
		CHANGE_REFUSED);
	community_change(at, (struct change){.id = 56, .kind = CHANGE_REPLY, .topic_id = 2, .body = "Onderweg."},
		CHANGE_WAITING);
	compose_again(top(), 56);
	on("topic");
	see("kring is sending this text.");
	compose_again(top(), 55);
	on("compose");
	CHECK_STRING("text", editor_text(&top()->editor), "Te kort.");
	type(" Nu is het lang genoeg.");
	press(at, "Esc");
	CHECK_STRING("draft", only(true, &a)->body, "Te kort. Nu is het lang genoeg.");
	arena_fini(&a);
	desk_close();
}

static int64_t draft_with_two_texts(void)
{
	struct change ours = {.id = 77, .kind = CHANGE_REPLY, .topic_id = 1, .body = "Eerst",
		.created_ms = now_ms}, theirs = ours;
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_edit_knows_what_it_was),
		cmocka_unit_test(an_edit_comes_after_what_the_site_has),
		cmocka_unit_test(the_first_post_of_a_topic_has_parts),
		cmocka_unit_test(R7_no_work_lost_by_two_windows),
		cmocka_unit_test(R7_no_work_lost_when_the_other_window_sent_it),
		cmocka_unit_test(what_was_refused_is_written_again),
		cmocka_unit_test(of_two_texts_none_is_lost),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
