#include "scene.h"

#include "str.h"
#include "sync_store.h"
#include "text.h"
#include "topic_store.h"

/* More topics than one question to the bus has room for. */
enum { Topics = 5200, Followed = 17, Later = 900, Turn = 100 };

static struct scene *many_topics(void)
{
	struct scene *s = scene_new();
	fill(s, 2, 6);
	run(s);
	fixture_begin(s->f);
	for (int64_t id = 1; id <= Topics; id++)
		assert_true(topic_store_put(s->f->w, &(struct topic){.id = 1000 + id, .title = "Een onderwerp",
			.category_id = 5,
			.created_ms = id, .bumped_ms = 1000 * id, .posts_count = 1, .highest_post_number = 1, .visible = true,
			.notification_level = id == Followed ? TOPIC_TRACKING : TOPIC_NORMAL}, &s->f->err));
	fixture_commit(s->f);
	return s;
}

/* Marks the topics of the last question; how many. */
static int note_asked(struct scene *s, int *times)
{
	int count = 0;
	for (const char *p = sbuf_str(&s->site.asked); (p = strstr(p, "\"/topic/")) != NULL; p++) {
		long long id = strtoll(p + strlen("\"/topic/"), NULL, 10);
		if (id > 1000 && id <= 1000 + Topics)
			times[id - 1000]++;
		count++;
	}
	return count;
}

static int not_asked(const int *times)
{
	int count = 0;
	for (int i = 1; i <= Topics; i++)
		count += times[i] == 0;
	return count;
}

static void while_kring_is_open_every_topic_has_its_turn(void **state)
{
	struct scene *s = many_topics();
	static int times[Topics + 1];
	memset(times, 0, sizeof times);
	enum { Looks = (Topics + 2 - Later + Turn - 1) / Turn };
	for (int i = 0; i < Looks; i++) {
		look(s);
		if (note_asked(s, times) > Later + Turn)
			fail_msg("%d topics in one question", note_asked(s, times));
	}
	CHECK_INT("without a turn", not_asked(times), 0);
	CHECK_INT("what the member follows, each time", times[Followed] >= Looks, true);
	CHECK_INT("the newest, each time", times[Topics] >= Looks, true);
	scene_free(s);
}

static void short_visits_come_to_the_end_too(void **state)
{
	struct scene *s = many_topics();
	static int times[Topics + 1];
	memset(times, 0, sizeof times);
	for (int i = 0; i < 4; i++) {
		pass_time(s, 3600 * 1000);
		start_again(s);
		run(s);
		note_asked(s, times);
	}
	CHECK_INT("without a turn", not_asked(times), 0);
	scene_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(while_kring_is_open_every_topic_has_its_turn),
		cmocka_unit_test(short_visits_come_to_the_end_too),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
