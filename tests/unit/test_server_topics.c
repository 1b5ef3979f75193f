#include "check.h"

#include "dispatch.h"
#include "forum_bookmark.h"
#include "forum_category.h"
#include "forum_draft.h"
#include "forum_group.h"
#include "forum_post.h"
#include "forum_topic.h"
#include "forum_user.h"
#include "mem.h"
#include "options.h"
#include "rate_limit.h"
#include "schema.h"
#include "sha.h"
#include "str.h"

/* A small community in memory, asked through the same door as the network uses. */

static const int64_t Now = INT64_C(1772528400000); /* 2026-03-03T09:00:00Z */
enum { Minute = 60 * 1000, LongPosts = 45, PlainTopics = 40 };

static struct sql *db;
static struct json *bodies[1000];
static int body_count;
static struct arena mem;
static struct options options;
static struct kringd server;
static struct forum forum;
static int64_t jan, mo, sara, open_category, closed_category, child_category;
static int64_t long_topic, message_topic, secret_topic, pinned_topic, first_post, stub_post, note_post;

static void must(bool ok, const struct error *err)
{
	if (!ok)
		fail_msg("%s (%s)", err->what, err->detail);
}

static int64_t make_user(const char *name, bool admin)
{
	struct error err = {0};
	int64_t id;
	must(forum_user_create(&forum, &(struct new_user){.username = name, .name = name, .admin = admin,
		.trust_level = 2}, &id, &err), &err);
	char hash[SHA256_HEX];
	sha256_hex(name, strlen(name), hash);
	must(sql_run(db, &err, "INSERT INTO user_api_key (user_id, client_id, application_name, key_hash, scopes,"
		" created_ms,"
		" last_used_ms) VALUES (?1, ?2, 'test', ?3, 'read,write', ?4, ?4)", "issi", id, name, hash, Now), &err);
	return id;
}

static int64_t make_category(const char *name, int64_t parent, int64_t group)
{
	struct error err = {0};
	int64_t id;
	must(forum_category_create(&forum, &(struct new_category){.name = name, .parent_id = parent, .color = "0088CC",
		.description = "Praat <hier>", .group = group == 0 ? NULL : &group, .group_count = group != 0}, &id,
		&err), &err);
	return id;
}

static struct posted make_post(struct new_post n, int64_t ago_minutes)
{
	struct error err = {0};
	struct posted out;
	n.unchecked = n.quiet = true;
	n.created_ms = Now - ago_minutes * Minute;
	must(forum_post_create(&forum, &n, &out, &err), &err);
	return out;
}

static void make_topics(void)
{
	static const char *const tags[] = {"zoom", "welkom"};
	struct error err = {0};
	for (int i = 0; i < PlainTopics; i++)
		make_post((struct new_post){.user_id = jan, .category_id = open_category,
			.raw = "Een gewone tekst over werk.",
			.title = arena_printf(&mem, "Gewoon onderwerp %02d", i)}, 5000 + i);
	struct posted p = make_post((struct new_post){.user_id = mo, .category_id = open_category, .tag = tags,
		.tag_count = 2,
		.title = "Wie gaat mee & <wanneer>?", .raw = "Wij zoeken een **wandelgenoot** voor dinsdag."}, 3000);
	long_topic = p.topic_id;
	first_post = p.post_id;
	for (int i = 2; i <= LongPosts; i++) {
		p = make_post((struct new_post){.user_id = i % 3 == 0 ? sara : jan, .topic_id = long_topic,
			.reply_to_post_number = i == 5 ? 2 : i == 7 ? 5 : 0,
			.raw = arena_printf(&mem, "Antwoord nummer %d.", i)}, 3000 - i);
		if (i == 3)
			stub_post = p.post_id;
		if (i == 4)
			note_post = p.post_id;
	}
	pinned_topic = make_post((struct new_post){.user_id = jan, .category_id = open_category,
		.title = "Welkom in de kring",
		.raw = "Lees dit eerst."}, 9000).topic_id;
	must(forum_topic_pin(&forum, pinned_topic, true, Now - 100 * Minute, &err), &err);
	static const char *const secret_tag[] = {"vertrouwd"};
	secret_topic = make_post((struct new_post){.user_id = jan, .category_id = closed_category,
		.title = "Alleen voor ons",
		.tag = secret_tag, .tag_count = 1, .raw = "Een geheim over bananen."}, 2000).topic_id;
	make_post((struct new_post){.user_id = sara, .category_id = child_category, .title = "Nieuw in de kindkring",
		.raw = "Vers van vandaag."}, 10);
	static const char *const to[] = {"sara"};
	message_topic = make_post((struct new_post){.user_id = mo, .message = true, .recipient = to,
		.recipient_count = 1,
		.title = "Onder ons gezegd", .raw = "Dit bericht gaat over bananen."}, 1000).topic_id;
}

