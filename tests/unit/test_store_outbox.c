#include "store_sample.h"

#include "note_store.h"
#include "read_store.h"

enum { Now = 5000 };

static int64_t next_id(struct fixture *f, int64_t now_ms)
{
	const struct outbox_row *row = outbox_store_next(f->r, now_ms, &f->a);
	return row == NULL ? 0 : row->change.id;
}

static struct change reply(int64_t id, int64_t topic_id)
{
	return (struct change){.id = id, .kind = CHANGE_REPLY, .topic_id = topic_id, .body = "tekst",
		.created_ms = id, .due_ms = 100};
}

/* What the sender says of a row, one step of its life. */
enum step { SENDING, UNSURE, WAITING, REFUSED, DONE };

static void go(struct fixture *f, int64_t id, enum step step)
{
	const struct error why = {.kind = ERR_REFUSED, .http_status = 422, .what = "Titel is te kort"};
	const struct outbox_result r = {.topic_id = 10, .post_id = 900, .post_number = 9};
	fixture_begin(f);
	bool ok = step == SENDING ? outbox_store_set_sending(f->w, id, Now, &f->err)
		: step == UNSURE      ? outbox_store_set_unsure(f->w, id, 0, &why, &f->err)
		: step == WAITING     ? outbox_store_set_waiting(f->w, id, 0, true, &why, &f->err)
		: step == REFUSED     ? outbox_store_set_refused(f->w, id, &why, &f->err)
							  : outbox_store_set_done(f->w, id, &r, Now, &f->err);
	assert_true(ok);
	fixture_commit(f);
}

static void order_is_kept_in_a_topic(void **state)
{
	static const struct {
		const char *what;
		enum step step[2]; /* of the first reply to topic 10 */
		int steps;
		int64_t next; /* then */
	} table[] = {
		{"waits", {0}, 0, 1},
		{"is sent", {SENDING}, 1, 3},
		{"not certain", {SENDING, UNSURE}, 2, 1},
		{"once more", {SENDING, WAITING}, 2, 1},
		{"refused", {SENDING, REFUSED}, 2, 2},
		{"arrived", {SENDING, DONE}, 2, 2},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		struct fixture *f = sample_new();
		sample_send(f, reply(1, 10));
		sample_send(f, (struct change){.id = 2, .kind = CHANGE_LIKE, .post_id = 105, .due_ms = 50});
		sample_send(f, reply(3, 30));
		for (int j = 0; j < table[i].steps; j++)
			go(f, 1, table[i].step[j]);
		CHECK_INT(table[i].what, next_id(f, Now), table[i].next);
		fixture_free(f);
	}
}

static void nothing_goes_before_its_time(void **state)
{
	struct fixture *f = sample_new();
	CHECK_INT("empty", outbox_store_next_ms(f->r), INT64_MAX);
	sample_send(f, reply(1, 10));
	CHECK_INT("early", next_id(f, 99), 0);
	CHECK_INT("due", next_id(f, 100), 1);
	CHECK_INT("when", outbox_store_next_ms(f->r), 100);
	fixture_begin(f);
	assert_true(outbox_store_set_sending(f->w, 1, Now, &f->err)
		&& outbox_store_set_waiting(f->w, 1, 9000, false, NULL, &f->err));
	fixture_commit(f);
	CHECK_INT("later", next_id(f, 8999), 0);
	CHECK_INT("again", next_id(f, 9000), 1);
	CHECK_INT("then", outbox_store_next_ms(f->r), 9000);
	fixture_free(f);
}

static void what_is_unsure_goes_first(void **state)
{
	struct fixture *f = sample_new();
	sample_send(f, reply(1, 10));
	sample_send(f, reply(2, 30));
	go(f, 2, SENDING);
	go(f, 2, UNSURE);
	CHECK_INT("unsure", next_id(f, Now), 2);
	fixture_free(f);
}

