#include "scene.h"

#include "outbox_store.h"

/* Quiet hours: nothing is asked of the site that the member did not ask for. */
enum { Minute = 60 * 1000 };

static struct scene *filled(void)
{
	struct scene *s = scene_new();
	s->interval_s = 120;
	sync_free(s->sync);
	s->sync = new_sync(s);
	fill(s, 3, 12);
	run(s);
	pass_time(s, 10 * Minute);
	run(s);
	return s;
}

static int requests_in(struct scene *s, int64_t ms)
{
	int before = s->site.requests;
	live(s, ms);
	return s->site.requests - before;
}

static void send_reply(struct scene *s)
{
	fixture_begin(s->f);
	assert_true(outbox_store_send(s->f->w, &(struct change){.id = change_new_id(), .kind = CHANGE_REPLY,
		.topic_id = 1,
		.body = "Een antwoord van mij.", .created_ms = test_clock_ms, .due_ms = test_clock_ms}, &s->f->err));
	fixture_commit(s->f);
}

static void no_look_by_itself(void **state)
{
	struct scene *s = filled();
	sync_be_quiet(s->sync, true);
	CHECK_INT("quiet", requests_in(s, 60 * Minute), 0);
	sync_be_quiet(s->sync, false);
	assert_true(requests_in(s, Minute) > 0);
	scene_free(s);
}

static void not_even_at_the_start(void **state)
{
	struct scene *s = filled();
	start_again(s);
	sync_be_quiet(s->sync, true);
	CHECK_INT("quiet", requests_in(s, 60 * Minute), 0);
	sync_be_quiet(s->sync, false);
	assert_true(requests_in(s, Minute) > 0);
	scene_free(s);
}

static void what_the_member_asks_still_works(void **state)
{
	struct scene *s = filled();
	start_again(s);
	sync_be_quiet(s->sync, true);
	requests_in(s, Minute);
	sync_look(s->sync);
	assert_true(requests_in(s, Minute) > 0);
	CHECK_INT("and then it is quiet again", requests_in(s, 60 * Minute), 0);
	send_reply(s);
	requests_in(s, Minute);
	CHECK_INT("the reply", fake_count(&s->site, "Een antwoord van mij."), 1);
	scene_free(s);
}

static void the_first_fill_is_not_stopped(void **state)
{
	struct scene *s = scene_new();
	fill(s, 3, 12);
	sync_be_quiet(s->sync, true);
	assert_true(run(s) > 0);
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_look_by_itself),
		cmocka_unit_test(not_even_at_the_start),
		cmocka_unit_test(what_the_member_asks_still_works),
		cmocka_unit_test(the_first_fill_is_not_stopped),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