static int set_up(void **state)
{
	struct error err = {0};
	db = sql_open(":memory:", SQL_CREATE, &err);
	must(db != NULL && sql_migrate(db, forum_schema, forum_schema_count, &err), &err);
	options_init(&options);
	options.limit = (struct limit_options){0};
	server = (struct kringd){.db = db, .options = &options, .limits = limits_new(&options.limit)};
	forum = (struct forum){.db = db, .mem = &mem, .now_ms = Now - 20000 * Minute, .base_url = "https://kring.test"};
	int64_t group;
	must(sql_begin(db, &err) && forum_group_create_automatic(&forum, &err), &err);
	jan = make_user("jan", true);
	mo = make_user("mo", false);
	sara = make_user("sara", false);
	must(forum_group_create(&forum, "bestuur", "Bestuur", NULL, &group, &err) &&
		forum_group_add(&forum, group, mo, false, 0, &err), &err);
	open_category = make_category("Vragen", 0, 0);
	closed_category = make_category("Bestuur", 0, group);
	child_category = make_category("Kind", open_category, 0);
	make_topics();
	forum.now_ms = Now;
	must(forum_like(&forum, note_post, mo, Now - Minute, &err) &&
		forum_read_set(&forum, long_topic, mo, 30, 1000, 0, &err) &&
		forum_bookmark_create(&forum, mo, "Post", note_post, "terugkijken", 0, 3, 0, &(int64_t){0}, &err), &err);
	int64_t sequence = 0;
	char key[32];
	snprintf(key, sizeof key, "topic_%lld", (long long)long_topic);
	must(forum_draft_set(&forum, mo, key, &sequence, "{\"reply\":\"half\"}", NULL, true, &err), &err);
	must(forum_post_delete(&forum, stub_post, sara, &err) && sql_commit(db, &err), &err);
	return 0;
}

static int tear_down(void **state)
{
	while (body_count > 0)
		json_free(bodies[--body_count]);
	limits_free(server.limits);
	sql_close(db);
	arena_fini(&mem);
	return 0;
}

/* One answer; bodies live until the end. */
struct answer {
	int status;
	struct json *body;
	const char *location, *text;
};

static struct answer ask(const char *who, const char *target)
{
	struct request r = {.server = &server, .db = db, .mem = &mem};
	struct response w;
	struct param header[] = {{"User-Api-Key", who}, {"Accept", "application/json"}, {"Host", "kring.test"}, {0}};
	struct request_source source = {.method = "GET", .target = target, .header = who == NULL ? header + 1 : header,
		.ip = "127.0.0.1", .body = "", .http_1_1 = true};
	dispatch_source(&r, &source, Now, &w);
	struct answer a = {.status = w.status, .text = arena_strdup(&mem, sbuf_str(&w.body))};
	a.body = json_parse(a.text, strlen(a.text), NULL);
	assert_true(body_count < (int)COUNT(bodies));
	bodies[body_count++] = a.body;
	for (int i = 0; i < w.header_count; i++)
		if (strcasecmp(w.header[i].name, "Location") == 0)
			a.location = arena_strdup(&mem, w.header[i].value);
	sbuf_fini(&w.body);
	request_fini(&r);
	return a;
}

