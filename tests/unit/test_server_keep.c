#include "write_case.h"

/* What a member keeps for themself: read state, bookmarks, drafts, notices, where messages are. */

static const char title[] = "Wie+gaat+er+mee+wandelen";

static void test_timings(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title);
	for (int i = 0; i < 3; i++)
		case_reply(c, "anna", t.topic, site_format(&c->s, "Dit+is+antwoord+nummer+%d+van+mij", i));
	case_must(c, 200, "zoe", "POST", "/posts.json", site_format(&c->s,
		"topic_id=%lld&raw=Dag+@bram,+kijk+je+hier+ook+even%%3F", (long long)t.topic));
	case_shows(c, "bram", "/notifications.json", "notifications.0.read", "false");
	const char *page = site_format(&c->s, "/t/%lld.json", (long long)t.topic);
	case_must(c, 200, "bram", "POST", "/topics/timings", site_format(&c->s,
		"topic_id=%lld&topic_time=9000&timings[1]=4000&timings[2]=900000&timings[x]=7", (long long)t.topic));
	case_shows(c, "bram", page, "last_read_post_number", "2");
	CHECK_STRING("seen by one", case_in(c, c->answer, "post_stream.posts.1.reads"), "1");
	CHECK_INT("time", case_sql_of(c, "SELECT total_msecs FROM topic_user WHERE user_id = ?", c->bram), 64000);
	case_must(c, 200, "bram", "POST", "/topics/timings",
		site_format(&c->s, "topic_id=%lld&topic_time=1&timings[1]=100", (long long)t.topic));
	case_shows(c, "bram", page, "last_read_post_number", "2");
	CHECK_STRING("counted once", case_in(c, c->answer, "post_stream.posts.1.reads"), "1");
	CHECK_INT("json", case_ask_json(c, "bram", "POST", "/topics/timings", site_format(&c->s,
		"{\"topic_id\":%lld,\"topic_time\":5,\"timings\":{\"5\":2000,\"99\":2000}}", (long long)t.topic)), 200);
	case_shows(c, "bram", page, "last_read_post_number", "5");
	case_shows(c, "bram", "/notifications.json", "notifications.0.read", "true");
	assert_true(bus_last_id(c->s.k.db, site_format(&c->s, "/unread/%lld", (long long)c->bram)) > 0);
	case_must(c, 404, "bram", "POST", "/topics/timings", "topic_id=9999&timings[1]=100");
	case_must(c, 403, NULL, "POST", "/topics/timings", "topic_id=1&timings[1]=100");
}

static void test_levels(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title);
	const char *path = site_format(&c->s, "/t/%lld/notifications.json", (long long)t.topic);
	case_must(c, 200, "bram", "POST", path, "notification_level=0");
	case_shows(c, "bram", site_format(&c->s, "/t/%lld.json", (long long)t.topic),
		"details.notification_level", "0");
	case_must(c, 200, "bram", "POST", path, "notification_level=3");
	case_shows(c, "bram", site_format(&c->s, "/t/%lld.json", (long long)t.topic),
		"details.notification_level", "3");
	case_must(c, 400, "bram", "POST", path, "notification_level=4");
	case_must(c, 400, "bram", "POST", path, "");
	case_must(c, 404, "bram", "POST", "/t/9999/notifications.json", "notification_level=1");
	path = site_format(&c->s, "/category/%lld/notifications.json", (long long)c->board);
	case_must(c, 200, "bram", "POST", path, "notification_level=0");
	case_shows(c, "bram", "/session/current.json", "current_user.muted_category_ids.0",
		site_format(&c->s, "%lld", (long long)c->board));
	case_must(c, 400, "bram", "POST", path, "notification_level=9");
	case_must(c, 404, "bram", "POST", site_format(&c->s, "/category/%lld/notifications.json",
		(long long)c->closed_board), "notification_level=1");
}

