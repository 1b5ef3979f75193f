#include "store_sample.h"

#include <stdio.h>

#include "read_store.h"
#include "sbuf.h"
#include "store_dump.h"
#include "str.h"

/* Doing something and undoing it leaves the store as it was. */

static char *dump(struct fixture *f, bool outbox)
{
	return store_dump(f->dir, outbox);
}

static void check_same(const char *what, char *now, const char *before)
{
	if (strcmp(now, before) != 0) {
		size_t at = 0;
		while (now[at] == before[at])
			at++;
		while (at > 0 && now[at - 1] != '\n')
			at--;
		fail_msg("%s is not undone:\nbefore %.300s\nafter  %.300s", what, before + at, now + at);
	}
	free(now);
}

/* One of each kind, as the screens make them of what is shown. */
static const struct change one_of_each[] = {
	{.kind = CHANGE_TOPIC, .category_id = 7, .title = "Nieuw", .body = "tekst", .names = "tarief"},
	{.kind = CHANGE_REPLY, .topic_id = 10, .number = 2, .body = "antwoord"},
	{.kind = CHANGE_MESSAGE, .names = "robin", .title = "Vraag", .body = "tekst"},
	{.kind = CHANGE_EDIT, .topic_id = 10, .post_id = 101, .body = "beter", .original = "tekst"},
	{.kind = CHANGE_DELETE, .topic_id = 10, .post_id = 101},
	{.kind = CHANGE_RECOVER, .topic_id = 10, .post_id = 104},
	{.kind = CHANGE_LIKE, .topic_id = 10, .post_id = 105},
	{.kind = CHANGE_UNLIKE, .topic_id = 10, .post_id = 102},
	{.kind = CHANGE_BOOKMARK, .topic_id = 10, .post_id = 105, .body = "goed"},
	{.kind = CHANGE_BOOKMARK, .topic_id = 10, .post_id = 103, .body = "anders", .before = 55,
		.original = "later lezen"},
	{.kind = CHANGE_UNBOOKMARK, .post_id = 103, .before = 55, .original = "later lezen"},
	{.kind = CHANGE_FLAG, .topic_id = 10, .post_id = 105, .number = 4},
	{.kind = CHANGE_TOPIC_LEVEL, .topic_id = 30, .number = TOPIC_MUTED, .before = TOPIC_NORMAL},
	{.kind = CHANGE_TOPIC_LEVEL, .topic_id = 30, .number = TOPIC_WATCHING, .before = TOPIC_NORMAL},
	{.kind = CHANGE_CATEGORY_LEVEL, .category_id = 7, .number = 4, .before = 1},
	{.kind = CHANGE_MEMBER_LEVEL, .names = "robin", .number = MEMBER_IGNORED, .before = MEMBER_NORMAL},
	{.kind = CHANGE_MEMBER_LEVEL, .names = "noor", .number = MEMBER_NORMAL, .before = MEMBER_MUTED},
	{.kind = CHANGE_ARCHIVE, .topic_id = 20},
	{.kind = CHANGE_UNARCHIVE, .topic_id = 21},
	{.kind = CHANGE_VOTE, .topic_id = 10, .post_id = 100, .title = "poll", .names = "aa, bb"},
	{.kind = CHANGE_VOTE, .topic_id = 10, .post_id = 100, .title = "second", .names = "bb", .original = "aa, cc"},
	{.kind = CHANGE_UNVOTE, .topic_id = 10, .post_id = 100, .title = "second", .original = "aa, cc"},
	{.kind = CHANGE_ATTENDANCE, .topic_id = 10, .post_id = 100, .number = ATTENDANCE_GOING},
	{.kind = CHANGE_ATTENDANCE, .topic_id = 10, .post_id = 100, .number = ATTENDANCE_INTERESTED},
	{.kind = CHANGE_PROFILE, .title = "name", .body = "Sam de Wit", .original = "Sam"},
	{.kind = CHANGE_PROFILE, .title = "location", .body = "Delft", .original = "Gouda"},
	{.kind = CHANGE_PROFILE, .title = "bio_raw", .body = "Wij", .original = "Ik"},
	{.kind = CHANGE_PROFILE, .title = "field:3", .body = "", .original = "Utrecht"},
	{.kind = CHANGE_READ_ALL, .time_ms = 99000},
};

