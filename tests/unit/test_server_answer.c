#include "write_case.h"

/* Answering: polls and events; and what members say about themselves. */

static const char event_raw[] =
	"%5Bevent+start%3D%222026-04-01+10:00%22+end%3D%222026-04-01+12:00%22+status%3D%22public%22+timezone%3D%22Europe/Amsterdam%22"
	"+maxAttendees%3D%221%22%5D%0A%5B/event%5D%0A%0AWie+loopt+er+mee%3F";

static struct made post(struct write_case *c, const char *title, const char *raw)
{
	case_must(c, 200, "anna", "POST", "/posts.json", site_format(&c->s, "title=%s&raw=%s&category=%lld", title, raw,
		(long long)c->board));
	return (struct made){case_number(c, "topic_id"), case_number(c, "id")};
}

static void test_vote(void **state)
{
	struct write_case *c = *state;
	struct made t = post(c, "Wat+eten+we+op+dinsdag",
		"%5Bpoll+public%3Dtrue%5D%0A*+soep%0A*+brood%0A*+taart%0A%5B/poll%5D");
	const char *soup = case_at(c, "polls.0.options.0.id"), *bread = case_at(c, "polls.0.options.1.id");
	const char *head = site_format(&c->s, "post_id=%lld&poll_name=poll", (long long)t.post);
	case_must(c, 200, "bram", "PUT", "/polls/vote.json", site_format(&c->s, "%s&options[]=%s", head, soup));
	CHECK_STRING("mine", case_at(c, "vote.0"), soup);
	CHECK_STRING("count", case_at(c, "poll.options.0.votes"), "1");
	CHECK_STRING("voters", case_at(c, "poll.voters"), "1");
	case_must(c, 200, "bram", "PUT", "/polls/vote.json", site_format(&c->s, "%s&options[]=%s", head, bread));
	CHECK_STRING("changed", case_at(c, "poll.options.0.votes"), "0");
	case_shows(c, "bram", site_format(&c->s, "/posts/%lld.json", (long long)t.post), "polls_votes.poll.0", bread);
	CHECK_INT("bus", bus_last_id(c->s.k.db, site_format(&c->s, "/polls/%lld", (long long)t.topic)), 2);
	case_must(c, 422, "bram", "PUT", "/polls/vote.json", site_format(&c->s, "%s&options[]=%s&options[]=%s",
		head, soup, bread));
	case_must(c, 422, "bram", "PUT", "/polls/vote.json", site_format(&c->s, "%s&options[]=xyz", head));
	case_must(c, 422, "bram", "PUT", "/polls/vote.json", head);
	case_shows(c, "bram", site_format(&c->s, "/posts/%lld.json", (long long)t.post), "polls_votes.poll.0", bread);
	case_must(c, 404, "bram", "PUT", "/polls/vote.json", site_format(&c->s, "post_id=%lld&poll_name=x&options[]=%s",
		(long long)t.post, soup));
	case_must(c, 400, "bram", "PUT", "/polls/vote.json", "poll_name=poll");
	case_must(c, 200, "bram", "DELETE", site_format(&c->s, "/polls/vote.json?%s", head), "");
	CHECK_STRING("no vote", case_at(c, "vote"), "-");
	CHECK_STRING("none", case_at(c, "poll.voters"), "0");
	case_must(c, 422, "bram", "PUT", "/polls/toggle_status.json", site_format(&c->s, "%s&status=closed", head));
	case_must(c, 200, "anna", "PUT", "/polls/toggle_status.json", site_format(&c->s, "%s&status=closed", head));
	CHECK_STRING("closed", case_at(c, "poll.status"), "closed");
	case_must(c, 422, "bram", "PUT", "/polls/vote.json", site_format(&c->s, "%s&options[]=%s", head, soup));
	CHECK_STRING("why", case_at(c, "errors.0"), "Deze peiling is gesloten.");
	case_must(c, 200, "carla", "PUT", "/polls/toggle_status.json", site_format(&c->s, "%s&status=open", head));
	case_must(c, 400, "carla", "PUT", "/polls/toggle_status.json", site_format(&c->s, "%s&status=half", head));
	case_do(c, "UPDATE topic SET archived = 1 WHERE id = ?", t.topic);
	case_must(c, 422, "bram", "PUT", "/polls/vote.json", site_format(&c->s, "%s&options[]=%s", head, soup));
}

