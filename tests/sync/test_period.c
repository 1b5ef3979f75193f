#include "scene.h"

#include "limits.h"
#include "post_store.h"
#include "sync_store.h"
#include "topic_store.h"

/* Topics of two years ago, one after the other, and 20 of last month; a member who wants twelve months. */
enum { PerTopic = 8, OldTopics = 42, OldPosts = OldTopics * PerTopic, NewPosts = 90, Topics = 20, Months = 12 };
static const int64_t MonthMs = 2629800000LL;

static struct scene *old_site(bool window)
{
	struct scene *s = scene_new();
	s->site.window_feed = window;
	s->history_months = Months;
	for (int i = 0; i < OldPosts; i++) {
		pass_time(s, 1000);
		fake_add_post(&s->site, 1 + i / PerTopic);
	}
	pass_time(s, 20 * MonthMs);
	for (int i = 0; i < NewPosts; i++) {
		pass_time(s, 1000);
		fake_add_post(&s->site, 1000 + i % Topics);
	}
	sync_free(s->sync);
	s->sync = new_sync(s);
	run(s);
	return s;
}

static int posts_here(struct scene *s)
{
	struct arena a = {0};
	int count = 0;
	for (int i = 0; i < s->site.posts; i++)
		count += post_store_get(s->f->r, s->site.post[i].id, &a) != NULL;
	arena_fini(&a);
	return count;
}

static void want(struct scene *s, int months)
{
	s->history_months = months;
	start_again(s);
}

static void a_longer_period_brings_the_older_posts(void **state)
{
	for (int window = 0; window < 2; window++) {
		struct scene *s = old_site(window);
		if (posts_here(s) >= OldPosts)
			fail_msg("the period has no meaning: %d posts", posts_here(s));
		want(s, 24);
		run(s);
		CHECK_INT(window ? "window" : "newest", posts_here(s), OldPosts + NewPosts);
		CHECK_INT("their topics", topic_store_count(s->f->r, &(struct topic_filter){0}), OldTopics + Topics);
		want(s, 24);
		run(s);
		CHECK_INT("once", look(s), 1);
		scene_free(s);
	}
}

static void the_newest_come_first_and_stopping_does_no_harm(void **state)
{
	struct scene *s = old_site(false);
	want(s, 24);
	int64_t lowest = INT64_MAX;
	for (int i = 0; step(s); i++) {
		struct arena a = {0};
		assert_true(i < 500);
		for (int64_t id = 1; id < lowest; id++)
			if (post_store_get(s->f->r, id, &a) != NULL)
				lowest = id;
		for (int64_t id = lowest; id <= s->site.posts; id++)
			if (post_store_get(s->f->r, id, &a) == NULL)
				fail_msg("post %lld is not here, an older one is", (long long)id);
		arena_fini(&a);
		if (i % 4 == 3)
			start_again(s);
	}
	CHECK_INT("all", posts_here(s), OldPosts + NewPosts);
	scene_free(s);
}

static void beside_the_looks_they_come_in_the_background(void **state)
{
	struct scene *s = old_site(false);
	s->interval_s = 120;
	want(s, 24);
	run(s);
	int before = posts_here(s);
	CHECK_INT("rests", sync_now(s->sync), SYNC_RESTING);
	assert_true(before < OldPosts);
	fake_add_post(&s->site, 1000);
	live(s, 150 * 1000);
	assert_non_null(post_store_get(s->f->r, s->site.posts, &s->f->a));
	live(s, 10 * 60 * 1000);
	CHECK_INT("all", posts_here(s), OldPosts + NewPosts + 1);
	scene_free(s);
}

/* Half of the day's requests stay for the member. */
static void the_background_leaves_requests_over(void **state)
{
	struct limits l;
	int64_t now = 1772528400000;
	limits_init(&l, 0, 100);
	for (int i = 0; i < 50; i++)
		limits_sent(&l, now += 10 * 1000);
	now += 60 * 1000;
	CHECK_INT("the member", limits_wait_ms(&l, now), 0);
	assert_true(limits_spare_wait_ms(&l, now) > 3600 * 1000);
}

static void no_sooner_while_it_is_quiet(void **state)
{
	struct scene *s = old_site(false);
	s->interval_s = 120;
	want(s, 24);
	run(s);
	sync_be_quiet(s->sync, true);
	int before = s->site.requests;
	live(s, 3600 * 1000);
	CHECK_INT("requests", s->site.requests - before, 0);
	sync_be_quiet(s->sync, false);
	live(s, 3600 * 1000);
	CHECK_INT("all", posts_here(s), OldPosts + NewPosts);
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_longer_period_brings_the_older_posts),
		cmocka_unit_test(the_newest_come_first_and_stopping_does_no_harm),
		cmocka_unit_test(beside_the_looks_they_come_in_the_background),
		cmocka_unit_test(the_background_leaves_requests_over),
		cmocka_unit_test(no_sooner_while_it_is_quiet),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
