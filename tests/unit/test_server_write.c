#include "write_case.h"

/* Writing posts: POST /posts. */

static const char long_title[] = "Wie+gaat+er+mee+wandelen",
	text[] = "Wij+lopen+dinsdag+om+tien+uur+langs+de+rivier.";

static const char *new_topic(struct write_case *c, const char *title, const char *raw)
{
	return site_format(&c->s, "title=%s&raw=%s&category=%lld", title, raw, (long long)c->board);
}

static void test_new_topic(void **state)
{
	struct write_case *c = *state;
	case_must(c, 200, "anna", "POST", "/posts.json", site_format(&c->s,
		"title=%s&raw=%%20%s%%0D%%0A&category=%lld&tags[]=wandelen&tags[][name]=buiten&draft_key=new_topic",
		long_title, text, (long long)c->board));
	CHECK_STRING("raw is tidy", case_at(c, "raw"), "Wij lopen dinsdag om tien uur langs de rivier.");
	CHECK_STRING("number", case_at(c, "post_number"), "1");
	CHECK_STRING("mine", case_at(c, "yours"), "true");
	CHECK_STRING("sequence of the topic's draft", case_at(c, "draft_sequence"), "0");
	const char *topic = site_format(&c->s, "/t/%lld.json", (long long)case_number(c, "topic_id"));
	case_shows(c, "bram", topic, "title", "Wie gaat er mee wandelen");
	CHECK_STRING("tags", site_format(&c->s, "%s %s", case_at(c, "tags.0.name"), case_at(c, "tags.1.name")),
		"buiten wandelen");
	CHECK_INT("category", case_number(c, "category_id"), c->board);
	case_shows(c, "bram", "/latest.json", "topic_list.topics.0.title", "Wie gaat er mee wandelen");
	case_shows(c, "anna", "/drafts/new_topic.json", "draft_sequence", "1");
	assert_true(bus_last_id(c->s.k.db, "/new") == 1 && bus_last_id(c->s.k.db, "/latest") == 1);
}

static void test_reply(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", long_title);
	case_must(c, 200, "bram", "POST", "/posts.json", site_format(&c->s,
		"topic_id=%lld&raw=Ik+ga+graag+met+jullie+mee.&reply_to_post_number=1&nested_post=true",
		(long long)t.topic));
	CHECK_STRING("action", case_at(c, "action"), "create_post");
	CHECK_STRING("success", case_at(c, "success"), "true");
	CHECK_STRING("number", case_at(c, "post.post_number"), "2");
	CHECK_STRING("answers", case_at(c, "post.reply_to_post_number"), "1");
	CHECK_STRING("draft", case_at(c, "post.draft_sequence"), "1");
	case_shows(c, "anna", "/notifications.json", "notifications.0.notification_type", "2");
	case_must(c, 200, "bram", "POST", "/posts.json", site_format(&c->s,
		"topic_id=%lld&raw=Een+antwoord+op+niets+dat+bestaat.&reply_to_post_number=99", (long long)t.topic));
	CHECK_STRING("answers the topic", case_at(c, "reply_to_post_number"), "null");
	CHECK_INT("bus", bus_last_id(c->s.k.db, site_format(&c->s, "/topic/%lld", (long long)t.topic)), 3);
	CHECK_INT("json", case_ask_json(c, "zoe", "POST", "/posts.json",
		site_format(&c->s, "{\"topic_id\":%lld,\"raw\":\"Ook ik wil graag mee wandelen.\"}",
		(long long)t.topic)), 200);
	case_shows(c, "anna", site_format(&c->s, "/t/%lld.json", (long long)t.topic), "posts_count", "4");
}