static void killed_while_sending_is_unsure(void **state)
{
	struct fixture *f = sample_new();
	sample_send(f, reply(1, 10));
	go(f, 1, SENDING);
	CHECK_INT("nobody sends it", next_id(f, Now), 0);
	fixture_begin(f);
	assert_true(outbox_store_recover(f->w, &f->err));
	fixture_commit(f);
	const struct outbox_row *row = outbox_store_next(f->r, 0, &f->a);
	CHECK_INT("id", row->change.id, 1);
	CHECK_INT("state", row->change.state, CHANGE_UNSURE);
	CHECK_INT("tries", row->tries, 1);
	fixture_free(f);
}

static void what_was_taken_back_is_not_sent(void **state)
{
	struct fixture *f = sample_new();
	sample_send(f, (struct change){.id = 1, .kind = CHANGE_LIKE, .post_id = 105});
	assert_true(sample_undo(f, 1));
	fixture_begin(f);
	assert_false(outbox_store_set_sending(f->w, 1, Now, &f->err));
	store_rollback(f->w);
	fixture_free(f);
}

/* Two changes for the same thing that both wait: what is left of them. */
static void two_for_the_same_thing_become_one(void **state)
{
	static const struct {
		const char *what;
		struct change first, second;
		int left;
		int64_t before;
		const char *original;
	} table[] = {
		{"like and not", {.kind = CHANGE_LIKE, .post_id = 105}, {.kind = CHANGE_UNLIKE, .post_id = 105}, 0, 0, ""},
		{"another post", {.kind = CHANGE_LIKE, .post_id = 105}, {.kind = CHANGE_UNLIKE, .post_id = 102}, 2, 0, ""},
		{"bookmark and not", {.kind = CHANGE_BOOKMARK, .post_id = 105, .body = "x"},
			{.kind = CHANGE_UNBOOKMARK, .post_id = 105,
			.original = "x"}, 0, 0, ""},
		{"two notes", {.kind = CHANGE_BOOKMARK, .post_id = 103, .before = 55, .original = "a", .body = "b"},
			{.kind = CHANGE_BOOKMARK, .post_id = 103, .before = 55, .original = "b", .body = "c"}, 1, 55, "a"},
		{"the old note", {.kind = CHANGE_BOOKMARK, .post_id = 103, .before = 55, .original = "a", .body = "b"},
			{.kind = CHANGE_BOOKMARK, .post_id = 103, .before = 55, .original = "b", .body = "a"}, 0, 0, ""},
		{"level there and back", {.kind = CHANGE_TOPIC_LEVEL, .topic_id = 30, .number = 3, .before = 1},
			{.kind = CHANGE_TOPIC_LEVEL, .topic_id = 30, .number = 1, .before = 3}, 0, 0, ""},
		{"level on", {.kind = CHANGE_TOPIC_LEVEL, .topic_id = 30, .number = 3, .before = 1},
			{.kind = CHANGE_TOPIC_LEVEL, .topic_id = 30, .number = 0, .before = 3}, 1, 1, ""},
		{"two topics", {.kind = CHANGE_TOPIC_LEVEL, .topic_id = 30, .number = 3, .before = 1},
			{.kind = CHANGE_TOPIC_LEVEL, .topic_id = 10, .number = 1, .before = 3}, 2, 3, ""},
		{"two categories", {.kind = CHANGE_CATEGORY_LEVEL, .category_id = 7, .number = 3, .before = 1},
			{.kind = CHANGE_CATEGORY_LEVEL, .category_id = 8, .number = 1, .before = 3}, 2, 3, ""},
		{"a member", {.kind = CHANGE_MEMBER_LEVEL, .names = "robin", .number = 1},
			{.kind = CHANGE_MEMBER_LEVEL, .names = "Robin",
			.before = 1}, 0, 0, ""},
		{"two members", {.kind = CHANGE_MEMBER_LEVEL, .names = "robin", .number = 1},
			{.kind = CHANGE_MEMBER_LEVEL, .names = "noor",
			.before = 1}, 2, 1, ""},
		{"sign up and not", {.kind = CHANGE_ATTENDANCE, .post_id = 100, .number = 1},
			{.kind = CHANGE_ATTENDANCE, .post_id = 100,
			.before = 1}, 0, 0, ""},
		{"one field twice", {.kind = CHANGE_PROFILE, .title = "name", .body = "b", .original = "a"},
			{.kind = CHANGE_PROFILE, .title = "name", .body = "c", .original = "b"}, 1, 0, "a"},
		{"two fields", {.kind = CHANGE_PROFILE, .title = "name", .body = "b", .original = "a"},
			{.kind = CHANGE_PROFILE, .title = "location", .body = "a", .original = "b"}, 2, 0, "b"},
		{"vote and not", {.kind = CHANGE_VOTE, .post_id = 100, .title = "poll", .names = "aa"},
			{.kind = CHANGE_UNVOTE,
			.post_id = 100, .title = "poll", .original = "aa"}, 0, 0, ""},
		{"another poll", {.kind = CHANGE_VOTE, .post_id = 100, .title = "poll", .names = "aa"},
			{.kind = CHANGE_UNVOTE,
			.post_id = 100, .title = "second", .original = "aa"}, 2, 0, "aa"},
		{"two edits", {.kind = CHANGE_EDIT, .post_id = 101, .body = "b", .original = "a"},
			{.kind = CHANGE_EDIT, .post_id = 101,
			.body = "c", .original = "b"}, 1, 0, "a"},
		{"two replies", {.kind = CHANGE_REPLY, .topic_id = 10, .body = "a"},
			{.kind = CHANGE_REPLY, .topic_id = 10, .body = "a"}, 2, 0, ""},
		{"archive and back", {.kind = CHANGE_ARCHIVE, .topic_id = 20},
			{.kind = CHANGE_UNARCHIVE, .topic_id = 20}, 0, 0, ""},
		{"withdrawn and back", {.kind = CHANGE_DELETE, .post_id = 101},
			{.kind = CHANGE_RECOVER, .post_id = 101}, 0, 0, ""},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		struct fixture *f = sample_new();
		struct change first = table[i].first, second = table[i].second;
		first.id = 1;
		second.id = 2;
		sample_send(f, first);
		sample_send(f, second);
		CHECK_INT(table[i].what, outbox_store_count(f->r, &(struct outbox_filter){0}), table[i].left);
		const struct outbox_row *row = outbox_store_get(f->r, 2, &f->a);
		CHECK_INT(table[i].what, row != NULL, table[i].left > 0);
		if (row != NULL) {
			CHECK_INT(table[i].what, row->change.before, table[i].before);
			CHECK_STRING(table[i].what, row->change.original, table[i].original);
		}
		assert_true(sample_undo(f, 2));
		assert_non_null(outbox_store_get(f->r, 1, &f->a));
		fixture_free(f);
	}
}

