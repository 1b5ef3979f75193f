#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "json.h"
#include "sbuf.h"

/* What is asked of a site. Built by endpoints.h, sent by api.h (which ends it). A zeroed struct is empty. */
struct request {
	const char *method;       /* a constant: GET, POST, PUT, DELETE, HEAD */
	struct sbuf path;         /* below the site's base URL: "/t/5.json?include_raw=1" */
	struct sbuf body;
	const char *content_type; /* a constant; NULL: no body */
	struct sbuf header;       /* extra ones, "Name: value\n" each */
	size_t max_bytes;         /* of the answer, unpacked; 0: TRANSPORT_MAX_BYTES */
	bool anonymous;           /* without the key */
	bool any_status;          /* an answer with a 4xx, or with a failure in it, is not an error */
	bool roam;                /* redirects may lead to another host, by https (the key is not sent there) */
};

struct request request_new(const char *method, const char *path_fmt, ...) __attribute__((format(printf, 2, 3)));
/* Adds "?name=value" or "&name=value", percent-encoded. */
void request_query(struct request *r, const char *name, const char *value);
void request_query_int(struct request *r, const char *name, int64_t value);
/* Adds to a form body (application/x-www-form-urlencoded). */
void request_form(struct request *r, const char *name, const char *value);
void request_form_int(struct request *r, const char *name, int64_t value);
/* The body as JSON; the tree is freed. */
void request_json(struct request *r, struct json *body);
void request_header(struct request *r, const char *name, const char *value);
/* Wipes the body and the headers: they may hold secrets. */
void request_fini(struct request *r);