static void test_message(void **state)
{
	struct write_case *c = *state;
	case_must(c, 200, "anna", "POST", "/posts.json",
		"archetype=private_message&title=Dag+Bram&raw=Zullen+we+eens+bellen%3F&target_recipients=bram,+bestuur");
	int64_t topic = case_number(c, "topic_id");
	case_shows(c, "bram", "/topics/private-messages/bram.json", "topic_list.topics.0.title", "Dag Bram");
	case_must(c, 404, "zoe", "GET", site_format(&c->s, "/t/%lld.json", (long long)topic), "");
	case_reply(c, "bram", topic, "Ja+leuk,+morgen%3F");
	case_must(c, 422, "zoe", "POST", "/posts.json",
		site_format(&c->s, "topic_id=%lld&raw=Mag+ik+ook+mee+bellen%%3F", (long long)topic));
	case_shows(c, "anna", "/drafts/new_private_message.json", "draft_sequence", "1");
	case_do(c, "INSERT INTO user_relation (user_id, other_id, kind) SELECT ?1, id, 'ignore' FROM user"
		" WHERE username = 'anna'", c->zoe);
	case_must(c, 422, "anna", "POST", "/posts.json",
		"archetype=private_message&title=Dag+Zoe&raw=Zullen+we+eens+praten%3F&target_usernames=zoe");
	CHECK_STRING("says why", case_at(c, "errors.0"), "Iemand aan wie je schrijft, wil geen privéberichten van je.");
	case_must(c, 403, "nieuw", "POST", "/posts.json",
		"archetype=private_message&title=Dag+Zoe&raw=Zullen+we+eens+praten%3F&target_usernames=zoe");
}