static void what_is_being_sent_stays_as_it_is(void **state)
{
	struct fixture *f = sample_new();
	sample_send(f, (struct change){.id = 1, .kind = CHANGE_LIKE, .post_id = 105});
	go(f, 1, SENDING);
	sample_send(f, (struct change){.id = 2, .kind = CHANGE_UNLIKE, .post_id = 105});
	CHECK_INT("both", outbox_store_count(f->r, &(struct outbox_filter){0}), 2);
	CHECK_INT("in turn", next_id(f, Now), 0);
	go(f, 1, DONE);
	CHECK_INT("then", next_id(f, Now), 2);
	fixture_free(f);
}

static void a_bookmark_passes_its_id_on(void **state)
{
	struct fixture *f = sample_new();
	sample_send(f, (struct change){.id = 1, .kind = CHANGE_BOOKMARK, .post_id = 105});
	go(f, 1, SENDING);
	sample_send(f, (struct change){.id = 2, .kind = CHANGE_UNBOOKMARK, .post_id = 105});
	fixture_begin(f);
	assert_true(outbox_store_set_done(f->w, 1, &(struct outbox_result){.other_id = 91}, Now, &f->err));
	fixture_commit(f);
	CHECK_INT("id", outbox_store_get(f->r, 2, &f->a)->change.before, 91);
	fixture_free(f);
}

