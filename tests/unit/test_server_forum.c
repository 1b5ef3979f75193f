#include "check.h"

#include "bus.h"
#include "clock.h"
#include "forum_bookmark.h"
#include "forum_category.h"
#include "forum_draft.h"
#include "forum_event.h"
#include "forum_group.h"
#include "forum_init.h"
#include "forum_notice.h"
#include "forum_poll.h"
#include "forum_post.h"
#include "forum_search.h"
#include "forum_topic.h"
#include "forum_user.h"
#include "schema.h"
#include "str.h"

/* anna (staff), bram and carla, one closed category for bram's group, 3 March 2026. */
struct circle {
	struct sql *db;
	struct arena mem;
	struct forum f;
	int64_t anna, bram, carla, group, open_category, closed_category;
};

static int64_t at(const char *time)
{
	int64_t ms = 0;
	assert_true(time_parse(time, &ms, NULL));
	return ms;
}

static int64_t add_user(struct circle *c, const char *name, bool admin)
{
	struct error err;
	int64_t id = 0;
	const struct new_user u = {.username = name, .admin = admin, .trust_level = 1};
	assert_true(forum_user_create(&c->f, &u, &id, &err));
	return id;
}

static int set_up(void **state)
{
	static struct circle c;
	struct error err;
	c = (struct circle){.db = sql_open(":memory:", SQL_CREATE, &err)};
	assert_true(sql_migrate(c.db, forum_schema, forum_schema_count, &err));
	c.f = (struct forum){.db = c.db, .mem = &c.mem, .now_ms = at("2026-03-03T09:00:00Z"), .base_url = ""};
	assert_true(forum_init(&c.f, "nl", &err));
	c.anna = add_user(&c, "anna", true);
	c.bram = add_user(&c, "bram", false);
	c.carla = add_user(&c, "carla", false);
	assert_true(forum_group_create(&c.f, "noord", NULL, NULL, &c.group, &err));
	assert_true(forum_group_add(&c.f, c.group, c.bram, false, 0, &err));
	assert_true(forum_category_create(&c.f, &(struct new_category){.name = "Samen werken"}, &c.open_category,
		&err));
	assert_true(forum_category_create(&c.f,
		&(struct new_category){.name = "Noord", .group = &c.group, .group_count = 1}, &c.closed_category,
		&err));
	*state = &c;
	return 0;
}

static int tear_down(void **state)
{
	struct circle *c = *state;
	sql_close(c->db);
	arena_fini(&c->mem);
	return 0;
}

static int64_t count(struct circle *c, const char *statement, const char *types, int64_t id)
{
	return *types == '\0' ? sql_get_int(c->db, -1, statement, "")
						  : sql_get_int(c->db, -1, statement, types, id);
}

/* Fails the test when it may not fail. */
static struct posted post(struct circle *c, struct new_post n)
{
	struct error err;
	struct posted p;
	if (!forum_post_create(&c->f, &n, &p, &err))
		fail_msg("%s", err.what);
	return p;
}

static struct posted topic(struct circle *c, int64_t user, int64_t category, const char *title,
	const char *raw)
{
	return post(c, (struct new_post){.user_id = user, .title = title, .raw = raw, .category_id = category});
}

static struct posted reply(struct circle *c, int64_t user, int64_t topic_id, int to, const char *raw)
{
	return post(c,
		(struct new_post){.user_id = user, .topic_id = topic_id, .reply_to_post_number = to, .raw = raw});
}

static enum error_kind refused(struct circle *c, struct new_post n)
{
	struct error err = {0};
	struct posted p;
	assert_true(sql_begin(c->db, &err));
	bool ok = forum_post_create(&c->f, &n, &p, &err);
	sql_rollback(c->db);
	return ok ? ERR_NONE : err.kind;
}

