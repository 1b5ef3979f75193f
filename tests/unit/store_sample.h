#pragma once
#include "category_store.h"
#include "event_store.h"
#include "member_store.h"
#include "outbox_store.h"
#include "post_store.h"
#include "site_store.h"
#include "store_fixture.h"
#include "str.h"
#include "topic_store.h"
#include "user_field_store.h"

/* A small community: the member is sam (1). Topic 10 has an event and a poll and posts 100 to 105; 20 is a
 * message; 30 is unread. */
static inline void sample_people(struct store *w, struct error *err)
{
	static const struct user_field field[] = {{.id = 3, .name = "Regio", .type = "text", .shown = true,
		.editable = true}};
	static const struct field_value value[] = {{3, "Utrecht"}};
	struct session me = {.user_id = 1, .username = "sam", .name = "Sam"};
	struct member people[] = {
		{.id = 1, .username = "sam", .name = "Sam", .complete = true, .location = "Gouda", .website = "",
			.bio_raw = "Ik",
			.bio_cooked = "<p>Ik</p>", .field = value, .field_count = 1},
		{.id = 2, .username = "robin", .name = "Robin", .complete = true},
		{.id = 3, .username = "noor", .name = "Noor", .complete = true, .muted = true},
	};
	assert_true(session_store_put(w, &me, err) && user_field_store_put(w, field, 1, err));
	for (size_t i = 0; i < COUNT(people); i++)
		assert_true(member_store_put(w, &people[i], err));
}

static inline struct post sample_post(int64_t id, int64_t topic_id, int number, const char *username)
{
	return (struct post){.id = id,
		.topic_id = topic_id,
		.post_number = number,
		.type = POST_REGULAR,
		.username = username,
		.cooked = "<p>tekst</p>",
		.raw = "tekst",
		.created_ms = 1000 * number,
		.version = 1,
		.yours = str_equal(username, "sam")};
}

static inline void sample_posts(struct store *w, struct error *err)
{
	static const struct poll_option option[] = {{"aa", "Ja", 2, false}, {"bb", "Nee", 1, false},
		{"cc", "Later", 1, false}};
	static const struct poll_option voted[] = {{"aa", "Ja", 2, true}, {"bb", "Nee", 1, false},
		{"cc", "Later", 1, true}};
	static const struct poll poll[] = {
		{.name = "poll", .type = POLL_MULTIPLE, .open = true, .voters = 3, .option = option, .option_count = 3},
		{.name = "second", .type = POLL_MULTIPLE, .open = true, .voted = true, .voters = 3, .option = voted,
			.option_count = 3},
	};
	static const struct event event = {.id = 100, .topic_id = 10, .name = "Avond", .starts_ms = 9000, .going = 4,
		.interested = 1, .not_going = 0, .detailed = true, .creator = "robin"};
	struct post p[] = {sample_post(100, 10, 1, "robin"), sample_post(101, 10, 2, "sam"),
		sample_post(102, 10, 3, "robin"), sample_post(103, 10, 4, "robin"), sample_post(104, 10, 5, "sam"),
		sample_post(105, 10, 6, "noor"), sample_post(200, 20, 1, "robin"), sample_post(210, 21, 1, "robin"),
		sample_post(300, 30, 1, "noor"), sample_post(301, 30, 2, "noor")};
	p[0].event = &event;
	p[0].poll = poll;
	p[0].poll_count = 2;
	p[1].can_edit = p[1].can_delete = true;
	p[2].liked = true;
	p[2].like_count = 3;
	p[3].bookmarked = true;
	p[3].bookmark_id = 55;
	p[3].bookmark_note = "later lezen";
	p[4].deleted = p[4].can_recover = true;
	p[3].can_like = p[5].can_like = true;
	for (size_t i = 0; i < COUNT(p); i++)
		assert_true(post_store_put(w, &p[i], NULL, NULL, err));
}

static inline void sample_topics(struct store *w, struct error *err)
{
	static const struct category category[] = {{.id = 7, .name = "Opdrachten", .slug = "opdrachten",
		.notification_level = 1}};
	struct topic t[] = {
		{.id = 10, .category_id = 7, .title = "Avond in Utrecht", .highest_post_number = 6,
			.last_read_post_number = 6,
			.bookmarked = true},
		{.id = 20, .title = "Een vraag", .is_message = true, .highest_post_number = 1, .last_read_post_number = 1},
		{.id = 21, .title = "Oud", .is_message = true, .highest_post_number = 1, .last_read_post_number = 1},
		{.id = 30, .category_id = 7, .title = "Nieuw", .highest_post_number = 2},
	};
	assert_true(category_store_put(w, category, 1, err));
	for (size_t i = 0; i < COUNT(t); i++) {
		t[i].bumped_ms = 1000 * t[i].id;
		t[i].notification_level = TOPIC_NORMAL;
		t[i].visible = true;
		assert_true(topic_store_put(w, &t[i], err));
	}
}

/* As when the site has taken it, long ago. */
static inline void sample_archive(struct store *w, int64_t topic_id, struct error *err)
{
	const struct change c = {.id = 1, .kind = CHANGE_ARCHIVE, .topic_id = topic_id};
	assert_true(outbox_store_send(w, &c, err));
	assert_true(outbox_store_set_done(w, c.id, &(struct outbox_result){0}, 1, err));
	assert_true(outbox_store_prune(w, 2, err));
}

static inline struct fixture *sample_new(void)
{
	struct fixture *f = fixture_new();
	fixture_begin(f);
	sample_people(f->w, &f->err);
	sample_topics(f->w, &f->err);
	sample_posts(f->w, &f->err);
	sample_archive(f->w, 21, &f->err);
	fixture_commit(f);
	return f;
}

static inline void sample_send(struct fixture *f, struct change c)
{
	fixture_begin(f);
	if (!outbox_store_send(f->w, &c, &f->err))
		fail_msg("send: %s", f->err.what);
	fixture_commit(f);
}

static inline bool sample_undo(struct fixture *f, int64_t id)
{
	bool undone;
	fixture_begin(f);
	assert_true(outbox_store_undo(f->w, id, 5000, &undone, &f->err));
	fixture_commit(f);
	return undone;
}
