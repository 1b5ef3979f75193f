#include "write_case.h"

#include "clock.h"

/* Changing what was written: edits, titles, deleting, likes, flags. */

static const char title[] = "Wie+gaat+er+mee+wandelen";

static const char *post_path(struct write_case *c, int64_t id, const char *rest)
{
	return site_format(&c->s, "/posts/%lld%s.json", (long long)id, rest);
}

static void test_edit(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title);
	case_later(c, 3600);
	case_must(c, 200, "anna", "PUT", post_path(c, t.post, ""),
		"post[raw]=Een+heel+nieuwe+tekst+van+mij%0D%0A&post[edit_reason]=duidelijker&title=Wie+gaat+er+mee+zwemmen&"
		"post[original_text]=De+eerste+tekst+van+anna+over+Wie+gaat+er+mee+wandelen");
	CHECK_STRING("raw", case_at(c, "post.raw"), "Een heel nieuwe tekst van mij");
	CHECK_STRING("version", case_at(c, "post.version"), "2");
	CHECK_STRING("reason", case_at(c, "post.edit_reason"), "duidelijker");
	CHECK_STRING("draft", case_at(c, "post.draft_sequence"), "1");
	case_shows(c, "bram", site_format(&c->s, "/t/%lld.json", (long long)t.topic), "title",
		"Wie gaat er mee zwemmen");
	case_shows(c, "bram", "/search.json?q=zwemmen", "posts.0.topic_id",
		site_format(&c->s, "%lld", (long long)t.topic));
	CHECK_INT("bus", bus_last_id(c->s.k.db, site_format(&c->s, "/topic/%lld", (long long)t.topic)), 3);
	CHECK_INT("json", case_ask_json(c, "anna", "PUT", post_path(c, t.post, ""),
		"{\"post\":{\"raw\":\"Nog een nieuwe tekst van mij, nu als JSON.\"}}"), 200);
	case_must(c, 200, "carla", "PUT", post_path(c, t.post, ""), "post[raw]=Een+beheerder+maakte+dit+netter.");
}

static void test_edit_refusals(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title), r = case_reply(c, "bram", t.topic, "Ik+ga+graag+met+jullie+mee");
	case_topic(c, "zoe", "Een+titel+die+al+bestaat");
	static const struct {
		const char *label, *who, *body;
		int status;
		const char *path, *want;
	} rows[] = {
		{"somebody else's", "bram", "post[raw]=Een+heel+nieuwe+tekst+van+mij", 403, "error_type", "invalid_access"},
		{"nothing to change", "anna", "x=y", 400, "error_type", "invalid_parameters"},
		{"changed meanwhile", "anna", "post[raw]=Een+heel+nieuwe+tekst+van+mij&post[raw_old]=Iets+anders",
			409, "errors.0", "Iemand anders heeft dit bericht net veranderd."},
		{"short", "anna", "post[raw]=kort", 422, "errors.0", "De tekst is te kort."},
		{"short title", "anna", "title=kort", 422, "errors.0", "De titel is te kort."},
		{"title taken", "anna", "title=Een+titel+die+al+bestaat", 422, "errors.0",
			"Er is al een onderwerp met deze titel."},
		{"closed category", "anna", "post[category_id]=6", 403, "error_type", "invalid_access"},
		{"event with two starts", "anna", "post[raw]=%5Bevent+start%3D%22gisteren%22%5D%0A%5B/event%5D", 422,
			"errors.0", "De bijeenkomst heeft een begin nodig: een datum en een tijd."},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK_INT(rows[i].label, case_ask(c, rows[i].who, "PUT", post_path(c, t.post, ""), rows[i].body),
			rows[i].status);
		CHECK_STRING(rows[i].label, case_at(c, rows[i].path), rows[i].want);
	}
	case_shows(c, "anna", post_path(c, t.post, ""), "version", "1");
	case_must(c, 404, "anna", "PUT", post_path(c, 9999, ""), "post[raw]=Een+heel+nieuwe+tekst+van+mij");
	case_must(c, 422, "bram", "PUT", post_path(c, r.post, ""),
		"post[raw]=%5Bevent+start%3D%222026-04-01+10:00%22%5D%0A%5B/event%5D");
	case_later(c, 1440 * 60 + 1);
	case_must(c, 422, "anna", "PUT", post_path(c, t.post, ""), "post[raw]=Een+heel+nieuwe+tekst+van+mij");
	CHECK_STRING("why", case_at(c, "errors.0"), "Dit bericht is te oud om te veranderen.");
	case_do(c, "UPDATE user SET trust_level = 2 WHERE id = ?", c->anna);
	case_must(c, 200, "anna", "PUT", post_path(c, t.post, ""), "post[raw]=Een+heel+nieuwe+tekst+van+mij");
	case_do(c, "UPDATE post SET wiki = 1 WHERE id = ?", t.post);
	case_must(c, 200, "bram", "PUT", post_path(c, t.post, ""), "post[raw]=Iedereen+mag+dit+bericht+aanpassen");
}

