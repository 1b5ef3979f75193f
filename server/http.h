#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "error.h"
#include "json.h"
#include "sbuf.h"
#include "sql.h"

/* kringd answers one request at a time on one thread; long polls wait outside it (bus.h). */

struct options; /* serve's options: options.h */

/* What every handler gets: the database and how this kringd was started. */
struct kringd {
	struct sql *db;
	const struct options *options;
	struct bus *bus;
	struct limits *limits;
};

/* Who asks. Filled in before the handler runs. */
struct requester {
	int64_t user_id;         /* 0: nobody */
	const char *username, *locale, *timezone;
	bool admin, moderator, staff, silenced;
	int trust_level;
	enum { AUTH_NONE, AUTH_SESSION, AUTH_USER_KEY, AUTH_ADMIN_KEY } by;
	int64_t key_id;          /* of the user API key or admin key */
	const char *scopes;      /* of the user API key, comma-separated */
	const char *session;     /* token of the cookie, when there is a session (also before logging in) */
};

/* One request. All strings live in `mem`, which ends with the request. */
struct request {
	struct kringd *server;
	struct sql *db;
	struct arena *mem;
	const char *method;      /* GET (HEAD is served as GET without a body), POST, PUT, PATCH, DELETE */
	const char *path;        /* decoded, without a trailing ".json" */
	/* "json", "html", "ics", "rss", "txt": from the ending, else from Accept ("html" by default) */
	const char *format;
	const char *base_url;    /* https://host:port */
	const char *ip;
	const char *language;    /* "nl" or "en": the member's, else Accept-Language, else the site's */
	int64_t now_ms;
	struct requester me;
	const char *route_name;  /* for X-Discourse-Route */
	struct request_data *data; /* what the functions below look in: request.h */
};

/* A named part of the route's pattern (":id", "*rest"); "" when it is not there. */
const char *request_part(const struct request *r, const char *name);
/* The same as a positive number; 0 when it is not one. */
int64_t request_part_id(const struct request *r, const char *name);
/* From the query, the form or the top level of a JSON body; NULL when absent. Nested form names are spelled whole
 * ("post[raw]"); a JSON body answers to the same spelling. */
const char *request_param(const struct request *r, const char *name);
int64_t request_param_int(const struct request *r, const char *name, int64_t otherwise);
bool request_param_bool(const struct request *r, const char *name, bool otherwise);
/* All values of "name[]" (or "name[0]", "name[1]", or a JSON array); returns how many, *values lives in r->mem. */
int request_param_list(const struct request *r, const char *name, const char *const **values);
/* Every parameter in the order given, for maps such as user_fields[3] or timings[7]; NULL name ends it. */
struct param {
	const char *name, *value;
};
const struct param *request_params(const struct request *r);
const struct json *request_json(const struct request *r); /* NULL when the body was not JSON */
const char *request_header(const struct request *r, const char *name);
const char *request_cookie(const struct request *r, const char *name);

struct response {
	int status;              /* 200 unless set */
	const char *type;        /* "application/json; charset=utf-8" unless set */
	struct sbuf body;
	struct header {
		const char *name, *value;
	} header[16];
	int header_count;
	bool later;              /* the answer comes from the bus (long poll) */
};

void response_header(struct response *w, const char *name, const char *value);
/* Takes the tree. */
void response_json(struct response *w, struct json *tree);
void response_text(struct response *w, const char *type, const char *text);
void response_redirect(struct response *w, int status, const char *url);
/* Discourse's error body: errors[], error_type (NULL: none). See the error table of the API. */
void response_error(struct response *w, int status, const char *error_type, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
void response_not_found(struct request *r, struct response *w);
/* 403 invalid_access, or not_logged_in for nobody */
void response_forbidden(struct request *r, struct response *w);
void response_invalid(struct request *r, struct response *w, const char *parameter); /* 400 invalid_parameters */
void response_success(struct response *w);                        /* {"success":"OK"} */

/* A sentence in the requester's language: English source, looked up in a table of kringd's own (no gettext: the
 * language differs per request). */
const char *say(const struct request *r, const char *english);

enum route_flags {
	ROUTE_LOGIN = 1,      /* nobody gets 403 not_logged_in */
	ROUTE_ANYONE = 2,     /* also on a site where everything needs a login */
	ROUTE_STAFF = 4,
	ROUTE_HTML = 8,       /* answers pages; a GET that is not JSON reaches it */
	ROUTE_NO_CSRF = 16,   /* a POST without a session, e.g. the device flow */
	ROUTE_WRITES = 32,    /* a GET that writes: runs in a transaction for writing */
	ROUTE_READS = 64,     /* a POST that only reads */
	ROUTE_KEEPS = 128,    /* commits also when the answer is an error, e.g. a failed attempt that is remembered */
	ROUTE_PACKS = 256,    /* a list without secrets, which may be packed: see pack.h */
};

typedef void route_fn(struct request *r, struct response *w);

/* Patterns: "/t/:id/:post_number", or with a last part "*path" that takes the rest. The longest literal match
 * wins, earlier rows win ties. Parts named id, number, page or ending in _id or _number match digits only. A
 * ".json" ending is taken off before matching; so are ".ics", ".rss" and ".txt", unless a pattern spells
 * them. GET handlers run inside one reading transaction, all others in one for writing that is rolled back
 * when the status is 400 or more. */
struct route {
	const char *method, *pattern;
	route_fn *run;
	unsigned flags;
};

/* Each resource file exports one table that ends with {0}; routes.c lists them all. */
extern const struct route *const all_routes[];
