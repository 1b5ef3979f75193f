#pragma once
#include "../unit/store_fixture.h"

#include "fake_site.h"
#include "sync.h"

/* A store, a site in memory and the sync between them, by a clock of their own. */
static int64_t test_clock_ms;

static inline int64_t test_now(void)
{
	return test_clock_ms;
}

struct scene {
	struct fixture *f;
	struct fake_site site;
	struct sync *sync;
	int interval_s, history_months;
};

static inline struct sync *new_sync(struct scene *s)
{
	return sync_new(s->f->w, &s->site.transport,
		&(struct sync_settings){.base_url = "https://kring.example",
			.key = "0123456789abcdef0123456789abcdef",
			.seed = 7,
			.now_ms = test_now,
			.interval_s = s->interval_s,
			.history_months = s->history_months});
}

static inline struct scene *scene_new(void)
{
	struct scene *s = xcalloc(1, sizeof *s);
	test_clock_ms = 1772528400000; /* 2026-03-03T09:00:00Z */
	s->f = fixture_new();
	fake_init(&s->site, test_clock_ms);
	s->sync = new_sync(s);
	return s;
}

static inline void scene_free(struct scene *s)
{
	sync_free(s->sync);
	fake_fini(&s->site);
	fixture_free(s->f);
	free(s);
}

/* As after the program was killed: nothing of the object survives, the store does. */
static inline void start_again(struct scene *s)
{
	sync_free(s->sync);
	store_close(s->f->w);
	s->f->w = store_open(s->f->dir, STORE_READ | STORE_WRITE, &s->f->err);
	assert_non_null(s->f->w);
	s->sync = new_sync(s);
}

static inline void pass_time(struct scene *s, int64_t ms)
{
	test_clock_ms += ms;
	s->site.clock_ms = test_clock_ms;
}

/* One step; the clock moves to when there is something to do. False when it rests or stopped. */
static inline bool step(struct scene *s)
{
	int64_t due = sync_step(s->sync, test_clock_ms);
	if (sync_now(s->sync) != SYNC_WORKING)
		return false;
	if (due != INT64_MAX && due > test_clock_ms)
		pass_time(s, due - test_clock_ms);
	transport_poll(&s->site.transport, 0);
	return true;
}

/* Until it rests; how many requests that took. */
static inline int run(struct scene *s)
{
	int before = s->site.requests;
	for (int i = 0; step(s); i++)
		if (i > 5000)
			fail_msg("never rests: %s", sbuf_str(&s->site.log));
	return s->site.requests - before;
}

static inline int look(struct scene *s)
{
	pass_time(s, 120 * 1000);
	sync_look(s->sync);
	return run(s);
}

static inline void fill(struct scene *s, int topics, int posts)
{
	for (int i = 0; i < posts; i++) {
		pass_time(s, 1000);
		fake_add_post(&s->site, 1 + i % topics);
	}
}

/* Goes on for so long, also through rests. */
static inline void live(struct scene *s, int64_t ms)
{
	int64_t end = test_clock_ms + ms;
	for (int i = 0; i < 5000; i++) {
		int64_t due = sync_step(s->sync, test_clock_ms);
		if (s->site.running > 0) {
			transport_poll(&s->site.transport, 0);
			continue;
		}
		if (due > end)
			break;
		if (due > test_clock_ms)
			pass_time(s, due - test_clock_ms);
	}
	pass_time(s, end > test_clock_ms ? end - test_clock_ms : 0);
}
