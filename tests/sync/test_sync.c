#include "scene.h"

#include "member_store.h"
#include "post_store.h"
#include "search_store.h"
#include "sync.h"
#include "sync_store.h"
#include "topic_store.h"

/* The store has exactly the posts of the site, with the same words, in the index too. */
static void check_same(struct scene *s)
{
	struct arena a = {0};
	int alive = 0;
	for (int i = 0; i < s->site.posts; i++) {
		const struct fake_post *p = &s->site.post[i];
		const struct post_row *row = post_store_get(s->f->r, p->id, &a);
		if (p->deleted != (row == NULL))
			fail_msg("post %lld: %s", (long long)p->id, row == NULL ? "is missing" : "is still here");
		alive += !p->deleted;
		if (row != NULL) {
			char cooked[128];
			snprintf(cooked, sizeof cooked, "<p>%s</p>", p->words);
			CHECK_STRING("words", row->post.cooked, cooked);
			CHECK_INT("number", row->post.post_number, p->number);
		}
	}
	int64_t here = 0;
	struct topic_filter all = {0};
	struct topic_rows topics = topic_store_list(s->f->r, &all, 0, 1000, &a);
	for (int i = 0; i < topics.count; i++)
		here += post_store_count(s->f->r, topics.row[i].id);
	CHECK_INT("posts here", here, alive);
	arena_fini(&a);
}

static void the_first_fill_brings_everything(void **state)
{
	struct scene *s = scene_new();
	s->site.members = 70;
	fill(s, 40, 430);
	run(s);
	assert_int_equal(sync_now(s->sync), SYNC_RESTING);
	check_same(s);
	CHECK_INT("members", member_store_count(s->f->r, &(struct member_filter){0}), 70);
	struct sync_report r = sync_result(s->sync);
	CHECK_INT("report", r.posts, 430);
	CHECK_INT("requests", r.requests, s->site.requests);
	assert_true(r.complete);
	struct sync_status status = sync_store_status(s->f->r, &s->f->a);
	assert_true(status.complete && !status.running && status.last_success_ms > 0);
	CHECK_INT("found", search_store_count(s->f->r, "bijdrage 17", SEARCH_POST), 11);
	scene_free(s);
}

static void the_member_s_own_profile_is_read_whole(void **state)
{
	struct scene *s = scene_new();
	s->site.members = 3;
	fill(s, 2, 4);
	run(s);
	const struct member *me = member_store_get(s->f->r, 1, &s->f->a);
	assert_non_null(me);
	CHECK_STRING("as it was typed", me->bio_raw, "Ik werk **rustig**.");
	CHECK_STRING("what only the member sees", member_field(me, 4), "maandag");
	assert_null(member_store_get(s->f->r, 2, &s->f->a)->bio_raw);
	scene_free(s);
}

static void nothing_new_is_one_request(void **state)
{
	struct scene *s = scene_new();
	fill(s, 40, 200);
	run(s);
	CHECK_INT("one", look(s), 1);
	start_again(s);
	pass_time(s, 60 * 1000);
	CHECK_INT("one after a start", run(s), 1);
	assert_true(strstr(sbuf_str(&s->site.log) + s->site.log.n - 70, "/message-bus/") != NULL);
	scene_free(s);
}

static void a_night_costs_few_requests(void **state)
{
	struct scene *s = scene_new();
	fill(s, 60, 300);
	run(s);
	start_again(s);
	fill(s, 25, 120);
	int n = run(s);
	if (n > 8)
		fail_msg("%d requests:\n%s", n, sbuf_str(&s->site.log));
	check_same(s);
	CHECK_INT("new", sync_result(s->sync).posts, 120);
	CHECK_INT("then nothing", look(s), 1);
	scene_free(s);
}

/* More than the bus keeps of what came. */
static void a_busy_night_costs_few_requests_too(void **state)
{
	struct scene *s = scene_new();
	s->site.backlog = 100;
	fill(s, 25, 200);
	run(s);
	look(s);
	fill(s, 25, 130);
	int n = look(s);
	check_same(s);
	if (n > 8)
		fail_msg("%d requests: %s", n, sbuf_str(&s->site.log));
	CHECK_INT("not all topics again", sync_store_get(s->f->r, "verify_since_ms", 0), 0);
	scene_free(s);
}

