#include "store_fixture.h"

#include "category_store.h"
#include "event_store.h"
#include "post_store.h"
#include "site_store.h"
#include "topic_store.h"
#include "visit_store.h"

/* What the member takes part in, and what others wrote there since a moment. */
enum { Since = 10000, Muted = 0, Normal = 1, Tracking = 2 };

static void put_post(struct fixture *f, int64_t topic_id, int number, const char *who, int64_t ms)
{
	struct post p = {.id = topic_id * 100 + number, .topic_id = topic_id, .post_number = number,
		.type = POST_REGULAR,
		.user_id = 3, .username = who, .cooked = "<p>x</p>", .created_ms = ms, .updated_ms = ms, .version = 1,
		.topic_title = "x"};
	assert_true(post_store_put(f->w, &p, NULL, NULL, &f->err));
}

static void put_topic(struct fixture *f, int64_t id, int64_t category_id, const char *author, int level,
	int64_t newest_ms)
{
	struct topic t = {.id = id, .category_id = category_id, .title = "Onderwerp", .bumped_ms = newest_ms,
		.created_ms = 1000, .posts_count = 3, .highest_post_number = 3, .last_read_post_number = 3,
		.notification_level = level, .visible = true, .author = author, .last_poster = "noor"};
	assert_true(topic_store_put(f->w, &t, &f->err));
	put_post(f, id, 1, author, 1000);
	put_post(f, id, 2, "noor", newest_ms - 10);
	put_post(f, id, 3, "bo", newest_ms);
}

static struct fixture *network(void)
{
	struct fixture *f = fixture_new();
	const struct category c[] = {{.id = 7, .name = "Prikbord", .slug = "prikbord", .notification_level = Normal},
		{.id = 8, .name = "Kring Noord", .slug = "noord", .notification_level = Tracking}};
	fixture_begin(f);
	assert_true(session_store_put(f->w, &(struct session){.user_id = 1, .username = "sam"}, &f->err));
	assert_true(category_store_put(f->w, c, 2, &f->err));
	return f;
}

static void only_what_the_member_takes_part_in(void **state)
{
	static const struct {
		const char *name;
		int64_t id, category_id;
		const char *author;
		int level;
		int64_t newest_ms;
		bool there;
	} rows[] = {
		{"of others", 1, 7, "noor", Normal, 20000, false}, {"begun", 2, 7, "sam", Normal, 20000, true},
		{"followed", 3, 7, "noor", Tracking, 20000, true}, {"muted", 4, 7, "sam", Muted, 20000, false},
		{"in a circle that is followed", 5, 8, "noor", Normal, 20000, true},
		{"nothing new", 6, 7, "sam", Normal, 9000, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fixture *f = network();
		struct arena a = {0};
		put_topic(f, rows[i].id, rows[i].category_id, rows[i].author, rows[i].level, rows[i].newest_ms);
		fixture_commit(f);
		CHECK_INT(rows[i].name, visit_store_list(f->r, Since, 10, &a).count, rows[i].there);
		arena_fini(&a);
		fixture_free(f);
	}
}

static void where_the_member_wrote_or_goes(void **state)
{
	struct fixture *f = network();
	struct arena a = {0};
	put_topic(f, 1, 7, "noor", Normal, 20000);
	put_topic(f, 2, 7, "noor", Normal, 21000);
	fixture_commit(f);
	CHECK_INT("neither", visit_store_list(f->r, Since, 10, &a).count, 0);
	fixture_begin(f);
	put_post(f, 1, 4, "Sam", 5000);
	assert_true(event_store_put(f->w, &(struct event){.id = 201, .topic_id = 2, .name = "Kring",
		.topic_title = "Kring",
		.starts_ms = 30000, .mine = ATTENDANCE_INTERESTED, .detailed = true}, &f->err));
	fixture_commit(f);
	struct visit_rows list = visit_store_list(f->r, Since, 10, &a);
	assert_int_equal(list.count, 2);
	CHECK_INT("the newest first", list.row[0].topic_id, 2);
	CHECK_INT("the limit", visit_store_list(f->r, Since, 1, &a).count, 1);
	arena_fini(&a);
	fixture_free(f);
}

static void one_row_a_topic_says_who_wrote_and_where_it_begins(void **state)
{
	struct fixture *f = network();
	struct arena a = {0};
	put_topic(f, 2, 8, "sam", Normal, 20000);
	put_post(f, 2, 4, "noor", 20100);
	put_post(f, 2, 5, "sam", 20200);
	fixture_commit(f);
	struct visit_rows list = visit_store_list(f->r, Since, 10, &a);
	assert_int_equal(list.count, 1);
	CHECK_STRING("who", list.row[0].names, "noor, bo");
	CHECK_INT("from", list.row[0].first_number, 2);
	CHECK_STRING("where", list.row[0].category, "Kring Noord");
	list = visit_store_list(f->r, 20000, 10, &a);
	CHECK_INT("only the later ones", list.row[0].first_number, 4);
	CHECK_STRING("their writer", list.row[0].names, "noor");
	CHECK_INT("own posts are no news", visit_store_list(f->r, 20100, 10, &a).count, 0);
	arena_fini(&a);
	fixture_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_the_member_takes_part_in),
		cmocka_unit_test(where_the_member_wrote_or_goes),
		cmocka_unit_test(one_row_a_topic_says_who_wrote_and_where_it_begins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