/* What is refused, and in which words. %C the board, %B the closed one, %T a topic, %X a closed topic. */
static void test_refusals(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", long_title),
		shut = case_topic(c, "anna", "Dit+is+een+gesloten+onderwerp");
	struct error err = {0};
	assert_true(forum_topic_close(&c->f, shut.topic, c->carla, true, &err));
	static const struct {
		const char *label, *who, *body;
		int status;
		const char *path, *want;
	} rows[] = {
		{"nobody", NULL, "raw=x", 403, "0", "BAD CSRF"},
		{"no text", "bram", "title=abc", 400, "error_type", "invalid_parameters"},
		{"short text", "bram", "title=Een+titel+die+lang+genoeg+is&raw=kort&category=%C", 422, "errors.0",
			"De tekst is te kort."},
		{"short title", "bram", "title=kort&raw=Een+tekst+die+lang+genoeg+is.&category=%C", 422, "errors.0",
			"De titel is te kort."},
		{"no title", "bram", "raw=Een+tekst+die+lang+genoeg+is.&category=%C", 422, "action", "create_post"},
		{"title of two lines", "bram", "title=Een+titel+die%0Alang+genoeg+is&raw=Een+tekst+die+lang+genoeg+is.&category=%C", 422,
			"errors.0", "Een titel is één regel gewone tekst."},
		{"escapes in a title", "bram", "title=Een+titel+die%1B[31m+rood+is&raw=Een+tekst+die+lang+genoeg+is.&category=%C", 422,
			"errors.0", "Een titel is één regel gewone tekst."},
		{"title taken", "bram", "title=wie+gaat+er+mee+Wandelen&raw=Een+tekst+die+lang+genoeg+is.&category=%C", 422,
			"errors.0", "Er is al een onderwerp met deze titel."},
		{"closed category", "bram", "title=Een+titel+die+lang+genoeg+is&raw=Een+tekst+die+lang+genoeg+is.&category=%B", 403,
			"error_type", "invalid_access"},
		{"no category", "bram", "title=Een+titel+die+lang+genoeg+is&raw=Een+tekst+die+lang+genoeg+is.&category=nergens", 403,
			"error_type", "invalid_access"},
		{"too many tags", "bram", "title=Een+titel+die+lang+genoeg+is&raw=Een+tekst+die+lang+genoeg+is.&category=%C"
			"&tags[]=a1&tags[]=b2&tags[]=c3&tags[]=d4&tags[]=e5&tags[]=f6", 422, "errors.0",
			"Een onderwerp kan hoogstens 5 labels hebben."},
		{"no such topic", "bram", "topic_id=9999&raw=Een+tekst+die+lang+genoeg+is.", 422, "action", "create_post"},
		{"not a topic", "bram", "topic_id=abc&raw=Een+tekst+die+lang+genoeg+is.", 422, "action", "create_post"},
		{"closed topic", "bram", "topic_id=%X&raw=Een+tekst+die+lang+genoeg+is.", 422, "errors.0",
			"Dit onderwerp is gesloten."},
		{"short reply", "bram", "topic_id=%T&raw=kort", 422, "errors.0", "De tekst is te kort."},
		{"event in a reply", "bram", "topic_id=%T&raw=%5Bevent+start%3D%222026-04-01+10:00%22+status%3D%22public%22%5D%0A%5B/event%5D",
			422, "errors.0", "Alleen het eerste bericht kan een bijeenkomst hebben."},
		{"event without start", "bram", "title=Een+titel+die+lang+genoeg+is&category=%C&raw=%5Bevent+status%3D%22public%22%5D%0A%5B/event%5D%0ATot+dan+allemaal",
			422, "errors.0", "De bijeenkomst heeft een begin nodig: een datum en een tijd."},
		{"two equal options", "bram", "topic_id=%T&raw=%5Bpoll%5D%0A*+rood%0A*+rood%0A%5B/poll%5D%0AWat+kies+je+zelf%3F", 422,
			"errors.0", "Alle antwoorden van een peiling zijn verschillend."},
		{"nobody to write to", "bram", "archetype=private_message&title=Hallo&raw=Een+tekst+die+lang+genoeg+is.", 422,
			"errors.0", "Kies voor wie je privébericht is."},
		{"unknown recipient", "bram", "archetype=private_message&title=Hallo&raw=Een+tekst+die+lang+genoeg+is."
			"&target_recipients=niemand", 422, "errors.0", "Iemand aan wie je schrijft, bestaat hier niet."},
	};
	int64_t before = case_sql(c, "SELECT count(*) FROM post");
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf body = {0};
		for (const char *p = rows[i].body; *p != '\0'; p++) {
			int64_t id = *p != '%' ? 0 : p[1] == 'C' ? c->board : p[1] == 'B' && p[2] == '\0' ? c->closed_board
				: p[1] == 'T' ? t.topic : p[1] == 'X' ? shut.topic : 0;
			if (id == 0)
				sbuf_addc(&body, *p);
			else
				sbuf_addf(&body, "%lld", (long long)id), p++;
		}
		CHECK_INT(rows[i].label, case_ask(c, rows[i].who, "POST", "/posts.json", sbuf_str(&body)), rows[i].status);
		CHECK_STRING(rows[i].label, case_at(c, rows[i].path), rows[i].want);
		sbuf_fini(&body);
	}
	CHECK_INT("nothing was written", case_sql(c, "SELECT count(*) FROM post"), before);
	case_reply(c, "carla", shut.topic, "Een+beheerder+mag+hier+wel+schrijven.");
}

static void test_same_text(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", long_title);
	const char *body = site_format(&c->s, "topic_id=%lld&raw=%s", (long long)t.topic, text);
	case_must(c, 200, "bram", "POST", "/posts.json", body);
	case_must(c, 422, "bram", "POST", "/posts.json", body);
	CHECK_STRING("why", case_at(c, "errors.0"), "Deze tekst heb je al geplaatst.");
	case_must(c, 200, "zoe", "POST", "/posts.json", body);
	case_must(c, 200, "bram", "POST", "/posts.json", site_format(&c->s,
		"archetype=private_message&title=Dag&raw=%s&target_recipients=anna", text));
	case_later(c, 301);
	case_must(c, 200, "bram", "POST", "/posts.json", body);
	case_must(c, 200, "carla", "POST", "/posts.json", body);
	case_must(c, 200, "carla", "POST", "/posts.json", body);
}