static void test_topic_edit(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title);
	const char *path = site_format(&c->s, "/t/-/%lld.json", (long long)t.topic);
	case_must(c, 200, "anna", "PUT", path, "title=Wie+gaat+er+mee+zwemmen&category_id=1&tags[]=water");
	CHECK_STRING("title", case_at(c, "basic_topic.title"), "Wie gaat er mee zwemmen");
	CHECK_STRING("slug", case_at(c, "basic_topic.slug"), "wie-gaat-er-mee-zwemmen");
	const char *page = site_format(&c->s, "/t/%lld.json", (long long)t.topic);
	case_shows(c, "bram", page, "category_id", "1");
	CHECK_STRING("tags", case_at(c, "tags.0.name"), "water");
	CHECK_INT("no tags", case_ask_json(c, "anna", "PUT", path, "{\"tags\":[]}"), 200);
	case_shows(c, "bram", page, "tags.#", "0");
	CHECK_INT("new tags", case_ask_json(c, "anna", "PUT", path, "{\"tags\":[{\"name\":\"rivier\"}]}"), 200);
	case_shows(c, "bram", page, "tags.0.name", "rivier");
	case_must(c, 403, "bram", "PUT", path, "title=Dit+mag+ik+helemaal+niet");
	case_must(c, 422, "anna", "PUT", path, "title=kort");
	case_must(c, 403, "anna", "PUT", path, "category_id=6");
	case_must(c, 409, "anna", "PUT", path, "title=Een+titel+die+lang+genoeg+is&original_title=Wie+gaat+er+mee+wandelen");
	case_must(c, 404, "anna", "PUT", "/t/-/9999.json", "title=Een+titel+die+lang+genoeg+is");
}

static void test_state(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title), r = case_reply(c, "bram", t.topic, "Ik+ga+graag+met+jullie+mee");
	const char *path = site_format(&c->s, "/t/%lld/status.json", (long long)t.topic);
	const char *page = site_format(&c->s, "/t/%lld.json", (long long)t.topic);
	case_must(c, 403, "anna", "PUT", path, "status=closed&enabled=true");
	case_must(c, 400, "carla", "PUT", path, "status=groen&enabled=true");
	case_must(c, 200, "carla", "PUT", path, "status=closed&enabled=true");
	case_shows(c, "anna", page, "closed", "true");
	case_must(c, 200, "carla", "PUT", path, "status=closed&enabled=false");
	case_must(c, 200, "carla", "PUT", path, "status=archived&enabled=true");
	case_shows(c, "anna", page, "archived", "true");
	case_must(c, 403, "bram", "PUT", post_path(c, r.post, ""), "post[raw]=Een+heel+nieuwe+tekst+van+mij");
	case_must(c, 403, "anna", "POST", "/post_actions.json",
		site_format(&c->s, "id=%lld&post_action_type_id=2", (long long)r.post));
	case_must(c, 422, "anna", "POST", "/posts.json",
		site_format(&c->s, "topic_id=%lld&raw=Een+tekst+die+lang+genoeg+is", (long long)t.topic));
	case_must(c, 200, "carla", "PUT", path, "status=pinned&enabled=true");
	case_shows(c, "anna", page, "pinned", "true");
}

static void test_delete_and_recover(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title), r = case_reply(c, "bram", t.topic, "Ik+ga+graag+met+jullie+mee");
	case_must(c, 403, "anna", "DELETE", post_path(c, r.post, ""), "");
	case_must(c, 403, "anna", "DELETE", post_path(c, t.post, ""), "");
	case_must(c, 200, "bram", "DELETE", post_path(c, r.post, ""), "");
	CHECK_STRING("no body", site_body(&c->s), "");
	case_shows(c, "anna", post_path(c, r.post, ""), "user_deleted", "true");
	case_must(c, 403, "bram", "DELETE", post_path(c, r.post, ""), "");
	case_must(c, 403, "bram", "PUT", post_path(c, r.post, ""), "post[raw]=Een+heel+nieuwe+tekst+van+mij");
	case_must(c, 403, "anna", "PUT", post_path(c, r.post, "/recover"), "");
	case_must(c, 200, "bram", "PUT", post_path(c, r.post, "/recover"), "");
	CHECK_STRING("the text is back", case_at(c, "raw"), "Ik ga graag met jullie mee");
	case_must(c, 200, "carla", "DELETE", post_path(c, r.post, ""), "");
	case_must(c, 404, "anna", "GET", post_path(c, r.post, ""), "");
	case_must(c, 200, "carla", "PUT", post_path(c, r.post, "/recover"), "");
	case_shows(c, "anna", site_format(&c->s, "/t/%lld.json", (long long)t.topic), "posts_count", "2");
	struct made own = case_topic(c, "zoe", "Een+onderwerp+zonder+antwoord");
	case_must(c, 200, "zoe", "DELETE", site_format(&c->s, "/t/%lld.json", (long long)own.topic), "");
	case_must(c, 404, "anna", "GET", site_format(&c->s, "/t/%lld.json", (long long)own.topic), "");
	CHECK_INT("bus", bus_last_id(c->s.k.db, "/delete"), 1);
}

