#include "check.h"

#include "change_request.h"
#include "event.h"
#include "mem.h"
#include "str.h"
#include "topic.h"
#include "write_endpoints.h"

/* Percent-decoded, so that a table can be read. */
static char *plain(const char *text)
{
	struct sbuf out = {0};
	for (const char *s = text; *s != '\0'; s++) {
		char hex[3] = "";
		if (*s == '%' && s[1] != '\0' && s[2] != '\0') {
			memcpy(hex, s + 1, 2);
			sbuf_addc(&out, (char)strtol(hex, NULL, 16));
			s += 2;
		} else {
			sbuf_addc(&out, *s);
		}
	}
	return sbuf_take(&out);
}

static void check_request(const char *row, struct request *r, const char *want)
{
	struct sbuf got = {0};
	char *path = plain(sbuf_str(&r->path)), *body = plain(sbuf_str(&r->body));
	sbuf_addf(&got, "%s %s%s%s", r->method, path, r->body.n > 0 ? "\n" : "", body);
	CHECK_STRING(row, sbuf_str(&got), want);
	if (r->body.n > 0)
		CHECK_STRING(row, r->content_type, "application/x-www-form-urlencoded");
	free(path);
	free(body);
	sbuf_fini(&got);
	request_fini(r);
}

#define TOPIC_TEXT "POST /posts.json\nraw=Hello & bye=1\n+&nested_post=true"
#define INVITEES "/discourse-post-event/events/5/invitees"

