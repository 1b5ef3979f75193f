#include "server_case.h"

#include "member_decode.h"

enum { ANNA = 1, BRAM = 2, CARLA = 3, ZOE = 4 };

/* Four members, four topics, likes, a message, extra fields. Anna is an organiser. */
static int open_case(void **state)
{
	static struct server_case c;
	case_open(&c, "2026-03-03T09:00:00Z");
	struct error err;
	assert_int_equal(case_user(&c, "anna", "Anna de Wit"), ANNA);
	assert_int_equal(case_user(&c, "bram", "Bram Jansen"), BRAM);
	assert_int_equal(case_user(&c, "Carla", NULL), CARLA);
	assert_int_equal(case_user(&c, "zoe", "Zoë Bakker"), ZOE);
	case_sql(&c,
		"UPDATE user SET moderator = 1 WHERE id = 1;"
		"UPDATE user SET bio_raw = 'Ik help *graag*.', bio_cooked = '<p>Ik help <em>graag</em>.</p>',"
		" location = 'Zwolle',"
		" website = 'https://www.bram.example/werk', status_text = 'op reis', status_emoji = 'airplane',"
		" email = 'bram@kring.test', last_posted_ms = 3000, title = 'timmervrouw' WHERE id = 2;"
		"INSERT INTO user_field (id, name, field_type, position, editable, required, show_on_profile,"
		" show_on_user_card, searchable, options) VALUES (1, 'Beroep', 'text', 1, 1, 0, 1, 1, 1, NULL),"
		" (2, 'Telefoon', 'text', 2, 1, 0, 0, 0, 0, NULL), (3, 'Themas', 'multiselect', 3, 1, 0, 1, 0, 1,"
		" '[\"a\",\"b\"]');"
		"INSERT INTO user_field_value VALUES (2, 1, 'Timmeren'), (2, 2, '06-123'), (2, 3, '[\"a\",\"b\"]'),"
		" (4, 1, 'Advies'), (4, 2, 'Timmeren');"
		"INSERT INTO category (id, name, slug, color, position) VALUES (5, 'Vragen', 'vragen', 'AABBCC', 1);"
		"INSERT INTO topic (id, title, slug, category_id, archetype, user_id, last_post_user_id, created_ms,"
		" bumped_ms, last_posted_ms, updated_ms, posts_count, highest_post_number) VALUES"
		" (1, 'Offerte & prijs', 'offerte-prijs', 5, 'regular', 2, 3, 1000, 4000, 4000, 4000, 3, 3),"
		" (2, 'Lunch', 'lunch', 5, 'regular', 3, 3, 1772400000000, 1772400000000, 1772400000000,"
		" 1772400000000, 1, 1),"
		" (3, 'Dag Bram', 'dag-bram', NULL, 'private_message', 3, 3, 2000, 2000, 2000, 2000, 1, 1),"
		" (4, 'Voor mezelf', 'voor-mezelf', NULL, 'private_message', 2, 2, 2500, 2500, 2500, 2500, 1, 1),"
		" (5, 'Aan de groep', 'aan-de-groep', NULL, 'private_message', 4, 4, 2600, 2600, 2600, 2600, 1, 1);"
		"INSERT INTO post (id, topic_id, post_number, user_id, raw, cooked, created_ms, updated_ms, like_count,"
		" reply_to_post_number) VALUES (11, 1, 1, 2, 'r', '<p>Wat vraag je?</p>', 1000, 1000, 2, NULL),"
		" (12, 1, 2, 3, 'r', '<p>Een dagprijs.</p>', 3000, 3000, 0, 1), (13, 1, 3, 2, 'r', '<p>Dank!</p>',"
		" 4000, 4000, 0, 2), (14, 2, 1, 3, 'r', '<p>Soep</p>', 1772400000000, 1772400000000, 0, NULL),"
		" (15, 3, 1, 3, 'r', '<p>Dag</p>', 2000, 2000, 0, NULL), (16, 4, 1, 2, 'r', '<p>Notitie</p>', 2500,"
		" 2500, 0, NULL), (17, 5, 1, 4, 'r', '<p>Groep</p>', 2600, 2600, 0, NULL);"
		"INSERT INTO post_action (post_id, user_id, type, created_ms) VALUES (11, 3, 2, 5000), (11, 4, 2,"
		" 1772400000000);"
		"INSERT INTO topic_allowed (topic_id, user_id) VALUES (3, 2), (3, 3), (4, 2), (5, 4);"
		"INSERT INTO topic_user (topic_id, user_id, last_read_post_number, notification_level, first_visited_ms,"
		" last_visited_ms, total_msecs) VALUES (1, 2, 2, 3, 1000, 2000, 60000), (3, 3, 1, 3, 2000, 2000, 5000);"
		"INSERT INTO notification (id, user_id, type, read, high_priority, created_ms, topic_id, post_number,"
		" data) VALUES (1, 2, 2, 1, 0, 3000, 1, 2, '{\"display_username\":\"Carla\"}'),"
		" (2, 2, 5, 0, 0, 5000, 1, 1, '{\"display_username\":\"Carla\"}'),"
		" (3, 2, 6, 0, 1, 2000, 3, 1, '{\"topic_title\":\"Dag Bram\"}'),"
		" (4, 2, 5, 0, 0, 6000, 1, 1, '{}'), (5, 3, 2, 0, 0, 7000, 1, 3, '{}');"
		"UPDATE user SET seen_notification_id = 2 WHERE id = 2;"
		"INSERT INTO bookmark (id, user_id, bookmarkable_type, bookmarkable_id, name, reminder_ms, created_ms,"
		" updated_ms)"
		" VALUES (1, 2, 'Post', 12, 'goede prijs', NULL, 1, 1), (2, 2, 'Topic', 2, NULL, 1772600000000, 2, 2);"
		"INSERT INTO draft (user_id, draft_key, sequence, data, updated_ms) VALUES"
		" (2, 'topic_1', 4, '{\"reply\":\"Nog een\\nvraag\",\"action\":\"reply\"}', 9000),"
		" (2, 'new_topic', 1, '{\"reply\":\"Plan\"}', 8000), (2, 'topic_2', 7, NULL, 9500);"
		"INSERT INTO pending_post VALUES (1, 2, 1, NULL, NULL, 'wacht', '{}', 1000);"
		"INSERT INTO user_relation VALUES (2, 3, 'ignore', NULL), (3, 4, 'mute', NULL);");
	int64_t group = 0;
	assert_true(forum_group_create(&c.forum, "gastheren", "De gastheren", "Wij ontvangen", &group, &err));
	assert_true(forum_group_add(&c.forum, group, BRAM, true, 7000, &err));
	assert_true(forum_group_add(&c.forum, group, ZOE, false, 9000, &err));
	case_sql(&c, "INSERT INTO topic_allowed (topic_id, group_id) SELECT 5, id FROM groups"
		" WHERE name = 'gastheren'");
	*state = &c;
	return 0;
}

