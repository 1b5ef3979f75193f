#include "scene.h"

#include "post_store.h"
#include "sync_store.h"
#include "text.h"

enum { Topics = 6, Posts = 60 };

/* A site of which one topic always answers with an error; each topic has to be looked at again. */
static struct scene *bad_topic(const char *broken)
{
	struct scene *s = scene_new();
	s->interval_s = 120;
	fill(s, Topics, Posts);
	run(s);
	sync_free(s->sync);
	s->sync = new_sync(s);
	run(s);
	s->site.broken = broken;
	fixture_begin(s->f);
	for (int64_t id = 1; id <= Topics; id++)
		assert_true(sync_store_queue(s->f->w, id, 0, 0, &s->f->err));
	fixture_commit(s->f);
	for (int id = 1; id <= Topics; id++)
		fake_post(&s->site, id + Topics)->deleted = true;
	sync_resume(s->sync);
	return s;
}

static int still_here(struct scene *s)
{
	int count = 0;
	for (int id = 1; id <= Topics; id++)
		count += post_store_get(s->f->r, id + Topics, &s->f->a) != NULL;
	return count;
}

static void one_bad_topic_holds_up_no_other(void **state)
{
	struct scene *s = bad_topic("/t/1");
	int requests = run(s);
	CHECK_INT("rests", sync_now(s->sync), SYNC_RESTING);
	CHECK_INT("only its own post", still_here(s), 1);
	CHECK_INT("set aside", sync_store_aside_count(s->f->r), 1);
	CHECK_INT("requests", requests, 3 + Topics - 1);
	CHECK_INT("no trouble", sync_error(s->sync)->kind, ERR_NONE);
	scene_free(s);
}

static int tries(struct scene *s, int64_t ms)
{
	int count = 0;
	sbuf_reset(&s->site.log);
	live(s, ms);
	for (const char *p = sbuf_str(&s->site.log); (p = strstr(p, "/t/1.json")) != NULL; p++)
		count++;
	return count;
}

static void its_waits_grow_and_are_remembered(void **state)
{
	const int64_t minute_ms = 60 * 1000, day_ms = 24LL * 3600 * 1000;
	struct scene *s = bad_topic("/t/1");
	run(s);
	CHECK_INT("before the wait", tries(s, 8 * minute_ms), 0);
	CHECK_INT("after it", tries(s, 4 * minute_ms), 3);
	start_again(s);
	CHECK_INT("twice as long", tries(s, 17 * minute_ms), 0);
	CHECK_INT("once more", tries(s, 6 * minute_ms), 3);
	tries(s, 3 * day_ms);
	int day = tries(s, 4 * day_ms);
	if (day < 3 || day > 15)
		fail_msg("%d tries in four days", day);
	scene_free(s);
}

static void when_it_is_good_again_it_is_fetched(void **state)
{
	struct scene *s = bad_topic("/t/1");
	run(s);
	s->site.broken = NULL;
	live(s, 15 * 60 * 1000);
	CHECK_INT("gone", still_here(s), 0);
	CHECK_INT("not aside", sync_store_aside_count(s->f->r), 0);
	scene_free(s);
}

static void who_asks_for_it_does_not_wait(void **state)
{
	struct scene *s = bad_topic("/t/1");
	run(s);
	s->site.broken = NULL;
	fixture_begin(s->f);
	assert_true(sync_store_take_back(s->f->w, 1, &s->f->err));
	fixture_commit(s->f);
	sync_resume(s->sync);
	run(s);
	CHECK_INT("gone", still_here(s), 0);
	scene_free(s);
}

static void a_broken_site_is_not_asked_for_every_topic(void **state)
{
	struct scene *s = bad_topic("/t/");
	int requests = run(s);
	if (requests > 5)
		fail_msg("%d requests", requests);
	CHECK_INT("says so", sync_error(s->sync)->kind, ERR_OFFLINE);
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_bad_topic_holds_up_no_other),
		cmocka_unit_test(its_waits_grow_and_are_remembered),
		cmocka_unit_test(when_it_is_good_again_it_is_fetched),
		cmocka_unit_test(who_asks_for_it_does_not_wait),
		cmocka_unit_test(a_broken_site_is_not_asked_for_every_topic),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