static void edits_and_deletions_are_exact(void **state)
{
	struct scene *s = scene_new();
	fill(s, 20, 200);
	run(s);
	fake_edit(&s->site, 30, "Nu anders");
	fake_edit(&s->site, 31, "Ook anders");
	fake_edit(&s->site, 5, "De eerste van het topic");
	fake_delete(&s->site, 90);
	fake_delete_topic(&s->site, 13);
	int n = look(s);
	check_same(s);
	if (n != 4)
		fail_msg("%d requests, want one a topic and the look:\n%s", n, sbuf_str(&s->site.log));
	CHECK_INT("edited", sync_result(s->sync).edited, 3);
	CHECK_INT("deleted", sync_result(s->sync).deleted, 2);
	CHECK_INT("old words", search_store_count(s->f->r, "30", SEARCH_POST), 0);
	fake_recover(&s->site, 90);
	look(s);
	check_same(s);
	scene_free(s);
}

static void killed_at_any_step_it_goes_on(void **state)
{
	for (int kill_every = 3; kill_every < 12; kill_every += 2) {
		struct scene *s = scene_new();
		s->site.members = 60;
		fill(s, 30, 230);
		int steps = 0;
		for (int i = 0; step(s); i++) {
			assert_true(i < 5000);
			if (++steps % kill_every == 0)
				start_again(s);
			if (steps == 20)
				fill(s, 30, 60);
			if (steps == 25)
				fake_edit(&s->site, 100, "Tijdens het halen");
		}
		look(s);
		check_same(s);
		scene_free(s);
	}
}

static void both_forms_of_the_feed_are_walked(void **state)
{
	static const struct {
		const char *name;
		bool window;
		int hole_from, hole_to;
	} row[] = {{"newest", false, 0, 0}, {"window", true, 0, 0}, {"newest with a hole", false, 60, 250},
		{"window with a hole", true, 60, 250}, {"window, nothing at the end", true, 1, 120}};
	for (size_t i = 0; i < COUNT(row); i++) {
		struct scene *s = scene_new();
		s->site.window_feed = row[i].window;
		fill(s, 20, 330);
		for (int id = row[i].hole_from; id > 0 && id <= row[i].hole_to; id++)
			s->site.post[id - 1].deleted = true;
		run(s);
		check_same(s);
		fill(s, 20, 70);
		look(s);
		check_same(s);
		scene_free(s);
	}
}

static void without_the_bus_it_works_too(void **state)
{
	struct scene *s = scene_new();
	s->site.no_bus = true;
	fill(s, 20, 150);
	run(s);
	check_same(s);
	fill(s, 25, 60);
	int n = look(s);
	check_same(s);
	if (n > 12)
		fail_msg("%d requests", n);
	scene_free(s);
}

static void away_too_long_means_asking_everything(void **state)
{
	struct scene *s = scene_new();
	fill(s, 20, 100);
	run(s);
	pass_time(s, 10LL * 24 * 3600 * 1000);
	fake_restart_bus(&s->site);
	fill(s, 20, 40);
	look(s);
	check_same(s);
	assert_true(sync_store_get(s->f->r, "verify_since_ms", 0) != 0);
	scene_free(s);
}

static void every_form_of_wait_is_obeyed(void **state)
{
	static const enum fake_fault form[] = {
		FAULT_LIMIT_JSON, FAULT_LIMIT_TEXT, FAULT_LIMIT_HTML, FAULT_LIMIT_SEARCH};
	for (size_t i = 0; i < COUNT(form); i++) {
		struct scene *s = scene_new();
		fill(s, 5, 20);
		s->site.fault = form[i];
		s->site.fault_requests = 1;
		assert_true(step(s));
		int64_t due = sync_step(s->sync, test_clock_ms);
		CHECK_INT("said so", sync_error(s->sync)->kind, ERR_LIMIT);
		if (due - test_clock_ms < (i < 2 ? 37000 : 20000))
			fail_msg("form %zu: waits only %lld ms", i, (long long)(due - test_clock_ms));
		CHECK_INT("the member can see it", sync_store_status(s->f->r, &s->f->a).wait_until_ms, due);
		sync_step(s->sync, due - 1);
		CHECK_INT("no request while waiting", s->site.requests, 1);
		run(s);
		check_same(s);
		scene_free(s);
	}
}

static void trouble_passes(void **state)
{
	static const struct {
		const char *name;
		enum fake_fault fault;
		int times;
	} row[] = {{"offline", FAULT_OFFLINE, 5}, {"html", FAULT_HTML, 2}, {"half a json", FAULT_HALF_JSON, 2},
		{"proxy", FAULT_READONLY_HTML, 4}};
	for (size_t i = 0; i < COUNT(row); i++) {
		struct scene *s = scene_new();
		fill(s, 10, 120);
		for (int k = 0; k < 8; k++)
			step(s);
		s->site.fault = row[i].fault;
		s->site.fault_requests = row[i].times;
		int64_t before = test_clock_ms;
		run(s);
		CHECK_INT(row[i].name, sync_now(s->sync), SYNC_RESTING);
		assert_true(test_clock_ms > before + 2000);
		check_same(s);
		scene_free(s);
	}
}