static int close_case(void **state)
{
	case_close(*state);
	return 0;
}

static const struct json *get_ok(struct server_case *c, int64_t as, const char *target)
{
	const struct json *answer = case_get(c, as, target);
	if (c->status != 200)
		fail_msg("%s: %d %s", target, c->status, sbuf_str(&c->body));
	return answer;
}

static void test_session(void **state)
{
	struct server_case *c = *state;
	case_get(c, 0, "/session/current.json");
	assert_int_equal(c->status, 404);
	const struct json *me = json_get(get_ok(c, BRAM, "/session/current.json"), "current_user");
	CHECK_STRING("username", json_string(me, "username"), "bram");
	CHECK_INT("unread", json_int(me, "unread_notifications", -1), 1);
	CHECK_INT("urgent", json_int(me, "unread_high_priority_notifications", -1), 1);
	CHECK_INT("all", json_int(me, "all_unread_notifications_count", -1), 3);
	CHECK_INT("seen", json_int(me, "seen_notification_id", -1), 2);
	CHECK_INT("drafts", json_int(me, "draft_count", -1), 2);
	CHECK_STRING("ignored", json_as_string(json_first(json_get(me, "ignored_users"))), "Carla");
	CHECK_STRING("zone", json_as_string(json_path(me, "user_option.timezone")), "Europe/Amsterdam");
	CHECK_STRING("status", json_as_string(json_path(me, "status.description")), "op reis");
	assert_non_null(strstr(case_join(c, json_get(me, "groups"), "name"), "gastheren"));
	assert_true(json_bool(me, "can_send_private_messages", false));
	assert_non_null(json_get(me, "can_create_discourse_post_event"));
}

