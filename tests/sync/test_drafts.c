#include "scene.h"

#include "outbox_store.h"
#include "round_drafts.h"

enum { Minute = 60 * 1000, Pace = 20 * 1000 };

static struct scene *filled(void)
{
	struct scene *s = scene_new();
	s->interval_s = 300;
	sync_free(s->sync);
	s->sync = new_sync(s);
	fill(s, 3, 12);
	run(s);
	pass_time(s, 2 * Minute);
	return s;
}

static int64_t write_draft(
	struct scene *s, int64_t id, enum change_kind kind, int64_t topic_id, const char *body)
{
	struct change c = {.id = id != 0 ? id : change_new_id(), .kind = kind, .topic_id = topic_id, .body = body,
		.created_ms = test_clock_ms};
	if (kind == CHANGE_TOPIC) {
		c.title = "Een titel";
		c.category_id = 5;
	}
	fixture_begin(s->f);
	assert_true(outbox_store_put_draft(s->f->w, &c, &s->f->err));
	fixture_commit(s->f);
	return c.id;
}

static void write_in_browser(struct scene *s, const char *key, const char *action, const char *text)
{
	struct fake_draft *d = fake_draft(&s->site, key);
	snprintf(d->data, sizeof d->data,
		"{\"reply\":\"%s\",\"action\":\"%s\",\"title\":\"Een titel\",\"categoryId\":5}", text, action);
	d->sequence++;
	d->there = true;
	fake_tell(&s->site, "/user-drafts/1", "{\"draft_count\":1}");
}

static const struct outbox_row *row(struct scene *s, int64_t id)
{
	const struct outbox_row *r = outbox_store_get(s->f->r, id, &s->f->a);
	assert_non_null(r);
	return r;
}

static int64_t drafts(struct scene *s)
{
	return outbox_store_count(s->f->r, &(struct outbox_filter){.drafts = true});
}

static bool has(const struct fake_draft *d, const char *words)
{
	return d->there && strstr(d->data, words) != NULL;
}

static int saves(const struct scene *s)
{
	int count = 0;
	for (const char *at = strstr(sbuf_str(&s->site.changes), "POST /drafts"); at != NULL;
		 at = strstr(at + 1, "POST /drafts"))
		count++;
	return count;
}

static void what_is_typed_is_given_now_and_then(void **state)
{
	struct scene *s = filled();
	int64_t id = write_draft(s, 0, CHANGE_REPLY, 1, "Ik b");
	live(s, Pace / 2);
	CHECK_INT("not at once", saves(s), 0);
	for (int i = 0; i < 20; i++) {
		char body[40];
		snprintf(body, sizeof body, "Ik begin, en typ door %d", i);
		write_draft(s, id, CHANGE_REPLY, 1, body);
		live(s, 2000);
	}
	assert_true(saves(s) >= 1 && saves(s) <= 3);
	live(s, Minute);
	assert_true(has(fake_draft(&s->site, "topic_1"), "typ door 19"));
	assert_false(row(s, id)->draft_dirty);
	int before = saves(s);
	live(s, 10 * Minute);
	CHECK_INT("no more", saves(s), before);
	CHECK_INT("one row", drafts(s), 1);
	scene_free(s);
}

static void a_text_begun_in_the_browser_is_here(void **state)
{
	struct scene *s = filled();
	write_in_browser(s, "topic_2", "reply", "Begonnen in de browser");
	look(s);
	const struct outbox_row *r = outbox_store_draft_for(
		s->f->r, &(struct change){.kind = CHANGE_REPLY, .topic_id = 2}, &s->f->a);
	assert_non_null(r);
	CHECK_STRING("text", r->change.body, "Begonnen in de browser");
	write_in_browser(s, "topic_2", "reply", "Verder getypt");
	look(s);
	CHECK_STRING("newer", row(s, r->change.id)->change.body, "Verder getypt");
	write_draft(s, r->change.id, CHANGE_REPLY, 2, "Verder getypt, nu hier");
	live(s, Minute);
	assert_true(has(fake_draft(&s->site, "topic_2"), "nu hier"));
	CHECK_INT("one row", drafts(s), 1);
	scene_free(s);
}

