#include "write_case.h"

/* What waits for a moderator, and who may not write. */

static const char text[] = "Hallo+allemaal,+ik+ben+hier+nieuw.";

/* A post that came too fast to be typed: nieuw is silenced, and the post waits. */
static int64_t held(struct write_case *c, const char *rest)
{
	case_must(c, 200, "nieuw", "POST", "/posts.json",
		site_format(&c->s, "raw=%s&typing_duration_msecs=100&%s", text, rest));
	CHECK_STRING("waits", case_at(c, "action"), "enqueued");
	return case_number(c, "pending_post.id");
}

static void a_topic_is_approved(void **state)
{
	struct write_case *c = *state;
	int64_t id = held(c, site_format(&c->s, "title=Het+eerste+van+een+nieuw+lid&category=%lld&tags[]=nieuw",
		(long long)c->board));
	case_must(c, 403, "anna", "GET", "/review.json", "");
	case_shows(c, "carla", "/review.json", "reviewables.0.payload.raw", "Hallo allemaal, ik ben hier nieuw.");
	CHECK_INT("id", case_number(c, "reviewables.0.id"), id);
	CHECK_STRING("who", case_at(c, "reviewables.0.created_by.username"), "nieuw");
	CHECK_STRING("count", case_at(c, "meta.total_rows_reviewables"), "1");
	const char *path = site_format(&c->s, "/review/%lld/perform/approve_post.json", (long long)id);
	case_must(c, 403, "anna", "PUT", path, "");
	case_must(c, 200, "carla", "PUT", path, "version=0");
	CHECK_STRING("state", case_at(c, "reviewable_perform_result.transition_to"), "approved");
	const char *topic = case_at(c, "reviewable_perform_result.created_post_topic_id");
	case_shows(c, "anna", site_format(&c->s, "/t/%s.json", topic), "title", "Het eerste van een nieuw lid");
	CHECK_STRING("by", case_at(c, "post_stream.posts.0.username"), "nieuw");
	CHECK_STRING("tags", case_at(c, "tags.0.name"), "nieuw");
	case_shows(c, "nieuw", "/notifications.json", "notifications.0.notification_type", "20");
	case_must(c, 404, "carla", "PUT", path, "");
	case_must(c, 200, "nieuw", "POST", "/posts.json",
		site_format(&c->s, "topic_id=%s&raw=Nu+kan+ik+gewoon+schrijven", topic));
}

static void an_answer_is_approved_or_not(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", "Wie+gaat+er+mee+wandelen");
	int64_t id = held(c, site_format(&c->s, "topic_id=%lld&reply_to_post_number=1", (long long)t.topic));
	case_must(c, 400, "carla", "PUT", site_format(&c->s, "/review/%lld/perform/dance.json", (long long)id), "");
	case_must(c, 200, "carla", "PUT", site_format(&c->s, "/review/%lld/perform/reject_post.json",
		(long long)id), "");
	CHECK_STRING("state", case_at(c, "reviewable_perform_result.transition_to"), "rejected");
	CHECK_INT("no post", case_sql(c, "SELECT count(*) FROM post"), 1);
	case_must(c, 422, "nieuw", "POST", "/posts.json",
		site_format(&c->s, "topic_id=%lld&raw=%s", (long long)t.topic, text));
	case_must(c, 200, "carla", "PUT", site_format(&c->s, "/admin/users/%lld/unsilence.json",
		(long long)c->nieuw), "");
	case_must(c, 404, "carla", "PUT", "/admin/users/9999/unsilence.json", "");
	id = held(c, site_format(&c->s, "topic_id=%lld&reply_to_post_number=1", (long long)t.topic));
	case_must(c, 200, "carla", "PUT", site_format(&c->s, "/review/%lld/perform/approve_post.json",
		(long long)id), "");
	CHECK_INT("answers", case_sql(c, "SELECT reply_to_post_number FROM post ORDER BY id DESC LIMIT 1"), 1);
	case_shows(c, "anna", "/notifications.json", "notifications.0.notification_type", "2");
}

static void the_topic_can_be_gone(void **state)
{
	struct write_case *c = *state;
	struct made t = case_topic(c, "anna", "Wie+gaat+er+mee+wandelen");
	int64_t id = held(c, site_format(&c->s, "topic_id=%lld", (long long)t.topic));
	case_do(c, "UPDATE topic SET deleted_ms = 1 WHERE id = ?", t.topic);
	case_must(c, 404, "carla", "PUT", site_format(&c->s, "/review/%lld/perform/approve_post.json",
		(long long)id), "");
	CHECK_STRING("why", case_at(c, "errors.0"), "Het onderwerp van dit bericht bestaat niet meer.");
	case_shows(c, "carla", "/review.json", "reviewables.#", "1");
}

/* Silence holds for everything that others would see. */
static void a_silenced_member_only_reads(void **state)
{
	struct write_case *c = *state;
	struct made mine = case_topic(c, "anna", "Wie+gaat+er+mee+wandelen"),
		other = case_topic(c, "bram", "Een+ander+onderwerp+van+Bram");
	case_do(c, "UPDATE user SET silenced_until_ms = 9000000000000 WHERE id = ?", c->anna);
	const struct {
		const char *label, *method, *target, *body;
		int status;
	} rows[] = {
		{"reply", "POST", "/posts.json", site_format(&c->s, "topic_id=%lld&raw=%s", (long long)other.topic,
			text), 422},
		{"edit", "PUT", site_format(&c->s, "/posts/%lld.json", (long long)mine.post),
			"post[raw]=Een+andere+tekst+van+mij", 403},
		{"title", "PUT", site_format(&c->s, "/t/-/%lld.json", (long long)mine.topic),
			"title=Een+heel+andere+titel+hier", 403},
		{"like", "POST", "/post_actions.json", site_format(&c->s, "id=%lld&post_action_type_id=2",
			(long long)other.post), 403},
		{"flag", "POST", "/post_actions.json", site_format(&c->s, "id=%lld&post_action_type_id=3",
			(long long)other.post), 403},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK_INT(rows[i].label, case_ask(c, "anna", rows[i].method, rows[i].target, rows[i].body), rows[i].status);
		CHECK_STRING(rows[i].label, case_at(c, "errors.0"), "Je kunt nu niet schrijven.");
	}
	case_shows(c, "anna", site_format(&c->s, "/posts/%lld.json", (long long)mine.post), "can_edit", "false");
	case_must(c, 200, "anna", "GET", site_format(&c->s, "/t/%lld.json", (long long)other.topic), "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(f) cmocka_unit_test_setup_teardown(f, case_open, case_close)
		TEST(a_topic_is_approved),
		TEST(an_answer_is_approved_or_not),
		TEST(the_topic_can_be_gone),
		TEST(a_silenced_member_only_reads),
#undef TEST
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