static void test_pace(void **state)
{
	struct write_case *c = *state;
	case_limits(c, (struct limit_options){.topic_seconds = 15, .post_seconds = 5});
	struct made t = case_topic(c, "anna", long_title);
	case_later(c, 2);
	case_must(c, 429, "anna", "POST", "/posts.json",
		site_format(&c->s, "topic_id=%lld&raw=%s", (long long)t.topic, text));
	CHECK_STRING("type", case_at(c, "error_type"), "rate_limit");
	CHECK_STRING("wait", case_at(c, "extras.wait_seconds"), "3");
	CHECK_STRING("header", site_header(&c->s, "Retry-After"), "3");
	case_later(c, 3);
	case_reply(c, "anna", t.topic, text);
	case_must(c, 429, "anna", "POST", "/posts.json", new_topic(c, "Een+tweede+onderwerp+hierover", text));
	CHECK_STRING("a topic waits longer", case_at(c, "extras.wait_seconds"), "10");
	case_must(c, 200, "carla", "POST", "/posts.json", new_topic(c, "Beheerders+wachten+niet", text));
	case_must(c, 200, "carla", "POST", "/posts.json", new_topic(c, "Beheerders+wachten+echt+niet", text));
	case_later(c, 10);
	case_must(c, 200, "anna", "POST", "/posts.json", new_topic(c, "Een+tweede+onderwerp+hierover",
		"Een+heel+andere+tekst+dan+de+vorige"));
	case_do(c, "UPDATE topic SET slow_mode_s = 3600 WHERE id = ?", t.topic);
	case_later(c, 60);
	case_must(c, 422, "anna", "POST", "/posts.json",
		site_format(&c->s, "topic_id=%lld&raw=Weer+een+andere+tekst+van+mij", (long long)t.topic));
	CHECK_STRING("slow mode", case_at(c, "errors.0"),
		"In dit onderwerp kun je niet zo vaak schrijven. Wacht voordat je weer schrijft.");
}

static void test_approval(void **state)
{
	struct write_case *c = *state;
	case_must(c, 200, "nieuw", "POST", "/posts.json", site_format(&c->s, "%s&typing_duration_msecs=900",
		new_topic(c, long_title, text)));
	CHECK_STRING("waits", case_at(c, "action"), "enqueued");
	CHECK_STRING("count", case_at(c, "pending_count"), "1");
	CHECK_STRING("text", case_at(c, "pending_post.raw_text"), "Wij lopen dinsdag om tien uur langs de rivier.");
	CHECK_INT("no post", case_sql(c, "SELECT count(*) FROM post"), 0);
	case_shows(c, "nieuw", "/posts/nieuw/pending.json", "pending_posts.0.title", "Wie gaat er mee wandelen");
	case_must(c, 403, "nieuw", "POST", "/posts.json", site_format(&c->s, "%s&typing_duration_msecs=9000",
		new_topic(c, "Nog+een+onderwerp+van+mij", text)));
	case_do(c, "UPDATE user SET silenced_until_ms = NULL WHERE id = ?", c->nieuw);
	case_must(c, 200, "nieuw", "POST", "/posts.json", site_format(&c->s, "%s&typing_duration_msecs=9000",
		new_topic(c, "Nog+een+onderwerp+van+mij", text)));
	CHECK_STRING("typed by hand", case_at(c, "post_number"), "1");
	assert_true(forum_setting_set(c->s.k.db, "approve_unless_trust_level", "2", NULL));
	case_must(c, 200, "anna", "POST", "/posts.json", new_topic(c, "Een+onderwerp+van+Anna+zelf", text));
	CHECK_STRING("everyone waits", case_at(c, "action"), "enqueued");
	case_must(c, 422, "anna", "POST", "/posts.json", new_topic(c, "kort", "kort"));
	CHECK_STRING("also then the rules count", case_at(c, "action"), "create_post");
	case_must(c, 200, "anna", "POST", "/posts.json",
		"archetype=private_message&title=Dag+Bram&raw=Zullen+we+eens+bellen%3F&target_recipients=bram");
	CHECK_STRING("but not for a message", case_at(c, "post_number"), "1");
	case_reply(c, "bram", case_number(c, "topic_id"), "Ja+leuk,+morgen+dan%3F");
}

