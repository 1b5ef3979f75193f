#include "scene.h"

#include "outbox_store.h"
#include "post_store.h"
#include "read_store.h"
#include "sync_store.h"

enum { Minute = 60 * 1000, Grace = 15 * 1000 };

static const struct change kinds[] = {
	{.kind = CHANGE_TOPIC,
		.category_id = 5,
		.title = "Een nieuw topic",
		.body = "Het begin van een nieuw topic."},
	{.kind = CHANGE_REPLY, .topic_id = 1, .body = "Een antwoord van mij."},
	{.kind = CHANGE_MESSAGE, .names = "noor", .title = "Een vraag", .body = "Een bericht voor jou alleen."},
	{.kind = CHANGE_EDIT, .topic_id = 1, .post_id = 1, .body = "Nu anders gezegd.", .original = "Bijdrage 1"},
	{.kind = CHANGE_DELETE, .topic_id = 1, .post_id = 4},
	{.kind = CHANGE_LIKE, .topic_id = 1, .post_id = 1},
	{.kind = CHANGE_BOOKMARK, .topic_id = 1, .post_id = 1, .body = "onthouden"},
	{.kind = CHANGE_FLAG, .topic_id = 1, .post_id = 1, .number = 8},
	{.kind = CHANGE_TOPIC_LEVEL, .topic_id = 1, .number = 3, .before = 1},
	{.kind = CHANGE_PROFILE, .title = change_profile_location, .body = "Utrecht"},
};

/* How often the site did it, one way or another. */
static int effects(const struct fake_site *f, const struct change *c)
{
	const struct fake_post *p = &f->post[c->post_id == 0 ? 0 : c->post_id - 1];
	switch (c->kind) {
	case CHANGE_EDIT:
		return strcmp(p->words, c->body) == 0 ? p->version - 1 : 0;
	case CHANGE_DELETE:
		return p->deleted;
	case CHANGE_LIKE:
		return p->liked;
	case CHANGE_BOOKMARK:
		return f->bookmarks;
	case CHANGE_FLAG:
		return f->flags;
	case CHANGE_TOPIC_LEVEL:
		return f->levels > 0;
	case CHANGE_PROFILE:
		return f->profiles > 0;
	default:
		return fake_count(f, c->body);
	}
}

static struct scene *filled(void)
{
	struct scene *s = scene_new();
	s->interval_s = 300;
	sync_free(s->sync);
	s->sync = new_sync(s);
	fill(s, 3, 12);
	run(s);
	pass_time(s, 2 * Minute); /* past the limits of the first fill */
	return s;
}

static int64_t send_at(struct scene *s, const struct change *what, int64_t due_ms)
{
	struct change c = *what;
	c.id = change_new_id();
	c.created_ms = test_clock_ms;
	c.due_ms = due_ms;
	fixture_begin(s->f);
	assert_true(outbox_store_send(s->f->w, &c, &s->f->err));
	fixture_commit(s->f);
	return c.id;
}

static int64_t send_now(struct scene *s, const struct change *what)
{
	return send_at(s, what, 0);
}

static const struct outbox_row *row(struct scene *s, int64_t id)
{
	const struct outbox_row *r = outbox_store_get(s->f->r, id, &s->f->a);
	assert_non_null(r);
	return r;
}

static void check_state(struct scene *s, const char *name, int64_t id, enum change_state state)
{
	const struct outbox_row *r = row(s, id);
	if (r->change.state != state)
		fail_msg("%s: %s, wanted %s (%s)\n%s%s", name, change_state_word(r->change.state),
			change_state_word(state), r->error_what, sbuf_str(&s->site.log), sbuf_str(&s->site.changes));
}

static void each_kind_is_sent_once(void **state)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct scene *s = filled();
		int64_t id = send_now(s, &kinds[i]);
		live(s, Minute);
		check_state(s, change_kind_word(kinds[i].kind), id, CHANGE_DONE);
		CHECK_INT(change_kind_word(kinds[i].kind), effects(&s->site, &kinds[i]), 1);
		CHECK_INT("report", sync_result(s->sync).sent, 1);
		CHECK_INT("one try", row(s, id)->tries, 1);
		scene_free(s);
	}
}