static void test_directory(void **state)
{
	struct server_case *c = *state;
	static const struct {
		const char *label;
		int as;
		const char *query, *want;
	} rows[] = {
		{"most liked first", ANNA, "period=all", "bram,anna,Carla,zoe"},
		{"names", ANNA, "period=all&order=username&asc=true", "anna,bram,Carla,zoe"},
		{"names down", ANNA, "period=all&order=username", "zoe,Carla,bram,anna"},
		{"a profile field", 0, "period=all&order=Beroep&asc=true&page=0&name=a", "zoe,bram,anna,Carla"},
		{"by name, without accents", 0, "period=all&name=zoe", "zoe"},
		{"by a searchable field only", 0, "period=all&name=timmeren", "bram"},
		{"oneself comes along", ANNA, "period=all&name=zoe", "anna,zoe"},
		{"but not to an empty answer", ANNA, "period=all&name=xyz", ""},
		{"exact username", 0, "period=all&username=BRAM", "bram"},
		{"group", ANNA, "period=all&group=gastheren&order=username&asc=true", "bram,zoe"},
		{"without some", ANNA, "period=all&exclude_usernames=bram,zoe&order=username&asc=true", "anna,Carla"},
		{"without a group", ANNA, "period=all&exclude_groups=gastheren&order=username&asc=true", "anna,Carla"},
		{"without one's own group", BRAM, "period=all&exclude_groups=gastheren&order=username&asc=true",
			"anna,Carla"},
		{"past the end", ANNA, "period=all&page=3", ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char target[300];
		snprintf(target, sizeof target, "/directory_items.json?%s", rows[i].query);
		const struct json *items = json_get(get_ok(c, rows[i].as, target), "directory_items");
		CHECK_STRING(rows[i].label, case_join(c, items, "user.username"), rows[i].want);
	}
	static const struct {
		const char *query;
		int status;
		bool old;
	} wrong[] = {
		{"order=username", 400, false}, {"period=century", 403, false}, {"period=all&group=niets", 400, false},
		{"period=all&page=10", 200, false}, {"period=all&page=11", 400, false}, {"period=all&page=11", 200, true},
	};
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		char target[100];
		snprintf(target, sizeof target, "/directory_items.json?%s", wrong[i].query);
		c->options.old_discourse = wrong[i].old;
		case_get(c, ANNA, target);
		CHECK_INT(wrong[i].query, c->status, wrong[i].status);
	}
	case_get(c, BRAM, "/directory-columns.json");
	assert_int_equal(c->status, 404);
	CHECK_INT("columns", json_count(json_get(get_ok(c, ANNA, "/directory-columns.json"), "directory_columns")), 7);
}

static void test_directory_counters(void **state)
{
	struct server_case *c = *state;
	const struct json *answer = get_ok(c, 0, "/directory_items.json?period=all&username=bram&user_field_ids=1|3");
	const struct json *item = json_first(json_get(answer, "directory_items"));
	CHECK_INT("likes", json_int(item, "likes_received", -1), 2);
	CHECK_INT("topics", json_int(item, "topic_count", -1), 1);
	CHECK_INT("replies", json_int(item, "post_count", -1), 1);
	CHECK_INT("read", json_int(item, "posts_read", -1), 2);
	CHECK_INT("time", json_int(item, "time_read", -1), 60);
	CHECK_STRING("field", json_as_string(json_first(json_path(item, "user.user_fields.1.value"))), "Timmeren");
	assert_true(json_as_bool(json_path(item, "user.user_fields.1.searchable"), false));
	CHECK_INT("choices", json_count(json_path(item, "user.user_fields.3.value")), 2);
	assert_null(json_path(item, "user.user_fields.2"));
	CHECK_INT("total", json_as_int(json_path(answer, "meta.total_rows_directory_items"), -1), 1);
	assert_non_null(strstr(json_as_string(json_path(answer, "meta.load_more_directory_items")), "page=1"));
	CHECK_INT("nobody's phone", json_path(json_first(json_get(get_ok(c, 0,
		"/directory_items.json?period=all&username=bram&user_field_ids=2"), "directory_items")),
		"user.user_fields.2") != NULL, 0);
	c->options.old_discourse = true;
	answer = get_ok(c, 0, "/directory_items.json?period=all&username=bram&user_field_ids=1|3");
	item = json_first(json_get(answer, "directory_items"));
	CHECK_STRING("old field", json_as_string(json_path(item, "user.user_fields.1")), "Timmeren");
	CHECK_INT("old choices", json_count(json_path(item, "user.user_fields.3")), 2);
	answer = get_ok(c, 0, "/directory_items.json?period=weekly&username=bram");
	item = json_first(json_get(answer, "directory_items"));
	CHECK_INT("likes this week", json_int(item, "likes_received", -1), 1);
	CHECK_INT("replies this week", json_int(item, "post_count", -1), 0);
	assert_null(json_get(item, "time_read"));
	assert_null(json_path(item, "user.user_fields"));
}