static void both_changed_keeps_both(void **state)
{
	for (int ours = 0; ours < 2; ours++) {
		struct scene *s = filled();
		int64_t id = write_draft(s, 0, CHANGE_REPLY, 1, "Samen begonnen");
		live(s, Minute);
		write_in_browser(s, "topic_1", "reply", "In de browser");
		write_draft(s, id, CHANGE_REPLY, 1, "In kring");
		live(s, Minute);
		CHECK_STRING("ours", row(s, id)->change.body, "In kring");
		CHECK_STRING("theirs", row(s, id)->theirs, "In de browser");
		assert_true(has(fake_draft(&s->site, "topic_1"), "In de browser"));
		fixture_begin(s->f);
		assert_true(outbox_store_settle_draft(s->f->w, id, !ours, &s->f->err));
		fixture_commit(s->f);
		live(s, Minute);
		CHECK_STRING("chosen", row(s, id)->change.body, ours ? "In kring" : "In de browser");
		assert_true(has(fake_draft(&s->site, "topic_1"), ours ? "In kring" : "In de browser"));
		scene_free(s);
	}
}

static void the_site_has_one_new_topic(void **state)
{
	struct scene *s = filled();
	write_in_browser(s, "new_topic", "createTopic", "Van de browser");
	look(s);
	int64_t id = write_draft(s, 0, CHANGE_TOPIC, 0, "Nog een nieuw topic");
	live(s, 5 * Minute);
	assert_true(has(fake_draft(&s->site, "new_topic"), "Van de browser"));
	CHECK_STRING("stays here", row(s, id)->change.body, "Nog een nieuw topic");
	CHECK_INT("both", drafts(s), 2);
	scene_free(s);
}

static void a_draft_that_is_thrown_away_is_gone(void **state)
{
	struct scene *s = filled();
	int64_t id = write_draft(s, 0, CHANGE_REPLY, 1, "Toch maar niet");
	live(s, Minute);
	assert_true(has(fake_draft(&s->site, "topic_1"), "Toch maar niet"));
	fixture_begin(s->f);
	assert_true(
		draft_is_dropped(s->f->w, row(s, id), &s->f->err) && outbox_store_drop(s->f->w, id, &s->f->err));
	fixture_commit(s->f);
	look(s);
	live(s, Minute);
	assert_false(fake_draft(&s->site, "topic_1")->there);
	look(s);
	CHECK_INT("does not come back", drafts(s), 0);
	scene_free(s);
}

static void a_site_without_drafts_is_left_alone(void **state)
{
	struct scene *s = filled();
	s->site.refuse_status = 403;
	s->site.refuse_body = "{\"errors\":[\"no\"],\"error_type\":\"invalid_access\"}";
	s->site.refusals = 1000;
	int64_t id = write_draft(s, 0, CHANGE_REPLY, 1, "Blijft hier");
	live(s, 30 * Minute);
	int before = s->site.requests;
	CHECK_INT("rests", sync_now(s->sync), SYNC_RESTING);
	CHECK_INT("no trouble", sync_error(s->sync)->kind, ERR_NONE);
	live(s, 20 * Minute);
	assert_true(s->site.requests - before < 12);
	assert_true(row(s, id)->draft_dirty);
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_is_given_now_and_then),
		cmocka_unit_test(a_text_begun_in_the_browser_is_here),
		cmocka_unit_test(both_changed_keeps_both),
		cmocka_unit_test(the_site_has_one_new_topic),
		cmocka_unit_test(a_draft_that_is_thrown_away_is_gone),
		cmocka_unit_test(a_site_without_drafts_is_left_alone),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