static void test_poll_edit(void **state)
{
	struct write_case *c = *state;
	struct made t = post(c, "Wat+eten+we+op+dinsdag", "%5Bpoll%5D%0A*+soep%0A*+brood%0A%5B/poll%5D");
	const char *soup = case_at(c, "polls.0.options.0.id");
	const char *path = site_format(&c->s, "/posts/%lld.json", (long long)t.post);
	case_must(c, 200, "bram", "PUT", "/polls/vote.json",
		site_format(&c->s, "post_id=%lld&poll_name=poll&options[]=%s", (long long)t.post, soup));
	case_must(c, 200, "anna", "PUT", path, "post[raw]=%5Bpoll%5D%0A*+soep%0A*+taart%0A%5B/poll%5D");
	case_shows(c, "bram", path, "polls_votes.poll.0", soup);
	case_later(c, 301);
	case_must(c, 422, "anna", "PUT", path, "post[raw]=%5Bpoll%5D%0A*+brood%0A*+taart%0A%5B/poll%5D");
	CHECK_STRING("why", case_at(c, "errors.0"),
		"Er is al gestemd. De antwoorden van deze peiling blijven dus staan.");
	case_must(c, 422, "anna", "PUT", path, "post[raw]=Er+is+geen+peiling+meer+hier");
	case_must(c, 200, "anna", "PUT", path, "post[raw]=%5Bpoll%5D%0A*+soep%0A*+taart%0A%5B/poll%5D%0A%0AMet+een+tekst+eronder.");
	case_shows(c, "bram", path, "polls_votes.poll.0", soup);
	case_must(c, 422, "nieuw", "POST", "/posts.json", site_format(&c->s, "topic_id=%lld&typing_duration_msecs=9000"
		"&raw=%%5Bpoll%%5D%%0A*+soep%%0A*+brood%%0A%%5B/poll%%5D", (long long)t.topic));
	CHECK_STRING("trust", case_at(c, "errors.0"), "Je mag geen peilingen maken.");
}

static void test_ranked_vote(void **state)
{
	struct write_case *c = *state;
	struct made t = post(c, "Wat+eten+we+op+dinsdag",
		"%5Bpoll+type%3Dranked_choice%5D%0A*+soep%0A*+brood%0A*+taart%0A%5B/poll%5D");
	CHECK_STRING("type", case_at(c, "polls.0.type"), "ranked_choice");
	const char *soup = case_at(c, "polls.0.options.0.id"), *bread = case_at(c, "polls.0.options.1.id");
	CHECK_INT("vote", case_ask_json(c, "bram", "PUT", "/polls/vote.json", site_format(&c->s,
		"{\"post_id\":%lld,\"poll_name\":\"poll\",\"options\":[{\"digest\":\"%s\",\"rank\":2},{\"digest\":\"%s\",\"rank\":1}]}",
		(long long)t.post, soup, bread)), 200);
	CHECK_STRING("first choice", case_at(c, "vote.0.digest"), bread);
	CHECK_STRING("second", case_at(c, "vote.1.rank"), "2");
}