static void test_notices(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title);
	case_must(c, 200, "bram", "POST", "/post_actions.json", site_format(&c->s, "id=%lld&post_action_type_id=2",
		(long long)t.post));
	case_reply(c, "bram", t.topic, "Ik+ga+graag+met+jullie+mee");
	case_shows(c, "anna", "/session/current.json", "current_user.all_unread_notifications_count", "2");
	case_must(c, 200, "anna", "PUT", "/notifications/mark-read.json", "dismiss_types=liked");
	case_shows(c, "anna", "/session/current.json", "current_user.all_unread_notifications_count", "1");
	case_shows(c, "anna", "/notifications.json?filter=unread", "notifications.#", "1");
	const char *id = case_at(c, "notifications.0.id");
	case_must(c, 200, "bram", "PUT", "/notifications/mark-read.json", site_format(&c->s, "id=%s", id));
	case_shows(c, "anna", "/notifications.json?filter=unread", "notifications.#", "1");
	case_must(c, 200, "anna", "PUT", "/notifications/mark-read.json", site_format(&c->s, "id=%s", id));
	case_shows(c, "anna", "/notifications.json?filter=unread", "notifications.#", "0");
	case_must(c, 400, "anna", "PUT", "/notifications/mark-read.json", "id=abc");
	case_reply(c, "bram", t.topic, "En+ik+neem+ook+koffie+mee");
	case_must(c, 200, "anna", "PUT", "/notifications/mark-read.json", "");
	case_shows(c, "anna", "/session/current.json", "current_user.unread_notifications", "0");
}

static void test_bookmarks(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title);
	const char *body = site_format(&c->s, "bookmarkable_id=%lld&bookmarkable_type=Post", (long long)t.post);
	case_must(c, 200, "bram", "POST", "/bookmarks.json", site_format(&c->s,
		"%s&name=lezen&reminder_at=2026-03-05T10:00:00Z", body));
	const char *path = site_format(&c->s, "/bookmarks/%s.json", case_at(c, "id"));
	case_shows(c, "bram", "/u/bram/bookmarks.json", "user_bookmark_list.bookmarks.0.name", "lezen");
	case_must(c, 400, "bram", "POST", "/bookmarks.json", body);
	CHECK_STRING("failed", case_at(c, "failed"), "FAILED");
	case_must(c, 400, "anna", "POST", "/bookmarks.json",
		site_format(&c->s, "%s&reminder_at=2020-01-01T10:00:00Z", body));
	CHECK_STRING("why", case_at(c, "errors.0"), "Het moment van de herinnering is al voorbij.");
	case_must(c, 400, "anna", "POST", "/bookmarks.json", site_format(&c->s, "%s&reminder_at=ooit", body));
	case_must(c, 400, "anna", "POST", "/bookmarks.json", "bookmarkable_id=1");
	case_must(c, 404, "anna", "POST", "/bookmarks.json", "bookmarkable_id=9999&bookmarkable_type=Topic");
	case_must(c, 422, "anna", "POST", "/bookmarks.json", "bookmarkable_id=1&bookmarkable_type=Fiets");
	case_must(c, 404, "anna", "PUT", path, "name=van+mij");
	case_must(c, 200, "bram", "PUT", path, "name=later");
	case_shows(c, "bram", site_format(&c->s, "/posts/%lld.json", (long long)t.post), "bookmark_name", "later");
	case_must(c, 404, "anna", "DELETE", path, "");
	case_must(c, 200, "bram", "DELETE", path, "");
	CHECK_STRING("nothing left", case_at(c, "topic_bookmarked"), "false");
	case_shows(c, "bram", site_format(&c->s, "/posts/%lld.json", (long long)t.post), "bookmarked", "false");
}