static void every_change_has_its_request(void **state)
{
	static const char *const region[] = {"Noord", "Zuid, kust", "Zuid"};
	static const struct user_field several = {.id = 3, .type = "multiselect", .options = region, .option_count = 3};
	static const struct change_site objects = {.username = "jo", .tagging = true, .tags_are_objects = true},
		strings = {.username = "jo é/x", .tagging = true}, bare = {.username = "jo"},
		signed_up = {.username = "jo", .invitee_id = 9}, ranked = {.username = "jo", .ranked_poll = true},
		choices = {.username = "jo", .field = &several},
		with_draft = {.username = "jo", .draft_key = "new_topic_5"};
	static const struct {
		const char *row;
		const struct change_site *site;
		struct change c;
		const char *want;
	} rows[] = {
		{"topic", &objects, {.kind = CHANGE_TOPIC, .category_id = 4, .title = "A title", .names = "a, b-c",
			.body = "Hello & bye=1\n+", .typing_ms = 12000, .open_ms = 60500},
			TOPIC_TEXT "&typing_duration_msecs=12000&composer_open_duration_msecs=60500&title=A title"
			"&archetype=regular&category=4&tags[][name]=a&tags[][name]=b-c"},
		{"topic, tags as words", &strings, {.kind = CHANGE_TOPIC, .title = "T", .names = "a, b", .body = "x"},
			"POST /posts.json\nraw=x&nested_post=true&title=T&archetype=regular&tags[]=a&tags[]=b"},
		{"topic, no tags on the site", &bare, {.kind = CHANGE_TOPIC, .title = "T", .names = "a", .body = "x"},
			"POST /posts.json\nraw=x&nested_post=true&title=T&archetype=regular"},
		{"topic from a draft", &with_draft, {.kind = CHANGE_TOPIC, .title = "T", .body = "x"},
			"POST /posts.json\nraw=x&nested_post=true&draft_key=new_topic_5&title=T&archetype=regular"},
		{"reply", &objects, {.kind = CHANGE_REPLY, .topic_id = 7, .body = "x"},
			"POST /posts.json\nraw=x&nested_post=true&topic_id=7"},
		{"reply to a post", &objects, {.kind = CHANGE_REPLY, .topic_id = 7, .number = 3, .body = "x",
			.title = "no"}, "POST /posts.json\nraw=x&nested_post=true&topic_id=7&reply_to_post_number=3"},
		{"message", &objects, {.kind = CHANGE_MESSAGE, .title = "T", .names = "an, team", .body = "x"},
			"POST /posts.json\nraw=x&nested_post=true&title=T&archetype=private_message&target_recipients=an,team"
			"&target_usernames=an,team"},
		{"edit", &objects, {.kind = CHANGE_EDIT, .post_id = 5, .body = "new", .original = "old", .category_id = 4},
			"PUT /posts/5.json\npost[raw]=new&post[original_text]=old&post[raw_old]=old"},
		{"edit of a first post", &objects, {.kind = CHANGE_EDIT, .post_id = 5, .topic_id = 2, .body = "new",
			.title = "T",
			.category_id = 4}, "PUT /posts/5.json\npost[raw]=new&title=T&post[category_id]=4"},
		{"delete", &bare, {.kind = CHANGE_DELETE, .post_id = 5}, "DELETE /posts/5.json"},
		{"recover", &bare, {.kind = CHANGE_RECOVER, .post_id = 5}, "PUT /posts/5/recover.json"},
		{"like", &bare, {.kind = CHANGE_LIKE, .post_id = 5}, "POST /post_actions.json\nid=5&post_action_type_id=2"},
		{"unlike", &bare, {.kind = CHANGE_UNLIKE, .post_id = 5},
			"DELETE /post_actions/5.json?post_action_type_id=2"},
		{"bookmark", &bare, {.kind = CHANGE_BOOKMARK, .post_id = 5, .body = "read me"},
			"POST /bookmarks.json\nbookmarkable_id=5&bookmarkable_type=Post&name=read me"},
		{"bookmark's note away", &bare, {.kind = CHANGE_BOOKMARK, .post_id = 5, .before = 8, .body = ""},
			"PUT /bookmarks/8.json\nname="},
		{"unbookmark", &bare, {.kind = CHANGE_UNBOOKMARK, .post_id = 5, .before = 8}, "DELETE /bookmarks/8.json"},
		{"unbookmark what is not there", &bare, {.kind = CHANGE_UNBOOKMARK, .post_id = 5}, NULL},
		{"flag", &bare, {.kind = CHANGE_FLAG, .post_id = 5, .number = 7, .body = "why"},
			"POST /post_actions.json\nid=5&post_action_type_id=7&message=why"},
		{"topic's level", &bare, {.kind = CHANGE_TOPIC_LEVEL, .topic_id = 5, .number = TOPIC_MUTED},
			"POST /t/5/notifications.json\nnotification_level=0"},
		{"category's level", &bare, {.kind = CHANGE_CATEGORY_LEVEL, .category_id = 5, .number = 4},
			"POST /category/5/notifications.json\nnotification_level=4"},
		{"mute", &bare, {.kind = CHANGE_MEMBER_LEVEL, .names = "an", .number = MEMBER_MUTED},
			"PUT /u/an/notification_level.json\nnotification_level=mute"},
		{"ignore", &bare, {.kind = CHANGE_MEMBER_LEVEL, .names = "an", .number = MEMBER_IGNORED},
			"PUT /u/an/notification_level.json\nnotification_level=ignore&expiring_at=2069-12-07T00:00:00Z"},
		{"no such level", &bare, {.kind = CHANGE_MEMBER_LEVEL, .names = "an", .number = 9}, NULL},
		{"archive", &bare, {.kind = CHANGE_ARCHIVE, .topic_id = 5}, "PUT /t/5/archive-message.json"},
		{"out of the archive", &bare, {.kind = CHANGE_UNARCHIVE, .topic_id = 5}, "PUT /t/5/move-to-inbox.json"},
		{"vote", &bare, {.kind = CHANGE_VOTE, .post_id = 5, .title = "poll", .names = "ab, cd"},
			"PUT /polls/vote.json\npost_id=5&poll_name=poll&options[]=ab&options[]=cd"},
		{"vote in order", &ranked, {.kind = CHANGE_VOTE, .post_id = 5, .title = "poll", .names = "ab, cd"},
			"PUT /polls/vote.json\npost_id=5&poll_name=poll&options[0][digest]=ab&options[0][rank]=1"
			"&options[1][digest]=cd&options[1][rank]=2"},
		{"unvote", &bare, {.kind = CHANGE_UNVOTE, .post_id = 5, .title = "poll"},
			"DELETE /polls/vote.json?post_id=5&poll_name=poll"},
		{"sign up", &bare, {.kind = CHANGE_ATTENDANCE, .post_id = 5, .number = ATTENDANCE_GOING},
			"POST " INVITEES ".json\ninvitee[status]=going"},
		{"sign up otherwise", &signed_up, {.kind = CHANGE_ATTENDANCE, .post_id = 5, .number = ATTENDANCE_NOT_GOING},
			"PUT " INVITEES "/9.json\ninvitee[status]=not_going"},
		{"withdraw", &signed_up, {.kind = CHANGE_ATTENDANCE, .post_id = 5}, "DELETE " INVITEES "/9.json"},
		{"withdraw nothing", &bare, {.kind = CHANGE_ATTENDANCE, .post_id = 5}, NULL},
		{"name", &strings, {.kind = CHANGE_PROFILE, .title = "name", .body = "Jo"}, "PUT /u/jo é/x.json\nname=Jo"},
		{"an empty biography", &bare, {.kind = CHANGE_PROFILE, .title = "bio_raw", .body = ""},
			"PUT /u/jo.json\nbio_raw="},
		{"user field", &bare, {.kind = CHANGE_PROFILE, .title = "field:3", .body = "a, b"},
			"PUT /u/jo.json\nuser_fields[3]=a, b"},
		{"several answers", &choices, {.kind = CHANGE_PROFILE, .title = "field:3", .body = "Zuid, kust, Noord"},
			"PUT /u/jo.json\nuser_fields[3][]=Zuid, kust&user_fields[3][]=Noord"},
		{"no answers", &choices, {.kind = CHANGE_PROFILE, .title = "field:3", .body = ""},
			"PUT /u/jo.json\nuser_fields[3][]="},
		{"everything read", &bare, {.kind = CHANGE_READ_ALL}, NULL},
		{"no kind", &bare, {.kind = 0}, NULL},
		{"a kind of the future", &bare, {.kind = CHANGE_KINDS}, NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct request r;
		CHECK_INT(rows[i].row, change_request(&rows[i].c, rows[i].site, 0, &r), rows[i].want != NULL);
		if (rows[i].want != NULL)
			check_request(rows[i].row, &r, rows[i].want);
	}
}

static void only_a_first_post_takes_two_steps(void **state)
{
	static const struct change_site site = {.username = "jo", .tagging = true, .tags_are_objects = true},
		bare = {0};
	static const struct change first = {.kind = CHANGE_EDIT, .post_id = 5, .topic_id = 2, .title = "T",
		.category_id = 4,
		.names = "a"}, no_tags = {.kind = CHANGE_EDIT, .post_id = 5, .topic_id = 2, .title = "T", .category_id = 4},
		message = {.kind = CHANGE_EDIT, .post_id = 5, .topic_id = 2, .title = "T"},
		other = {.kind = CHANGE_EDIT, .post_id = 5, .topic_id = 2}, like = {.kind = CHANGE_LIKE, .post_id = 5};
	struct request r;
	assert_true(change_request(&first, &site, 1, &r));
	check_request("tags", &r, "PUT /t/-/2.json\ntags[][name]=a");
	assert_true(change_request(&no_tags, &site, 1, &r));
	check_request("tags away", &r, "PUT /t/-/2.json\ntags[]=");
	assert_false(change_request(&first, &bare, 1, &r));
	assert_false(change_request(&first, &site, 2, &r));
	assert_false(change_request(&message, &site, 1, &r));
	assert_false(change_request(&other, &site, 1, &r));
	assert_false(change_request(&like, &site, 1, &r));
	assert_false(change_request(&like, &site, -1, &r));
}

static void other_questions_of_writing(void **state)
{
	static const struct reading seen[] = {{3, 1200}, {4, 900000}};
	struct row {
		const char *want;
		struct request r;
	} rows[] = {
		{"POST /topics/timings.json\ntopic_id=7&timings[3]=1200&timings[4]=60000&topic_time=61200",
			endpoint_timings(7, seen, 2)},
		{"GET /drafts/topic_4.json", endpoint_draft("topic_4")},
		{"POST /drafts.json\ndraft_key=topic_4&sequence=2&data={\"a\": 1}&force_save=true",
			endpoint_save_draft("topic_4", 2, "{\"a\": 1}", true)},
		{"POST /drafts.json\ndraft_key=k&sequence=0&data={}", endpoint_save_draft("k", 0, "{}", false)},
		{"DELETE /drafts/a/b.json?sequence=2", endpoint_delete_draft("a/b", 2)},
		{"GET /t/7/31.json?include_raw=1", endpoint_topic_tail(7, 31)},
		{"GET /t/7/1000000.json?include_raw=1", endpoint_topic_tail(7, 0)},
		{"GET /topics/created-by/jo.json", endpoint_topics_by("jo")},
		{"GET /topics/private-messages-sent/jo.json", endpoint_messages_sent("jo")},
		{"GET /posts/jo/pending.json", endpoint_pending_posts("jo")},
	};
	for (size_t i = 0; i < COUNT(rows); i++)
		check_request(rows[i].want, &rows[i].r, rows[i].want);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_change_has_its_request),
		cmocka_unit_test(only_a_first_post_takes_two_steps),
		cmocka_unit_test(other_questions_of_writing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