static void test_attendance(void **state)
{
	struct write_case *c = *state;
	struct made t = post(c, "Wandelen+langs+de+rivier", event_raw);
	const char *path = site_format(&c->s, "/discourse-post-event/events/%lld/invitees", (long long)t.post);
	const char *all = site_format(&c->s, "%s.json", path);
	case_must(c, 422, "bram", "POST", all, "invitee[status]=misschien");
	case_must(c, 200, "bram", "POST", all, "invitee[status]=going");
	CHECK_STRING("going", case_at(c, "invitee.status"), "going");
	CHECK_STRING("who", case_at(c, "invitee.user.username"), "bram");
	const char *mine = site_format(&c->s, "%s/%s.json", path, case_at(c, "invitee.id"));
	case_must(c, 200, "bram", "POST", all, "invitee[status]=interested");
	CHECK_STRING("unchanged", case_at(c, "invitee.status"), "going");
	case_shows(c, "bram", site_format(&c->s, "/t/%lld.json", (long long)t.topic),
		"details.notification_level", "3");
	CHECK_STRING("in the post", case_in(c, c->answer, "post_stream.posts.0.event.watching_invitee.status"),
		"going");
	case_must(c, 422, "zoe", "POST", all, "invitee[status]=going");
	CHECK_STRING("full", case_at(c, "errors.0"), "Deze bijeenkomst is vol.");
	case_must(c, 200, "zoe", "POST", all, "invitee[status]=interested");
	const char *hers = site_format(&c->s, "%s/%s.json", path, case_at(c, "invitee.id"));
	case_must(c, 403, "zoe", "PUT", mine, "invitee[status]=not_going");
	case_must(c, 422, "zoe", "PUT", hers, "invitee[status]=going");
	case_must(c, 200, "bram", "PUT", mine, "invitee[status]=not_going");
	case_must(c, 200, "zoe", "PUT", hers, "invitee[status]=going");
	case_must(c, 403, "zoe", "DELETE", mine, "");
	case_must(c, 200, "bram", "DELETE", mine, "");
	case_must(c, 404, "bram", "DELETE", mine, "");
	case_must(c, 200, "anna", "PUT", hers, "invitee[status]=not_going");
	case_must(c, 403, "bram", "POST", all, site_format(&c->s, "invitee[status]=going&invitee[user_id]=%lld",
		(long long)c->zoe));
	case_must(c, 200, "anna", "POST", all, site_format(&c->s, "invitee[status]=going&invitee[user_id]=%lld",
		(long long)c->bram));
	case_must(c, 400, "anna", "POST", all, "invitee[status]=going&invitee[user_id]=999");
	case_shows(c, "zoe", all, "invitees.0.user.username", "bram");
	assert_true(bus_last_id(c->s.k.db, site_format(&c->s, "/discourse-post-event/%lld", (long long)t.topic)) >= 7);
	case_must(c, 404, "bram", "POST", "/discourse-post-event/events/999/invitees.json", "invitee[status]=going");
	case_later(c, 60 * 86400);
	case_do(c, "UPDATE user_api_key SET last_used_ms = 1777000000000 WHERE ? = 0", 0);
	case_must(c, 403, "zoe", "PUT", hers, "invitee[status]=interested");
	CHECK_STRING("over", case_at(c, "errors.0"), "Deze bijeenkomst is voorbij.");
}