/* A text has its draft first, and so have the words of a note and what is typed at length for the profile. */
static void begin_text(struct fixture *f, const struct change *c)
{
	bool typed = change_is_text(c->kind) || (c->kind == CHANGE_BOOKMARK && !str_empty(c->body))
		|| (c->kind == CHANGE_PROFILE && str_equal(c->title, change_profile_bio));
	fixture_begin(f);
	assert_true(!typed || outbox_store_put_draft(f->w, c, &f->err));
	fixture_commit(f);
}

static void the_list_has_every_kind(void **state)
{
	bool seen[CHANGE_KINDS] = {false};
	for (size_t i = 0; i < COUNT(one_of_each); i++)
		seen[one_of_each[i].kind] = true;
	for (int kind = CHANGE_TOPIC; kind < CHANGE_KINDS; kind++)
		if (!seen[kind])
			fail_msg("no %s", change_kind_word((enum change_kind)kind));
}

static void R8_what_waits_is_undone_without_a_trace(void **state)
{
	for (size_t i = 0; i < COUNT(one_of_each); i++) {
		struct fixture *f = sample_new();
		struct change c = one_of_each[i];
		c.id = 77;
		begin_text(f, &c);
		char *before = dump(f, true);
		c.due_ms = 9000;
		sample_send(f, c);
		char *sent = dump(f, true);
		assert_string_not_equal(sent, before);
		free(sent);
		assert_true(sample_undo(f, 77));
		check_same(change_kind_word(c.kind), dump(f, true), before);
		free(before);
		fixture_free(f);
	}
}

static void arrive(struct fixture *f, int64_t id)
{
	fixture_begin(f);
	struct outbox_result r = {.other_id = 55, .post_id = 900, .topic_id = 10};
	assert_true(outbox_store_set_sending(f->w, id, 6000, &f->err)
		&& outbox_store_set_done(f->w, id, &r, 7000, &f->err));
	fixture_commit(f);
}

static bool comes_back(const struct change *c)
{
	return c->kind != CHANGE_FLAG && c->kind != CHANGE_READ_ALL
		&& (!change_is_text(c->kind) || c->kind == CHANGE_EDIT);
}

static void R8_what_arrived_is_undone_by_its_inverse(void **state)
{
	for (size_t i = 0; i < COUNT(one_of_each); i++) {
		if (!comes_back(&one_of_each[i]))
			continue;
		struct fixture *f = sample_new();
		struct change c = one_of_each[i];
		c.id = 77;
		char *before = dump(f, false);
		sample_send(f, c);
		arrive(f, 77);
		char *arrived = dump(f, false);
		if (strcmp(arrived, before) == 0)
			fail_msg("%s shows nothing", change_kind_word(c.kind));
		free(arrived);
		assert_true(sample_undo(f, 77));
		const struct outbox_row *inverse = outbox_store_next(f->r, 9000, &f->a);
		assert_non_null(inverse);
		arrive(f, inverse->change.id);
		check_same(change_kind_word(c.kind), dump(f, false), before);
		assert_false(sample_undo(f, 77));
		free(before);
		fixture_free(f);
	}
}

static void what_has_no_inverse_says_so(void **state)
{
	static const struct change none[] = {
		{.id = 77, .kind = CHANGE_FLAG, .post_id = 105, .topic_id = 10, .number = 4},
		{.id = 77, .kind = CHANGE_MESSAGE, .names = "robin", .title = "Vraag", .body = "tekst"},
	};
	for (size_t i = 0; i < COUNT(none); i++) {
		struct fixture *f = sample_new();
		sample_send(f, none[i]);
		arrive(f, 77);
		assert_false(sample_undo(f, 77));
		assert_null(outbox_store_next(f->r, 9000, &f->a));
		fixture_free(f);
	}
}

static void what_is_being_sent_cannot_be_undone(void **state)
{
	struct fixture *f = sample_new();
	sample_send(f, (struct change){.id = 77, .kind = CHANGE_LIKE, .post_id = 105});
	fixture_begin(f);
	assert_true(outbox_store_set_sending(f->w, 77, 6000, &f->err));
	fixture_commit(f);
	assert_false(sample_undo(f, 77));
	CHECK_INT("still there", outbox_store_get(f->r, 77, &f->a)->change.state, CHANGE_SENDING);
	fixture_free(f);
}

