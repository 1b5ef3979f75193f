#include "store_sample.h"

#include "sql.h"

/* Two items of the outbox that have to do with each other. */
enum { Now = 5000, Edit = 1, Reply = 2 };

static const struct error refusal = {.kind = ERR_REFUSED, .http_status = 422, .what = "Nee"};

static int64_t next_id(struct fixture *f)
{
	const struct outbox_row *row = outbox_store_next(f->r, Now, &f->a);
	return row == NULL ? 0 : row->change.id;
}

static const struct outbox_row *row(struct fixture *f, int64_t id)
{
	return outbox_store_get(f->r, id, &f->a);
}

static void refuse(struct fixture *f, int64_t id)
{
	fixture_begin(f);
	assert_true(outbox_store_set_sending(f->w, id, Now, &f->err)
		&& outbox_store_set_refused(f->w, id, &refusal, &f->err));
	fixture_commit(f);
}

static void arrive(struct fixture *f, int64_t id, int64_t post_id)
{
	fixture_begin(f);
	assert_true(outbox_store_set_sending(f->w, id, Now, &f->err)
		&& outbox_store_set_done(f->w, id, &(struct outbox_result){.topic_id = 10, .post_id = post_id}, Now,
		&f->err));
	fixture_commit(f);
}

static void keep(struct fixture *f, const struct change *c)
{
	fixture_begin(f);
	assert_true(outbox_store_put_draft(f->w, c, &f->err));
	fixture_commit(f);
}

static void a_newer_answer_settles_a_refused_one(void **state)
{
	struct change going = {.id = 1, .kind = CHANGE_ATTENDANCE, .post_id = 100, .number = ATTENDANCE_GOING},
				  maybe = {.id = 2, .kind = CHANGE_ATTENDANCE, .post_id = 100, .number = ATTENDANCE_INTERESTED},
				  other = {.id = 3, .kind = CHANGE_ATTENDANCE, .post_id = 300, .number = ATTENDANCE_GOING};
	struct fixture *f = sample_new();
	sample_send(f, going);
	refuse(f, 1);
	sample_send(f, other);
	refuse(f, 3);
	sample_send(f, maybe);
	assert_non_null(row(f, 1));
	arrive(f, 2, 0);
	assert_null(row(f, 1));
	CHECK_INT("another meeting", row(f, 3)->change.state, CHANGE_REFUSED);
	fixture_free(f);
}

/* What was typed stays, whatever came after it. */
static void a_refused_text_is_not_settled(void **state)
{
	struct fixture *f = sample_new();
	sample_send(f, (struct change){.id = 1, .kind = CHANGE_PROFILE, .title = "bio_raw", .body = "lang",
		.original = "Ik"});
	refuse(f, 1);
	sample_send(f, (struct change){.id = 2, .kind = CHANGE_PROFILE, .title = "bio_raw", .body = "kort",
		.original = "Ik"});
	arrive(f, 2, 0);
	CHECK_INT("stays", row(f, 1)->change.state, CHANGE_REFUSED);
	fixture_free(f);
}

static struct fixture *edit_and_reply(void)
{
	struct fixture *f = sample_new();
	sample_send(f, (struct change){.id = Edit, .kind = CHANGE_EDIT, .topic_id = 10, .post_id = 101,
		.body = "b", .original = "a"});
	sample_send(f, (struct change){.id = Reply, .kind = CHANGE_REPLY, .topic_id = 10, .body = "Verplaatst.",
		.after = Edit});
	return f;
}

static void what_belongs_to_an_edit_goes_after_it(void **state)
{
	struct fixture *f = edit_and_reply();
	CHECK_INT("the edit first", next_id(f), Edit);
	CHECK_INT("waits for it", row(f, Reply)->after_state, CHANGE_WAITING);
	CHECK_INT("somebody waits", row(f, Edit)->followers, 1);
	arrive(f, Edit, 0);
	CHECK_INT("then the reply", next_id(f), Reply);
	fixture_free(f);
}

