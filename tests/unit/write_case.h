#pragma once
#include "site_fixture.h"

#include "forum_category.h"
#include "forum_group.h"
#include "forum_init.h"
#include "forum_topic.h"
#include "forum_user.h"
#include "sha.h"
#include "str.h"

/* A community with anna, bram and zoe (members), carla (moderator), nieuw (trust level 0); each has an API key of
 * their own name. Requests go through everything but the socket. */
struct write_case {
	struct site s;
	struct forum f;
	int64_t anna, bram, carla, nieuw, zoe, board, closed_board;
	struct json *answer;
};

static inline int64_t case_member(struct write_case *c, const char *name, int level, bool moderator)
{
	struct error err = {0};
	struct new_user u = {.username = name, .name = name, .trust_level = level, .moderator = moderator,
		.locale = "nl",
		.created_ms = c->s.now_ms - 90 * 86400000LL};
	char hash[SHA256_HEX];
	int64_t id = 0;
	sha256_hex(name, strlen(name), hash);
	if (!forum_user_create(&c->f, &u, &id, &err) || !sql_run(c->s.k.db, &err, "INSERT INTO user_api_key (user_id,"
			" client_id, application_name, key_hash, scopes, created_ms, last_used_ms) VALUES (?, ?, 'kring',"
			" ?, 'write', ?, ?)", "issii", id, name, hash, c->s.now_ms, c->s.now_ms))
		fail_msg("%s: %s", name, err.what);
	return id;
}

/* No limits of requests, unless a test sets them. */
static inline void case_limits(struct write_case *c, struct limit_options limits)
{
	limits_free(c->s.k.limits);
	c->s.options.limit = limits;
	c->s.k.limits = limits_new(&c->s.options.limit);
}

static inline int case_open(void **state)
{
	static struct write_case c;
	struct error err = {0};
	int64_t group = 0;
	c = (struct write_case){0};
	site_open(&c.s);
	case_limits(&c, (struct limit_options){0});
	c.f = (struct forum){.db = c.s.k.db, .mem = &c.s.mem, .now_ms = c.s.now_ms,
		.base_url = "https://kring.example"};
	assert_true(forum_init(&c.f, "nl", &err));
	c.anna = case_member(&c, "anna", 1, false);
	c.bram = case_member(&c, "bram", 1, false);
	c.carla = case_member(&c, "carla", 2, true);
	c.nieuw = case_member(&c, "nieuw", 0, false);
	c.zoe = case_member(&c, "zoe", 1, false);
	assert_true(forum_group_create(&c.f, "bestuur", NULL, NULL, &group, &err));
	const struct new_category open = {.name = "Vragen"}, closed = {.name = "Bestuur", .slug = "bestuurskamer",
		.group = &group, .group_count = 1};
	assert_true(forum_category_create(&c.f, &open, &c.board, &err));
	assert_true(forum_category_create(&c.f, &closed, &c.closed_board, &err));
	*state = &c;
	return 0;
}

static inline int case_close(void **state)
{
	struct write_case *c = *state;
	json_free(c->answer);
	site_close(&c->s);
	return 0;
}

static inline void case_later(struct write_case *c, int64_t seconds)
{
	c->s.now_ms += seconds * 1000;
	c->f.now_ms = c->s.now_ms;
}

/* Asks as a member (NULL: nobody) with a form. */
static inline int case_ask(struct write_case *c, const char *who, const char *method, const char *target,
	const char *body)
{
	const char *headers = who == NULL ? "Accept: application/json" : site_format(&c->s, "User-Api-Key: %s", who);
	int status = site_ask(&c->s, method, target, headers, body);
	json_free(c->answer);
	c->answer = json_parse(site_body(&c->s), c->s.w.body.n, NULL);
	return status;
}

static inline int case_ask_json(struct write_case *c, const char *who, const char *method, const char *target,
	const char *body)
{
	int status = site_ask(&c->s, method, target,
		site_format(&c->s, "User-Api-Key: %s\nContent-Type: application/json", who), body);
	json_free(c->answer);
	c->answer = json_parse(site_body(&c->s), c->s.w.body.n, NULL);
	return status;
}

/* "a.0.b" in a tree, as text; "#" counts; "-" is not there. */
static inline const char *case_in(struct write_case *c, const struct json *tree, const char *path)
{
	char *left = arena_strdup(&c->s.mem, path), *name;
	while ((name = strsep(&left, ".")) != NULL) {
		int64_t place;
		if (strcmp(name, "#") == 0)
			return site_format(&c->s, "%d", json_count(tree));
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
	if (json_is_string(tree))
		return arena_strdup(&c->s.mem, json_as_string(tree));
	struct sbuf b = {0};
	json_print(tree, &b);
	const char *text = arena_strdup(&c->s.mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static inline const char *case_at(struct write_case *c, const char *path)
{
	return case_in(c, c->answer, path);
}

static inline int64_t case_number(struct write_case *c, const char *path)
{
	return strtoll(case_at(c, path), NULL, 10);
}

/* Must be answered with this status. */
static inline void case_must(struct write_case *c, int status, const char *who, const char *method,
	const char *target, const char *body)
{
	int got = case_ask(c, who, method, target, body);
	if (got != status)
		fail_msg("%s %s %s as %s: %d, want %d: %s", method, target, body, who, got, status, site_body(&c->s));
}

/* Reads as a member and compares one place of the answer. */
static inline void case_shows(struct write_case *c, const char *who, const char *target, const char *path,
	const char *want)
{
	case_must(c, 200, who, "GET", target, "");
	CHECK_STRING(target, case_at(c, path), want);
}

static inline int64_t case_sql(struct write_case *c, const char *statement)
{
	return sql_get_int(c->s.k.db, -1, statement, "");
}

/* A number from the database; one parameter. */
static inline int64_t case_sql_of(struct write_case *c, const char *statement, int64_t id)
{
	return sql_get_int(c->s.k.db, -1, statement, "i", id);
}

static inline void case_do(struct write_case *c, const char *statement, int64_t id)
{
	struct error err = {0};
	if (!sql_run(c->s.k.db, &err, statement, "i", id))
		fail_msg("%s: %s", statement, err.what);
}

struct made {
	int64_t topic, post;
};

/* A topic of a member's, made over the API. */
static inline struct made case_topic(struct write_case *c, const char *who, const char *title)
{
	case_must(c, 200, who, "POST", "/posts.json", site_format(&c->s,
		"title=%s&raw=De+eerste+tekst+van+%s+over+%s&category=%lld", title, who, title, (long long)c->board));
	return (struct made){case_number(c, "topic_id"), case_number(c, "id")};
}

static inline struct made case_reply(struct write_case *c, const char *who, int64_t topic, const char *raw)
{
	case_must(c, 200, who, "POST", "/posts.json", site_format(&c->s, "topic_id=%lld&raw=%s", (long long)topic,
		raw));
	return (struct made){case_number(c, "topic_id"), case_number(c, "id")};
}