static void test_drafts(void **state)
{
	struct write_case *c = *state;
	const char *body = "draft_key=new_topic&data=%7B%22reply%22%3A%22half%22%7D&sequence=";
	case_must(c, 200, "anna", "POST", "/drafts.json", site_format(&c->s, "%s0", body));
	CHECK_STRING("first", case_at(c, "draft_sequence"), "0");
	case_must(c, 200, "anna", "POST", "/drafts.json", site_format(&c->s, "%s0", body));
	CHECK_STRING("every save counts", case_at(c, "draft_sequence"), "1");
	case_must(c, 409, "anna", "POST", "/drafts.json", site_format(&c->s, "%s0", body));
	CHECK_STRING("advice", case_at(c, "extras.description"),
		"Open het concept opnieuw om te zien wat er nu in staat.");
	case_must(c, 200, "anna", "POST", "/drafts.json", site_format(&c->s, "%s0&force_save=true", body));
	case_shows(c, "anna", "/drafts/new_topic.json", "draft", "{\"reply\":\"half\"}");
	CHECK_STRING("sequence", case_at(c, "draft_sequence"), "2");
	case_shows(c, "anna", "/drafts.json", "drafts.0.draft_key", "new_topic");
	case_must(c, 400, "anna", "POST", "/drafts.json", "draft_key=new_topic&data=half&sequence=2");
	case_must(c, 400, "anna", "POST", "/drafts.json", "data=%7B%7D&sequence=2");
	case_must(c, 200, "anna", "DELETE", "/drafts/new_topic.json?sequence=1", "");
	case_shows(c, "anna", "/drafts.json", "drafts.#", "1");
	case_must(c, 200, "anna", "DELETE", "/drafts/new_topic.json?sequence=2", "");
	case_shows(c, "anna", "/drafts.json", "drafts.#", "0");
	case_must(c, 200, "anna", "POST", "/drafts.json", site_format(&c->s, "%s2", body));
	case_topic(c, "anna", title);
	case_shows(c, "anna", "/drafts/new_topic.json", "draft", "null");
	CHECK_STRING("posting counts", case_at(c, "draft_sequence"), "3");
	assert_true(bus_last_id(c->s.k.db, site_format(&c->s, "/user-drafts/%lld", (long long)c->anna)) > 4);
}

static void test_messages(void **state)
{
	struct write_case *c = *state;
	case_must(c, 200, "anna", "POST", "/posts.json",
		"archetype=private_message&title=Dag+Bram&raw=Zullen+we+eens+bellen%3F&target_recipients=bram");
	long long id = case_number(c, "topic_id");
	case_must(c, 200, "bram", "PUT", site_format(&c->s, "/t/%lld/archive-message.json", id), "");
	case_shows(c, "bram", "/topics/private-messages-archive/bram.json", "topic_list.topics.#", "1");
	case_shows(c, "bram", "/topics/private-messages/bram.json", "topic_list.topics.#", "0");
	case_must(c, 200, "bram", "PUT", site_format(&c->s, "/t/%lld/move-to-inbox.json", id), "");
	case_shows(c, "bram", "/topics/private-messages/bram.json", "topic_list.topics.#", "1");
	case_must(c, 404, "zoe", "PUT", site_format(&c->s, "/t/%lld/archive-message.json", id), "");
	case_must(c, 404, "zoe", "POST", site_format(&c->s, "/t/%lld/invite.json", id), "user=zoe");
	case_must(c, 422, "anna", "POST", site_format(&c->s, "/t/%lld/invite.json", id), "user=niemand");
	case_must(c, 403, "bram", "POST", site_format(&c->s, "/t/%lld/invite.json", id), "user=zoe");
	CHECK_STRING("why", case_at(c, "errors.0"), "Alleen wie een privébericht begon, kan mensen toevoegen.");
	case_must(c, 200, "anna", "POST", site_format(&c->s, "/t/%lld/invite.json", id), "user=zoe");
	CHECK_STRING("who", case_at(c, "user.username"), "zoe");
	case_shows(c, "zoe", site_format(&c->s, "/t/%lld.json", id), "title", "Dag Bram");
	case_shows(c, "zoe", "/notifications.json", "notifications.0.notification_type", "7");
	case_must(c, 422, "anna", "POST", site_format(&c->s, "/t/%lld/invite-group.json", id), "group=staff");
	case_must(c, 403, "bram", "POST", site_format(&c->s, "/t/%lld/invite-group.json", id), "group=bestuur");
	case_must(c, 200, "anna", "POST", site_format(&c->s, "/t/%lld/invite-group.json", id), "group=bestuur");
	CHECK_STRING("which", case_at(c, "group.name"), "bestuur");
}

