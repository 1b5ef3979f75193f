#pragma once
#include "http.h"

/* What came over the wire, before anybody looked at it. */
struct request_source {
	const char *method;        /* as sent */
	const char *target;        /* path and query, still percent-encoded */
	const struct param *header; /* NULL name ends it */
	const char *body;
	size_t body_bytes;
	const char *ip;
	bool http_1_1;
};

enum { REQUEST_MAX_BODY = 4 * 1024 * 1024, REQUEST_MAX_PARAMS = 5000, REQUEST_MAX_PARTS = 8 };

struct request_data {
	const struct param *header;
	struct param *param;       /* NULL name ends it */
	int param_count, param_cap;
	struct param part[REQUEST_MAX_PARTS];
	int part_count;
	struct json *json;
	const char *raw_path;      /* still encoded, without the query */
	const struct route *route;
	bool malformed;            /* bad encoding: 400 */
	bool head, http_1_1;
	struct bus_poll *poll;     /* with response.later */
	const char *csrf;          /* of the session, "" without one */
};

/* Fills in everything that the wire decides; the requester stays nobody. All strings live in r->mem, which
 * the caller sets, together with server and now_ms. Call request_fini before the arena goes. */
void request_read(struct request *r, const struct request_source *source);
void request_fini(struct request *r);

/* Decodes %XX, and + when `plus`; NULL when the result is not valid UTF-8 or holds a NUL. */
char *request_decode(struct arena *a, const char *s, size_t n, bool plus);
void request_param_add(struct request *r, const char *name, const char *value);
/* True when the answer should be JSON rather than a page. */
bool request_wants_json(const struct request *r);