static void a_text_is_a_draft_until_the_site_has_it(void **state)
{
	struct fixture *f = sample_new();
	struct change c = reply(1, 10);
	fixture_begin(f);
	assert_true(outbox_store_put_draft(f->w, &c, &f->err));
	c.body = "meer tekst";
	assert_true(outbox_store_put_draft(f->w, &c, &f->err));
	CHECK_INT("bits", fixture_commit(f) & STORE_OUTBOX, STORE_OUTBOX);
	const struct outbox_row *row = outbox_store_draft_for(f->r, &c, &f->a);
	CHECK_STRING("renewed", row->change.body, "meer tekst");
	CHECK_STRING("where", row->where, "Avond in Utrecht");
	CHECK_INT("not sent", next_id(f, Now), 0);
	sample_send(f, c);
	fixture_begin(f);
	c.body = "te laat";
	assert_true(outbox_store_put_draft(f->w, &c, &f->err) && outbox_store_drop(f->w, 1, &f->err));
	fixture_commit(f);
	CHECK_STRING("left alone", outbox_store_get(f->r, 1, &f->a)->change.body, "meer tekst");
	assert_true(sample_undo(f, 1));
	CHECK_INT("draft again", outbox_store_get(f->r, 1, &f->a)->change.state, CHANGE_DRAFT);
	sample_send(f, *(&outbox_store_get(f->r, 1, &f->a)->change));
	go(f, 1, SENDING);
	go(f, 1, DONE);
	row = outbox_store_get(f->r, 1, &f->a);
	CHECK_INT("done", row->change.state, CHANGE_DONE);
	CHECK_INT("post", row->done_post_id, 900);
	CHECK_INT("number", row->done_post_number, 9);
	fixture_free(f);
}

static void a_refused_text_waits_for_the_member(void **state)
{
	struct fixture *f = sample_new();
	sample_send(f, reply(1, 10));
	go(f, 1, SENDING);
	go(f, 1, REFUSED);
	struct outbox_filter refused = {.refused = true};
	struct outbox_rows rows = outbox_store_list(f->r, &refused, 0, 5, &f->a);
	CHECK_INT("refused", rows.count, 1);
	CHECK_STRING("why", rows.row[0].error_what, "Titel is te kort");
	CHECK_INT("status", rows.row[0].http_status, 422);
	fixture_begin(f);
	assert_true(outbox_store_try_again(f->w, 1, Now, &f->err));
	fixture_commit(f);
	CHECK_INT("again", next_id(f, Now), 1);
	go(f, 1, SENDING);
	go(f, 1, REFUSED);
	fixture_begin(f);
	assert_true(outbox_store_keep_draft(f->w, 1, &f->err));
	fixture_commit(f);
	CHECK_INT("draft", outbox_store_count(f->r, &(struct outbox_filter){.drafts = true}), 1);
	fixture_begin(f);
	assert_true(outbox_store_drop(f->w, 1, &f->err));
	fixture_commit(f);
	assert_null(outbox_store_get(f->r, 1, &f->a));
	fixture_free(f);
}

static void a_refused_edit_does_not_send_the_older_one(void **state)
{
	struct fixture *f = sample_new();
	sample_send(f, (struct change){.id = 1, .kind = CHANGE_EDIT, .post_id = 101, .body = "b", .original = "a"});
	sample_send(f, (struct change){.id = 2, .kind = CHANGE_EDIT, .post_id = 101, .body = "c", .original = "b"});
	go(f, 2, SENDING);
	go(f, 2, REFUSED);
	assert_true(sample_undo(f, 2));
	CHECK_INT("draft", outbox_store_get(f->r, 2, &f->a)->change.state, CHANGE_DRAFT);
	CHECK_INT("nothing goes", next_id(f, Now), 0);
	fixture_free(f);
}