static void test_event_and_poll(void **state)
{
	struct write_case *c = *state;
	case_must(c, 200, "anna", "POST", "/posts.json", new_topic(c, "Wandelen+langs+de+rivier",
		"%5Bevent+start%3D%222026-04-01+10:00%22+status%3D%22public%22+timezone%3D%22Europe/Amsterdam%22%5D%0A%5B/event%5D%0A%0A"
		"%5Bpoll%5D%0A*+soep%0A*+brood%0A%5B/poll%5D"));
	CHECK_STRING("event", case_at(c, "event.starts_at"), "2026-04-01T10:00:00.000+02:00");
	CHECK_STRING("poll", case_at(c, "polls.0.options.#"), "2");
}

static void test_required_tags(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", long_title);
	int64_t strict = 0;
	const struct new_category category = {.name = "Opdrachten"};
	assert_true(forum_category_create(&c->f, &category, &strict, NULL));
	case_do(c, "UPDATE category SET minimum_required_tags = 1 WHERE id = ?", strict);
	const char *body = site_format(&c->s, "title=Een+opdracht+voor+twee&raw=%s&category=%lld", text,
		(long long)strict);
	case_must(c, 422, "anna", "POST", "/posts.json", body);
	CHECK_STRING("why", case_at(c, "errors.0"), "Een onderwerp heeft hier minstens 1 labels nodig.");
	case_must(c, 200, "bram", "POST", "/posts.json", site_format(&c->s, "%s&tags[]=rijnmond", body));
	const char *path = site_format(&c->s, "/t/-/%lld.json", (long long)t.topic);
	case_must(c, 422, "anna", "PUT", path, site_format(&c->s, "category_id=%lld", (long long)strict));
	case_must(c, 422, "anna", "PUT", site_format(&c->s, "/posts/%lld.json", (long long)t.post),
		site_format(&c->s, "post[category_id]=%lld", (long long)strict));
	case_must(c, 200, "anna", "PUT", path, site_format(&c->s, "category_id=%lld&tags[]=rijnmond",
		(long long)strict));
}

static void test_poll_of_a_group(void **state)
{
	struct write_case *c = *state;
	case_must(c, 200, "anna", "POST", "/posts.json", new_topic(c, "Een+keuze+voor+het+bestuur",
		"%5Bpoll+groups%3D%22bestuur%22%5D%0A*+soep%0A*+brood%0A%5B/poll%5D%0A%0AWat+eten+we?"));
	CHECK_STRING("shown", case_at(c, "polls.0.groups"), "bestuur");
	const char *vote = site_format(&c->s, "post_id=%s&poll_name=poll&options[]=%s", case_at(c, "id"),
		case_at(c, "polls.0.options.0.id"));
	case_must(c, 422, "bram", "PUT", "/polls/vote.json", vote);
	CHECK_STRING("why", case_at(c, "errors.0"), "Deze peiling is voor andere groepen.");
	case_do(c, "INSERT INTO group_member (group_id, user_id, added_ms) SELECT id, ?, 0 FROM groups"
		" WHERE name = 'bestuur'", c->bram);
	case_must(c, 200, "bram", "PUT", "/polls/vote.json", vote);
	CHECK_STRING("counted", case_at(c, "poll.voters"), "1");
}