/* Both shapes of profile fields read the same in a client. */
static void test_clients_read_the_same_members(void **state)
{
	struct server_case *c = *state;
	static const char *const targets[] = {
		"/directory_items.json?period=all&username=bram&user_field_ids=1|3", "/user-cards.json?user_ids=2",
	};
	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++)
		for (int old = 0; old <= 1; old++) {
			c->options.old_discourse = old;
			struct member_page page;
			assert_true(member_page_decode(get_ok(c, 0, targets[i]), &c->mem, &page));
			CHECK_INT(targets[i], page.count, 1);
			CHECK_STRING(targets[i], member_field(&page.member[0], 1), "Timmeren");
			CHECK_STRING(targets[i], member_field(&page.member[0], 3), "a, b");
			assert_null(member_field(&page.member[0], 2));
		}
	struct member m;
	assert_true(member_profile_decode(get_ok(c, BRAM, "/u/bram.json"), &c->mem, &m));
	CHECK_STRING("own phone", member_field(&m, 2), "06-123");
	CHECK_STRING("zone", m.timezone, "Europe/Amsterdam");
	assert_true(m.complete);
}

static void test_directory_is_kept_and_new_members_are_in(void **state)
{
	struct server_case *c = *state;
	get_ok(c, ANNA, "/directory_items.json?period=all");
	case_sql(c, "INSERT INTO post_action (post_id, user_id, type, created_ms) VALUES (11, 1, 2, 1772500000000)");
	case_user(c, "nieuw", NULL);
	const struct json *answer = get_ok(c, 0, "/directory_items.json?period=all&username=bram");
	CHECK_INT("kept", json_int(json_first(json_get(answer, "directory_items")), "likes_received", -1), 2);
	answer = get_ok(c, 0, "/directory_items.json?period=all&username=nieuw");
	CHECK_INT("new member", json_int(json_first(json_get(answer, "directory_items")), "likes_received", -1), 0);
	c->now_ms += 61 * 60 * 1000;
	answer = get_ok(c, 0, "/directory_items.json?period=all&username=bram");
	CHECK_INT("counted again", json_int(json_first(json_get(answer, "directory_items")), "likes_received", -1), 3);
}

static void test_profile(void **state)
{
	struct server_case *c = *state;
	static const struct {
		const char *label;
		int as;
		bool phone, email, options, writable;
	} rows[] = {
		{"self", BRAM, true, true, true, false},
		{"moderator", ANNA, true, false, true, true},
		{"another member", ZOE, false, false, false, true},
		{"ignored by bram", CARLA, false, false, false, false},
		{"nobody", 0, false, false, false, false},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct json *user = json_get(get_ok(c, rows[i].as, "/u/bram.json"), "user");
		CHECK_STRING(rows[i].label, json_string(user, "name"), "Bram Jansen");
		CHECK_STRING(rows[i].label, json_as_string(json_path(user, "user_fields.1")), "Timmeren");
		CHECK_INT(rows[i].label, json_path(user, "user_fields.2") != NULL, rows[i].phone);
		CHECK_INT(rows[i].label, json_get(user, "user_option") != NULL, rows[i].options);
		CHECK_INT(rows[i].label, json_bool(user, "can_send_private_message_to_user", false), rows[i].writable);
		CHECK_STRING(rows[i].label, json_string(user, "website_name"), "www.bram.example/werk");
		CHECK_STRING(rows[i].label, json_string(user, "bio_excerpt"), "Ik help graag.");
		CHECK_STRING(rows[i].label, json_as_string(json_path(user, "status.emoji")), "airplane");
		case_get(c, rows[i].as, "/u/bram/emails.json");
		CHECK_INT(rows[i].label, c->status == 200, rows[i].email);
	}
	const struct json *user = json_get(get_ok(c, BRAM, "/u/carla.json"), "user");
	assert_true(json_bool(user, "ignored", false));
	assert_true(json_is_null(json_get(user, "name")));
	user = json_get(get_ok(c, CARLA, "/u/zoe.json"), "user");
	assert_true(json_bool(user, "muted", false));
	CHECK_INT("organisers cannot be ignored",
		json_bool(json_get(get_ok(c, BRAM, "/u/anna.json"), "user"), "can_ignore_user", true), false);
	case_get(c, BRAM, "/u/nobody.json");
	assert_int_equal(c->status, 404);
}

static void test_cards(void **state)
{
	struct server_case *c = *state;
	const struct json *users = json_get(get_ok(c, CARLA, "/user-cards.json?user_ids=4,99,2,x"), "users");
	CHECK_STRING("in the order asked", case_join(c, users, "username"), "zoe,bram");
	assert_null(json_path(case_item(users, 1), "user_fields.2"));
	CHECK_STRING("card", json_as_string(json_path(get_ok(c, CARLA, "/u/bram/card.json"), "user.title")),
		"timmervrouw");
	case_get(c, CARLA, "/user-cards.json");
	assert_int_equal(c->status, 400);
}