static void the_list_begins_with_what_needs_the_member(void **state)
{
	static const int64_t order[] = {3, 1, 2, 5, 4};
	struct fixture *f = sample_new();
	for (int64_t id = 1; id <= 5; id++)
		sample_send(f, (struct change){.id = id, .kind = CHANGE_LIKE, .post_id = 100 + id, .created_ms = id});
	go(f, 3, SENDING);
	go(f, 3, REFUSED);
	for (int64_t id = 4; id <= 5; id++) {
		fixture_begin(f);
		assert_true(outbox_store_set_sending(f->w, id, Now, &f->err)
			&& outbox_store_set_done(f->w, id, &(struct outbox_result){0}, Now + id, &f->err));
		fixture_commit(f);
	}
	struct outbox_filter all = {0}, open = {.open = true};
	struct outbox_rows rows = outbox_store_list(f->r, &all, 0, 9, &f->a);
	CHECK_INT("all", rows.count, 5);
	for (int i = 0; i < rows.count; i++) {
		CHECK_INT("row", rows.row[i].change.id, order[i]);
		CHECK_INT("position", outbox_store_position(f->r, &all, order[i]), i);
	}
	CHECK_INT("open", outbox_store_count(f->r, &open), 3);
	CHECK_INT("not open", outbox_store_position(f->r, &open, 4), -1);
	fixture_begin(f);
	assert_true(outbox_store_prune(f->w, Now + 5, &f->err));
	fixture_commit(f);
	assert_null(outbox_store_get(f->r, 4, &f->a));
	assert_non_null(outbox_store_get(f->r, 5, &f->a));
	fixture_free(f);
}

/* A draft of the site beside ours. */
static void drafts_meet_and_nothing_is_lost(void **state)
{
	static const struct {
		const char *what;
		bool given, changed_here;
		int64_t sequence;
		const char *body, *theirs;
	} table[] = {
		{"theirs is newer", true, false, 3, "van hen", ""},
		{"the same one", true, false, 2, "mijn", ""},
		{"both changed", true, true, 3, "mijn 2", "van hen"},
		{"never given", false, false, 3, "mijn", "van hen"},
	};
	for (size_t i = 0; i < COUNT(table); i++) {
		struct fixture *f = sample_new();
		struct change c = reply(1, 10), theirs = reply(0, 10);
		c.body = "mijn";
		theirs.body = "van hen";
		fixture_begin(f);
		assert_true(outbox_store_put_draft(f->w, &c, &f->err));
		CHECK_INT("dirty", outbox_store_dirty_draft(f->w, &f->a)->change.id, 1);
		assert_true(!table[i].given || outbox_store_draft_given(f->w, 1, "topic_10", 2, "mijn", &f->err));
		c.body = "mijn 2";
		assert_true(!table[i].changed_here || outbox_store_put_draft(f->w, &c, &f->err));
		assert_true(outbox_store_put_site_draft(f->w, &theirs, "topic_10", table[i].sequence, &f->err));
		fixture_commit(f);
		const struct outbox_row *row = outbox_store_get(f->r, 1, &f->a);
		CHECK_STRING(table[i].what, row->change.body, table[i].body);
		CHECK_STRING(table[i].what, row->theirs, table[i].theirs);
		CHECK_INT(table[i].what, outbox_store_count(f->r, &(struct outbox_filter){0}), 1);
		assert_null(outbox_store_dirty_draft(f->r, &f->a));
		fixture_free(f);
	}
}

