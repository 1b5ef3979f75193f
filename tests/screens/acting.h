#pragma once
#include "community.h"

#include "outbox_port.h"
#include "outbox_store.h"
#include "screens.h"
#include "view.h"

/* A community whose outbox only remembers what it was given, and posts that differ in what can be done to them. */
enum { OwnPost = 101, OtherPost = 102, GonePost = 103, LikedPost = 104, FinalPost = 105, SavedPost = 106,
	PollPost = 107 };

static struct given {
	struct change change;
	char title[200], body[500], original[200], names[200];
	int sends, undos, drops, retries, kept;
	int64_t id;
} given;

static void take(void *self, const struct change *c)
{
	given.change = *c;
	snprintf(given.body, sizeof given.body, "%s", c->body == NULL ? "" : c->body);
	snprintf(given.original, sizeof given.original, "%s", c->original == NULL ? "" : c->original);
	given.sends++;
}

static void take_undo(void *self, int64_t id)
{
	given.undos++;
	given.id = id;
}

static void take_again(void *self, int64_t id)
{
	given.retries++;
	given.id = id;
}

static void take_keep(void *self, int64_t id)
{
	given.kept++;
	given.id = id;
}

static void take_drop(void *self, int64_t id)
{
	given.drops++;
	given.id = id;
}

static void take_save(void *self, const struct change *c)
{
}

static const struct outbox_port port = {.save = take_save, .send = take, .undo = take_undo, .try_again = take_again,
	.keep_draft = take_keep, .drop = take_drop};

static void put_posts(struct community *c)
{
	static const struct poll_option options[] = {{.id = "aa", .html = "ja"}, {.id = "bb", .html = "nee"}};
	static const struct poll poll = {.name = "poll", .option = options, .option_count = 2, .open = true};
	static const struct post posts[] = {
		{.id = OwnPost, .post_number = 1, .yours = true, .can_edit = true, .can_delete = true, .username = "lid01",
			.raw = "Een regel."},
		{.id = OtherPost, .post_number = 2, .username = "lid03"},
		{.id = GonePost, .post_number = 3, .yours = true, .deleted = true, .can_recover = true,
			.username = "lid01"},
		{.id = LikedPost, .post_number = 4, .username = "lid03", .liked = true, .like_count = 1},
		{.id = FinalPost, .post_number = 5, .username = "lid03", .liked = true, .like_final = true,
			.like_count = 1},
		{.id = SavedPost, .post_number = 6, .username = "lid03", .bookmarked = true, .bookmark_id = 77,
			.bookmark_note = "later"},
		{.id = PollPost, .post_number = 7, .username = "lid03", .poll = &poll, .poll_count = 1},
	};
	assert_true(store_begin(c->writer, NULL));
	for (size_t i = 0; i < COUNT(posts); i++) {
		struct post p = posts[i];
		p.topic_id = 1;
		p.user_id = 3;
		p.type = POST_REGULAR;
		p.name = p.username;
		p.cooked = "<p>Een regel.</p>";
		p.created_ms = p.updated_ms = now_ms - 3600000;
		p.version = 2;
		assert_true(post_store_put(c->writer, &p, NULL, NULL, NULL));
	}
	assert_true(store_commit(c->writer, NULL, NULL));
}

static struct community *writing_community(void)
{
	struct community *c = community_new(24, 80);
	put_posts(c);
	c->host.outbox = &port;
	given = (struct given){0};
	return c;
}

static void open_post(struct community *c, int64_t topic_id, int number)
{
	community_open(c, "start");
	stack_go(c->stack, &(struct target){.screen = "topic", .id = topic_id, .number = number});
	community_draw(c);
}

static const struct binding *binding_of(const struct screen *s, const char *key)
{
	for (const struct binding *b = s->ops->keys; b != NULL && b->key != NULL; b++)
		if (strcmp(b->key, key) == 0)
			return b;
	fail_msg("%s has no key %s", s->ops->name, key);
	return NULL;
}

/* The same through F2, when letters are off. */
static void act(struct community *c, const char *key)
{
	if (c->config.letters) {
		press(c, key);
		return;
	}
	const struct binding *b = binding_of(stack_top(c->stack), key);
	press(c, "F2");
	struct screen *actions = stack_top(c->stack);
	const struct row *row = view_rows(actions, 0, actions->count);
	for (int n = 0; n < actions->count; n++)
		if (strcmp(row[n].title, b->says) == 0) {
			for (int down = 0; down < n; down++)
				press(c, "Down");
			press(c, "Enter");
			return;
		}
	fail_msg("%s is not among the actions", b->verb);
}

static void check_status(struct community *c, const char *name, const char *says)
{
	if (strncmp(c->stack->message, says, strlen(says)) != 0)
		fail_msg("%s: the status row is \"%s\", not \"%s\"", name, c->stack->message, says);
}
