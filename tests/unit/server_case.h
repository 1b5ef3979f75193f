#pragma once
#include "check.h"

#include "clock.h"
#include "encode.h"
#include "forum_category.h"
#include "forum_group.h"
#include "forum_user.h"
#include "options.h"
#include "resources.h"
#include "routes.h"
#include "schema.h"

/* A community in memory and one request after another to its handlers, without a socket. */
struct server_case {
	struct kringd server;
	struct options options;
	struct sql *db;
	struct arena mem;
	struct forum forum;
	int64_t now_ms;
	int status;              /* of the last answer */
	struct sbuf body;        /* of the last answer */
	struct json *answer;     /* the same, when it was JSON */
};

static inline int64_t case_time(const char *text)
{
	int64_t ms = 0;
	assert_true(time_parse(text, &ms, NULL));
	return ms;
}

static inline void case_open(struct server_case *c, const char *now)
{
	*c = (struct server_case){.now_ms = case_time(now)};
	struct error err;
	c->db = sql_open(":memory:", SQL_CREATE, &err);
	assert_non_null(c->db);
	assert_true(sql_migrate(c->db, forum_schema, forum_schema_count, &err));
	options_init(&c->options);
	c->server = (struct kringd){.db = c->db, .options = &c->options};
	c->forum = (struct forum){.db = c->db, .mem = &c->mem, .now_ms = c->now_ms, .base_url = "https://kring.test"};
	assert_true(forum_group_create_automatic(&c->forum, &err));
}

static inline void case_close(struct server_case *c)
{
	json_free(c->answer);
	sbuf_fini(&c->body);
	sql_close(c->db);
	arena_fini(&c->mem);
}

static inline void case_sql(struct server_case *c, const char *statements)
{
	struct error err;
	if (!sql_exec(c->db, statements, &err))
		fail_msg("%s: %s", statements, err.detail);
}

static inline int64_t case_user(struct server_case *c, const char *username, const char *name)
{
	struct error err;
	int64_t id = 0;
	struct new_user u = {.username = username, .name = name, .trust_level = 1, .timezone = "Europe/Amsterdam",
		.created_ms = case_time("2025-01-01T00:00:00Z")};
	if (!forum_user_create(&c->forum, &u, &id, &err))
		fail_msg("%s: %s", username, err.what);
	return id;
}

static inline void case_identify(struct server_case *c, struct request *r, int64_t user_id)
{
	struct sql_query *q = sql_query(c->db, "SELECT username, admin, moderator, trust_level, timezone FROM user"
		" WHERE id = ?", "i", user_id);
	if (sql_next(q))
		r->me = (struct requester){.user_id = user_id, .username = sql_text_in(q, 0, &c->mem),
			.admin = sql_int(q, 1),
			.moderator = sql_int(q, 2), .staff = sql_int(q, 1) || sql_int(q, 2), .trust_level = (int)sql_int(q, 3),
			.timezone = sql_text_in(q, 4, &c->mem), .locale = "en", .by = AUTH_USER_KEY, .scopes = "read",
			.session = ""};
	sql_end(q, NULL);
}

/* Asks as a member (0: nobody); the answer as JSON, owned by the case until the next question. */
static inline const struct json *case_get(struct server_case *c, int64_t user_id, const char *target)
{
	static const struct route *const tables[] = {user_routes, directory_routes, group_routes, user_search_routes,
		notification_routes, message_list_routes, draft_routes, bookmark_routes, poll_routes, event_routes,
		tracking_routes, user_action_routes, session_current_routes, NULL};
	struct request_source source = {.method = "GET", .target = target, .ip = "127.0.0.1", .http_1_1 = true};
	struct request r = {.server = &c->server, .mem = &c->mem, .now_ms = c->now_ms};
	struct response w = {.status = 200};
	request_read(&r, &source);
	r.base_url = "https://kring.test";
	case_identify(c, &r, user_id);
	const struct route *route = routes_find_in(&r, tables);
	if (route == NULL)
		fail_msg("%s: no such route", target);
	route->run(&r, &w);
	c->status = w.status;
	json_free(c->answer);
	c->answer = json_parse(sbuf_str(&w.body), w.body.n, NULL);
	sbuf_reset(&c->body);
	sbuf_add(&c->body, sbuf_str(&w.body));
	sbuf_fini(&w.body);
	request_fini(&r);
	return c->answer;
}

/* The n-th item of a list. */
static inline const struct json *case_item(const struct json *list, int n)
{
	JSON_EACH(item, list)
		if (n-- == 0)
			return item;
	return NULL;
}

/* "a,b": one text member of every item of a list. */
static inline const char *case_join(struct server_case *c, const struct json *list, const char *path)
{
	struct sbuf out = {0};
	JSON_EACH(item, list) {
		const struct json *j = json_path(item, path);
		sbuf_addf(&out, "%s%s", out.n > 0 ? "," : "", json_as_string(j) != NULL ? json_as_string(j) : "-");
	}
	const char *text = arena_strdup(&c->mem, sbuf_str(&out));
	sbuf_fini(&out);
	return text;
}