static void a_topic_and_its_answers_are_counted(void **state)
{
	struct circle *c = *state;
	struct posted one = topic(c, c->bram, c->open_category, "Wie maakt mee een training?",
		"Ik zoek iemand die mee wil doen.\r\n\r\n ");
	assert_int_equal(one.post_number, 1);
	c->f.now_ms += 60000;
	struct posted two = reply(c, c->carla, one.topic_id, 1, "Dat wil ik wel, vertel eens wat meer.");
	assert_int_equal(two.post_number, 2);
	struct sql_query *q = sql_query(c->db,
		"SELECT slug, posts_count, highest_post_number, reply_count, last_post_user_id,"
		" bumped_ms - created_ms FROM topic WHERE id = ?",
		"i", one.topic_id);
	assert_true(sql_next(q));
	assert_string_equal(sql_text(q, 0), "wie-maakt-mee-een-training");
	assert_int_equal(sql_int(q, 1), 2);
	assert_int_equal(sql_int(q, 2), 2);
	assert_int_equal(sql_int(q, 3), 1);
	assert_int_equal(sql_int(q, 4), c->carla);
	assert_int_equal(sql_int(q, 5), 60000);
	sql_end(q, NULL);
	assert_string_equal(sql_get_text(c->db, &c->mem, "SELECT raw FROM post WHERE id = ?", "i", one.post_id),
		"Ik zoek iemand die mee wil doen.");
	assert_int_equal(count(c, "SELECT reply_count FROM post WHERE id = ?", "i", one.post_id), 1);
	assert_int_equal(count(c, "SELECT last_read_post_number FROM topic_user WHERE user_id = ?", "i",
						 c->carla),
		2);
	assert_int_equal(count(c, "SELECT rowid FROM post_search WHERE post_search MATCH 'title:training'", "",
						 0),
		one.post_id);
	assert_int_equal(forum_draft_sequence(c->db, c->bram, "new_topic"), 1);
}

