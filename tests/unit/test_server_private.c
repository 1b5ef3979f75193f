#include "site_fixture.h"

#include "forum.h"
#include "forum_publish.h"
#include "forum_search.h"
#include "sha.h"

/* What others may not read, and requests that are made to hurt. */

enum { ADA = 1, BRAM = 2, ZOE = 3, MO = 4 };
static const char *const names[] = {NULL, "ada", "bram", "zoe", "mo"};

static void add_key(struct site *s, int64_t user_id)
{
	char hash[SHA256_HEX];
	sha256_hex(names[user_id], strlen(names[user_id]), hash);
	assert_true(sql_run(s->k.db, NULL, "INSERT INTO user_api_key (user_id, client_id, application_name,"
		" key_hash, scopes,"
		" created_ms, last_used_ms) VALUES (?1, ?2, 'test', ?3, 'read,write', ?4, ?4)", "issi", user_id,
		names[user_id], hash, s->now_ms));
}

/* An open topic with a flagged post of Zoe, a whisper and a deleted post; a message between Ada and Zoe. */
static void open_private(struct site *s)
{
	struct error err;
	site_open(s);
	s->options.limit = (struct limit_options){0};
	limits_free(s->k.limits);
	s->k.limits = limits_new(&s->options.limit);
	for (int64_t id = ADA; id <= MO; id++) {
		site_add_user(s, id, names[id], NULL);
		add_key(s, id);
	}
	if (!sql_exec(s->k.db,
		"UPDATE user SET moderator = 1 WHERE id = 4; UPDATE user SET admin = 1 WHERE id = 1;"
		"UPDATE user SET email = username || '@kring.test';"
		"INSERT INTO category (id, name, slug, color, position) VALUES (5, 'Vragen', 'vragen', 'AABBCC', 1);"
		"INSERT INTO groups (id, name) VALUES (40, 'leden');"
		"INSERT INTO group_member (group_id, user_id, added_ms) VALUES (40, 3, 0);"
		"INSERT INTO topic (id, title, slug, category_id, archetype, user_id, last_post_user_id, created_ms,"
		" bumped_ms, last_posted_ms, updated_ms, posts_count, highest_post_number) VALUES"
		" (1, 'Openbaar', 'openbaar', 5, 'regular', 1, 3, 1, 1, 1, 1, 2, 4),"
		" (3, 'Geheime titel', 'geheim', NULL, 'private_message', 3, 3, 1, 1, 1, 1, 1, 1);"
		"INSERT INTO topic_allowed (topic_id, user_id) VALUES (3, 1), (3, 3);"
		"INSERT INTO post (id, topic_id, post_number, user_id, post_type, raw, cooked, created_ms, updated_ms,"
		" hidden, deleted_ms, wiki, version) VALUES"
		" (11, 1, 1, 1, 1, 'begin', '<p>begin</p>', 1, 1, 0, NULL, 0, 1),"
		" (12, 1, 2, 3, 1, 'gemeld', '<p>gemeld</p>', 2, 2, 1, NULL, 1, 2),"
		" (13, 1, 3, 4, 4, 'gefluister', '<p>gefluister</p>', 3, 3, 0, NULL, 0, 1),"
		" (14, 1, 4, 3, 1, 'gewist', '<p>gewist</p>', 4, 4, 0, 5, 0, 1),"
		" (31, 3, 1, 1, 1, 'onder ons', '<p>onder ons</p>', 5, 5, 0, NULL, 0, 1);"
		"INSERT INTO post_revision VALUES (12, 1, 3, 'eerst gemeld', NULL, 2);"
		"INSERT INTO post_action (post_id, user_id, type, created_ms) VALUES (31, 3, 2, 6);"
		"INSERT INTO bookmark (user_id, bookmarkable_type, bookmarkable_id, created_ms, updated_ms) VALUES"
		" (2, 'Post', 12, 1, 1), (2, 'Post', 13, 1, 1), (2, 'Post', 14, 1, 1), (3, 'Post', 12, 1, 1), (4,"
		" 'Post', 13, 1, 1);"
		"INSERT INTO notification (user_id, type, created_ms, topic_id, post_number, data) VALUES"
		" (2, 6, 1, 3, 1, '{\"topic_title\":\"Geheime titel\"}'), (3, 6, 1, 3, 1,"
		" '{\"topic_title\":\"Geheime titel\"}');"
		"INSERT INTO event (id, topic_id, starts_ms, url, status) VALUES"
		" (11, 1, 1772541000000, 'https://x.test/' || char(13) || 'ATTENDEE:kwaad', 'public');"
		"INSERT INTO draft (user_id, draft_key, sequence, data, updated_ms) VALUES (2, 'topic_3', 1, '{}', 1),"
		" (3, 'topic_3', 1, '{}', 1);"
		"INSERT INTO user_field (id, name, field_type, position, editable, required, show_on_profile,"
		" show_on_user_card, searchable) VALUES (1, 'Telefoon', 'text', 1, 1, 0, 0, 0, 0);"
		"INSERT INTO user_field_value VALUES (1, 1, '3'), (2, 1, '2'), (3, 1, '1'), (4, 1, '4');", &err))
		fail_msg("%s", err.detail);
	for (int64_t id = 11; id <= 13; id++)
		assert_true(forum_search_add(s->k.db, id, "",
			sql_get_text(s->k.db, &s->mem, "SELECT raw FROM post WHERE id = ?", "i", id), &err));
}