static void test_event_rights(void **state)
{
	struct write_case *c = *state;
	struct made t = post(c, "Wandelen+langs+de+rivier", event_raw);
	const char *event = site_format(&c->s, "/discourse-post-event/events/%lld", (long long)t.post);
	case_must(c, 403, "bram", "POST", site_format(&c->s, "%s/invite.json", event), "invites[]=zoe");
	case_must(c, 200, "anna", "POST", site_format(&c->s, "%s/invite.json", event),
		"invites[]=zoe&invites[]=niemand");
	case_shows(c, "zoe", "/notifications.json", "notifications.0.notification_type", "28");
	case_do(c, "UPDATE event SET closed = 1 WHERE id = ?", t.post);
	case_must(c, 403, "bram", "POST", site_format(&c->s, "%s/invitees.json", event), "invitee[status]=going");
	CHECK_STRING("closed", case_at(c, "errors.0"), "Aanmelden kan niet meer.");
	case_do(c, "UPDATE event SET closed = 0, status = 'standalone' WHERE id = ?", t.post);
	case_must(c, 403, "bram", "POST", site_format(&c->s, "%s/invitees.json", event), "invitee[status]=going");
	case_must(c, 403, "bram", "DELETE", site_format(&c->s, "%s.json", event), "");
	case_must(c, 200, "anna", "DELETE", site_format(&c->s, "%s.json", event), "");
	case_must(c, 404, "anna", "GET", site_format(&c->s, "%s.json", event), "");
	struct error err = {0};
	assert_true(sql_exec(c->s.k.db, "UPDATE setting SET value = '12'"
		" WHERE name = 'discourse_post_event_allowed_on_groups'", &err));
	case_must(c, 422, "bram", "POST", "/posts.json",
		site_format(&c->s, "title=Nog+een+keer+wandelen+dan&category=%lld&raw=%s",
		(long long)c->board, event_raw));
	CHECK_STRING("not allowed", case_at(c, "errors.0"), "Je mag geen bijeenkomsten maken.");
	struct made plain = case_topic(c, "bram", "Een+gewoon+onderwerp+van+mij");
	case_must(c, 422, "bram", "PUT", site_format(&c->s, "/posts/%lld.json", (long long)plain.post),
		site_format(&c->s, "post[raw]=%s", event_raw));
}

static void add_fields(struct write_case *c)
{
	static const char *const themes[] = {"geld", "rust"};
	static const struct new_user_field fields[] = {
		{.name = "Beroep", .type = "text", .editable = true, .required = true, .show_on_profile = true},
		{.name = "Thema's", .type = "multiselect", .option = themes, .option_count = 2, .editable = true,
			.show_on_profile = true},
		{.name = "Keuze", .type = "dropdown", .option = themes, .option_count = 2, .editable = true,
			.show_on_profile = true},
		{.name = "Nummer", .type = "text", .show_on_profile = true},
	};
	struct error err = {0};
	for (size_t i = 0; i < COUNT(fields); i++)
		assert_true(forum_user_field_create(&c->f, &fields[i], NULL, &err));
}

static void test_profile(void **state)
{
	struct write_case *c = *state;
	add_fields(c);
	case_must(c, 200, "anna", "PUT", "/u/anna.json", "name=Anna+de+Wit&bio_raw=Ik+help+*graag*.&location=Zwolle"
		"&website=www.anna.example&timezone=Europe/Amsterdam&user_fields[1]=Timmeren&user_fields[2][]=geld&user_fields[2][]=rust"
		"&user_fields[3]=rust&user_fields[4]=geheim&title=baas&status[emoji]=house&status[description]=thuis");
	CHECK_STRING("done", case_at(c, "success"), "OK");
	static const struct {
		const char *path, *want;
	} rows[] = {
		{"user.name", "Anna de Wit"}, {"user.bio_cooked", "<p>Ik help <em>graag</em>.</p>"},
			{"user.location", "Zwolle"},
		{"user.website", "http://www.anna.example"}, {"user.user_fields.1", "Timmeren"},
			{"user.user_fields.2.1", "rust"},
		{"user.user_fields.3", "rust"}, {"user.user_fields.4", "null"}, {"user.title", "null"},
		{"user.status.description", "thuis"},
	};
	case_must(c, 200, "bram", "GET", "/u/anna.json", "");
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_STRING(rows[i].path, case_at(c, rows[i].path), rows[i].want);
	static const struct {
		const char *who, *body;
		int status;
	} refused[] = {
		{"bram", "name=Bram", 403}, {"anna", "user_fields[1]=", 422}, {"anna", "user_fields[3]=fiets", 422},
		{"anna", "user_fields[2][]=fiets", 422}, {"anna", "website=geen+adres", 422},
			{"anna", "timezone=Mars/Rood", 422},
		{"anna", "locale=xx", 422}, {"anna", "status[emoji]=house", 400},
	};
	for (size_t i = 0; i < COUNT(refused); i++)
		CHECK_INT(refused[i].body, case_ask(c, refused[i].who, "PUT", "/u/anna.json", refused[i].body),
			refused[i].status);
	CHECK_INT("json", case_ask_json(c, "anna", "PUT", "/u/anna.json",
		"{\"location\":\"\",\"user_fields\":{\"2\":[\"geld\"],\"3\":\"false\"}}"), 200);
	case_shows(c, "bram", "/u/anna.json", "user.location", "-");
	CHECK_STRING("fewer", case_at(c, "user.user_fields.2.#"), "1");
	CHECK_STRING("gone", case_at(c, "user.user_fields.3"), "null");
	case_must(c, 200, "carla", "PUT", "/u/anna.json", "title=gastvrouw&user_fields[4]=12");
	case_shows(c, "bram", "/u/anna.json", "user.user_fields.4", "12");
}

