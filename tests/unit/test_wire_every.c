#include "wire_case.h"

#include "bus_decode.h"
#include "category_decode.h"
#include "device_decode.h"
#include "draft_decode.h"
#include "event_decode.h"
#include "fault_decode.h"
#include "file.h"
#include "group_decode.h"
#include "member_decode.h"
#include "notice_decode.h"
#include "poll_decode.h"
#include "post_decode.h"
#include "session_decode.h"
#include "site_decode.h"
#include "topic_decode.h"
#include "user_field_decode.h"
#include "written_decode.h"

/* A draft of the site becomes a text of the member's and goes back. */
static void draft_through(const struct server_draft *d, struct arena *a)
{
	struct change c;
	struct server_draft back;
	struct sbuf out = {0};
	if (draft_to_change(d, a, &c)) {
		draft_from_change(&c, a, &back);
		CHECK_STRING(d->key, back.action, d->action);
		CHECK_STRING(d->key, back.text, str_or_empty(d->text));
		draft_encode(&back, &out);
		json_free(parse(sbuf_str(&out)));
	}
	sbuf_fini(&out);
}

/* Runs every decoder over one answer; true when one of them found something. */
static bool every_decoder(const struct json *j, struct arena *a)
{
	struct site site;
	struct session session;
	struct category_list categories;
	struct topic_page topics;
	struct topic_view view;
	struct post_list posts;
	struct event_list events;
	struct invitee_list invitees;
	struct member_page members;
	struct member member;
	struct user_field_list fields;
	struct group_list groups;
	struct notice_page notices;
	struct draft_list drafts;
	struct bus_answer bus;
	struct fault fault;
	struct device_start start;
	struct device_poll poll;
	struct key_payload payload;
	struct written_post written;
	struct pending_list pending;
	struct poll vote;
	struct server_draft draft;
	bool found = false;
	site_defaults(&site);
	site_decode_basic_info(j, a, &site);
	found |= site_decode_site(j, a, &site);
	site_decode_settings(j, a, &site);
	found |= session_decode(j, a, &session);
	found |= category_list_decode(j, a, &categories) && categories.count > 0;
	found |= topic_page_decode(j, a, &topics) && topics.count > 0;
	found |= topic_view_decode(j, a, &view) && view.post_count > 0;
	found |= post_list_decode(j, a, &posts) && posts.count > 0;
	found |= event_list_decode(j, a, &events) && events.count > 0;
	found |= invitee_list_decode(j, a, &invitees) && invitees.count > 0;
	found |= member_page_decode(j, a, &members) && members.count > 0;
	found |= member_profile_decode(j, a, &member);
	found |= user_field_list_decode(j, a, &fields) && fields.count > 0;
	found |= group_list_decode(j, a, &groups) && groups.count > 0;
	found |= notice_page_decode(j, a, &notices) && notices.count > 0;
	found |= draft_list_decode(j, a, &drafts) && drafts.count > 0;
	found |= bus_answer_decode(j, a, &bus) && bus.message_count > 0;
	found |= pending_list_decode(j, a, &pending) && pending.count > 0;
	written_post_decode(j, a, &written);
	written_vote_decode(j, a, &vote);
	written_id_decode(j);
	draft_sequence_decode(j);
	if (draft_decode(j, "topic_3", a, &draft))
		draft_through(&draft, a);
	for (int i = 0; i < drafts.count; i++)
		draft_through(&drafts.draft[i], a);
	fault_decode(j, a, &fault);
	device_start_decode(j, a, &start);
	device_poll_decode(j, a, &poll);
	key_payload_decode(j, a, &payload);
	return found;
}