static int ask_as(struct site *s, int64_t user_id, const char *target)
{
	return site_ask(s, "GET", target, user_id == 0 ? "Accept: application/json"
		: site_format(s, "Accept: application/json\nUser-Api-Key: %s", names[user_id]), "");
}

static void others_do_not_read_it(void **state)
{
	static const struct {
		const char *name, *target, *secret;
		int64_t not_for, for_one; /* members; 0: nobody, -1: not looked at */
	} rows[] = {
		{"title of a message, by a draft for it", "/drafts.json", "Geheime titel", BRAM, ZOE},
		{"who likes whom in messages", "/u/ada/summary.json", "\"username\":\"zoe\"", BRAM, -1},
		{"who likes whom in messages", "/u/zoe/summary.json", "\"username\":\"ada\"", BRAM, -1},
		{"source of a flagged post", "/posts/12/raw", "gemeld", BRAM, ZOE},
		{"the same by number", "/raw/1/2", "gemeld", 0, MO},
		{"the same in its topic", "/raw/1", "gemeld", BRAM, ZOE},
		{"flagged post of a group", "/groups/leden/posts.json", "gemeld", BRAM, -1},
		{"flagged post in what a member did", "/user_actions.json?username=zoe&filter=5", "gemeld", BRAM, ZOE},
		{"flagged post as bookmark", "/u/bram/bookmarks.json", "gemeld", BRAM, -1},
		{"whisper as bookmark", "/u/bram/bookmarks.json", "gefluister", BRAM, -1},
		{"whisper of a moderator", "/u/mo/bookmarks.json", "gefluister", -1, MO},
		{"deleted post as bookmark", "/u/bram/bookmarks.json", "gewist", BRAM, -1},
		{"earlier text of a flagged post", "/posts/12/revisions/2.json", "gemeld", BRAM, ZOE},
		{"topic found by a whisper", "/filter.json?q=gefluister", "Openbaar", MO, -1},
		{"topic found by a flagged post", "/latest.json?search=gemeld", "Openbaar", BRAM, -1},
		{"topic found by what is open", "/filter.json?q=begin", "Openbaar", -1, 0},
		{"notice of a message one is no longer in", "/notifications.json", "Geheime titel", BRAM, ZOE},
		{"the same in the menu", "/notifications.json?recent=true", "Geheime titel", BRAM, ZOE},
		{"the same among messages", "/u/bram/user-menu-private-messages.json", "Geheime titel", BRAM, -1},
		{"a line of one's own in a calendar", "/discourse-post-event/events/11.ics", "ATTENDEE", BRAM, -1},
		{"address", "/u/zoe/emails.json", "zoe@kring.test", MO, ADA},
	};
	struct site s;
	open_private(&s);
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (rows[i].not_for >= 0) {
			ask_as(&s, rows[i].not_for, rows[i].target);
			CHECK_STRING(rows[i].name, strstr(site_body(&s), rows[i].secret), NULL);
		}
		if (rows[i].for_one < 0)
			continue;
		CHECK_INT(rows[i].name, ask_as(&s, rows[i].for_one, rows[i].target), 200);
		CHECK_INT(rows[i].name, strstr(site_body(&s), rows[i].secret) != NULL, 1);
	}
	site_close(&s);
}

