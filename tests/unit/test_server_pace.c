#include "write_case.h"

/* How often a member may do something. */

static const int64_t day_s = 24 * 60 * 60;
static const char title[] = "Wie+gaat+er+mee+wandelen";

/* The n-th of a kind, as anna. %T and %P are a topic and post of bram's, of which there are many. */
static const struct kind {
	const char *label, *method, *target, *body;
	struct limit_options limit;
	int most;
} kinds[] = {
	{"topics", "POST", "/posts.json", "title=Onderwerp+nummer+%N+van+mij&raw=De+tekst+van+onderwerp+nummer+%N", {.topics_day = 2}, 2},
	{"messages", "POST", "/posts.json",
		"archetype=private_message&title=Hallo+%N&raw=De+tekst+van+bericht+nummer+%N&target_recipients=bram",
		{.messages_day = 2}, 2},
	{"first topics", "POST", "/posts.json", "title=Onderwerp+nummer+%N+van+mij&raw=De+tekst+van+onderwerp+nummer+%N",
		{.first_topics = 1}, 1},
	{"first replies", "POST", "/posts.json", "topic_id=%T&raw=Dit+is+antwoord+nummer+%N+van+mij",
		{.first_replies = 3}, 3},
	{"likes", "POST", "/post_actions.json", "id=%P&post_action_type_id=2", {.likes_day = 2}, 2},
	{"flags", "POST", "/post_actions.json", "id=%P&post_action_type_id=3", {.flags_day = 1}, 1},
	{"bookmarks", "POST", "/bookmarks.json", "bookmarkable_type=Post&bookmarkable_id=%P", {.bookmarks_day = 3}, 3},
};

struct ground {
	struct made bram[5];
};

static const char *filled(struct write_case *c, const struct ground *g, const char *pattern, int n)
{
	struct sbuf b = {0};
	for (const char *p = pattern; *p != '\0'; p++) {
		int64_t value = p[0] != '%' ? -1 : p[1] == 'N' ? n : p[1] == 'T' ? g->bram[n].topic : p[1] == 'P'
			? g->bram[n].post : -1;
		if (value < 0)
			sbuf_addc(&b, *p);
		else
			sbuf_addf(&b, "%lld", (long long)value), p++;
	}
	const char *text = arena_strdup(&c->s.mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static void lay_ground(struct write_case *c, struct ground *g)
{
	for (int i = 0; i < 5; i++)
		g->bram[i] = case_topic(c, "bram", site_format(&c->s, "Onderwerp+%d+van+Bram+zelf", i));
	assert_true(forum_setting_set(c->s.k.db, "personal_message_enabled_groups", "10|11", NULL));
}

static void a_day_has_an_end(void **state)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct write_case *c;
		struct ground g;
		case_open(state);
		c = *state;
		lay_ground(c, &g);
		case_limits(c, kinds[i].limit);
		for (int n = 0; n <= kinds[i].most; n++)
			CHECK_INT(kinds[i].label, case_ask(c, "anna", kinds[i].method, kinds[i].target,
				filled(c, &g, kinds[i].body, n)), n < kinds[i].most ? 200 : 429);
		CHECK_STRING(kinds[i].label, case_at(c, "error_type"), "rate_limit");
		CHECK_INT(kinds[i].label, case_number(c, "extras.wait_seconds"), day_s);
		CHECK_STRING(kinds[i].label, site_header(&c->s, "Retry-After"),
			site_format(&c->s, "%lld", (long long)day_s));
		case_later(c, day_s);
		CHECK_INT(kinds[i].label, case_ask(c, "anna", kinds[i].method, kinds[i].target,
			filled(c, &g, kinds[i].body, kinds[i].most)), 200);
		case_close(state);
	}
}

static void edits_have_a_day_too(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title);
	const char *path = site_format(&c->s, "/posts/%lld.json", (long long)t.post);
	case_limits(c, (struct limit_options){.edits_day = 2});
	case_later(c, 600);
	for (int i = 0; i < 3; i++)
		case_must(c, i < 2 ? 200 : 429, "anna", "PUT", path,
			site_format(&c->s, "post[raw]=Nieuwe+tekst+nummer+%d+van+mij", i));
	case_must(c, 200, "carla", "PUT", path, "post[raw]=Een+beheerder+heeft+geen+grens");
}