static void the_member_chooses_between_two_drafts(void **state)
{
	for (int theirs = 0; theirs < 2; theirs++) {
		struct fixture *f = sample_new();
		struct change mine = reply(1, 10), other = reply(0, 10);
		other.body = "van hen";
		fixture_begin(f);
		assert_true(outbox_store_put_draft(f->w, &mine, &f->err)
			&& outbox_store_put_site_draft(f->w, &other, "topic_10", 3, &f->err)
			&& outbox_store_settle_draft(f->w, 1, theirs, &f->err));
		fixture_commit(f);
		const struct outbox_row *row = outbox_store_get(f->r, 1, &f->a);
		CHECK_STRING("body", row->change.body, theirs ? "van hen" : "tekst");
		CHECK_STRING("settled", row->theirs, "");
		CHECK_INT("to be given", row->draft_dirty, !theirs);
		fixture_free(f);
	}
}

static void a_draft_of_the_site_becomes_a_row(void **state)
{
	struct fixture *f = sample_new();
	struct change theirs = {.kind = CHANGE_TOPIC, .title = "Nieuw", .body = "van hen"};
	fixture_begin(f);
	assert_true(outbox_store_put_site_draft(f->w, &theirs, "new_topic", 1, &f->err)
		&& outbox_store_put_site_draft(f->w, &theirs, "new_topic", 1, &f->err));
	fixture_commit(f);
	struct outbox_rows rows = outbox_store_list(f->r, &(struct outbox_filter){.drafts = true}, 0, 5, &f->a);
	CHECK_INT("one", rows.count, 1);
	CHECK_STRING("title", rows.row[0].change.title, "Nieuw");
	CHECK_INT("clean", rows.row[0].draft_dirty, false);
	/* Once it was sent, the site's older copy is not a new draft. */
	sample_send(f, rows.row[0].change);
	fixture_begin(f);
	assert_true(outbox_store_put_site_draft(f->w, &theirs, "new_topic", 1, &f->err));
	fixture_commit(f);
	CHECK_INT("no draft", outbox_store_count(f->r, &(struct outbox_filter){.drafts = true}), 0);
	fixture_free(f);
}

/* The site has one draft of a topic; in the browser another text was begun in its place. */
static void another_text_of_the_site_leaves_ours_alone(void **state)
{
	struct fixture *f = sample_new();
	struct change mine = reply(1, 10),
				  theirs = {.kind = CHANGE_EDIT, .topic_id = 10, .post_id = 101, .body = "beter"};
	fixture_begin(f);
	assert_true(outbox_store_put_draft(f->w, &mine, &f->err)
		&& outbox_store_draft_given(f->w, 1, "topic_10", 2, "tekst", &f->err)
		&& outbox_store_put_site_draft(f->w, &theirs, "topic_10", 3, &f->err));
	fixture_commit(f);
	const struct outbox_row *row = outbox_store_get(f->r, 1, &f->a);
	CHECK_STRING("ours", row->change.body, "tekst");
	CHECK_STRING("not there", row->draft_key, "");
	row = outbox_store_draft_for(f->r, &theirs, &f->a);
	CHECK_STRING("theirs", row->change.body, "beter");
	CHECK_STRING("key", row->draft_key, "topic_10");
	fixture_free(f);
}