/* Who is asked for a list in the order of a field learns what is in it, by comparing. */
static void order_does_not_tell_a_hidden_field(void **state)
{
	static const struct {
		const char *name;
		int64_t as;
		const char *first;
	} rows[] = {{"member", BRAM, "ada"}, {"moderator", MO, "zoe"}};
	struct site s;
	open_private(&s);
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(ask_as(&s, rows[i].as, "/directory_items.json?period=all&order=Telefoon&asc=true"), 200);
		struct json *root = json_parse(site_body(&s), s.w.body.n, NULL);
		const struct json *first = json_first(json_get(root, "directory_items"));
		CHECK_STRING(rows[i].name, json_as_string(json_path(first, "user.username")), rows[i].first);
		json_free(root);
	}
	site_close(&s);
}

/* Each request with memory of its own, as on the network. */
static void lists_for_staff_outlive_a_request(void **state)
{
	static const struct {
		const char *list;
		int count;
	} rows[] = {{"active", 4}, {"pending", 0}, {"staff", 2}, {"new", 4}, {"active", 4}, {"silenced", 0},
		{"suspended", 0}};
	struct site s;
	open_private(&s);
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(ask_as(&s, ADA, site_format(&s, "/admin/users/list/%s.json", rows[i].list)), 200);
		struct json *root = json_parse(site_body(&s), s.w.body.n, NULL);
		CHECK_INT(rows[i].list, json_count(root), rows[i].count);
		json_free(root);
		site_forget(&s);
		arena_fini(&s.mem);
	}
	site_close(&s);
}

static void a_message_without_people_is_for_nobody(void **state)
{
	struct site s;
	open_private(&s);
	struct forum f = {.db = s.k.db, .bus = s.k.bus, .mem = &s.mem, .now_ms = s.now_ms, .base_url = ""};
	assert_true(sql_run(s.k.db, NULL, "DELETE FROM topic_allowed", ""));
	assert_true(forum_publish_post(&f, 31, "revised"));
	site_ask(&s, "POST", "/message-bus/x/poll?dlp=t", "", "/topic/3=0");
	CHECK_STRING("nobody", strstr(site_body(&s), "revised"), NULL);
	assert_true(forum_publish_post(&f, 11, "revised"));
	site_ask(&s, "POST", "/message-bus/x/poll?dlp=t", "", "/topic/1=0");
	assert_non_null(strstr(site_body(&s), "revised"));
	site_close(&s);
}

/* {"kkk...":[item,item,...]} */
static const char *long_body(struct site *s, int name_bytes, const char *item, int items)
{
	struct sbuf b = {0};
	sbuf_add(&b, "{\"");
	for (int i = 0; i < name_bytes; i++)
		sbuf_addc(&b, 'k');
	sbuf_add(&b, "\":[");
	for (int i = 0; i < items; i++)
		sbuf_addf(&b, "%s%s", i > 0 ? "," : "", item);
	sbuf_add(&b, "]}");
	const char *text = arena_strdup(&s->mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static void a_body_does_not_multiply(void **state)
{
	static const struct {
		const char *name;
		int name_bytes;
		const char *item;
		int items, status;
	} rows[] = {
		{"ordinary", 20, "1", 500, 200},
		{"a long name", 100000, "1", 100, 400},
		{"many nothings", 20, "null", 20000, 400},
		{"many lists", 20, "[]", 20000, 400},
		{"many values", 20, "1", 6000, 400},
	};
	struct site s;
	open_private(&s);
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_INT(rows[i].name, site_ask(&s, "POST", "/categories/search.json",
			"Content-Type: application/json\nUser-Api-Key: ada", long_body(&s, rows[i].name_bytes, rows[i].item,
			rows[i].items)), rows[i].status);
	site_close(&s);
}

static void a_question_has_an_end(void **state)
{
	struct site s;
	struct sbuf target = {0};
	open_private(&s);
	sbuf_add(&target, "/categories/find.json?x=1");
	for (int i = 0; i < 4000; i++)
		sbuf_add(&target, "&ids[]=5");
	assert_int_equal(ask_as(&s, BRAM, sbuf_str(&target)), 200);
	struct json *root = json_parse(site_body(&s), s.w.body.n, NULL);
	CHECK_INT("categories", json_count(json_get(root, "categories")), 100);
	json_free(root);
	sbuf_fini(&target);
	site_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(others_do_not_read_it),
		cmocka_unit_test(order_does_not_tell_a_hidden_field),
		cmocka_unit_test(lists_for_staff_outlive_a_request),
		cmocka_unit_test(a_message_without_people_is_for_nobody),
		cmocka_unit_test(a_body_does_not_multiply),
		cmocka_unit_test(a_question_has_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