static void test_likes(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title),
		r = case_reply(c, "anna", t.topic, "Ik+neem+ook+koffie+mee+voor+ons");
	const char *body = site_format(&c->s, "id=%lld&post_action_type_id=2", (long long)t.post);
	const char *undo = site_format(&c->s, "/post_actions/%lld.json?post_action_type_id=2", (long long)t.post);
	case_limits(c, (struct limit_options){.likes_day = 1});
	case_must(c, 404, "bram", "DELETE", undo, "");
	case_must(c, 200, "bram", "POST", "/post_actions.json", body);
	CHECK_STRING("acted", case_at(c, "actions_summary.0.acted"), "true");
	CHECK_STRING("count", case_at(c, "actions_summary.0.count"), "1");
	CHECK_STRING("left", site_header(&c->s, "Discourse-Actions-Remaining"), "0");
	CHECK_STRING("most", site_header(&c->s, "Discourse-Actions-Max"), "1");
	case_must(c, 403, "bram", "POST", "/post_actions.json", body);
	case_must(c, 403, "anna", "POST", "/post_actions.json", body);
	case_must(c, 400, "bram", "POST", "/post_actions.json", site_format(&c->s, "id=%lld&post_action_type_id=99",
		(long long)t.post));
	case_must(c, 404, "bram", "POST", "/post_actions.json", "id=9999&post_action_type_id=2");
	case_must(c, 429, "bram", "POST", "/post_actions.json", site_format(&c->s, "id=%lld&post_action_type_id=2",
		(long long)r.post));
	case_shows(c, "anna", "/notifications.json", "notifications.0.notification_type", "5");
	case_must(c, 200, "bram", "DELETE", undo, "");
	CHECK_STRING("can act again", case_at(c, "actions_summary.0.can_act"), "true");
	case_must(c, 200, "bram", "POST", "/post_actions.json", body);
	case_later(c, 601);
	case_must(c, 403, "bram", "DELETE", undo, "");
	case_later(c, 86400);
	case_must(c, 200, "bram", "POST", "/post_actions.json", site_format(&c->s, "id=%lld&post_action_type_id=2",
		(long long)r.post));
}

static void test_flags(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", title);
	long long id = t.post;
	case_must(c, 200, "bram", "POST", "/post_actions.json",
		site_format(&c->s, "id=%lld&post_action_type_id=8", id));
	case_must(c, 403, "bram", "POST", "/post_actions.json",
		site_format(&c->s, "id=%lld&post_action_type_id=8", id));
	case_must(c, 403, "anna", "POST", "/post_actions.json",
		site_format(&c->s, "id=%lld&post_action_type_id=3", id));
	case_must(c, 422, "bram", "POST", "/post_actions.json",
		site_format(&c->s, "id=%lld&post_action_type_id=7", id));
	case_must(c, 200, "bram", "POST", "/post_actions.json",
		site_format(&c->s, "id=%lld&post_action_type_id=7&message=Hier+staat+een+telefoonnummer", id));
	case_shows(c, "carla", "/topics/private-messages-group/carla/moderators.json", "topic_list.topics.0.title",
		"Kijk naar een bericht in \"Wie gaat er mee wandelen\"");
	case_must(c, 200, "bram", "POST", "/post_actions.json",
		site_format(&c->s, "id=%lld&post_action_type_id=6&message=Haal+het+nummer+weg", id));
	case_shows(c, "anna", "/topics/private-messages/anna.json", "topic_list.topics.0.title",
		"Over je bericht in \"Wie gaat er mee wandelen\"");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, case_open, case_close)
		TEST(test_edit),
		TEST(test_edit_refusals),
		TEST(test_topic_edit),
		TEST(test_state),
		TEST(test_delete_and_recover),
		TEST(test_likes),
		TEST(test_flags),
#undef TEST
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