/* Values of a wrong type, of every size and depth, in the place of every value of a good answer. */
static void wrong_types_are_harmless(void **state)
{
	static const char *const odd[] = {"null", "true", "-1", "1e999", "-9223372036854775809", "\"\"", "\"x\"",
		"[]", "{}", "[[[[]]]]", "{\"id\": {\"id\": []}}", "[null, 1, \"a\", {\"id\": 1}]", "\"\\u0000\\u202e\""};
	static const char *const names[] = {"users", "topic_list", "topics", "id", "posters", "tags", "details",
		"post_stream", "posts", "stream", "polls", "polls_votes", "options", "event", "events", "occurrences",
		"stats", "post", "topic", "watching_invitee", "sample_invitees", "user", "user_fields",
		"directory_items", "meta", "groups", "notifications", "data", "drafts", "errors", "extras", "failed",
		"categories", "subcategory_list", "site", "current_user", "user_option",
		"channel", "invitees", "voters", "latest_posts", "members", "category", "group", "title", "username",
		"action", "pending_post", "pending_posts", "poll", "vote", "draft", "draft_sequence", "bio_raw"};
	for (size_t i = 0; i < COUNT(names); i++)
		for (size_t k = 0; k < COUNT(odd); k++) {
			char text[512];
			snprintf(text, sizeof text, "{\"id\": 1, \"username\": \"a\", \"title\": \"t\", \"name\": \"n\","
				"\"post_number\": 1, \"%s\": %s, \"topic_list\": {\"topics\": [{\"id\": 1, \"%s\": %s}]},"
				"\"post_stream\": {\"posts\": [{\"id\": 1, \"%s\": %s}]}}",
				names[i], odd[k], names[i], odd[k], names[i], odd[k]);
			struct json *j = parse(text);
			every_decoder(j, &arena);
			json_free(j);
			arena_reset(&arena);
		}
}

/* What each recorded answer must give: at least so many rows. */
typedef int (*count_rows)(const struct json *j);

static int count_topics(const struct json *j)
{
	struct topic_page p;
	if (!topic_page_decode(j, &arena, &p))
		return -1;
	for (int i = 0; i < p.count; i++)
		assert_true(p.topic[i].title != NULL && p.topic[i].bumped_ms > 0);
	return p.count;
}

static int count_view(const struct json *j)
{
	struct topic_view v;
	if (!topic_view_decode(j, &arena, &v))
		return -1;
	assert_non_null(v.topic.title);
	for (int i = 0; i < v.post_count; i++)
		assert_true(v.post[i].cooked != NULL && v.post[i].username != NULL && v.post[i].created_ms > 0 &&
			v.post[i].topic_id > 0);
	return v.post_count;
}

static int count_posts(const struct json *j)
{
	struct post_list l;
	return post_list_decode(j, &arena, &l) ? l.count : -1;
}

static int count_categories(const struct json *j)
{
	struct category_list l;
	return category_list_decode(j, &arena, &l) ? l.count : -1;
}

static int count_members(const struct json *j)
{
	struct member_page p;
	return member_page_decode(j, &arena, &p) ? p.count : -1;
}

static int count_profile(const struct json *j)
{
	struct member m;
	return member_profile_decode(j, &arena, &m);
}

static int count_groups(const struct json *j)
{
	struct group_list l;
	return group_list_decode(j, &arena, &l) ? l.count : -1;
}

static int count_notices(const struct json *j)
{
	struct notice_page p;
	return notice_page_decode(j, &arena, &p) ? p.count : -1;
}

static int count_drafts(const struct json *j)
{
	struct draft_list l;
	return draft_list_decode(j, &arena, &l) ? l.count : -1;
}

static int count_pending(const struct json *j)
{
	struct pending_list l;
	if (!pending_list_decode(j, &arena, &l))
		return -1;
	for (int i = 0; i < l.count; i++)
		assert_true(l.post[i].raw != NULL && l.post[i].created_ms > 0 && l.post[i].topic_id > 0);
	return l.count;
}

static int count_site(const struct json *j)
{
	struct site s;
	struct group_list groups;
	struct category_list categories;
	site_defaults(&s);
	if (!site_decode_site(j, &arena, &s) || !group_list_decode(j, &arena, &groups) || groups.count == 0)
		return -1;
	return category_list_decode(j, &arena, &categories) ? categories.count : -1;
}

static int count_session(const struct json *j)
{
	struct session s;
	return session_decode(j, &arena, &s) && s.username != NULL;
}