static void test_summary(void **state)
{
	struct server_case *c = *state;
	const struct json *answer = get_ok(c, ZOE, "/u/bram/summary.json");
	CHECK_INT("topics", json_as_int(json_path(answer, "user_summary.topic_count"), -1), 1);
	CHECK_INT("likes", json_as_int(json_path(answer, "user_summary.likes_received"), -1), 2);
	CHECK_STRING("topic", json_string(json_first(json_get(answer, "topics")), "fancy_title"),
		"Offerte &amp; prijs");
	CHECK_STRING("liked by", case_join(c, json_path(answer, "user_summary.most_liked_by_users"), "username"),
		"Carla,zoe");
	CHECK_STRING("replied to", case_join(c, json_path(answer, "user_summary.most_replied_to_users"),
		"username"), "Carla");
	assert_null(json_path(answer, "user_summary.bookmark_count"));
}

static void test_groups(void **state)
{
	struct server_case *c = *state;
	static const struct {
		const char *label;
		int as;
		const char *query, *want;
	} lists[] = {
		{"members see real groups", BRAM, "", "gastheren,moderators"}, {"their own", ZOE, "?type=owner", ""},
		{"the ones they own", BRAM, "?type=owner", "gastheren"},
			{"of somebody", CARLA, "?username=zoe", "gastheren"},
		{"by size", BRAM, "?order=user_count&asc=true", "moderators,gastheren"},
			{"by name", 0, "?filter=GAST", "gastheren"},
		{"only automatic ones", BRAM, "?type=automatic", "moderators"}, {"past the end", BRAM, "?page=1", ""},
	};
	for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
		char target[100];
		snprintf(target, sizeof target, "/groups.json%s", lists[i].query);
		CHECK_STRING(lists[i].label, case_join(c, json_get(get_ok(c, lists[i].as, target), "groups"), "name"),
			lists[i].want);
	}
	case_get(c, BRAM, "/groups.json?type=secret");
	assert_int_equal(c->status, 400);
	assert_true(json_count(json_get(get_ok(c, ANNA, "/groups.json"), "groups")) > 1);
	const struct json *group = json_get(get_ok(c, BRAM, "/groups/Gastheren.json"), "group");
	CHECK_STRING("full name", json_string(group, "full_name"), "De gastheren");
	CHECK_INT("size", json_int(group, "user_count", -1), 2);
	assert_true(json_bool(group, "is_group_user", false));
	case_get(c, BRAM, "/groups/niets.json");
	assert_int_equal(c->status, 404);
	case_get(c, BRAM, "/groups/gastheren/members.json?limit=1001");
	assert_int_equal(c->status, 400);
	const struct json *posts = json_get(get_ok(c, BRAM, "/groups/gastheren/posts.json"), "posts");
	CHECK_STRING("no messages among them", case_join(c, posts, "excerpt"), "Dank!,Wat vraag je?");
	static const struct {
		const char *query, *want;
	} rows[] = {
		{"trust_level_0/members.json", "zoe,Carla,bram,anna"},
			{"trust_level_0/members.json?asc=true", "anna,bram,Carla,zoe"},
		{"trust_level_0/members.json?limit=2&offset=1&asc=true", "bram,Carla"},
		{"trust_level_0/members.json?order=username&asc=true&limit=1", "anna"},
		{"trust_level_0/members.json?order=username&limit=1", "zoe"}, {"trust_level_0/members.json?limit=0", ""},
		{"trust_level_0/members.json?order=added_at&asc=true&limit=1", "anna"},
		{"gastheren/members.json?order=added_at", "bram,zoe"}, {"gastheren/members.json", "bram,zoe"},
		{"trust_level_0/members.json?order=last_posted_at&limit=1", "bram"},
		{"trust_level_0/members.json?filter=zoe", "zoe"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char target[200];
		snprintf(target, sizeof target, "/groups/%s", rows[i].query);
		CHECK_STRING(rows[i].query, case_join(c, json_get(get_ok(c, BRAM, target), "members"), "username"),
			rows[i].want);
	}
	const struct json *answer = get_ok(c, BRAM, "/groups/gastheren/members.json?limit=1");
	CHECK_INT("total", json_as_int(json_path(answer, "meta.total"), -1), 2);
	CHECK_STRING("owners", case_join(c, json_get(answer, "owners"), "username"), "bram");
}