static uint64_t roll(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* What the member could choose now, as the screens show it. */
static struct change next_change(struct fixture *f, uint64_t *seed, int64_t id)
{
	static const char *const words[] = {"Delft", "Gouda", "Breda", "Delft"};
	struct arena *a = &f->a;
	uint64_t r = roll(seed);
	const struct post_row *p = post_store_get(f->r, r % 2 == 0 ? 105 : 103, a);
	const struct topic_row *t = topic_store_row(f->r, 30, a);
	const struct event *e = event_store_get(f->r, 100, a);
	const struct member *me = member_store_get(f->r, 1, a);
	const struct topic_row *message = topic_store_row(f->r, r % 2 == 0 ? 20 : 21, a);
	const struct post_row *own = post_store_get(f->r, 101, a);
	switch (r / 7 % 8) {
	case 0:
		return (struct change){.id = id, .kind = p->post.liked ? CHANGE_UNLIKE : CHANGE_LIKE,
			.post_id = p->post.id, .topic_id = 10};
	case 1:
		return p->post.bookmarked
			? (struct change){.id = id, .kind = CHANGE_UNBOOKMARK, .post_id = p->post.id,
				.before = p->post.bookmark_id,   .original = p->post.bookmark_note}
			: (struct change){.id = id, .kind = CHANGE_BOOKMARK, .post_id = p->post.id, .body = words[r / 64 % 3]};
	case 2:
		return (struct change){.id = id, .kind = CHANGE_TOPIC_LEVEL, .topic_id = 30,
			.before = t->notification_level,
			.number = (t->notification_level + 1 + (int64_t)(r / 64 % 3)) % 4};
	case 3:
		return (struct change){.id = id, .kind = CHANGE_ATTENDANCE, .post_id = 100, .topic_id = 10,
			.before = e->mine,
			.number = ((int)e->mine + 1 + (int64_t)(r / 64 % 3)) % 4};
	case 4:
		return (struct change){.id = id, .kind = CHANGE_PROFILE, .title = change_profile_location,
			.original = me->location,
			.body = words[r / 64 % 3 + (strcmp(words[r / 64 % 3], me->location) == 0)]};
	case 5:
		return (struct change){.id = id, .kind = message->put_away ? CHANGE_UNARCHIVE : CHANGE_ARCHIVE,
			.topic_id = message->id};
	case 6:
		return (struct change){.id = id, .kind = own->post.deleted ? CHANGE_RECOVER : CHANGE_DELETE,
			.post_id = 101, .topic_id = 10};
	default:
		return (struct change){.id = id, .kind = CHANGE_READ_ALL, .time_ms = (int64_t)(r / 64 % 40) * 1000};
	}
}

/* The words of a note that was taken back. */
static void drop_draft(struct fixture *f, int64_t id)
{
	fixture_begin(f);
	assert_true(outbox_store_drop(f->w, id, &f->err));
	fixture_commit(f);
}

static void R8_many_things_are_undone_step_by_step(void **state)
{
	enum { Runs = 10, Steps = 12 };
	uint64_t seed = 20260303;
	for (int run = 0; run < Runs; run++) {
		struct fixture *f = sample_new();
		char *at[Steps];
		for (int i = 0; i < Steps; i++) {
			at[i] = dump(f, true);
			sample_send(f, next_change(f, &seed, 1000 + i));
			arena_reset(&f->a);
		}
		for (int i = Steps - 1; i >= 0; i--) {
			char what[64];
			snprintf(what, sizeof what, "step %d of run %d", i, run);
			assert_true(sample_undo(f, 1000 + i));
			drop_draft(f, 1000 + i);
			check_same(what, dump(f, true), at[i]);
			free(at[i]);
		}
		fixture_free(f);
	}
}

/* What the screens show of all that next_change can change, but for what was read: the site is not told to
 * forget. */
static char *shown(struct fixture *f)
{
	static const int64_t posts[] = {101, 103, 105};
	struct sbuf out = {0};
	struct arena a = {0};
	for (size_t i = 0; i < COUNT(posts); i++) {
		const struct post_row *row = post_store_get(f->r, posts[i], &a);
		const struct post *p = &row->post;
		sbuf_addf(&out, "post %d: %d likes, %d, %d, deleted %d, bookmark %d %s\n", (int)posts[i],
			p->like_count, p->liked, p->can_like, p->deleted, p->bookmarked, str_or_empty(p->bookmark_note));
	}
	const struct event *e = event_store_get(f->r, 100, &a);
	sbuf_addf(&out, "event: %d, %d %d %d, %d come\n", (int)e->mine, e->going, e->interested, e->not_going,
		e->invitee_count);
	sbuf_addf(&out, "topics: %d, %d %d, saved %d\n", topic_store_row(f->r, 30, &a)->notification_level,
		topic_store_row(f->r, 20, &a)->put_away, topic_store_row(f->r, 21, &a)->put_away,
		topic_store_row(f->r, 10, &a)->bookmarked);
	sbuf_addf(&out, "profile: %s\n", member_store_get(f->r, 1, &a)->location);
	arena_fini(&a);
	return sbuf_take(&out);
}

static void arrive_all(struct fixture *f)
{
	const struct outbox_row *row;
	while ((row = outbox_store_next(f->r, 9000, &f->a)) != NULL)
		arrive(f, row->change.id);
}

/* The site answers now and then, between doing and undoing. */
static void undoing_steps_back_whatever_has_arrived(void **state)
{
	enum { Runs = 20, Steps = 10 };
	uint64_t seed = 7;
	for (int run = 0; run < Runs; run++) {
		struct fixture *f = sample_new();
		char *at[Steps];
		for (int i = 0; i < Steps; i++) {
			at[i] = shown(f);
			struct change c = next_change(f, &seed, 1000 + i);
			if (c.kind != CHANGE_READ_ALL)
				sample_send(f, c);
			if (roll(&seed) % 4 == 0)
				arrive_all(f);
			arena_reset(&f->a);
		}
		for (int i = Steps - 1; i >= 0; i--) {
			char what[64];
			snprintf(what, sizeof what, "step %d of run %d", i, run);
			sample_undo(f, 1000 + i);
			check_same(what, shown(f), at[i]);
			if (roll(&seed) % 4 == 0)
				arrive_all(f);
			check_same(what, shown(f), at[i]);
			free(at[i]);
		}
		fixture_free(f);
	}
}

static void a_long_way_back_ends_where_it_began(void **state)
{
	static const char *const place[] = {"Gouda", "Delft", "Breda", "Gouda", "Lelystad"};
	struct fixture *f = sample_new();
	for (int i = 1; i < (int)COUNT(place); i++)
		sample_send(f, (struct change){.id = i, .kind = CHANGE_PROFILE, .title = change_profile_location,
			.body = place[i],
			.original = place[i - 1]});
	arrive_all(f);
	for (int i = (int)COUNT(place) - 1; i > 0; i--) {
		assert_true(sample_undo(f, i));
		CHECK_STRING("step", member_store_get(f->r, 1, &f->a)->location, place[i - 1]);
	}
	arrive_all(f);
	CHECK_STRING("the site", member_store_get(f->w, 1, &f->a)->location, "Gouda");
	fixture_free(f);
}

static void reading_everything_waits_until_it_is_certain(void **state)
{
	struct fixture *f = sample_new();
	int64_t topic_id;
	int number[8], ms[8];
	sample_send(f, (struct change){.id = 77, .kind = CHANGE_READ_ALL, .time_ms = 99000, .due_ms = 9000});
	assert_false(topic_store_row(f->r, 30, &f->a)->unread);
	CHECK_INT("not told yet", read_store_next(f->r, &topic_id, number, ms, 8), 0);
	arrive(f, 77);
	CHECK_INT("told", read_store_next(f->r, &topic_id, number, ms, 8), 2);
	CHECK_INT("topic", topic_id, 30);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_has_every_kind),
		cmocka_unit_test(R8_what_waits_is_undone_without_a_trace),
		cmocka_unit_test(R8_what_arrived_is_undone_by_its_inverse),
		cmocka_unit_test(what_has_no_inverse_says_so),
		cmocka_unit_test(what_is_being_sent_cannot_be_undone),
		cmocka_unit_test(R8_many_things_are_undone_step_by_step),
		cmocka_unit_test(undoing_steps_back_whatever_has_arrived),
		cmocka_unit_test(a_long_way_back_ends_where_it_began),
		cmocka_unit_test(reading_everything_waits_until_it_is_certain),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