static void a_refused_edit_holds_its_reply_back(void **state)
{
	struct fixture *f = edit_and_reply();
	refuse(f, Edit);
	sample_send(f, (struct change){.id = 3, .kind = CHANGE_REPLY, .topic_id = 10, .body = "Iets anders."});
	CHECK_INT("only what has nothing to do with it", next_id(f), 3);
	CHECK_INT("why", row(f, Reply)->after_state, CHANGE_REFUSED);
	arrive(f, 3, 901);
	CHECK_INT("nothing goes", next_id(f), 0);
	CHECK_INT("nor later", outbox_store_next_ms(f->r), INT64_MAX);
	fixture_begin(f);
	assert_true(outbox_store_try_again(f->w, Edit, Now, &f->err));
	fixture_commit(f);
	arrive(f, Edit, 0);
	CHECK_INT("then the reply", next_id(f), Reply);
	fixture_free(f);
}

static void what_belongs_to_an_edit_is_taken_back_with_it(void **state)
{
	static const struct {
		const char *what;
		bool refused, edit_arrived, reply_arrived;
		int64_t next; /* after undoing: 0 nothing, -1 something new */
	} table[] = {
		{"both wait", false, false, false, 0},
		{"refused", true, false, false, 0},
		{"the edit is there", false, true, false, -1},
		{"both are there", false, true, true, -1},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		struct fixture *f = edit_and_reply();
		if (table[i].refused)
			refuse(f, Edit);
		if (table[i].edit_arrived)
			arrive(f, Edit, 0);
		if (table[i].reply_arrived)
			arrive(f, Reply, 900);
		assert_true(sample_undo(f, Edit));
		int64_t next = next_id(f);
		CHECK_INT(table[i].what, table[i].next < 0 ? -(next > Reply) : next, table[i].next);
		CHECK_INT(table[i].what, row(f, Reply) != NULL, table[i].reply_arrived);
		if (next > Reply) {
			arrive(f, next, 0);
			const struct outbox_row *second = outbox_store_next(f->r, Now, &f->a);
			CHECK_INT(table[i].what, second != NULL && second->change.kind == CHANGE_DELETE,
				table[i].reply_arrived);
		}
		fixture_free(f);
	}
}

/* The second edit takes the place of the first; its reply must not wait for what waits for itself. */
static void a_second_edit_takes_the_reply_along(void **state)
{
	struct fixture *f = edit_and_reply();
	sample_send(f, (struct change){.id = 3, .kind = CHANGE_EDIT, .topic_id = 10, .post_id = 101, .body = "c",
		.original = "b"});
	CHECK_INT("the edit goes", next_id(f), 3);
	arrive(f, 3, 0);
	CHECK_INT("then the reply", next_id(f), Reply);
	fixture_free(f);
}

static void an_undone_edit_gives_the_topic_back(void **state)
{
	struct fixture *f = sample_new();
	sample_send(f, (struct change){.id = 1, .kind = CHANGE_EDIT, .topic_id = 10, .post_id = 100,
		.body = "nieuw", .original = "tekst",
		.title = "Andere titel", .names = "ander", .category_id = 8, .was_title = "Avond in Utrecht",
		.was_names = "oud, ouder",
		.was_category_id = 7});
	sample_send(f, (struct change){.id = 2, .kind = CHANGE_EDIT, .topic_id = 10, .post_id = 100,
		.body = "nieuwer", .original = "nieuw",
		.title = "Nog een titel", .names = "nog", .category_id = 9, .was_title = "Andere titel",
		.was_names = "ander",
		.was_category_id = 8});
	const struct topic_row *t = topic_store_row(f->r, 10, &f->a);
	CHECK_STRING("shown title", t->title, "Nog een titel");
	CHECK_STRING("shown tags", t->tags, "nog");
	CHECK_INT("shown category", t->category_id, 9);
	arrive(f, 2, 0);
	assert_true(sample_undo(f, 2));
	const struct change *back = &outbox_store_next(f->r, Now, &f->a)->change;
	CHECK_STRING("text", back->body, "nieuw");
	CHECK_STRING("title", back->title, "Andere titel");
	CHECK_STRING("tags", back->names, "ander");
	CHECK_INT("category", back->category_id, 8);
	arrive(f, back->id, 0);
	assert_true(sample_undo(f, 1));
	back = &outbox_store_next(f->r, Now, &f->a)->change;
	CHECK_STRING("first text", back->body, "tekst");
	CHECK_STRING("first title", back->title, "Avond in Utrecht");
	CHECK_STRING("first tags", back->names, "oud, ouder");
	CHECK_INT("first category", back->category_id, 7);
	fixture_free(f);
}