/* Who posted here before today is not new any more; nor is who is trusted. */
static void the_first_day_is_for_new_members(void **state)
{
	struct write_case *c = *state;
	case_limits(c, (struct limit_options){.first_topics = 1});
	case_topic(c, "anna", "Het+eerste+onderwerp+van+mij");
	case_later(c, day_s + 1);
	case_topic(c, "anna", "Het+tweede+onderwerp+van+mij");
	case_topic(c, "anna", "Het+derde+onderwerp+van+mij");
	case_topic(c, "bram", "Het+eerste+onderwerp+van+Bram");
	case_do(c, "UPDATE user SET trust_level = 2 WHERE id = ?", c->bram);
	case_topic(c, "bram", "Het+tweede+onderwerp+van+Bram");
}

static void new_members_wait_longer(void **state)
{
	struct write_case *c = *state;
	static const struct {
		const char *label;
		int after_s;
		bool topic;
		int status;
	} rows[] = {{"a reply too soon", 29, false, 429}, {"a reply", 1, false, 200},
		{"a topic too soon", 89, true, 429},
		{"a topic", 1, true, 200}};
	struct made t = case_topic(c, "anna", title);
	case_limits(c, (struct limit_options){.topic_seconds = 15, .post_seconds = 5});
	case_must(c, 200, "nieuw", "POST", "/posts.json", site_format(&c->s,
		"title=Het+eerste+van+een+nieuw+lid&raw=Hallo+allemaal,+ik+ben+hier+nieuw.&category=%lld&typing_duration_msecs=9000",
		(long long)c->board));
	for (size_t i = 0; i < COUNT(rows); i++) {
		case_later(c, rows[i].after_s);
		const char *body = rows[i].topic ? site_format(&c->s, "title=Nog+een+keer+iets+van+mij&raw=Hier+ben+ik+weer,+ik+heb+een+vraag.&category=%lld",
			(long long)c->board) : site_format(&c->s, "topic_id=%lld&raw=Dank+je+wel+voor+dit+onderwerp",
			(long long)t.topic);
		CHECK_INT(rows[i].label, case_ask(c, "nieuw", "POST", "/posts.json", body), rows[i].status);
	}
}

static void three_replies_in_a_row(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title);
	case_limits(c, (struct limit_options){.replies_in_row = 3});
	for (int i = 0; i < 3; i++)
		case_reply(c, "bram", t.topic, site_format(&c->s, "Dit+is+antwoord+nummer+%d+van+mij", i));
	const char *more = site_format(&c->s, "topic_id=%lld&raw=En+nog+een+antwoord+van+mij", (long long)t.topic);
	case_must(c, 422, "bram", "POST", "/posts.json", more);
	CHECK_STRING("why", case_at(c, "errors.0"),
		"De laatste antwoorden hier zijn allemaal van jou. Wacht tot iemand antwoordt.");
	case_reply(c, "zoe", t.topic, "Ik+lees+met+plezier+mee+hoor");
	case_must(c, 200, "bram", "POST", "/posts.json", more);
	for (int i = 0; i < 4; i++) {
		case_reply(c, "anna", t.topic, site_format(&c->s, "Wie+begon+gaat+door,+keer+nummer+%d", i));
		case_reply(c, "carla", t.topic, site_format(&c->s, "En+een+beheerder+ook,+keer+nummer+%d", i));
	}
	case_must(c, 200, "bram", "POST", "/posts.json",
		"archetype=private_message&title=Hallo&raw=In+een+bericht+geldt+dit+niet&target_recipients=zoe");
	int64_t message = case_number(c, "topic_id");
	for (int i = 0; i < 4; i++)
		case_reply(c, "zoe", message, site_format(&c->s, "Hier+ben+ik+alweer,+keer+nummer+%d", i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, case_open, case_close)
		cmocka_unit_test(a_day_has_an_end),
		TEST(edits_have_a_day_too),
		TEST(the_first_day_is_for_new_members),
		TEST(new_members_wait_longer),
		TEST(three_replies_in_a_row),
#undef TEST
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