/* Whatever happens on the way, and even when kring is killed right after it. */
static void a_lost_answer_never_doubles_or_loses(void **state)
{
	static const struct {
		const char *name;
		enum fake_cut cut;
	} cuts[] = {{"not sent", CUT_NOT_SENT}, {"cut before", CUT_BEFORE}, {"cut after", CUT_AFTER},
		{"500 after", CUT_500_AFTER}, {"half after", CUT_HALF_AFTER}, {"nonsense after", CUT_NONSENSE_AFTER}};
	for (size_t i = 0; i < COUNT(cuts); i++)
		for (size_t k = 0; k < COUNT(kinds) * 2; k++) {
			const struct change *c = &kinds[k / 2];
			struct scene *s = filled();
			char name[80];
			bool killed = k & 1;
			s->site.unique = (k + i) & 1;
			snprintf(name, sizeof name, "%s: %s%s", change_kind_word(c->kind), cuts[i].name,
				killed ? ", killed" : "");
			s->site.cut = cuts[i].cut;
			s->site.cuts = 2;
			int64_t id = send_now(s, c);
			for (int round = 0; killed && round < 3; round++) {
				for (int steps = 0; steps <= round; steps++)
					step(s);
				start_again(s);
			}
			live(s, 30 * Minute);
			check_state(s, name, id, CHANGE_DONE);
			CHECK_INT(name, effects(&s->site, c), 1);
			scene_free(s);
		}
}

static void the_answer_shows_without_another_look(void **state)
{
	struct scene *s = filled();
	int64_t id = send_now(s, &kinds[1]);
	int requests = s->site.requests;
	step(s);
	step(s);
	CHECK_INT("one request", s->site.requests - requests, 1);
	check_state(s, "reply", id, CHANGE_DONE);
	const struct post_row *p = post_store_get(s->f->r, row(s, id)->done_post_id, &s->f->a);
	assert_non_null(p);
	CHECK_STRING("text", p->post.cooked, "<p>Een antwoord van mij.</p>");
	assert_true(p->post.yours);
	scene_free(s);
}

static void the_order_within_a_topic_is_kept(void **state)
{
	struct scene *s = filled();
	struct change c = kinds[1];
	s->site.cut = CUT_BEFORE;
	s->site.cuts = 1;
	static const char *const words[] = {"De eerste zin hier.", "De tweede zin hier.", "De derde zin hier."};
	for (size_t i = 0; i < COUNT(words); i++) {
		c.body = words[i];
		send_now(s, &c);
	}
	live(s, 10 * Minute);
	int at = 0;
	for (int i = 0; i < s->site.posts; i++)
		if (s->site.post[i].mine)
			CHECK_STRING("order", s->site.post[i].words, words[at++]);
	CHECK_INT("all", at, 3);
	scene_free(s);
}

static void a_refused_one_holds_up_nobody(void **state)
{
	struct scene *s = filled();
	s->site.refuse_status = 422;
	s->site.refuse_body = "{\"errors\":[\"De tekst is te kort.\"]}";
	s->site.refusals = 1;
	struct change next = kinds[1];
	next.body = "Dit mag wel van de site.";
	int64_t first = send_now(s, &kinds[1]), second = send_now(s, &next);
	live(s, Minute);
	check_state(s, "first", first, CHANGE_REFUSED);
	check_state(s, "second", second, CHANGE_DONE);
	if (strstr(row(s, first)->error_what, "De tekst is te kort.") == NULL)
		fail_msg("the site's words are lost: %s", row(s, first)->error_what);
	CHECK_INT("status", row(s, first)->http_status, 422);
	CHECK_INT("report", sync_result(s->sync).refused, 1);
	CHECK_INT("no trouble for the rest", sync_error(s->sync)->kind, ERR_NONE);
	fake_add_post(&s->site, 2);
	look(s);
	CHECK_INT("the rest goes on", post_store_count(s->f->r, 2), 5);
	scene_free(s);
}