static void a_long_text_of_the_profile_is_kept(void **state)
{
	struct fixture *f = sample_new();
	struct change c = {.id = 1, .kind = CHANGE_PROFILE, .title = "bio_raw", .body = "Een lang verhaal.",
		.original = "Ik"};
	keep(f, &c);
	sample_send(f, c);
	CHECK_STRING("shown", member_store_get(f->r, 1, &f->a)->bio_raw, "Een lang verhaal.");
	assert_true(sample_undo(f, 1));
	CHECK_STRING("as it was", member_store_get(f->r, 1, &f->a)->bio_raw, "Ik");
	CHECK_INT("draft", row(f, 1)->change.state, CHANGE_DRAFT);
	CHECK_STRING("kept", row(f, 1)->change.body, "Een lang verhaal.");
	CHECK_INT("not sent", next_id(f), 0);
	fixture_free(f);
}

static int64_t count_rows(struct fixture *f)
{
	char *path = xasprintf("%s/kring.sqlite", f->dir);
	struct sql *db = sql_open(path, SQL_READONLY, &f->err);
	int64_t n = sql_get_int(db, -1, "SELECT count(*) FROM outbox", "");
	sql_close(db);
	free(path);
	return n;
}

/* What fell away while it waited is kept for undoing, but not for good. */
static void nothing_stays_behind(void **state)
{
	static const struct change pairs[][2] = {
		{{.id = 1, .kind = CHANGE_LIKE, .post_id = 105, .due_ms = 100},
			{.id = 2, .kind = CHANGE_UNLIKE, .post_id = 105}},
		{{.id = 1, .kind = CHANGE_TOPIC_LEVEL, .topic_id = 30, .number = 3, .before = 1, .due_ms = 100},
			{.id = 2, .kind = CHANGE_TOPIC_LEVEL, .topic_id = 30, .number = 0, .before = 3}},
		{{.id = 1, .kind = CHANGE_ATTENDANCE, .post_id = 100, .number = 1}, {.id = 2, .kind = CHANGE_ATTENDANCE,
			.post_id = 100, .number = 2, .before = 1}},
	};
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct fixture *f = sample_new();
		sample_send(f, pairs[i][0]);
		sample_send(f, pairs[i][1]);
		if (next_id(f) != 0)
			arrive(f, next_id(f), 0);
		assert_true(count_rows(f) > 0);
		fixture_begin(f);
		assert_true(outbox_store_prune(f->w, Now + 1, &f->err));
		fixture_commit(f);
		CHECK_INT("nothing is left", count_rows(f), 0);
		fixture_free(f);
	}
}

/* Refused, with what it took the place of, and settled by a newer answer. */
static void a_settled_answer_takes_the_older_ones_along(void **state)
{
	struct fixture *f = sample_new();
	for (int64_t id = 1; id <= 2; id++)
		sample_send(f, (struct change){.id = id, .kind = CHANGE_ATTENDANCE, .post_id = 100, .number = id});
	refuse(f, 2);
	sample_send(f, (struct change){.id = 3, .kind = CHANGE_ATTENDANCE, .post_id = 100,
		.number = ATTENDANCE_NOT_GOING});
	arrive(f, 3, 0);
	CHECK_INT("only the newest", count_rows(f), 1);
	fixture_free(f);
}