static void test_user_search(void **state)
{
	struct server_case *c = *state;
	static const struct {
		const char *query, *want;
	} rows[] = {
		{"term=br", "bram"}, {"term=%40zo", "zoe"}, {"term=bakker", "zoe"}, {"term=a&limit=1", "anna"},
			{"term=xyz", ""},
		{"term=a&topic_id=1", "bram,Carla,anna"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char target[200];
		snprintf(target, sizeof target, "/u/search/users.json?%s", rows[i].query);
		CHECK_STRING(rows[i].query, case_join(c, json_get(get_ok(c, BRAM, target), "users"), "username"),
			rows[i].want);
	}
	assert_null(json_get(get_ok(c, BRAM, "/u/search/users.json?term=gast"), "groups"));
	CHECK_STRING("groups", case_join(c, json_get(get_ok(c, BRAM,
		"/u/search/users.json?term=gast&include_groups=true"), "groups"), "name"), "gastheren");
}

static int64_t seen(struct server_case *c)
{
	return sql_get_int(c->db, -1, "SELECT seen_notification_id FROM user WHERE id = 2", "");
}

static const char *ids(struct server_case *c, const struct json *list)
{
	struct sbuf out = {0};
	JSON_EACH(item, list)
		sbuf_addf(&out, "%s%lld", out.n > 0 ? "," : "", (long long)json_int(item, "id", -1));
	const char *text = arena_strdup(&c->mem, sbuf_str(&out));
	sbuf_fini(&out);
	return text;
}

static void test_notifications(void **state)
{
	struct server_case *c = *state;
	static const struct {
		const char *query, *want;
		int total;
	} rows[] = {
		{"", "4,2,1,3", 4}, {"?filter=unread", "4,2,3", 3}, {"?filter=read", "1", 1}, {"?offset=3", "3", 4},
		{"?limit=2", "4,2", 4}, {"?filter_by_types=liked", "4,2,1,3", 4},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char target[200];
		snprintf(target, sizeof target, "/notifications.json%s", rows[i].query);
		const struct json *answer = get_ok(c, BRAM, target);
		CHECK_STRING(rows[i].query, ids(c, json_get(answer, "notifications")), rows[i].want);
		CHECK_INT(rows[i].query, json_int(answer, "total_rows_notifications", -1), rows[i].total);
		assert_non_null(strstr(json_string(answer, "load_more_notifications"), "offset="));
	}
	CHECK_INT("lists do not see", seen(c), 2);
	const struct json *answer = get_ok(c, BRAM, "/notifications.json?recent=true&limit=2&silent=true");
	CHECK_STRING("urgent first", ids(c, json_get(answer, "notifications")), "3,4");
	CHECK_INT("silent", seen(c), 2);
	static const struct {
		const char *types, *want;
	} recent[] = {{"", "3,4,2,1"}, {"liked", "4,2"}, {"replied,private_message", "3,1"}, {"5", "4,2"}};
	for (size_t i = 0; i < sizeof recent / sizeof recent[0]; i++) {
		char target[200];
		snprintf(target, sizeof target, "/notifications.json?recent=true&silent=1&filter_by_types=%s",
			recent[i].types);
		CHECK_STRING(recent[i].types, ids(c, json_get(get_ok(c, BRAM, target), "notifications")), recent[i].want);
	}
	case_get(c, BRAM, "/notifications.json?recent=true&filter_by_types=nonsense");
	assert_int_equal(c->status, 400);
	answer = get_ok(c, BRAM, "/notifications.json?recent=true&limit=5");
	CHECK_INT("seen now", seen(c), 4);
	CHECK_INT("answered", json_int(answer, "seen_notification_id", -1), 4);
	CHECK_STRING("data", json_as_string(json_path(json_first(json_get(answer, "notifications")),
		"data.topic_title")), "Dag Bram");
	case_get(c, BRAM, "/notifications.json?username=carla");
	assert_int_equal(c->status, 403);
	answer = get_ok(c, BRAM, "/notifications/totals.json");
	CHECK_INT("unread", json_int(answer, "unread_notifications", -1), 3);
	CHECK_INT("messages are seen", json_int(answer, "unread_personal_messages", -1), 0);
	CHECK_INT("topics", json_as_int(json_path(answer, "topic_tracking.unread"), -1), 1);
}

static void test_messages(void **state)
{
	struct server_case *c = *state;
	static const struct {
		const char *label;
		int as, status;
		const char *target, *want;
	} rows[] = {
		{"inbox without notes to self", BRAM, 200, "/topics/private-messages/bram.json", "3"},
		{"sent", BRAM, 200, "/topics/private-messages-sent/bram.json", "4"},
		{"sent by carla", CARLA, 200, "/topics/private-messages-sent/carla.json", "3"},
		{"new", BRAM, 200, "/topics/private-messages-new/bram.json", "4,3"},
		{"unread", BRAM, 200, "/topics/private-messages-unread/bram.json", ""},
		{"archive", BRAM, 200, "/topics/private-messages-archive/bram.json", ""},
		{"group", BRAM, 200, "/topics/private-messages-group/bram/gastheren.json", "5"},
		{"group of others", CARLA, 404, "/topics/private-messages-group/carla/gastheren.json", ""},
		{"of others", CARLA, 403, "/topics/private-messages/bram.json", ""},
		{"of others, by a moderator", ANNA, 403, "/topics/private-messages/bram.json", ""},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		const struct json *answer = case_get(c, rows[i].as, rows[i].target);
		CHECK_INT(rows[i].label, c->status, rows[i].status);
		if (c->status == 200)
			CHECK_STRING(rows[i].label, ids(c, json_path(answer, "topic_list.topics")), rows[i].want);
	}
	case_sql(c, "INSERT INTO message_archived VALUES (3, 2)");
	CHECK_STRING("archived", ids(c, json_path(get_ok(c, BRAM, "/topics/private-messages-archive/bram.json"),
		"topic_list.topics")), "3");
	CHECK_STRING("and gone", ids(c, json_path(get_ok(c, BRAM, "/topics/private-messages/bram.json"),
		"topic_list.topics")), "");
}

static void test_drafts_and_bookmarks(void **state)
{
	struct server_case *c = *state;
	const struct json *list = json_get(get_ok(c, BRAM, "/drafts.json"), "drafts");
	CHECK_STRING("newest first", case_join(c, list, "draft_key"), "topic_1,new_topic");
	CHECK_STRING("title", json_string(json_first(list), "title"), "Offerte & prijs");
	CHECK_STRING("words", json_string(json_first(list), "excerpt"), "Nog een vraag");
	assert_true(json_is_string(json_get(json_first(list), "data")));
	const struct json *draft = get_ok(c, BRAM, "/drafts/topic_2.json");
	CHECK_INT("sequence outlives the draft", json_int(draft, "draft_sequence", -1), 7);
	assert_true(json_is_null(json_get(draft, "draft")));
	list = json_path(get_ok(c, BRAM, "/u/bram/bookmarks.json"), "user_bookmark_list.bookmarks");
	CHECK_STRING("reminders first", case_join(c, list, "title"), "Lunch,Offerte & prijs");
	CHECK_STRING("link", json_string(case_item(list, 1), "bookmarkable_url"),
		"https://kring.test/t/offerte-prijs/1/2");
	CHECK_STRING("calendar", json_string(case_item(list, 0), "reminder_at_ics_start"), "20260304T045320Z");
	CHECK_STRING("search", case_join(c, json_path(get_ok(c, BRAM, "/u/bram/bookmarks.json?q=goede"),
		"user_bookmark_list.bookmarks"), "name"), "goede prijs");
	CHECK_INT("none", json_count(json_get(get_ok(c, ZOE, "/u/zoe/bookmarks.json"), "bookmarks")), 0);
	case_get(c, CARLA, "/u/bram/bookmarks.json");
	assert_int_equal(c->status, 403);
	list = json_get(get_ok(c, BRAM, "/posts/bram/pending.json"), "pending_posts");
	CHECK_STRING("waits", json_string(json_first(list), "topic_url"), "/t/offerte-prijs/1");
	const struct json *menu = get_ok(c, BRAM, "/u/bram/user-menu-private-messages.json");
	CHECK_STRING("menu", ids(c, json_get(menu, "unread_notifications")), "3");
	CHECK_STRING("menu topics", ids(c, json_get(menu, "topics")), "3");
	CHECK_INT("menu bookmarks",
		json_count(json_get(get_ok(c, BRAM, "/u/bram/user-menu-bookmarks.json"), "bookmarks")), 2);
}

static void test_actions(void **state)
{
	struct server_case *c = *state;
	static const struct {
		const char *label;
		int as;
		const char *query, *want;
	} rows[] = {
		{"topics", ZOE, "username=bram&filter=4", "Wat vraag je?"},
		{"replies", ZOE, "username=bram&filter=5", "Dank!"},
		{"both, newest first", ZOE, "username=bram&filter=4,5", "Dank!,Wat vraag je?"},
		{"likes given", ZOE, "username=carla&filter=1", "Wat vraag je?"},
		{"likes received", ZOE, "username=bram&filter=2", "Wat vraag je?,Wat vraag je?"},
		{"by one member", ZOE, "username=bram&filter=2&acting_username=zoe", "Wat vraag je?"},
		{"answers", ZOE, "username=bram&filter=6", "Een dagprijs."},
		{"messages are private", ZOE, "username=bram&filter=12,13", ""},
		{"my messages", BRAM, "username=bram&filter=12,13", "Notitie,Dag"},
		{"offset", ZOE, "username=bram&filter=4,5&offset=1&limit=1", "Wat vraag je?"},
	};
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		char target[200];
		snprintf(target, sizeof target, "/user_actions.json?%s", rows[i].query);
		CHECK_STRING(rows[i].label, case_join(c, json_get(get_ok(c, rows[i].as, target), "user_actions"),
			"excerpt"), rows[i].want);
	}
	case_get(c, ZOE, "/user_actions.json");
	assert_int_equal(c->status, 400);
}