static void every_wait_is_obeyed_and_nothing_is_lost(void **state)
{
	static const struct {
		const char *name, *header, *body;
		int status;
		int64_t wait_ms;
		bool reading_goes_on;
	} rows[] = {
		{"key",
			"Retry-After: 37\nDiscourse-Rate-Limit-Error-Code: user_api_key_limiter_60_secs\nContent-Type: "
			"application/json\n",
			"{\"errors\":[\"x\"],\"error_type\":\"rate_limit\",\"extras\":{\"wait_seconds\":37}}", 429, 37000,
			false},
		{"address",
			"Retry-After: 10\nDiscourse-Rate-Limit-Error-Code: ip_10_secs_limit\nContent-Type: text/plain\n",
			"Slow down.", 429, 10000, false},
		{"nginx", "Content-Type: text/html\n", "<html>429</html>", 429, 20000, false},
		{"posts", "Retry-After: 3600\nContent-Type: application/json\n",
			"{\"errors\":[\"x\"],\"error_type\":\"rate_limit\",\"extras\":{\"wait_seconds\":3600}}", 429,
			3600000, true},
		{"read only", NULL, "{\"errors\":[\"x\"],\"error_type\":\"read_only\"}", 503, 30000, true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct scene *s = filled();
		s->site.refuse_status = rows[i].status;
		s->site.refuse_header = rows[i].header;
		s->site.refuse_body = rows[i].body;
		s->site.refusals = 1;
		int64_t id = send_now(s, &kinds[1]), asked_ms = test_clock_ms;
		live(s, rows[i].wait_ms - 2000);
		check_state(s, rows[i].name, id, CHANGE_WAITING);
		CHECK_INT(rows[i].name, fake_count(&s->site, kinds[1].body), 0);
		if (rows[i].reading_goes_on) {
			fake_add_post(&s->site, 2);
			look(s);
			CHECK_INT(rows[i].name, post_store_count(s->f->r, 2), 5);
		}
		live(s, 20 * Minute);
		check_state(s, rows[i].name, id, CHANGE_DONE);
		assert_true(row(s, id)->sent_ms >= asked_ms + rows[i].wait_ms);
		CHECK_INT(rows[i].name, fake_count(&s->site, kinds[1].body), 1);
		scene_free(s);
	}
}

static void held_for_approval_is_done_once(void **state)
{
	static const enum fake_cut cuts[] = {CUT_NONE, CUT_AFTER};
	for (size_t i = 0; i < COUNT(cuts); i++) {
		struct scene *s = filled();
		s->site.hold = true;
		s->site.cut = cuts[i];
		s->site.cuts = cuts[i] != CUT_NONE;
		int64_t id = send_now(s, &kinds[1]), same = send_now(s, &kinds[1]);
		live(s, 20 * Minute);
		check_state(s, "held", id, CHANGE_DONE);
		check_state(s, "held too", same, CHANGE_DONE);
		assert_true(row(s, id)->held && row(s, same)->held);
		CHECK_INT("pending", s->site.pendings, 2);
		scene_free(s);
	}
}

static void an_edit_of_a_changed_text_is_given_back(void **state)
{
	struct scene *s = filled();
	fake_edit(&s->site, 1, "Iemand anders was eerst");
	int64_t id = send_now(s, &kinds[3]);
	live(s, 5 * Minute);
	check_state(s, "conflict", id, CHANGE_REFUSED);
	CHECK_INT("kind", row(s, id)->error, ERR_CONFLICT);
	CHECK_STRING("theirs stays", s->site.post[0].words, "Iemand anders was eerst");
	CHECK_STRING("so does ours", row(s, id)->change.body, "Nu anders gezegd.");
	scene_free(s);
}

/* Signs that nobody sees are not kept here, but the site compares them too. */
static void an_edit_of_a_text_with_invisible_signs_arrives(void **state)
{
	static const char other[] = "Iemand anders was eerst.",
		exact[] = "Een \xe2\x80\x8bwoord\xe2\x80\xae en nog een.";
	for (int again = 0; again < 2; again++) {
		struct scene *s = filled();
		s->site.post[0].mine = true;
		fake_edit(&s->site, 1, exact);
		look(s);
		struct change c = kinds[3];
		c.original = post_store_get(s->f->r, 1, &s->f->a)->post.raw;
		assert_string_not_equal(c.original, exact);
		if (again)
			fake_edit(&s->site, 1, other);
		int64_t id = send_now(s, &c);
		live(s, 5 * Minute);
		check_state(s, again ? "somebody was before" : "nobody was before", id, again ? CHANGE_REFUSED
			: CHANGE_DONE);
		CHECK_STRING("text", s->site.post[0].words, again ? other : kinds[3].body);
		scene_free(s);
	}
}

static void a_revoked_key_keeps_everything(void **state)
{
	struct scene *s = filled();
	s->site.fault = FAULT_REVOKED;
	s->site.fault_requests = 1000;
	int64_t id = send_now(s, &kinds[1]);
	live(s, 5 * Minute);
	CHECK_INT("stopped", sync_now(s->sync), SYNC_STOPPED);
	CHECK_INT("says why", sync_error(s->sync)->kind, ERR_AUTH);
	check_state(s, "kept", id, CHANGE_WAITING);
	s->site.fault_requests = 0;
	sync_look(s->sync);
	live(s, Minute);
	check_state(s, "sent later", id, CHANGE_DONE);
	scene_free(s);
}

static void what_is_forbidden_is_refused_when_the_key_is_good(void **state)
{
	struct scene *s = filled();
	s->site.refuse_status = 403;
	s->site.refuse_body = "{\"errors\":[\"no\"],\"error_type\":\"invalid_access\"}";
	s->site.refusals = 1000;
	int64_t id = send_now(s, &kinds[1]);
	live(s, 5 * Minute);
	check_state(s, "refused", id, CHANGE_REFUSED);
	CHECK_INT("goes on", sync_now(s->sync), SYNC_RESTING);
	scene_free(s);
}

static void the_same_text_twice_arrives_twice(void **state)
{
	for (size_t i = 0; i < 3; i++) {
		struct scene *s = filled();
		int64_t first = send_now(s, &kinds[i]), second = send_now(s, &kinds[i]);
		s->site.cut = CUT_AFTER;
		s->site.cuts = 2;
		live(s, 20 * Minute);
		check_state(s, "first", first, CHANGE_DONE);
		check_state(s, "second", second, CHANGE_DONE);
		CHECK_INT("both", fake_count(&s->site, kinds[i].body), 2);
		assert_true(row(s, first)->done_post_id != row(s, second)->done_post_id);
		scene_free(s);
	}
}

/* Each is looked for while the other is not settled. */
static void one_post_is_never_the_answer_to_two(void **state)
{
	static const enum change_kind alike[] = {CHANGE_TOPIC, CHANGE_MESSAGE};
	for (size_t i = 0; i < COUNT(alike); i++) {
		struct scene *s = filled();
		const struct change *c = alike[i] == CHANGE_TOPIC ? &kinds[0] : &kinds[2];
		int64_t first = send_now(s, c), second = send_now(s, c);
		s->site.cut = CUT_500_AFTER;
		s->site.cuts = 1;
		while (s->site.cuts > 0)
			step(s);
		s->site.cut = CUT_BEFORE;
		s->site.cuts = 1;
		live(s, 20 * Minute);
		check_state(s, "first", first, CHANGE_DONE);
		check_state(s, "second", second, CHANGE_DONE);
		CHECK_INT("both", fake_count(&s->site, c->body), 2);
		assert_true(row(s, first)->done_post_id != row(s, second)->done_post_id);
		scene_free(s);
	}
}

/* The answer to another text comes again, whether that one is settled or its own answer was lost. */
static void an_old_answer_is_no_answer(void **state)
{
	for (size_t i = 0; i < 6; i++) {
		struct scene *s = filled();
		struct change c = kinds[i / 2];
		bool lost = i & 1;
		s->site.cut = CUT_500_AFTER;
		s->site.cuts = lost;
		c.body = "De eerste woorden van mij.";
		int64_t first = send_now(s, &c);
		do
			step(s);
		while (fake_count(&s->site, c.body) == 0);
		s->site.cut = CUT_OLD_BEFORE;
		s->site.cuts = 1;
		c.body = "Heel andere woorden van mij.";
		int64_t second = send_now(s, &c);
		live(s, 20 * Minute);
		check_state(s, "first", first, CHANGE_DONE);
		check_state(s, "second", second, CHANGE_DONE);
		CHECK_INT("it was cut", s->site.cuts, 0);
		CHECK_INT("first is there", fake_count(&s->site, "De eerste woorden van mij."), 1);
		CHECK_INT("second is there", fake_count(&s->site, "Heel andere woorden van mij."), 1);
		assert_true(row(s, first)->done_post_id != row(s, second)->done_post_id);
		scene_free(s);
	}
}

static void an_older_post_of_the_same_words_is_not_it(void **state)
{
	struct scene *s = filled();
	struct fake_post *old = fake_add_post(&s->site, 1);
	old->mine = true;
	snprintf(old->words, sizeof old->words, "%s", kinds[1].body);
	look(s);
	s->site.cut = CUT_BEFORE;
	s->site.cuts = 1;
	int64_t id = send_now(s, &kinds[1]);
	live(s, 20 * Minute);
	check_state(s, "sent", id, CHANGE_DONE);
	CHECK_INT("beside the old one", fake_count(&s->site, kinds[1].body), 2);
	scene_free(s);
}

static void the_grace_time_is_kept(void **state)
{
	struct scene *s = filled();
	int64_t began = test_clock_ms, id = send_at(s, &kinds[1], test_clock_ms + Grace);
	live(s, Grace - 1000);
	check_state(s, "waits", id, CHANGE_WAITING);
	fixture_begin(s->f);
	assert_true(outbox_store_undo(s->f->w, id, test_clock_ms, NULL, &s->f->err));
	fixture_commit(s->f);
	live(s, 5 * Minute);
	CHECK_INT("taken back without a trace", fake_count(&s->site, kinds[1].body), 0);
	began = test_clock_ms;
	id = send_at(s, &kinds[1], began + Grace);
	live(s, Minute);
	check_state(s, "sent", id, CHANGE_DONE);
	assert_true(row(s, id)->sent_ms >= began + Grace && row(s, id)->sent_ms <= began + Grace + 1000);
	CHECK_INT("waiting", sync_result(s->sync).waiting, 0);
	scene_free(s);
}

static int count_of(const struct scene *s, const char *words)
{
	int count = 0;
	for (const char *at = strstr(sbuf_str(&s->site.changes), words); at != NULL; at = strstr(at + 1, words))
		count++;
	return count;
}

static void read_to(struct scene *s, int64_t topic_id, int number)
{
	fixture_begin(s->f);
	assert_true(read_store_put(s->f->w, topic_id, number, &s->f->err));
	fixture_commit(s->f);
}

static void reading_is_told_now_and_then(void **state)
{
	struct scene *s = filled();
	for (int i = 1; i <= 4; i++) {
		read_to(s, 1, i);
		live(s, 2000);
	}
	CHECK_INT("not at once", count_of(s, "/topics/timings"), 0);
	live(s, 10 * 1000);
	CHECK_INT("once for all", count_of(s, "/topics/timings"), 1);
	read_to(s, 2, 2);
	read_to(s, 3, 2);
	live(s, 9 * 1000);
	CHECK_INT("again ten seconds later", count_of(s, "/topics/timings") <= 2, true);
	live(s, Minute);
	CHECK_INT("one a topic", count_of(s, "/topics/timings"), 3);
	live(s, 20 * Minute);
	CHECK_INT("no more", count_of(s, "/topics/timings"), 3);
	scene_free(s);
}

static void reading_does_not_put_off_the_next_look(void **state)
{
	struct scene *s = filled();
	fill(s, 1, 60);
	look(s);
	fake_add_post(&s->site, 2);
	for (int i = 0; i < 60; i++) {
		read_to(s, 1, i + 1);
		live(s, 10 * 1000);
	}
	assert_true(count_of(s, "/topics/timings") > 30);
	CHECK_INT("the new post is here", post_store_count(s->f->r, 2), 5);
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_kind_is_sent_once),
		cmocka_unit_test(a_lost_answer_never_doubles_or_loses),
		cmocka_unit_test(the_answer_shows_without_another_look),
		cmocka_unit_test(the_order_within_a_topic_is_kept),
		cmocka_unit_test(a_refused_one_holds_up_nobody),
		cmocka_unit_test(every_wait_is_obeyed_and_nothing_is_lost),
		cmocka_unit_test(held_for_approval_is_done_once),
		cmocka_unit_test(an_edit_of_a_changed_text_is_given_back),
		cmocka_unit_test(an_edit_of_a_text_with_invisible_signs_arrives),
		cmocka_unit_test(a_revoked_key_keeps_everything),
		cmocka_unit_test(what_is_forbidden_is_refused_when_the_key_is_good),
		cmocka_unit_test(the_same_text_twice_arrives_twice),
		cmocka_unit_test(one_post_is_never_the_answer_to_two),
		cmocka_unit_test(an_old_answer_is_no_answer),
		cmocka_unit_test(an_older_post_of_the_same_words_is_not_it),
		cmocka_unit_test(the_grace_time_is_kept),
		cmocka_unit_test(reading_is_told_now_and_then),
		cmocka_unit_test(reading_does_not_put_off_the_next_look),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