/* Two windows with the same draft. */
enum { Draft = 1, First = 71, Second = 72 };

static struct change written_by(int64_t writer, int64_t base, const char *body)
{
	return (struct change){.id = Draft, .kind = CHANGE_REPLY, .topic_id = 10, .body = body, .writer = writer,
		.base = base};
}

static void two_writers_of_a_draft_lose_nothing(void **state)
{
	struct fixture *f = sample_new();
	struct change first = written_by(First, 0, "een"), second = written_by(Second, 0, "twee"),
				  third = written_by(73, First, "een en drie");
	keep(f, &first);
	keep(f, &second);
	first.body = "een, verder";
	keep(f, &first);
	second.body = "twee, verder";
	keep(f, &second);
	CHECK_STRING("the first", row(f, Draft)->change.body, "een, verder");
	CHECK_STRING("the second", row(f, Second)->change.body, "twee, verder");
	keep(f, &third);
	CHECK_STRING("who knew of the first goes on", row(f, Draft)->change.body, "een en drie");
	first.body = "een, nog verder";
	keep(f, &first);
	CHECK_STRING("the third stays", row(f, Draft)->change.body, "een en drie");
	CHECK_STRING("and the first", row(f, First)->change.body, "een, nog verder");
	CHECK_INT("three", outbox_store_count(f->r, &(struct outbox_filter){.drafts = true}), 3);
	fixture_free(f);
}

static void the_same_words_are_one_draft(void **state)
{
	struct fixture *f = sample_new();
	struct change first = written_by(First, 0, "een"), second = written_by(Second, 0, "een");
	keep(f, &first);
	keep(f, &second);
	CHECK_INT("one", outbox_store_count(f->r, &(struct outbox_filter){.drafts = true}), 1);
	fixture_free(f);
}

static void what_the_other_window_sent_is_not_sent_again(void **state)
{
	struct fixture *f = sample_new();
	struct change begun = written_by(First, 0, "een"), first = written_by(Second, First, "een"),
				  second = written_by(73, First, "een en meer");
	keep(f, &begun);
	sample_send(f, first);
	keep(f, &second);
	CHECK_STRING("kept", row(f, 73)->change.body, "een en meer");
	sample_send(f, second);
	CHECK_INT("as a draft", row(f, 73)->change.state, CHANGE_DRAFT);
	arrive(f, Draft, 900);
	CHECK_INT("one went out", next_id(f), 0);
	fixture_free(f);
}

static void each_window_sends_its_own(void **state)
{
	struct fixture *f = sample_new();
	struct change first = written_by(First, 0, "een"), second = written_by(Second, 0, "twee");
	keep(f, &first);
	keep(f, &second);
	sample_send(f, second);
	CHECK_INT("the second", next_id(f), Second);
	CHECK_INT("the first is a draft", row(f, Draft)->change.state, CHANGE_DRAFT);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_newer_answer_settles_a_refused_one),
		cmocka_unit_test(a_refused_text_is_not_settled),
		cmocka_unit_test(what_belongs_to_an_edit_goes_after_it),
		cmocka_unit_test(a_refused_edit_holds_its_reply_back),
		cmocka_unit_test(what_belongs_to_an_edit_is_taken_back_with_it),
		cmocka_unit_test(a_second_edit_takes_the_reply_along),
		cmocka_unit_test(an_undone_edit_gives_the_topic_back),
		cmocka_unit_test(a_long_text_of_the_profile_is_kept),
		cmocka_unit_test(nothing_stays_behind),
		cmocka_unit_test(a_settled_answer_takes_the_older_ones_along),
		cmocka_unit_test(two_writers_of_a_draft_lose_nothing),
		cmocka_unit_test(the_same_words_are_one_draft),
		cmocka_unit_test(what_the_other_window_sent_is_not_sent_again),
		cmocka_unit_test(each_window_sends_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
