#include "store_fixture.h"

#include "event_store.h"
#include "guide_store.h"

static void put_events(struct fixture *f)
{
	static const struct event events[] = {
		{.id = 5, .topic_id = 1, .category_id = 7, .topic_title = "Eerste keer", .starts_ms = 5000},
		{.id = 6, .topic_id = 2, .category_id = 7, .name = "Tweede keer", .topic_title = "x", .starts_ms = 9000},
	};
	fixture_begin(f);
	for (size_t i = 0; i < COUNT(events); i++)
		assert_true(event_store_put(f->w, &events[i], &f->err));
}

static void put(struct fixture *f, int64_t event, int64_t starts, const char *part, const char *text)
{
	assert_true(guide_store_put(f->w, (struct guide_key){event, starts}, part, text, 100, &f->err));
}

static void each_part_of_each_meeting_is_kept(void **state)
{
	struct fixture *f = fixture_new();
	put_events(f);
	put(f, 5, 0, "note:a:01", "een");
	put(f, 5, 0, "note:a:02", "twee");
	put(f, 5, 8000, "note:a:01", "van de reeks");
	put(f, 5, 0, "note:a:01", "een, anders");
	put(f, 5, 0, "note:a:02", NULL);
	CHECK_INT("bits", fixture_commit(f) & STORE_NOTES, STORE_NOTES);
	CHECK_STRING("changed", guide_store_get(f->r, (struct guide_key){5, 0}, "note:a:01", &f->a), "een, anders");
	CHECK_STRING("removed", guide_store_get(f->r, (struct guide_key){5, 0}, "note:a:02", &f->a), "");
	CHECK_STRING("series", guide_store_get(f->r, (struct guide_key){5, 8000}, "note:a:01", &f->a), "van de reeks");
	CHECK_STRING("other", guide_store_get(f->r, (struct guide_key){6, 0}, "note:a:01", &f->a), "");
	fixture_free(f);
}

static void meetings_are_listed_the_last_one_first(void **state)
{
	static const struct {
		int64_t event, starts;
		const char *title, *text;
	} want[] = {{6, 0, "Tweede keer", "b"}, {5, 7000, "Eerste keer", "c"}, {5, 0, "Eerste keer", "a"},
		{99, 0, "", "weg"}};
	struct fixture *f = fixture_new();
	put_events(f);
	put(f, 5, 0, "look_back:takes", "z");
	put(f, 5, 0, "look_back:helped", "a");
	put(f, 6, 0, "look_back:takes", "b");
	put(f, 5, 7000, "look_back:takes", "c");
	put(f, 99, 0, "look_back:takes", "weg");
	put(f, 6, 0, "prepare:title", "iets anders");
	put(f, -7, -1, "look_back:takes", "van de kring");
	fixture_commit(f);
	struct guide_meetings list = guide_store_list(f->r, "look_back:", 0, 10, &f->a);
	CHECK_INT("meetings", list.count, COUNT(want));
	CHECK_INT("counted", guide_store_count(f->r, "look_back:"), COUNT(want));
	for (size_t i = 0; i < COUNT(want); i++) {
		CHECK_INT("event", list.row[i].key.event_id, want[i].event);
		CHECK_INT("occurrence", list.row[i].key.starts_ms, want[i].starts);
		CHECK_STRING("title", list.row[i].title, want[i].title);
		CHECK_STRING("text", list.row[i].text, want[i].text);
		CHECK_INT("position", guide_store_position(f->r, "look_back:", list.row[i].key), i);
	}
	int count;
	guide_store_parts(f->r, &f->a, &count);
	CHECK_INT("every text", count, 7);
	CHECK_INT("not there", guide_store_position(f->r, "prepare:", (struct guide_key){5, 0}), -1);
	CHECK_INT("a window", guide_store_list(f->r, "look_back:", 3, 10, &f->a).row[0].key.event_id, 99);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_part_of_each_meeting_is_kept),
		cmocka_unit_test(meetings_are_listed_the_last_one_first),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