static void test_tracking(void **state)
{
	struct server_case *c = *state;
	const struct json *list = get_ok(c, BRAM, "/u/bram/topic-tracking-state.json");
	assert_true(json_is_array(list));
	CHECK_INT("new and unread", json_count(list), 2);
	CHECK_INT("new topic", json_int(case_item(list, 0), "topic_id", -1), 2);
	assert_true(json_is_null(json_get(case_item(list, 0), "last_read_post_number")));
	CHECK_INT("unread topic", json_int(case_item(list, 1), "topic_id", -1), 1);
	CHECK_INT("read up to", json_int(case_item(list, 1), "last_read_post_number", -1), 2);
	CHECK_INT("nothing for the others' own", json_count(get_ok(c, CARLA, "/u/carla/topic-tracking-state.json")), 0);
	case_get(c, CARLA, "/u/bram/topic-tracking-state.json");
	assert_int_equal(c->status, 403);
	CHECK_INT("messages", json_count(get_ok(c, BRAM, "/u/bram/private-message-topic-tracking-state.json")), 3);
}

static void polls_fill(struct server_case *c)
{
	case_sql(c, "INSERT INTO poll (id, post_id, name, type, results, public) VALUES (1, 11, 'poll', 'regular',"
		" 'on_vote', 1);"
		"INSERT INTO poll_option VALUES (1, 'aa', 1, 'Ja'), (1, 'bb', 2, 'Nee');"
		"INSERT INTO poll_vote VALUES (1, 2, 'aa', NULL, 1), (1, 3, 'aa', NULL, 2);");
}

