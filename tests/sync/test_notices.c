#include "scene.h"

#include "notice_store.h"
#include "text.h"

enum { Count = 5 };

static struct scene *with_notices(void)
{
	struct scene *s = scene_new();
	s->interval_s = 600;
	fill(s, 2, 6);
	sync_free(s->sync);
	s->sync = new_sync(s);
	run(s);
	pass_time(s, 120 * 1000); /* past the limits of the first fill */
	fixture_begin(s->f);
	for (int64_t id = 1; id <= Count; id++)
		assert_true(notice_store_put(s->f->w, &(struct notice){.id = id, .topic_id = 1, .type = 2, .created_ms = id,
			.post_number = 1}, &s->f->err));
	fixture_commit(s->f);
	return s;
}

static void read_one(struct scene *s, int64_t id)
{
	fixture_begin(s->f);
	assert_true(notice_store_read(s->f->w, id, &s->f->err));
	fixture_commit(s->f);
}

static int told(const struct scene *s)
{
	int count = 0;
	for (const char *p = sbuf_str(&s->site.changes); (p = strstr(p,
		"/notifications/mark-read.json id=")) != NULL; p++)
		count++;
	return count;
}

static void what_was_read_is_told_once_and_slowly(void **state)
{
	struct scene *s = with_notices();
	read_one(s, 2);
	read_one(s, 2);
	read_one(s, 4);
	CHECK_INT("unread here", notice_store_count(s->f->r, true), Count - 2);
	live(s, 5 * 1000);
	CHECK_INT("not at once", told(s), 0);
	live(s, 9 * 1000);
	CHECK_INT("one", told(s), 1);
	live(s, 60 * 1000);
	CHECK_INT("each once", told(s), 2);
	assert_non_null(strstr(sbuf_str(&s->site.changes), "mark-read.json id=4\n"));
	read_one(s, 2);
	live(s, 60 * 1000);
	CHECK_INT("nothing more", told(s), 2);
	scene_free(s);
}

/* The list may come again before the site was told. */
static void what_was_read_stays_read(void **state)
{
	struct scene *s = with_notices();
	struct notice n = {.id = 3, .topic_id = 1, .type = 2, .created_ms = 3, .post_number = 1};
	read_one(s, 3);
	fixture_begin(s->f);
	assert_true(notice_store_put(s->f->w, &n, &s->f->err));
	fixture_commit(s->f);
	CHECK_INT("read", notice_store_count(s->f->r, true), Count - 1);
	n.read = true;
	fixture_begin(s->f);
	assert_true(notice_store_put(s->f->w, &n, &s->f->err));
	fixture_commit(s->f);
	live(s, 60 * 1000);
	CHECK_INT("the site knew already", told(s), 0);
	scene_free(s);
}

static void a_site_that_does_not_want_it_is_left_alone(void **state)
{
	struct scene *s = with_notices();
	s->site.refusals = 1;
	s->site.refuse_status = 404;
	s->site.refuse_body = "{\"errors\":[\"no\"],\"error_type\":\"not_found\"}";
	read_one(s, 1);
	live(s, 10 * 60 * 1000);
	CHECK_INT("given up", notice_store_to_tell(s->f->r), 0);
	CHECK_INT("no trouble", sync_error(s->sync)->kind, ERR_NONE);
	scene_free(s);
}

static void it_survives_a_stop(void **state)
{
	struct scene *s = with_notices();
	read_one(s, 1);
	start_again(s);
	live(s, 60 * 1000);
	CHECK_INT("told", told(s), 1);
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_read_is_told_once_and_slowly),
		cmocka_unit_test(what_was_read_stays_read),
		cmocka_unit_test(a_site_that_does_not_want_it_is_left_alone),
		cmocka_unit_test(it_survives_a_stop),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