static void what_is_underway_is_shown(void **state)
{
	struct fixture *f = sample_new();
	struct topic_filter unread = {.unread = true}, saved = {.bookmarked = true}, inbox = {.messages = true},
						away = {.messages = true, .put_away = true};
	sample_send(f, (struct change){.id = 1, .kind = CHANGE_LIKE, .post_id = 105});
	sample_send(f, (struct change){.id = 2, .kind = CHANGE_TOPIC_LEVEL, .topic_id = 30, .before = 1});
	sample_send(f, (struct change){.id = 3, .kind = CHANGE_UNBOOKMARK, .post_id = 103, .before = 55});
	sample_send(f, (struct change){.id = 4, .kind = CHANGE_ARCHIVE, .topic_id = 20});
	sample_send(f, (struct change){.id = 5, .kind = CHANGE_VOTE, .post_id = 100, .title = "poll",
		.names = "aa, cc"});
	sample_send(f, (struct change){.id = 6, .kind = CHANGE_ATTENDANCE, .post_id = 100, .number = ATTENDANCE_GOING});
	sample_send(f, (struct change){.id = 7, .kind = CHANGE_EDIT, .post_id = 101, .body = "beter",
		.original = "tekst"});
	sample_send(f, (struct change){.id = 8, .kind = CHANGE_PROFILE, .title = "location", .body = "Delft"});
	sample_send(f, (struct change){.id = 9, .kind = CHANGE_CATEGORY_LEVEL, .category_id = 7, .number = 3,
		.before = 1});
	sample_send(f, (struct change){.id = 10, .kind = CHANGE_MEMBER_LEVEL, .names = "robin",
		.number = MEMBER_IGNORED});
	const struct post_row *liked = post_store_get(f->r, 105, &f->a), *edited = post_store_get(f->r, 101, &f->a);
	assert_true(liked->post.liked && liked->pending && !liked->post.can_like);
	CHECK_INT("likes", liked->post.like_count, 1);
	assert_false(post_store_get(f->w, 105, &f->a)->post.liked);
	CHECK_STRING("edited", edited->edited, "beter");
	CHECK_INT("unread", topic_store_count(f->r, &unread), 0);
	CHECK_INT("saved", topic_store_count(f->r, &saved), 0);
	CHECK_INT("inbox", topic_store_count(f->r, &inbox), 0);
	CHECK_INT("away", topic_store_count(f->r, &away), 2);
	assert_true(topic_store_row(f->r, 20, &f->a)->put_away);
	assert_true(topic_store_row(f->r, 30, &f->a)->muted && !topic_store_row(f->r, 10, &f->a)->bookmarked);
	const struct post_row *first = post_store_get(f->r, 100, &f->a);
	const struct poll *poll = &first->post.poll[0];
	assert_true(poll->option[0].chosen && !poll->option[1].chosen && poll->option[2].chosen && first->ignored);
	CHECK_INT("votes", poll->option[0].votes, 3);
	CHECK_INT("voters", poll->voters, 4);
	const struct event *event = event_store_get(f->r, 100, &f->a);
	CHECK_INT("going", event->going, 5);
	CHECK_STRING("among them", event->invitee[0].username, "sam");
	CHECK_INT("attending", event_store_count(f->r, &(struct event_filter){.attending = "sam"}), 1);
	CHECK_INT("who goes", member_store_count(f->r, &(struct member_filter){.going_to = 100}), 1);
	CHECK_INT("mine", event_store_count(f->r, &(struct event_filter){.mine = true}), 1);
	CHECK_STRING("profile", member_store_get(f->r, 1, &f->a)->location, "Delft");
	CHECK_INT("category", category_store_get(f->r, 7, &f->a)->notification_level, 3);
	assert_true(member_store_by_username(f->r, "robin", &f->a)->ignored);
	fixture_free(f);
}

static void a_refused_change_is_not_shown(void **state)
{
	struct fixture *f = sample_new();
	sample_send(f, (struct change){.id = 1, .kind = CHANGE_LIKE, .post_id = 105});
	go(f, 1, SENDING);
	assert_true(post_store_get(f->r, 105, &f->a)->post.liked);
	go(f, 1, REFUSED);
	assert_false(post_store_get(f->r, 105, &f->a)->post.liked);
	fixture_free(f);
}