static const struct json *poll_as(struct server_case *c, int64_t user_id, struct json *post)
{
	struct request r = {.server = &c->server, .db = c->db, .mem = &c->mem, .now_ms = c->now_ms};
	case_identify(c, &r, user_id);
	polls_encode(&r, post, 11);
	return json_first(json_get(post, "polls"));
}

static void test_polls(void **state)
{
	struct server_case *c = *state;
	struct json *none = json_object();
	assert_null(poll_as(c, BRAM, none));
	json_free(none);
	polls_fill(c);
	struct json *voted = json_object(), *other = json_object();
	const struct json *poll = poll_as(c, BRAM, voted);
	CHECK_INT("votes", json_int(json_first(json_get(poll, "options")), "votes", -1), 2);
	CHECK_INT("voters", json_int(poll, "voters", -1), 2);
	CHECK_STRING("mine", json_as_string(json_first(json_path(voted, "polls_votes.poll"))), "aa");
	CHECK_STRING("who", case_join(c, json_path(poll, "preloaded_voters.aa"), "username"), "bram,Carla");
	poll = poll_as(c, ZOE, other);
	assert_null(json_get(json_first(json_get(poll, "options")), "votes"));
	assert_null(json_get(poll, "preloaded_voters"));
	assert_null(json_get(other, "polls_votes"));
	json_free(voted);
	json_free(other);
	CHECK_STRING("voters", case_join(c, json_path(get_ok(c, BRAM,
		"/polls/voters.json?post_id=11&poll_name=poll&option_id=aa&limit=1&page=2"), "voters.aa"),
		"username"), "Carla");
	case_get(c, ZOE, "/polls/voters.json?post_id=11&poll_name=poll");
	assert_int_equal(c->status, 400);
}

static void test_status(void **state)
{
	struct server_case *c = *state;
	CHECK_STRING("mine", json_string(get_ok(c, BRAM, "/user-status.json"), "description"), "op reis");
	get_ok(c, ZOE, "/user-status.json");
	CHECK_STRING("none", sbuf_str(&c->body), "null");
	case_sql(c, "INSERT OR REPLACE INTO setting VALUES ('enable_user_status', 'false')");
	case_get(c, BRAM, "/user-status.json");
	assert_int_equal(c->status, 404);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, open_case, close_case)
int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_session), TEST(test_directory), TEST(test_directory_counters),
		TEST(test_clients_read_the_same_members), TEST(test_directory_is_kept_and_new_members_are_in),
		TEST(test_profile), TEST(test_cards), TEST(test_summary), TEST(test_groups), TEST(test_user_search),
		TEST(test_notifications), TEST(test_messages), TEST(test_drafts_and_bookmarks), TEST(test_actions),
		TEST(test_tracking), TEST(test_polls), TEST(test_status),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