static void what_may_not_be_written_is_refused(void **state)
{
	struct circle *c = *state;
	struct posted one =
		topic(c, c->bram, c->open_category, "Een onderwerp om te lezen", "Een tekst die lang genoeg is.");
	struct posted closed = topic(c, c->bram, c->closed_category, "Alleen voor de kring Noord",
		"Een tekst die lang genoeg is, hier.");
	struct posted done =
		topic(c, c->bram, c->open_category, "Dit onderwerp is klaar nu", "Nog een tekst die lang genoeg is.");
	struct error err;
	assert_true(forum_topic_close(&c->f, done.topic_id, c->anna, true, &err));
	const char *text = "Dit is een nieuwe tekst van genoeg tekens.";
	const struct {
		const char *name;
		struct new_post post;
		enum error_kind kind;
	} rows[] = {
		{"fine", {.user_id = c->carla, .topic_id = one.topic_id, .raw = text}, ERR_NONE},
		{"too short", {.user_id = c->carla, .topic_id = one.topic_id, .raw = "kort"}, ERR_INVALID},
		{"only white space",
			{.user_id = c->carla, .topic_id = one.topic_id, .raw = "                              "},
			ERR_INVALID},
		{"short title", {.user_id = c->carla, .title = "Hoi", .raw = text}, ERR_INVALID},
		{"same title", {.user_id = c->carla, .title = "Een onderwerp om te LEZEN", .raw = text}, ERR_INVALID},
		{"same text",
			{.user_id = c->bram, .topic_id = one.topic_id, .raw = "Een tekst die lang genoeg is.\n"},
			ERR_INVALID},
		{"closed category",
			{.user_id = c->carla,
				.category_id = c->closed_category,
				.title = "Mag ik hier ook schrijven",
				.raw = text},
			ERR_FORBIDDEN},
		{"topic of a closed category", {.user_id = c->carla, .topic_id = closed.topic_id, .raw = text},
			ERR_NOT_FOUND},
		{"closed topic", {.user_id = c->carla, .topic_id = done.topic_id, .raw = text}, ERR_FORBIDDEN},
		{"closed topic, staff", {.user_id = c->anna, .topic_id = done.topic_id, .raw = text}, ERR_NONE},
		{"no topic", {.user_id = c->carla, .topic_id = 999, .raw = text}, ERR_NOT_FOUND},
		{"nobody", {.user_id = 0, .topic_id = one.topic_id, .raw = text}, ERR_FORBIDDEN},
		{"message to nobody", {.user_id = c->carla, .message = true, .title = "Dag", .raw = text},
			ERR_INVALID},
		{"message to a stranger",
			{.user_id = c->carla,
				.message = true,
				.title = "Dag",
				.raw = text,
				.recipient = (const char *const[]){"wie"},
				.recipient_count = 1},
			ERR_INVALID},
		{"event in an answer",
			{.user_id = c->carla,
				.topic_id = one.topic_id,
				.raw = "[event start=\"2026-03-03 14:30\"]\n[/event]"},
			ERR_INVALID},
		{"two polls of one name",
			{.user_id = c->carla,
				.topic_id = one.topic_id,
				.raw = "[poll]\n- a\n- b\n[/poll]\n\n[poll]\n- c\n- d\n[/poll]"},
			ERR_INVALID},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_INT(rows[i].name, refused(c, rows[i].post), rows[i].kind);
}

static void everyone_sees_what_is_theirs(void **state)
{
	struct circle *c = *state;
	struct posted open =
		topic(c, c->bram, c->open_category, "Een onderwerp voor iedereen", "Een tekst die lang genoeg is.");
	struct posted closed = topic(c, c->bram, c->closed_category, "Alleen voor de kring Noord",
		"Een tekst die lang genoeg is, hier.");
	struct posted message = post(c,
		(struct new_post){.user_id = c->carla,
			.message = true,
			.title = "Een vraag",
			.raw = "Heb je even?",
			.recipient = (const char *const[]){"noord"},
			.recipient_count = 1});
	struct posted gone = topic(c, c->bram, c->open_category, "Een onderwerp dat weg moet",
		"Nog een tekst die lang genoeg is.");
	struct error err;
	assert_true(forum_post_delete(&c->f, gone.post_id, c->anna, &err));
	const struct {
		const char *name;
		int64_t user, topic;
		bool seen;
	} rows[] = {
		{"open, nobody", 0, open.topic_id, true},
		{"open, member", c->carla, open.topic_id, true},
		{"closed, nobody", 0, closed.topic_id, false},
		{"closed, member", c->carla, closed.topic_id, false},
		{"closed, in the group", c->bram, closed.topic_id, true},
		{"closed, admin", c->anna, closed.topic_id, true},
		{"message, nobody", 0, message.topic_id, false},
		{"message, writer", c->carla, message.topic_id, true},
		{"message, through the group", c->bram, message.topic_id, true},
		{"message, admin", c->anna, message.topic_id, true},
		{"deleted, its writer", c->bram, gone.topic_id, false},
		{"deleted, staff", c->anna, gone.topic_id, true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
		CHECK_INT(rows[i].name,
			forum_topic_visible(c->db, forum_viewer_of(c->db, rows[i].user), rows[i].topic), rows[i].seen);
	assert_int_equal(forum_category_permission(c->db, forum_viewer_of(c->db, c->carla), c->closed_category),
		0);
	assert_int_equal(forum_category_permission(c->db, forum_viewer_of(c->db, c->bram), c->closed_category),
		1);
	assert_int_equal(forum_category_permission(c->db, forum_viewer_of(c->db, 0), c->open_category), 3);
}

static int64_t told(struct circle *c, int64_t user, int type)
{
	return sql_get_int(c->db, 0, "SELECT count(*) FROM notification WHERE user_id = ? AND type = ?", "in",
		user, type);
}

static void people_are_told_once(void **state)
{
	struct circle *c = *state;
	struct error err;
	struct posted one = topic(c, c->bram, c->open_category, "Een onderwerp voor iedereen",
		"Dit is voor @carla en @bram zelf.");
	assert_int_equal(told(c, c->carla, NOTICE_MENTIONED), 1);
	assert_int_equal(told(c, c->bram, NOTICE_MENTIONED), 0);
	reply(c, c->carla, one.topic_id, 1, "Dank je @bram, ik denk er over na.");
	assert_int_equal(told(c, c->bram, NOTICE_MENTIONED), 1);
	assert_int_equal(told(c, c->bram, NOTICE_REPLIED), 0);
	reply(c, c->carla, one.topic_id, 1, "Ik heb er over nagedacht en ik doe mee.");
	assert_int_equal(told(c, c->bram, NOTICE_REPLIED), 1);
	reply(c, c->anna, one.topic_id, 0,
		"[quote=\"carla, post:2, topic:1\"]\nDank je\n[/quote]\n\nMooi zo. En @noord doet ook mee.");
	assert_int_equal(told(c, c->carla, NOTICE_QUOTED), 1);
	assert_int_equal(told(c, c->bram, NOTICE_GROUP_MENTIONED), 1);
	reply(c, c->anna, one.topic_id, 0, "Nog iets: het begint om tien uur.");
	assert_int_equal(told(c, c->bram, NOTICE_POSTED), 1);
	assert_true(forum_like(&c->f, one.post_id, c->anna, 0, &err));
	assert_true(forum_like(&c->f, one.post_id, c->carla, 0, &err));
	assert_int_equal(told(c, c->bram, NOTICE_LIKED), 1);
	assert_int_equal(count(c, "SELECT data ->> 'count' FROM notification WHERE type = 5 AND user_id = ?", "i",
						 c->bram),
		2);
	post(c,
		(struct new_post){.user_id = c->anna,
			.message = true,
			.title = "Een vraag",
			.raw = "Heb je even?",
			.recipient = (const char *const[]){"noord"},
			.recipient_count = 1});
	assert_int_equal(told(c, c->bram, NOTICE_PRIVATE_MESSAGE), 1);
	assert_int_equal(told(c, c->carla, NOTICE_PRIVATE_MESSAGE), 0);
	assert_true(forum_read_set(&c->f, one.topic_id, c->bram, 99, 1000, 0, &err));
	assert_int_equal(count(c, "SELECT count(*) FROM notification WHERE NOT read AND user_id = ?", "i",
						 c->bram),
		1);
	assert_int_equal(count(c,
						 "SELECT last_read_post_number FROM topic_user WHERE user_id = ? AND topic_id = 1",
						 "i", c->bram),
		5);
}

static void mentions_stay_inside_closed_circles(void **state)
{
	struct circle *c = *state;
	struct error err;
	topic(c, c->bram, c->closed_category, "Alleen voor de kring Noord",
		"Dit gaat over @carla maar die leest het niet.");
	assert_int_equal(told(c, c->carla, NOTICE_MENTIONED), 0);
	assert_true(sql_run(c->db, &err,
		"INSERT INTO user_relation (user_id, other_id, kind) VALUES (?, ?, 'mute')", "ii", c->carla,
		c->bram));
	topic(c, c->bram, c->open_category, "Een onderwerp voor iedereen",
		"Dit is voor @carla, maar die wil niet.");
	assert_int_equal(told(c, c->carla, NOTICE_MENTIONED), 0);
}

static void likes_count_once(void **state)
{
	struct circle *c = *state;
	struct error err;
	struct posted one =
		topic(c, c->bram, c->open_category, "Een onderwerp voor iedereen", "Een tekst die lang genoeg is.");
	assert_false(forum_like(&c->f, one.post_id, c->bram, 0, &err));
	assert_true(forum_like(&c->f, one.post_id, c->carla, 0, &err));
	assert_false(forum_like(&c->f, one.post_id, c->carla, 0, &err));
	assert_int_equal(err.kind, ERR_FORBIDDEN);
	assert_int_equal(count(c, "SELECT like_count FROM topic WHERE id = ?", "i", one.topic_id), 1);
	assert_true(forum_unlike(&c->f, one.post_id, c->carla, &err));
	assert_int_equal(count(c, "SELECT like_count FROM post WHERE id = ?", "i", one.post_id), 0);
	assert_true(forum_like(&c->f, one.post_id, c->carla, 0, &err));
	c->f.now_ms += 11 * 60000;
	assert_false(forum_unlike(&c->f, one.post_id, c->carla, &err));
}

static void edits_keep_what_was(void **state)
{
	struct circle *c = *state;
	struct error err;
	struct posted one = topic(c, c->bram, c->open_category, "Een onderwerp voor iedereen",
		"Over olifanten en andere dieren.");
	struct post_edit e = {
		.post_id = one.post_id, .user_id = c->bram, .raw = "Over nijlpaarden en andere dieren."};
	assert_true(forum_post_edit(&c->f, &e, &err));
	assert_int_equal(count(c, "SELECT version FROM post WHERE id = ?", "i", one.post_id), 1);
	c->f.now_ms += 10 * 60000;
	e.raw = "Over zeehonden en andere dieren.";
	e.original_raw = "iets anders";
	assert_false(forum_post_edit(&c->f, &e, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	e.original_raw = NULL;
	assert_true(forum_post_edit(&c->f, &e, &err));
	assert_int_equal(count(c, "SELECT version FROM post WHERE id = ?", "i", one.post_id), 2);
	assert_int_equal(count(c,
						 "SELECT count(*) FROM post_search WHERE post_search MATCH 'olifanten OR "
						 "nijlpaarden'",
						 "", 0),
		0);
	assert_int_equal(count(c, "SELECT count(*) FROM post_search WHERE post_search MATCH 'zeehonden'", "", 0),
		1);
	assert_string_equal(sql_get_text(c->db, &c->mem, "SELECT raw FROM post_revision WHERE post_id = ?", "i",
							one.post_id),
		"Over nijlpaarden en andere dieren.");
	e.user_id = c->carla;
	e.raw = "Dit mag carla hier niet schrijven.";
	assert_false(forum_post_edit(&c->f, &e, &err));
	assert_int_equal(err.kind, ERR_FORBIDDEN);
}

static void deleting_leaves_a_stub_and_comes_back(void **state)
{
	struct circle *c = *state;
	struct error err;
	struct posted one =
		topic(c, c->bram, c->open_category, "Een onderwerp voor iedereen", "Een tekst die lang genoeg is.");
	struct posted two = reply(c, c->carla, one.topic_id, 0, "Mijn antwoord staat hier, zo is dat.");
	assert_false(forum_post_delete(&c->f, one.post_id, c->bram, &err));
	assert_false(forum_post_delete(&c->f, two.post_id, c->bram, &err));
	assert_true(forum_post_delete(&c->f, two.post_id, c->carla, &err));
	assert_int_equal(count(c, "SELECT user_deleted AND deleted_ms IS NULL FROM post WHERE id = ?", "i",
						 two.post_id),
		1);
	assert_true(forum_post_recover(&c->f, two.post_id, c->carla, &err));
	assert_string_equal(sql_get_text(c->db, &c->mem, "SELECT raw FROM post WHERE id = ?", "i", two.post_id),
		"Mijn antwoord staat hier, zo is dat.");
	assert_true(forum_post_delete(&c->f, two.post_id, c->anna, &err));
	assert_int_equal(count(c, "SELECT posts_count FROM topic WHERE id = ?", "i", one.topic_id), 1);
	assert_int_equal(count(c, "SELECT highest_post_number FROM topic WHERE id = ?", "i", one.topic_id), 1);
	assert_int_equal(count(c, "SELECT count(*) FROM post_search WHERE post_search MATCH 'antwoord'", "", 0),
		0);
	assert_true(forum_post_recover(&c->f, two.post_id, c->anna, &err));
	assert_int_equal(count(c, "SELECT posts_count FROM topic WHERE id = ?", "i", one.topic_id), 2);
}

static void polls_take_one_vote_each(void **state)
{
	struct circle *c = *state;
	struct error err;
	struct posted one = topic(c, c->bram, c->open_category, "Wat vinden we van het plan?",
		"[poll name=plan]\n* Ja\n* Nee\n[/poll]");
	const char *yes = sql_get_text(c->db, &c->mem, "SELECT digest FROM poll_option WHERE position = 0", "");
	const char *no = sql_get_text(c->db, &c->mem, "SELECT digest FROM poll_option WHERE position = 1", "");
	assert_true(forum_poll_vote(&c->f, one.post_id, "plan", c->carla, &yes, 1, 0, &err));
	assert_true(forum_poll_vote(&c->f, one.post_id, "plan", c->carla, &no, 1, 0, &err));
	assert_int_equal(count(c, "SELECT count(*) FROM poll_vote", "", 0), 1);
	assert_false(forum_poll_vote(&c->f, one.post_id, "plan", c->bram, (const char *const[]){yes, no}, 2, 0,
		&err));
	assert_false(forum_poll_vote(&c->f, one.post_id, "plan", c->bram, (const char *const[]){"onzin"}, 1, 0,
		&err));
	assert_false(forum_poll_vote(&c->f, one.post_id, "ander", c->bram, &yes, 1, 0, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	struct post_edit e = {
		.post_id = one.post_id, .user_id = c->bram, .raw = "[poll name=plan]\n* Nee\n* Misschien\n[/poll]"};
	assert_true(forum_post_edit(&c->f, &e, &err));
	assert_int_equal(count(c, "SELECT count(*) FROM poll_vote", "", 0), 1);
	assert_int_equal(count(c, "SELECT count(*) FROM poll_option", "", 0), 2);
	assert_true(forum_poll_set_open(&c->f, one.post_id, "plan", false, &err));
	assert_false(forum_poll_vote(&c->f, one.post_id, "plan", c->carla, &no, 1, 0, &err));
}

static void people_sign_up_for_events(void **state)
{
	struct circle *c = *state;
	struct error err;
	struct posted one = topic(c, c->bram, c->open_category, "Samen lunchen in Assen, kom je ook?",
		"[event start=\"2026-03-10 12:00\""
		" end=\"2026-03-10 13:30\" timezone=\"Europe/Amsterdam\" status=\"public\" maxAttendees=\"1\"]\nNeem "
		"brood mee\n[/event]");
	assert_int_equal(count(c, "SELECT starts_ms FROM event WHERE id = ?", "i", one.post_id),
		at("2026-03-10T11:00:00Z"));
	assert_true(forum_invitee_set(&c->f, one.post_id, c->carla, "going", false, 0, false, NULL, &err));
	assert_int_equal(count(c, "SELECT notification_level FROM topic_user WHERE user_id = ?", "i", c->carla),
		3);
	assert_false(forum_invitee_set(&c->f, one.post_id, c->anna, "going", false, 0, false, NULL, &err));
	assert_int_equal(err.kind, ERR_REFUSED);
	assert_true(forum_invitee_set(&c->f, one.post_id, c->anna, "interested", false, 0, false, NULL, &err));
	assert_false(forum_invitee_set(&c->f, one.post_id, c->anna, "misschien", false, 0, false, NULL, &err));
	assert_true(forum_invitee_set(&c->f, one.post_id, c->carla, "not_going", false, 0, false, NULL, &err));
	assert_true(forum_invitee_set(&c->f, one.post_id, c->anna, "going", false, 0, false, NULL, &err));
	assert_int_equal(count(c, "SELECT count(*) FROM invitee", "", 0), 2);
	assert_true(forum_event_invite(&c->f, one.post_id, c->bram, c->carla, &err));
	assert_int_equal(told(c, c->carla, NOTICE_EVENT_INVITATION), 0);
	c->f.now_ms = at("2026-03-10T12:31:00Z");
	assert_false(forum_invitee_set(&c->f, one.post_id, c->carla, "going", false, 0, false, NULL, &err));
	assert_int_equal(err.kind, ERR_FORBIDDEN);
	struct post_edit e = {
		.post_id = one.post_id, .user_id = c->anna, .raw = "Het gaat niet door, jammer genoeg."};
	assert_true(forum_post_edit(&c->f, &e, &err));
	assert_int_equal(count(c, "SELECT count(*) FROM event", "", 0), 0);
}

static void events_are_read_strictly(void **state)
{
	struct circle *c = *state;
	static const struct {
		const char *name, *attributes;
		bool fine;
	} rows[] = {
		{"start alone", "start=\"2026-03-10 12:00\"", true},
		{"no start", "end=\"2026-03-10 12:00\"", false},
		{"start that is none", "start=\"dinsdag\"", false},
		{"end before start", "start=\"2026-03-10 12:00\" end=\"2026-03-10 11:00\"", false},
		{"all day, one day", "start=\"2026-03-10\" end=\"2026-03-10\" allDay=\"true\"", true},
		{"unknown zone", "start=\"2026-03-10 12:00\" timezone=\"Europa/Assen\"", false},
		{"status", "start=\"2026-03-10 12:00\" status=\"geheim\"", false},
		{"short name", "start=\"2026-03-10 12:00\" name=\"Eten\"", false},
		{"places", "start=\"2026-03-10 12:00\" maxAttendees=\"0\"", false},
		{"recurrence", "start=\"2026-03-10 12:00\" recurrence=\"soms\"", false},
		{"other attributes", "start=\"2026-03-10 12:00\" methode=\"roddel\"", true},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct new_post n = {.user_id = c->bram, .title = "Een bijeenkomst voor ons allemaal",
			.raw = arena_printf(&c->mem, "[event %s]\n[/event]\n\nKom je ook?", rows[i].attributes)};
		CHECK_INT(rows[i].name, refused(c, n), rows[i].fine ? ERR_NONE : ERR_INVALID);
	}
}

static void series_keep_their_clock(void **state)
{
	static const struct {
		const char *recurrence, *start, *from, *next;
	} rows[] = {
		{NULL, "2026-03-10T11:00:00Z", "2026-03-01T00:00:00Z", "2026-03-10T11:00:00Z"},
		{NULL, "2026-03-10T11:00:00Z", "2026-03-10T13:00:00Z", NULL},
		{"every_day", "2026-03-10T11:00:00Z", "2026-03-20T00:00:00Z", "2026-03-20T11:00:00Z"},
		{"every_week", "2026-03-24T11:00:00Z", "2026-03-25T00:00:00Z",
			"2026-03-31T10:00:00Z"}, /* summer time */
		{"every_two_weeks", "2026-03-03T11:00:00Z", "2026-03-04T00:00:00Z", "2026-03-17T11:00:00Z"},
		{"every_four_weeks", "2020-01-07T11:00:00Z", "2026-03-04T00:00:00Z", "2026-03-24T11:00:00Z"},
		{"every_weekday", "2026-03-06T11:00:00Z", "2026-03-06T13:00:00Z", "2026-03-09T11:00:00Z"},
		{"every_month", "2026-03-12T11:00:00Z", "2026-03-13T00:00:00Z",
			"2026-04-09T10:00:00Z"}, /* second Thursday */
		{"every_month", "2026-01-30T11:00:00Z", "2026-01-31T00:00:00Z",
			"2026-05-29T10:00:00Z"}, /* fifth Friday */
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		struct forum_event e = {
			.timezone = "Europe/Amsterdam", .starts_ms = at(rows[i].start), .recurrence = rows[i].recurrence};
		struct occurrence next = {0};
		e.ends_ms = e.starts_ms + 3600000;
		bool found = forum_event_next(&e, at(rows[i].from), &next);
		CHECK_INT(rows[i].start, found ? next.starts_ms : 0, rows[i].next == NULL ? 0 : at(rows[i].next));
		CHECK_INT(rows[i].start, found ? next.ends_ms - next.starts_ms : 3600000, 3600000);
	}
	struct forum_event until = {.starts_ms = at("2026-03-02T10:00:00Z"), .recurrence = "every_week",
		.recurrence_until_ms = at("2026-03-16T00:00:00Z")};
	struct occurrence list[10];
	assert_int_equal(forum_event_occurrences(&until, 0, INT64_MAX, list, 10), 3);
	struct arena a = {0};
	assert_string_equal(forum_event_rrule(&until, &a), "FREQ=WEEKLY;INTERVAL=1;UNTIL=20260316T235959Z");
	arena_fini(&a);
}

static void bookmarks_and_drafts(void **state)
{
	struct circle *c = *state;
	struct error err;
	int64_t first, second, sequence = 0;
	struct posted one = topic(c, c->bram, c->closed_category, "Alleen voor de kring Noord",
		"Een tekst die lang genoeg is, hier.");
	assert_false(forum_bookmark_create(&c->f, c->carla, "Post", one.post_id, NULL, 0, 3, 0, &first, &err));
	assert_true(forum_bookmark_create(&c->f, c->bram, "Post", one.post_id, "lezen", 0, 3, 0, &first, &err));
	assert_true(forum_bookmark_create(&c->f, c->bram, "Post", one.post_id, "later", 0, 3, 0, &second, &err));
	assert_int_equal(first, second);
	assert_false(forum_bookmark_delete(&c->f, c->carla, first, &err));
	assert_true(forum_bookmark_delete(&c->f, c->bram, first, &err));
	assert_true(forum_draft_set(&c->f, c->bram, "topic_1", &sequence, "{}", NULL, false, &err));
	sequence = 5;
	assert_false(forum_draft_set(&c->f, c->bram, "topic_1", &sequence, "{}", NULL, false, &err));
	assert_int_equal(err.kind, ERR_CONFLICT);
	assert_int_equal(sequence, 0);
}

static void the_bus_hears_of_it(void **state)
{
	struct circle *c = *state;
	c->f.bus = bus_new(c->db);
	struct posted one = topic(c, c->bram, c->closed_category, "Alleen voor de kring Noord",
		"Een tekst die lang genoeg is, hier.");
	struct posted two = reply(c, c->anna, one.topic_id, 1, "Dank je, dat is duidelijk genoeg zo.");
	assert_int_equal(bus_last_id(c->db, "/latest"), 2);
	assert_int_equal(bus_last_id(c->db, "/new"), 1);
	assert_int_equal(bus_last_id(c->db, "/unread"), 1);
	assert_int_equal(bus_last_id(c->db, arena_printf(&c->mem, "/topic/%lld", (long long)one.topic_id)), 2);
	assert_int_equal(bus_last_id(c->db, arena_printf(&c->mem, "/notification/%lld", (long long)c->bram)), 1);
	assert_int_equal(count(c,
						 "SELECT data ->> 'id' FROM bus_message WHERE channel = '/topic/' || ? AND id = 2",
						 "i", one.topic_id),
		two.post_id);
	/* Nobody outside the circle. */
	assert_int_equal(count(c,
						 "SELECT count(*) FROM bus_message WHERE channel IN ('/latest', '/new') AND "
						 "group_ids IS NULL",
						 "", 0),
		0);
	bus_free(c->f.bus);
	c->f.bus = NULL;
}

static void names_and_words(void **state)
{
	static const struct {
		const char *title, *slug;
	} slugs[] = {{"Hulp bij een offerte?", "hulp-bij-een-offerte"}, {"Één café", "een-cafe"},
		{"  --  ", "topic"}, {"日本", "topic"}};
	static const struct {
		const char *words, *expression;
	} searches[] = {
		{"fiets tocht", "\"fiets\"* \"tocht\"*"}, {"a OR b\"*", "\"a\"* \"OR\"* \"b\"*"}, {"--", NULL}};
	struct arena a = {0};
	for (size_t i = 0; i < sizeof slugs / sizeof slugs[0]; i++)
		CHECK_STRING(slugs[i].title, forum_slug(&a, slugs[i].title), slugs[i].slug);
	for (size_t i = 0; i < sizeof searches / sizeof searches[0]; i++)
		CHECK_STRING(searches[i].words, forum_search_expression(&a, searches[i].words),
			searches[i].expression);
	assert_true(forum_username_valid("joost.b") && forum_username_valid("daan-w"));
	assert_false(forum_username_valid("a") || forum_username_valid("met spatie") ||
		forum_username_valid("eind.") || forum_username_valid("../x"));
	arena_fini(&a);
}

int main(void)
{
#define EACH(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		EACH(a_topic_and_its_answers_are_counted),
		EACH(what_may_not_be_written_is_refused),
		EACH(everyone_sees_what_is_theirs),
		EACH(people_are_told_once),
		EACH(mentions_stay_inside_closed_circles),
		EACH(likes_count_once),
		EACH(edits_keep_what_was),
		EACH(deleting_leaves_a_stub_and_comes_back),
		EACH(polls_take_one_vote_each),
		EACH(people_sign_up_for_events),
		EACH(events_are_read_strictly),
		EACH(bookmarks_and_drafts),
		EACH(the_bus_hears_of_it),
		cmocka_unit_test(series_keep_their_clock),
		cmocka_unit_test(names_and_words),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