static void test_tag_levels(void **state)
{
	struct write_case *c = *state;
	case_must(c, 200, "anna", "POST", "/posts.json", site_format(&c->s,
		"title=%s&raw=Wij+lopen+dinsdag+langs+de+rivier.&category=%lld&tags[]=wandelen", title,
		(long long)c->board));
	case_shows(c, "bram", "/tag/wandelen/notifications.json", "tag_notification.notification_level", "1");
	case_must(c, 200, "bram", "PUT", "/tag/wandelen/notifications.json", "tag_notification[notification_level]=4");
	CHECK_STRING("kept", case_at(c, "tag_notification.notification_level"), "4");
	const char *id = case_at(c, "tag_notification.tag_id");
	case_must(c, 200, "zoe", "PUT", site_format(&c->s, "/tag/wandelen/%s/notifications.json", id),
		"tag_notification[notification_level]=3");
	case_must(c, 400, "bram", "PUT", "/tag/wandelen/notifications.json", "tag_notification[notification_level]=5");
	case_must(c, 404, "bram", "PUT", "/tag/zwemmen/notifications.json", "tag_notification[notification_level]=3");
	case_must(c, 200, "anna", "POST", "/posts.json", site_format(&c->s,
		"title=Nog+een+keer+wandelen&raw=En+woensdag+lopen+wij+ook.&category=%lld&tags[]=wandelen",
		(long long)c->board));
	int64_t topic = case_number(c, "topic_id");
	case_shows(c, "bram", "/notifications.json", "notifications.0.notification_type", "17");
	case_shows(c, "zoe", "/notifications.json", "notifications.0.notification_type", "36");
	case_reply(c, "carla", topic, "Ik+loop+woensdag+graag+mee");
	case_shows(c, "bram", "/notifications.json", "notifications.#", "1");
	case_shows(c, "zoe", "/notifications.json", "notifications.0.post_number", "2");
}

static void test_draft_room(void **state)
{
	struct write_case *c = *state;
	assert_true(forum_setting_set(c->s.k.db, "max_drafts_per_user", "2", NULL));
	case_must(c, 200, "anna", "POST", "/drafts.json", "draft_key=new_topic&sequence=0&data={}");
	case_must(c, 200, "anna", "POST", "/drafts.json", "draft_key=topic_1&sequence=0&data={}");
	case_must(c, 422, "anna", "POST", "/drafts.json", "draft_key=topic_2&sequence=0&data={}");
	CHECK_STRING("why", case_at(c, "errors.0"), "Je hebt te veel concepten. Verwijder er eerst een.");
	case_must(c, 200, "anna", "POST", "/drafts.json", "draft_key=topic_1&sequence=0&data={\"reply\":\"x\"}");
	case_must(c, 200, "anna", "DELETE", "/drafts/new_topic.json", "");
	case_must(c, 200, "anna", "POST", "/drafts.json", "draft_key=topic_2&sequence=0&data={}");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, case_open, case_close)
		TEST(test_timings),
		TEST(test_levels),
		TEST(test_notices),
		TEST(test_bookmarks),
		TEST(test_drafts),
		TEST(test_messages),
		TEST(test_tag_levels),
		TEST(test_draft_room),
#undef TEST
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