static void test_relation(void **state)
{
	struct write_case *c = *state;
	const char *path = "/u/zoe/notification_level.json";
	case_must(c, 200, "bram", "PUT", path, "notification_level=mute");
	case_shows(c, "bram", "/u/zoe.json", "user.muted", "true");
	case_must(c, 422, "bram", "PUT", path, "notification_level=ignore");
	case_must(c, 200, "bram", "PUT", path, "notification_level=ignore&expiring_at=2026-05-01T00:00:00Z");
	case_shows(c, "bram", "/session/current.json", "current_user.ignored_users.0", "zoe");
	case_must(c, 200, "bram", "PUT", path, "notification_level=normal");
	case_shows(c, "bram", "/u/zoe.json", "user.ignored", "false");
	case_must(c, 400, "bram", "PUT", path, "notification_level=weg");
	case_must(c, 403, "bram", "PUT", "/u/carla/notification_level.json", "notification_level=mute");
	case_must(c, 403, "bram", "PUT", "/u/bram/notification_level.json", "notification_level=mute");
	case_must(c, 404, "bram", "PUT", "/u/niemand/notification_level.json", "notification_level=mute");
}

static void test_status(void **state)
{
	struct write_case *c = *state;
	case_must(c, 400, "bram", "PUT", "/user-status.json", "emoji=house");
	case_must(c, 422, "bram", "PUT", "/user-status.json",
		site_format(&c->s, "emoji=house&description=%0101d", 1));
	case_must(c, 200, "bram", "PUT", "/user-status.json",
		"emoji=house&description=thuis&ends_at=2026-03-04T00:00:00Z");
	case_shows(c, "bram", "/user-status.json", "description", "thuis");
	case_shows(c, "anna", "/u/bram.json", "user.status.ends_at", "2026-03-04T00:00:00.000Z");
	case_must(c, 200, "bram", "DELETE", "/user-status.json", "");
	case_shows(c, "anna", "/u/bram.json", "user.status", "-");
	CHECK_INT("bus", bus_last_id(c->s.k.db, "/user-status"), 2);
	assert_true(forum_setting_set(c->s.k.db, "enable_user_status", "false", NULL));
	case_must(c, 404, "bram", "PUT", "/user-status.json", "emoji=house&description=thuis");
}

static void test_uploads(void **state)
{
	struct write_case *c = *state;
	case_must(c, 422, "bram", "POST", "/uploads.json", "type=composer");
	CHECK_STRING("said plainly", case_at(c, "errors.0"),
		"Deze community neemt geen bestanden aan. Schrijf wat erin staat, of geef een link.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, case_open, case_close)
		TEST(test_vote),
		TEST(test_poll_edit),
		TEST(test_ranked_vote),
		TEST(test_attendance),
		TEST(test_event_rights),
		TEST(test_profile),
		TEST(test_relation),
		TEST(test_status),
		TEST(test_uploads),
#undef TEST
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