static void test_bulk_invite(void **state)
{
	struct write_case *c = *state;
	case_must(c, 200, "carla", "POST", "/posts.json", new_topic(c, "Wandelen+langs+de+rivier",
		"%5Bevent+start%3D%222026-04-01+10:00%22+status%3D%22public%22%5D%0A%5B/event%5D%0ATot+dan+allemaal"));
	case_do(c, "INSERT INTO group_member (group_id, user_id, added_ms) SELECT id, ?, 0 FROM groups"
		" WHERE name = 'bestuur'", c->zoe);
	const char *path = site_format(&c->s, "/discourse-post-event/events/%s/bulk-invite.json", case_at(c, "id"));
	const char *body = "{\"invitees\":[{\"identifier\":\"anna\",\"attendance\":\"going\"},"
		"{\"identifier\":\"bestuur\",\"attendance\":\"unknown\"},{\"identifier\":\"niemand\",\"attendance\":\"going\"}]}";
	CHECK_INT("a member", case_ask_json(c, "bram", "POST", path, body), 403);
	CHECK_INT("the organiser", case_ask_json(c, "carla", "POST", path, body), 200);
	CHECK_INT("nobody", case_ask_json(c, "carla", "POST", path, "{}"), 400);
	CHECK_INT("two people", case_sql(c, "SELECT count(*) FROM invitee"), 2);
	CHECK_INT("anna comes", case_sql(c, "SELECT count(*) FROM invitee WHERE status = 'going'"), 1);
	case_shows(c, "zoe", "/notifications.json", "notifications.0.notification_type", "28");
	case_must(c, 200, "carla", "POST", path, "invitees[0][identifier]=bram&invitees[0][attendance]=not_going");
	CHECK_INT("by form", case_sql(c, "SELECT count(*) FROM invitee WHERE status = 'not_going'"), 1);
}

static void test_admin_key(void **state)
{
	struct write_case *c = *state;
	char hash[SHA256_HEX];
	sha256_hex("geheim", 6, hash);
	assert_true(sql_run(c->s.k.db, NULL, "INSERT INTO admin_key (key_hash, created_ms) VALUES (?, 0)", "s", hash));
	const char *headers = "Api-Key: geheim\nApi-Username: anna";
	const char *body = site_format(&c->s, "%s&created_at=2026-01-01T10:00:00Z", new_topic(c, long_title, text));
	CHECK_INT("made", site_ask(&c->s, "POST", "/posts.json", headers, body), 200);
	CHECK_STRING("then", site_string(&c->s, "created_at"), "2026-01-01T10:00:00.000Z");
	body = new_topic(c, "Een+ander+onderwerp+van+nu", text);
	CHECK_INT("short text", site_ask(&c->s, "POST", "/posts.json", headers, new_topic(c, "kort", "kort")), 422);
	CHECK_INT("without rules", site_ask(&c->s, "POST", "/posts.json", headers,
		site_format(&c->s, "%s&skip_validations=true", new_topic(c, "kort", "kort"))), 200);
	CHECK_INT("not a time", site_ask(&c->s, "POST", "/posts.json", headers,
		site_format(&c->s, "%s&created_at=ooit", body)), 400);
	case_later(c, 400);
	CHECK_INT("once", site_ask(&c->s, "POST", "/posts.json", headers, body), 200);
	int64_t count = case_sql(c, "SELECT count(*) FROM post");
	CHECK_INT("twice", site_ask(&c->s, "POST", "/posts.json", headers, body), 200);
	CHECK_INT("is one post", case_sql(c, "SELECT count(*) FROM post"), count);
}

static void test_read_only(void **state)
{
	struct write_case *c = *state;
	c->s.options.read_only = true;
	case_must(c, 503, "anna", "POST", "/posts.json", new_topic(c, long_title, text));
	CHECK_STRING("type", case_at(c, "error_type"), "read_only");
	case_must(c, 200, "anna", "GET", "/latest.json", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, case_open, case_close)
		TEST(test_new_topic),
		TEST(test_reply),
		TEST(test_message),
		TEST(test_refusals),
		TEST(test_same_text),
		TEST(test_pace),
		TEST(test_approval),
		TEST(test_event_and_poll),
		TEST(test_required_tags),
		TEST(test_poll_of_a_group),
		TEST(test_bulk_invite),
		TEST(test_admin_key),
		TEST(test_read_only),
#undef TEST
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