static const struct recorded {
	const char *file, *path; /* path "": the whole file; a prefix of the paths meant */
	count_rows rows;
	int least;
} recorded[] = {
	{"category", "/c/", count_categories, 1},
	{"directory", "directory_items", count_members, 20},
	{"discovery", "/latest.json", count_topics, 30},
	{"discovery", "/latest_can", count_topics, 1},
	{"discovery", "/bookmarks", count_topics, 1},
	{"discovery", "/categories.json", count_categories, 10},
	{"discovery", "/categories_and", count_categories, 1},
	{"discovery", "/c/", count_topics, 1},
	{"discovery", "/tag/", count_topics, 1},
	{"drafts", "/drafts.json", count_drafts, 1},
	{"event-topic", "", count_view, 1},
	{"group", "/groups/moderators.json", count_groups, 1},
	{"group", "/groups/discourse.json", count_groups, 1},
	{"group", "/groups/discourse/members", count_members, 2},
	{"group", "/groups/discourse/posts", count_posts, 20},
	{"group", "/topics/groups", count_topics, 1},
	{"groups", "/groups", count_groups, 1},
	{"notification", "", count_notices, 1},
	{"poll", "/t/", count_view, 1},
	{"post", "/posts", count_posts, 1},
	{"private-messages", "", count_topics, 1},
	{"search", "", count_posts, 1},
	{"session", "", count_session, 1},
	{"site", "", count_site, 3},
	{"top", "", count_topics, 1},
	{"topic", "/t/", count_view, 1},
	{"user", "/u/eviltrout.json", count_profile, 1},
	{"user", "/u/charlie.json", count_profile, 1},
	{"pending-posts", "/posts/eviltrout/pending.json", count_pending, 2},
	{"user", "/u/shade", count_profile, 1},
	{"user", "/u/%E3%83%A9%E3%82%A4%E3%82%AA%E3%83%B3.json", count_profile, 1},
	{"user", "/topics/created-by", count_topics, 1},
	{"user-menu", "/u/:username/user-menu-bookmarks", count_notices, 1},
};

static struct json *read_recorded(const char *dir, const char *name)
{
	char path[512];
	struct sbuf text = {0};
	struct error err;
	snprintf(path, sizeof path, "%s/discourse/fixtures/%s.json", dir, name);
	if (!file_read(path, JSON_MAX_BYTES, &text, &err))
		fail_msg("%s: %s", path, err.what);
	struct json *j = json_parse(sbuf_str(&text), text.n, &err);
	if (j == NULL)
		fail_msg("%s: %s", path, err.what);
	sbuf_fini(&text);
	return j;
}

static void check_rows(const struct recorded *r, const char *path, const struct json *answer, int *seen)
{
	int n = r->rows(answer);
	if (n < r->least)
		fail_msg("%s %s: %d rows, want %d or more", r->file, path, n, r->least);
	++*seen;
}

static bool names_answer(const char *key)
{
	return key != NULL && (strpbrk(key, "/.") != NULL || str_equal(key, "directory_items"));
}

/* Each file maps paths to answers, or is one answer. */
static void recorded_answers_decode(void **state)
{
	const char *dir = check_data();
	for (size_t i = 0; i < COUNT(recorded); i++) {
		const struct recorded *r = &recorded[i];
		struct json *j = read_recorded(dir, r->file);
		int seen = 0;
		JSON_EACH (item, j)
			if (names_answer(json_name(item)) && str_starts(json_name(item), r->path))
				check_rows(r, json_name(item), item, &seen);
		if (seen == 0)
			check_rows(r, "", j, &seen);
		json_free(j);
		arena_reset(&arena);
	}
}

static void recorded_answers_through_every_decoder(void **state)
{
	const char *dir = check_data();
	for (size_t i = 0; i < COUNT(recorded); i++) {
		struct json *j = read_recorded(dir, recorded[i].file);
		every_decoder(j, &arena);
		JSON_EACH (item, j)
			every_decoder(item, &arena);
		json_free(j);
		arena_reset(&arena);
	}
}

static void the_recorded_polls(void **state)
{
	struct json *j = read_recorded(check_data(), "poll");
	JSON_EACH (item, j) {
		struct topic_view v;
		assert_true(topic_view_decode(item, &arena, &v));
		assert_true(v.post[0].poll_count >= 1 && v.post[0].poll[0].option_count >= 2);
	}
	json_free(j);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(wrong_types_are_harmless, reset),
		cmocka_unit_test_teardown(recorded_answers_decode, reset),
		cmocka_unit_test_teardown(recorded_answers_through_every_decoder, reset),
		cmocka_unit_test_teardown(the_recorded_polls, reset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