static void notes_are_found_without_accents(void **state)
{
	struct fixture *f = sample_new();
	fixture_begin(f);
	assert_true(note_store_put(f->w, NOTE_MEMBER, 2, "Café in Zoë's straat", 10, &f->err)
		&& note_store_put(f->w, NOTE_POST, 102, "belangrijk", 20, &f->err));
	CHECK_INT("bits", fixture_commit(f) & STORE_NOTES, STORE_NOTES);
	struct note_rows all = note_store_list(f->r, NULL, 0, 9, &f->a),
		some = note_store_list(f->r, "zoe caf", 0, 9, &f->a);
	CHECK_INT("all", all.count, 2);
	CHECK_INT("newest", all.row[0].kind, NOTE_POST);
	CHECK_STRING("topic", all.row[0].where, "Avond in Utrecht");
	CHECK_INT("number", all.row[0].post_number, 3);
	CHECK_INT("found", some.count, 1);
	CHECK_STRING("member", some.row[0].where, "Robin");
	CHECK_INT("position", note_store_position(f->r, NULL, NOTE_MEMBER, 2), 1);
	CHECK_INT("count", note_store_count(f->r, "belang"), 1);
	CHECK_INT("only signs", note_store_count(f->r, "!"), 0);
	fixture_begin(f);
	assert_true(note_store_put(f->w, NOTE_MEMBER, 2, "iets anders", 30, &f->err)
		&& note_store_put(f->w, NOTE_POST, 102, "", 30, &f->err));
	fixture_commit(f);
	CHECK_STRING("renewed", note_store_get(f->r, NOTE_MEMBER, 2, &f->a), "iets anders");
	assert_null(note_store_get(f->r, NOTE_POST, 102, &f->a));
	CHECK_INT("old words", note_store_count(f->r, "zoe"), 0);
	fixture_free(f);
}

static void what_was_read_here_is_told(void **state)
{
	struct fixture *f = sample_new();
	int64_t topic_id;
	int number[8], ms[8];
	CHECK_INT("nothing", read_store_next(f->r, &topic_id, number, ms, 8), 0);
	fixture_begin(f);
	assert_true(read_store_put_time(f->w, 30, 2, 300000, &f->err) && read_store_put(f->w, 30, 2, &f->err));
	fixture_commit(f);
	CHECK_INT("posts", read_store_next(f->r, &topic_id, number, ms, 8), 2);
	CHECK_INT("topic", topic_id, 30);
	CHECK_INT("first", number[0], 1);
	CHECK_INT("at most a minute", ms[0], 60000);
	fixture_begin(f);
	assert_true(read_store_told(f->w, 30, 1, &f->err));
	fixture_commit(f);
	CHECK_INT("the rest", read_store_next(f->r, &topic_id, number, ms, 8), 1);
	CHECK_INT("second", number[0], 2);
	fixture_begin(f);
	assert_true(read_store_told(f->w, 30, 2, &f->err));
	fixture_commit(f);
	CHECK_INT("all told", read_store_next(f->r, &topic_id, number, ms, 8), 0);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(order_is_kept_in_a_topic),
		cmocka_unit_test(nothing_goes_before_its_time),
		cmocka_unit_test(what_is_unsure_goes_first),
		cmocka_unit_test(killed_while_sending_is_unsure),
		cmocka_unit_test(what_was_taken_back_is_not_sent),
		cmocka_unit_test(two_for_the_same_thing_become_one),
		cmocka_unit_test(what_is_being_sent_stays_as_it_is),
		cmocka_unit_test(a_bookmark_passes_its_id_on),
		cmocka_unit_test(a_text_is_a_draft_until_the_site_has_it),
		cmocka_unit_test(a_refused_text_waits_for_the_member),
		cmocka_unit_test(a_refused_edit_does_not_send_the_older_one),
		cmocka_unit_test(the_list_begins_with_what_needs_the_member),
		cmocka_unit_test(drafts_meet_and_nothing_is_lost),
		cmocka_unit_test(the_member_chooses_between_two_drafts),
		cmocka_unit_test(a_draft_of_the_site_becomes_a_row),
		cmocka_unit_test(another_text_of_the_site_leaves_ours_alone),
		cmocka_unit_test(what_is_underway_is_shown),
		cmocka_unit_test(a_refused_change_is_not_shown),
		cmocka_unit_test(notes_are_found_without_accents),
		cmocka_unit_test(what_was_read_here_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