/* "topic_list.topics.0.title" as JSON text; "#" at the end is the number of items, "-" what is not there. */
static const char *at(const struct json *tree, const char *path)
{
	char *left = arena_strdup(&mem, path), *name;
	while ((name = strsep(&left, ".")) != NULL) {
		int64_t place;
		if (strcmp(name, "#") == 0)
			return arena_printf(&mem, "%d", json_count(tree));
		if (json_is_array(tree) && str_to_int(name, 0, 1000000, &place)) {
			const struct json *item = json_first(tree);
			while (item != NULL && place-- > 0)
				item = json_after(item);
			tree = item;
		} else {
			tree = json_get(tree, name);
		}
	}
	if (tree == NULL)
		return "-";
	struct sbuf b = {0};
	json_print(tree, &b);
	const char *text = arena_strdup(&mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

/* "%T" long topic, "%M" message, "%S" secret, "%P" first post, "%N" noted post, "%D" stub, "%C" open
 * category, "%K" the child, "%B" the closed one. */
static const char *fill(const char *pattern)
{
	struct sbuf b = {0};
	const struct {
		char letter;
		int64_t id;
	} ids[] = {{'T', long_topic}, {'M', message_topic}, {'S', secret_topic}, {'P', first_post}, {'N', note_post},
		{'D', stub_post}, {'C', open_category}, {'K', child_category}, {'B', closed_category}, {'F', pinned_topic}};
	for (; *pattern != '\0'; pattern++) {
		size_t i = COUNT(ids);
		if (*pattern == '%')
			for (i = 0; i < COUNT(ids) && ids[i].letter != pattern[1]; i++)
				continue;
		if (i == COUNT(ids)) {
			sbuf_addc(&b, *pattern);
			continue;
		}
		sbuf_addf(&b, "%lld", (long long)ids[i].id);
		pattern++;
	}
	const char *text = arena_strdup(&mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

struct row {
	const char *who, *target, *path, *want;
};

static void check_rows(const struct row *row, size_t count)
{
	for (size_t i = 0; i < count; i++, row++) {
		struct answer a = ask(row->who, fill(row->target));
		const char *name = arena_printf(&mem, "%s %s %s", str_or_empty(row->who), row->target, row->path);
		const char *got = strcmp(row->path, "status") == 0 ? arena_printf(&mem, "%d", a.status)
			: strcmp(row->path, "location") == 0 ? a.location : at(a.body, row->path);
		CHECK_STRING(name, got, fill(row->want));
	}
}

static void lists(void **state)
{
	static const struct row rows[] = {
		{"mo", "/latest.json", "topic_list.topics.#", "30"},
		{"mo", "/latest.json", "topic_list.per_page", "30"},
		{"mo", "/latest.json", "topic_list.more_topics_url", "\"/latest?page=1\""},
		{"mo", "/latest.json?page=1", "topic_list.topics.#", "14"},
		{"mo", "/latest.json?page=1", "topic_list.more_topics_url", "-"},
		{"sara", "/latest.json?page=1", "topic_list.topics.#", "13"},
		{"mo", "/latest.json", "topic_list.topics.0.title", "\"Welkom in de kring\""},
		{"mo", "/latest.json", "topic_list.topics.0.pinned", "true"},
		{"mo", "/latest.json", "topic_list.topics.0.excerpt", "\"Lees dit eerst.\""},
		{"mo", "/latest.json", "topic_list.topics.1.title", "\"Nieuw in de kindkring\""},
		{"mo", "/latest.json?order=activity", "topic_list.topics.0.title", "\"Nieuw in de kindkring\""},
		{"mo", "/latest.json?order=created&ascending=true", "topic_list.topics.0.title", "\"Welkom in de kring\""},
		{"mo", "/latest.json?order=posts", "topic_list.topics.0.id", "%T"},
		{"mo", "/latest.json?order=nonsense", "status", "400"},
		{"mo", "/latest.json?per_page=7", "topic_list.topics.#", "7"},
		{"mo", "/latest.json?per_page=7&tags[]=zoom", "topic_list.topics.#", "1"},
		{"mo", "/latest.json?per_page=2&q=a%20b", "topic_list.more_topics_url", "-"},
		{"mo", "/latest.json?per_page=2&q=gewone%20tekst", "topic_list.more_topics_url",
			"\"/latest?per_page=2&q=gewone%20tekst&page=1\""},
		{"mo", "/latest.json?per_page=101", "status", "400"},
		{"mo", "/latest.json?page=-1", "status", "400"},
		{"mo", "/latest.json?topic_ids=%T,%S", "topic_list.topics.#", "2"},
		{"sara", "/latest.json?topic_ids=%T,%S", "topic_list.topics.#", "1"},
		{"mo", "/latest.json?category=%K", "topic_list.topics.#", "1"},
		{"mo", "/latest.json?min_posts=10", "topic_list.topics.#", "1"},
		{"mo", "/latest.json?exclude_tag=zoom&min_posts=10", "topic_list.topics.#", "0"},
		{"mo", "/latest.json?bumped_before=2026-02-28T00:00:00Z&order=activity", "topic_list.topics.0.title",
			"\"Gewoon onderwerp 00\""},
		{"mo", "/new.json", "topic_list.topics.#", "2"},
		{"mo", "/unread.json", "topic_list.topics.0.id", "%T"},
		{"mo", "/unread.json", "topic_list.topics.#", "1"},
		{"mo", "/bookmarks.json", "topic_list.topics.0.id", "%T"},
		{"mo", "/posted.json", "topic_list.topics.#", "1"},
		{NULL, "/new.json", "error_type", "\"not_logged_in\""},
		{"mo", "/top.json", "topic_list.for_period", "\"yearly\""},
		{"mo", "/top/daily.json", "topic_list.topics.0.title", "\"Nieuw in de kindkring\""},
		{"mo", "/top.json?period=hourly", "status", "400"},
		{"mo", "/topics/created-by/mo.json", "topic_list.topics.#", "1"},
		{"mo", "/topics/created-by/nobody.json", "status", "404"},
		{"mo", "/filter.json?q=tag:zoom%20status:open", "topic_list.topics.0.id", "%T"},
		{"mo", "/filter.json?q=category:kind", "topic_list.topics.#", "1"},
		{"mo", "/filter.json?q=created-by:@mo%20order:created", "topic_list.topics.#", "1"},
		{"mo", "/filter.json?q=wandelgenoot", "topic_list.topics.0.id", "%T"},
	};
	check_rows(rows, COUNT(rows));
}

static void items(void **state)
{
	static const char one[] = "/latest.json?topic_ids=%T";
	static const struct row rows[] = {
		{"mo", one, "topic_list.topics.0.fancy_title", "\"Wie gaat mee &amp; &lt;wanneer&gt;?\""},
		{"mo", one, "topic_list.topics.0.posts_count", "45"},
		{"mo", one, "topic_list.topics.0.highest_post_number", "45"},
		{"mo", one, "topic_list.topics.0.last_read_post_number", "30"},
		{"mo", one, "topic_list.topics.0.unread_posts", "15"},
		{"mo", one, "topic_list.topics.0.unseen", "false"},
		{"mo", one, "topic_list.topics.0.bookmarked", "true"},
		{"mo", one, "topic_list.topics.0.liked", "true"},
		{"jan", one, "topic_list.topics.0.liked", "false"},
		{NULL, one, "topic_list.topics.0.liked", "null"},
		{NULL, one, "topic_list.topics.0.last_read_post_number", "-"},
		{"mo", one, "topic_list.topics.0.tags.1.name", "\"zoom\""},
		{"mo", one, "topic_list.topics.0.posters.0.description", "\"Original Poster\""},
		{"mo", one, "topic_list.topics.0.last_poster_username", "\"sara\""},
		{"mo", one, "users.#", "3"},
		{"mo", one, "topic_list.draft_key", "\"new_topic\""},
	};
	check_rows(rows, COUNT(rows));
}

static void topics(void **state)
{
	static const struct row rows[] = {
		{"mo", "/t/%T.json", "post_stream.posts.#", "20"},
		{"mo", "/t/%T.json", "post_stream.stream.#", "45"},
		{"mo", "/t/%T.json", "post_stream.stream.0", "%P"},
		{"mo", "/t/%T.json", "post_stream.posts.0.raw", "-"},
		{"mo", "/t/%T.json?include_raw=1", "post_stream.posts.0.raw",
			"\"Wij zoeken een **wandelgenoot** voor dinsdag.\""},
		{"mo", "/t/%T.json?page=3", "post_stream.posts.#", "5"},
		{"mo", "/t/%T.json?page=4", "status", "404"},
		{"mo", "/t/%T/30.json", "post_stream.posts.0.post_number", "25"},
		{"mo", "/t/%T/45.json", "post_stream.posts.0.post_number", "26"},
		{"mo", "/t/%T/45.json", "post_stream.posts.#", "20"},
		{"mo", "/t/%T.json?post_number=21", "post_stream.posts.0.post_number", "16"},
		{"mo", "/t/%T.json?print=true", "post_stream.posts.#", "45"},
		{"mo", "/t/%T.json?username_filters=mo", "post_stream.stream.#", "1"},
		{"mo", "/t/verkeerd/%T.json?include_raw=1", "status", "301"},
		{"mo", "/t/verkeerd/%T.json?include_raw=1", "location",
			"https://kring.test/t/wie-gaat-mee-wanneer/%T.json?include_raw=1"},
		{"mo", "/t/wie-gaat-mee-wanneer/%T.json", "id", "%T"},
		{"mo", "/t/wie-gaat-mee-wanneer/%T/40.json", "current_post_number", "40"},
		{"mo", "/t/999999.json", "status", "404"},
		{"sara", "/t/%S.json", "status", "404"},
		{"mo", "/t/%S.json", "status", "200"},
		{NULL, "/t/%M.json", "status", "404"},
		{"sara", "/t/%M.json", "details.allowed_users.#", "2"},
		{"sara", "/t/%M.json", "archetype", "\"private_message\""},
		{"sara", "/t/%M.json", "category_id", "null"},
		{"mo", "/t/%T.json", "draft", "\"{\\\"reply\\\":\\\"half\\\"}\""},
		{"mo", "/t/%T.json", "draft_key", "\"topic_%T\""},
		{"jan", "/t/%T.json", "draft", "null"},
		{"mo", "/t/%T.json", "bookmarks.0.name", "\"terugkijken\""},
		{"mo", "/t/%T.json", "last_read_post_number", "30"},
		{"mo", "/t/%T.json", "details.can_create_post", "true"},
		{NULL, "/t/%T.json", "details.can_create_post", "false"},
		{"mo", "/t/%T.json", "details.participants.0.username", "\"jan\""},
		{"mo", "/t/%T.json", "details.created_by.username", "\"mo\""},
		{"mo", "/t/%T.json", "participant_count", "3"},
		{"mo", "/t/%T.json", "message_bus_last_id", "0"},
		{"mo", "/t/%T/posts.json?post_ids[]=%N&post_ids[]=%P&include_raw=1", "post_stream.posts.#", "2"},
		{"mo", "/t/%T/posts.json?post_ids[]=%N&post_ids[]=999999", "post_stream.posts.#", "1"},
		{"mo", "/t/%T/posts.json?post_ids[]=%N", "post_stream.posts.0.id", "%N"},
		{"mo", "/t/%T/post_ids.json", "post_ids.#", "45"},
		{"mo", "/t/%T/post_ids.json?post_number=40", "post_ids.#", "5"},
	};
	check_rows(rows, COUNT(rows));
}

static void visits(void **state)
{
	CHECK_STRING("before", at(ask("mo", fill("/t/%F.json")).body, "views"), "0");
	ask("mo", fill("/t/%F.json?track_visit=true"));
	CHECK_STRING("after", at(ask("mo", fill("/t/%F.json")).body, "views"), "1");
}

static void posts(void **state)
{
	static const struct row rows[] = {
		{"mo", "/posts/%P.json", "raw", "\"Wij zoeken een **wandelgenoot** voor dinsdag.\""},
		{"mo", "/posts/%P.json", "yours", "true"},
		{"mo", "/posts/%P.json", "can_edit", "true"},
		{"jan", "/posts/%P.json", "can_edit", "true"},
		{"sara", "/posts/%P.json", "can_edit", "false"},
		{"mo", "/posts/%N.json", "actions_summary.0.count", "1"},
		{"mo", "/posts/%N.json", "actions_summary.0.acted", "true"},
		{"mo", "/posts/%N.json", "actions_summary.0.can_undo", "true"},
		{"sara", "/posts/%N.json", "actions_summary.0.can_act", "true"},
		{"jan", "/posts/%N.json", "actions_summary.0.can_act", "false"},
		{"mo", "/posts/%N.json", "bookmarked", "true"},
		{"sara", "/posts/%N.json", "bookmarked", "false"},
		{"mo", "/posts/by_number/%T/5.json", "reply_to_user.username", "\"jan\""},
		{"mo", "/posts/by_number/%T/5.json", "reply_to_post_number", "2"},
		{"mo", "/posts/by_number/%T/5000.json", "status", "404"},
		{"mo", "/posts/%D.json", "user_deleted", "true"},
		{"mo", "/posts/%D.json", "cooked", "\"<p>(post deleted by author)</p>\""},
		{"sara", "/posts/%D.json", "can_recover", "true"},
		{"mo", "/posts/%D.json", "can_recover", "false"},
		{"mo", "/posts/%P/cooked.json", "cooked",
			"\"<p>Wij zoeken een <strong>wandelgenoot</strong> voor dinsdag.</p>\""},
		{"sara", "/posts/%D/revisions/latest.json", "current_revision", "2"},
		{"sara", "/posts/%D/revisions/2.json", "body_changes.side_by_side", "\"<div class=\\\"revision-content\\\">"
			"Antwoord nummer 3.</div><div class=\\\"revision-content\\\">(post deleted by author)</div>\""},
		{"mo", "/posts/%D/revisions/latest.json", "status", "404"},
		{"mo", "/posts/%P/revisions/latest.json", "status", "404"},
	};
	check_rows(rows, COUNT(rows));
	int64_t two = sql_get_int(db, 0, "SELECT id FROM post WHERE topic_id = ? AND post_number = 2", "i", long_topic);
	int64_t seven = sql_get_int(db, 0, "SELECT id FROM post WHERE topic_id = ? AND post_number = 7", "i",
		long_topic);
	struct answer a = ask("mo", arena_printf(&mem, "/posts/%lld/replies.json", (long long)two));
	CHECK_STRING("replies", at(a.body, "0.post_number"), "5");
	a = ask("mo", arena_printf(&mem, "/posts/%lld/reply-ids.json", (long long)two));
	CHECK_STRING("answers of answers", at(a.body, "1.level"), "2");
	a = ask("mo", arena_printf(&mem, "/posts/%lld/reply-history.json", (long long)seven));
	CHECK_STRING("history", at(a.body, "#"), "2");
	CHECK_STRING("history begins", at(a.body, "0.post_number"), "2");
}

static void feeds(void **state)
{
	static const struct row rows[] = {
		{"mo", "/posts.json", "latest_posts.#", "50"},
		{"mo", "/posts.json", "latest_posts.0.topic_title", "\"Nieuw in de kindkring\""},
		{"mo", "/posts.json", "latest_posts.0.raw", "\"Vers van vandaag.\""},
		{"mo", "/posts.json", "latest_posts.0.category_id", "%K"},
		{"mo", "/posts.json?before=5", "latest_posts.0.id", "4"},
		{"mo", "/posts.json?before=1", "latest_posts.#", "0"},
		{"mo", "/posts.json?before=x", "status", "400"},
		{"mo", "/private-posts.json", "private_posts.#", "1"},
		{"sara", "/private-posts.json", "private_posts.0.topic_id", "%M"},
		{NULL, "/private-posts.json", "status", "403"},
	};
	check_rows(rows, COUNT(rows));
	struct answer mine = ask("mo", "/posts.json"), hers = ask("sara", "/posts.json");
	CHECK_INT("closed category", strstr(mine.text, "bananen") != NULL, 1);
	CHECK_INT("closed to others", strstr(hers.text, "bananen") == NULL, 1);
}

static void older(void **state)
{
	static const struct row rows[] = {
		{"mo", "/posts.json?before=5", "latest_posts.#", "5"},
		/* by time: the first topic made is the newest of these */
		{"mo", "/posts.json?before=5", "latest_posts.0.id", "1"},
		{"mo", "/latest.json?topic_ids=%T", "topic_list.topics.0.tags.1", "\"zoom\""},
		{"mo", "/latest.json?per_page=7", "topic_list.topics.#", "30"},
		{"mo", "/site/settings.json", "calendar_enabled", "true"},
		{"mo", "/site/settings.json", "discourse_events_enabled", "-"},
		{"sara", "/site.json", "top_tags.0", "\"welkom\""},
	};
	options.old_discourse = true;
	check_rows(rows, COUNT(rows));
	options.old_discourse = false;
}

static void categories(void **state)
{
	static const struct row rows[] = {
		{"mo", "/categories.json", "category_list.categories.#", "2"},
		{"sara", "/categories.json", "category_list.categories.#", "1"},
		{"mo", "/categories.json", "category_list.categories.0.subcategory_list", "-"},
		{"mo", "/categories.json?include_subcategories=true",
			"category_list.categories.0.subcategory_list.0.id", "%K"},
		{"mo", "/categories.json", "category_list.categories.0.topic_count", "42"},
		{"mo", "/categories.json", "category_list.categories.0.description", "\"Praat &lt;hier&gt;\""},
		{"mo", "/categories.json", "category_list.categories.0.permission", "1"},
		{NULL, "/categories.json", "category_list.categories.0.permission", "3"},
		{"mo", "/c/vragen/%C.json", "topic_list.topics.#", "30"},
		{"mo", "/c/vragen/%C/l/top.json", "topic_list.topics.0.id", "%T"},
		{"mo", "/c/vragen/%C/none.json?page=1", "topic_list.topics.#", "12"},
		{"mo", "/c/vragen/%C.json?page=1", "topic_list.topics.#", "13"},
		{"mo", "/c/vragen/kind/%K/l/latest.json", "topic_list.topics.#", "1"},
		{"mo", "/c/fout/%C.json", "location", "https://kring.test/c/vragen/%C.json"},
		{"mo", "/c/kind/%K/l/latest.json?page=0", "location",
			"https://kring.test/c/vragen/kind/%K/l/latest.json?page=0"},
		{"mo", "/c/vragen.json", "status", "301"},
		{"sara", "/c/bestuur/%B.json", "status", "404"},
		{"sara", "/c/%B/show.json", "status", "404"},
		{"mo", "/c/%B/show.json", "category.group_permissions.0.group_name", "\"bestuur\""},
		{"mo", "/c/%C/show.json", "category.group_permissions.0.group_name", "\"everyone\""},
		{"mo", "/tags.json", "tags.#", "3"},
		{"sara", "/tags.json", "tags.#", "2"},
		{"mo", "/tags.json", "tags.2.count", "1"},
		{"sara", "/tag/vertrouwd.json", "topic_list.topics.#", "0"},
		{"sara", "/search/query.json?term=ver", "tags.#", "0"},
		{"mo", "/tag/zoom.json", "topic_list.topics.0.id", "%T"},
		{"mo", "/tag/zoom/l/latest.json", "topic_list.tags.0.name", "\"zoom\""},
		{"mo", "/tag/niets.json", "status", "404"},
	};
	check_rows(rows, COUNT(rows));
}

static void site(void **state)
{
	static const struct row rows[] = {
		{NULL, "/site/basic-info.json", "title", "\"kring\""},
		{"mo", "/site.json", "categories.#", "3"},
		{"sara", "/site.json", "categories.#", "2"},
		{"mo", "/site.json", "notification_types.bookmark_reminder", "24"},
		{"mo", "/site.json", "post_types.whisper", "4"},
		{"mo", "/site.json", "trust_levels.leader", "4"},
		{"sara", "/site.json", "top_tags.0.name", "\"welkom\""},
		{"mo", "/site/settings.json", "min_post_length", "20"},
		{"mo", "/site/settings.json", "discourse_events_enabled", "true"},
		{"mo", "/site/settings.json", "calendar_enabled", "-"},
		{"mo", "/about.json", "about.stats.topic_count", "44"},
		{"mo", "/about.json", "about.admins.0.username", "\"jan\""},
	};
	check_rows(rows, COUNT(rows));
}

static void search(void **state)
{
	static const struct row rows[] = {
		{"mo", "/search.json?q=wandelgenoot", "posts.0.id", "%P"},
		{"mo", "/search.json?q=wandelgenoot", "topics.0.id", "%T"},
		{"mo", "/search.json?q=wandelgenoot", "grouped_search_result.post_ids.0", "%P"},
		{"mo", "/search.json?q=wandelgenoot", "posts.0.blurb", "\"Wij zoeken een wandelgenoot voor dinsdag.\""},
		{"mo", "/search.json?q=WAND", "posts.#", "1"},
		{"mo", "/search.json?q=bananen", "posts.0.topic_id", "%S"},
		{"sara", "/search.json?q=bananen", "posts.#", "0"},
		{"sara", "/search.json?q=bananen%20in:messages", "posts.0.topic_id", "%M"},
		{"jan", "/search.json?q=bananen%20in:messages", "posts.#", "0"},
		{"mo", "/search.json?q=antwoord", "posts.#", "1"},
		{"mo", "/search.json?q=antwoord%20topic:%T", "posts.#", "43"},
		{"mo", "/search.json?q=antwoord%20topic:%T%20@sara", "posts.#", "14"},
		{"mo", "/search.json?q=antwoord%20topic:%T%20order:latest", "posts.0.post_number", "45"},
		{"mo", "/search.json?q=gewone", "posts.#", "40"},
		{"mo", "/search.json?q=vers%20%23kind", "posts.#", "1"},
		{"mo", "/search.json?q=vers%20%23bestuur", "posts.#", "0"},
		{"mo", "/search.json?q=wie%20in:title", "posts.0.id", "%P"},
		{"mo", "/search.json?q=dinsdag%20in:title", "posts.#", "0"},
		{"mo", "/search.json?q=vers%20after:2026-03-03", "posts.#", "1"},
		{"mo", "/search.json?q=vers%20before:2026-03-03", "posts.#", "0"},
		{"mo", "/search.json?q=in:bookmarks", "posts.0.id", "%N"},
		{"mo", "/search.json?q=@nobody%20antwoord", "posts.#", "0"},
		{"mo", "/search.json?q=%22%20OR%20NEAR(", "posts.#", "0"},
		{"mo", "/search.json?q=ab", "error_type", "\"invalid_parameters\""},
		{"mo", "/search.json?q=abc&page=11", "status", "400"},
		{"mo", "/search/query.json?term=wandelgenoot", "posts.#", "1"},
		{"mo", "/search/query.json?term=sar", "users.0.username", "\"sara\""},
		{"mo", "/search/query.json?term=vra", "categories.0.id", "%C"},
		{"mo", "/search/query.json?term=zoo", "tags.0.name", "\"zoom\""},
		{"mo", "/search/query.json?term=antwoord&search_context[type]=topic&search_context[id]=%T", "posts.#", "5"},
		{"mo", "/search/query.json", "status", "400"},
	};
	check_rows(rows, COUNT(rows));
}

static void hostile(void **state)
{
	static const struct row rows[] = {
		{"mo", "/latest.json?page=99999999999999999999", "status", "400"},
		{"mo", "/latest.json?page=1000000&per_page=100", "topic_list.topics.#", "0"},
		{"mo", "/latest.json?topic_ids=1;drop,x,-3", "topic_list.topics.#", "0"},
		{"mo", "/latest.json?before=9223372036854775807", "topic_list.topics.#", "30"},
		{"mo", "/latest.json?category='%20OR%201", "status", "404"},
		{"mo", "/latest.json?order=activity&tags[]=\"]", "topic_list.topics.#", "0"},
		{"mo", "/latest.json?q=%22%22%22*", "topic_list.topics.#", "0"},
		{"mo", "/t/%T.json?page=9223372036854775807", "status", "404"},
		{"mo", "/t/%T.json?page=-5", "status", "404"},
		{"mo", "/t/%T/999999999999999999.json", "post_stream.posts.0.post_number", "26"},
		{"mo", "/t/%T/posts.json?post_ids[]=x&post_ids[]=-1&post_ids[]=99999999999999999999",
			"post_stream.posts.#", "0"},
		{"mo", "/t/99999999999999999999.json", "status", "404"},
		{"mo", "/posts.json?before=-1", "status", "400"},
		{"mo", "/c/////.json", "status", "404"},
		{"mo", "/c/l/l/l.json", "status", "404"},
		{"mo", "/tag/%00.json", "status", "400"},
		{"mo", "/filter.json?q=::::%20order:%20in:%20created-by:@", "topic_list.topics.#", "0"},
		{"mo", "/search.json?q=title%20:%20(%20AND%20-%20^", "status", "200"},
		{"mo", "/search.json?q=%E2%80%A6%E2%80%A6%E2%80%A6", "status", "200"},
		{"mo", "/latest.json?order=activity&x%0d%0aSet-Cookie:a=b&per_page=1", "topic_list.more_topics_url",
			"\"/latest?order=activity&x%0D%0ASet-Cookie%3Aa=b&per_page=1&page=1\""},
	};
	check_rows(rows, COUNT(rows));
}

static void raw(void **state)
{
	struct answer a = ask("mo", fill("/raw/%T"));
	CHECK_INT("all posts but the stub", strstr(a.text, "| #45\n\nAntwoord nummer 45.\n\n---") != NULL, 1);
	CHECK_INT("the stub", strstr(a.text, "deleted by author") == NULL, 1);
	CHECK_STRING("one post", ask("mo", fill("/posts/%P/raw")).text,
		"Wij zoeken een **wandelgenoot** voor dinsdag.");
	CHECK_STRING("by number", ask("mo", fill("/raw/%T/2")).text, "Antwoord nummer 2.");
	CHECK_STRING("past the end", ask("mo", fill("/raw/%T?page=2")).text, "");
	CHECK_INT("of others", ask("sara", fill("/raw/%S")).status, 404);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists), cmocka_unit_test(items), cmocka_unit_test(topics), cmocka_unit_test(visits),
		cmocka_unit_test(posts), cmocka_unit_test(feeds), cmocka_unit_test(older), cmocka_unit_test(categories),
		cmocka_unit_test(site), cmocka_unit_test(search), cmocka_unit_test(raw),
		cmocka_unit_test(hostile),
	};
	return cmocka_run_group_tests(tests, set_up, tear_down);
}