static void a_look_that_fails_is_tried_again(void **state)
{
	static const enum fake_fault fault[] = {FAULT_OFFLINE, FAULT_LIMIT_TEXT, FAULT_HTML};
	for (size_t i = 0; i < COUNT(fault); i++) {
		struct scene *s = scene_new();
		fill(s, 10, 60);
		run(s);
		fill(s, 10, 20);
		s->site.fault = fault[i];
		s->site.fault_requests = 2;
		look(s);
		check_same(s);
		CHECK_INT("no trouble left", sync_error(s->sync)->kind, ERR_NONE);
		scene_free(s);
	}
}

static void a_bus_that_is_taken_away_costs_no_news(void **state)
{
	struct scene *s = scene_new();
	fill(s, 10, 60);
	run(s);
	s->site.no_bus = true;
	fill(s, 10, 20);
	look(s);
	check_same(s);
	scene_free(s);
}

static void one_broken_answer_does_not_stop_the_rest(void **state)
{
	struct scene *s = scene_new();
	fill(s, 10, 60);
	s->site.broken = "/notifications";
	run(s);
	check_same(s);
	CHECK_INT("rests", sync_now(s->sync), SYNC_RESTING);
	CHECK_INT("and says so", sync_error(s->sync)->kind, ERR_OFFLINE);
	assert_false(sync_result(s->sync).complete);
	s->site.broken = "/message-bus/";
	fill(s, 10, 5);
	look(s);
	check_same(s);
	scene_free(s);
}

static void a_revoked_key_stops_politely(void **state)
{
	struct scene *s = scene_new();
	fill(s, 10, 60);
	run(s);
	s->site.fault = FAULT_REVOKED;
	s->site.fault_requests = 1000;
	fill(s, 10, 5);
	int n = look(s);
	CHECK_INT("state", sync_now(s->sync), SYNC_STOPPED);
	CHECK_INT("kind", sync_error(s->sync)->kind, ERR_AUTH);
	assert_true(n <= 3);
	CHECK_INT("told", sync_store_status(s->f->r, &s->f->a).error, ERR_AUTH);
	CHECK_INT("all is kept", post_store_count(s->f->r, 1), 6);
	CHECK_INT("the bus is not given up", sync_store_get(s->f->r, "bus_off_until_ms", 0), 0);
	s->site.fault_requests = 0;
	look(s);
	check_same(s);
	scene_free(s);
}

static void a_topic_is_brought_up_to_date_when_asked(void **state)
{
	struct scene *s = scene_new();
	fill(s, 2, 120);
	run(s);
	s->site.no_bus = true;
	fake_post(&s->site, 3)->deleted = true;
	fixture_begin(s->f);
	assert_true(sync_store_queue(s->f->w, 1, 0, 0, &s->f->err));
	fixture_commit(s->f);
	sync_resume(s->sync);
	assert_int_equal(sync_now(s->sync), SYNC_WORKING);
	CHECK_INT("one request", run(s), 1);
	check_same(s);
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_fill_brings_everything),
		cmocka_unit_test(the_member_s_own_profile_is_read_whole),
		cmocka_unit_test(nothing_new_is_one_request),
		cmocka_unit_test(a_night_costs_few_requests),
		cmocka_unit_test(a_busy_night_costs_few_requests_too),
		cmocka_unit_test(edits_and_deletions_are_exact),
		cmocka_unit_test(killed_at_any_step_it_goes_on),
		cmocka_unit_test(both_forms_of_the_feed_are_walked),
		cmocka_unit_test(without_the_bus_it_works_too),
		cmocka_unit_test(away_too_long_means_asking_everything),
		cmocka_unit_test(every_form_of_wait_is_obeyed),
		cmocka_unit_test(trouble_passes),
		cmocka_unit_test(a_look_that_fails_is_tried_again),
		cmocka_unit_test(a_bus_that_is_taken_away_costs_no_news),
		cmocka_unit_test(one_broken_answer_does_not_stop_the_rest),
		cmocka_unit_test(a_revoked_key_stops_politely),
		cmocka_unit_test(a_topic_is_brought_up_to_date_when_asked),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
