#pragma once
#include "check.h"

#include "bus.h"
#include "dispatch.h"
#include "mem.h"
#include "options.h"
#include "rate_limit.h"
#include "schema.h"

/* A kringd without a socket: an empty community in memory, and a clock that the test moves. */
struct site {
	struct kringd k;
	struct options options;
	struct arena mem;
	int64_t now_ms;
	const char *ip;
	/* The last answer. */
	struct request r;
	struct response w;
};

static inline void site_open(struct site *s)
{
	struct error err;
	*s = (struct site){.now_ms = 1772541000000, .ip = "127.0.0.1"}; /* 2026-03-03 12:30 UTC */
	options_init(&s->options);
	s->options.base_url = "https://kring.example";
	s->k.db = sql_open(":memory:", SQL_CREATE, &err);
	assert_non_null(s->k.db);
	assert_true(sql_migrate(s->k.db, forum_schema, forum_schema_count, &err));
	s->k.options = &s->options;
	s->k.bus = bus_new(s->k.db);
	s->k.limits = limits_new(&s->options.limit);
}

static inline void site_forget(struct site *s)
{
	request_fini(&s->r);
	sbuf_fini(&s->w.body);
	s->r = (struct request){0};
	s->w = (struct response){0};
}

static inline void site_close(struct site *s)
{
	site_forget(s);
	arena_fini(&s->mem);
	bus_free(s->k.bus);
	limits_free(s->k.limits);
	sql_close(s->k.db);
}

/* One request. `headers` is "Name: value" lines, or "". Returns the status; body and headers are in s->w. */
static inline int site_ask(struct site *s, const char *method, const char *target, const char *headers,
	const char *body)
{
	struct param *header = ARENA_ARRAY(&s->mem, 32, struct param);
	char *copy = arena_strdup(&s->mem, headers), *line, *colon;
	int count = 0;
	site_forget(s);
	while ((line = strsep(&copy, "\n")) != NULL)
		if ((colon = strstr(line, ": ")) != NULL) {
			*colon = '\0';
			header[count++] = (struct param){line, colon + 2};
		}
	struct request_source source = {.method = method, .target = target, .header = header, .body = body,
		.body_bytes = strlen(body), .ip = s->ip, .http_1_1 = true};
	s->r = (struct request){.server = &s->k, .mem = &s->mem};
	dispatch_source(&s->r, &source, s->now_ms, &s->w);
	return s->w.status;
}

static inline const char *site_body(struct site *s)
{
	return sbuf_str(&s->w.body);
}

/* A header of the last answer, "" when it is not there. */
static inline const char *site_header(struct site *s, const char *name)
{
	for (int i = 0; i < s->w.header_count; i++)
		if (strcmp(s->w.header[i].name, name) == 0)
			return s->w.header[i].value;
	return "";
}

/* A string of the last JSON answer, by "a.b"; lives as long as the site. */
static inline const char *site_string(struct site *s, const char *path)
{
	struct json *root = json_parse(site_body(s), s->w.body.n, NULL);
	const char *value = arena_strdup(&s->mem, json_as_string(json_path(root, path)));
	json_free(root);
	return value;
}

static inline const char *site_format(struct site *s, const char *fmt, ...)
{
	struct sbuf b = {0};
	va_list ap;
	va_start(ap, fmt);
	sbuf_addv(&b, fmt, ap);
	va_end(ap);
	const char *text = arena_strdup(&s->mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

/* A plain member; password may be NULL. */
static inline void site_add_user(struct site *s, int64_t id, const char *username, const char *password_hash)
{
	assert_true(sql_run(s->k.db, NULL, "INSERT INTO user (id, username, password, created_ms) VALUES (?, ?, ?,"
		" 0)", "iss", id, username, password_hash));
}
