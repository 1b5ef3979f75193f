#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "sbuf.h"

/* The parts of an http(s) URL. `path` starts with "/" (or is empty) and keeps query and fragment off. */
struct url {
	bool https;
	char host[256]; /* lower case; IPv6 without brackets */
	int port;
	char path[2048], query[4096];
};

/* False: not an absolute http(s) URL, or it holds a user name, control characters or is too long. */
bool url_parse(const char *text, struct url *out);
/* `location` of a redirect, absolute or relative to `from`. */
bool url_resolve(const struct url *from, const char *location, struct url *out);
void url_print(const struct url *u, struct sbuf *out);
bool url_same_origin(const struct url *a, const struct url *b);
/* 127.0.0.0/8, ::1 and localhost: the only hosts where http without TLS is allowed. */
bool url_is_loopback(const struct url *u);
/* Percent-encodes everything but RFC 3986's unreserved characters. */
void url_add_encoded(struct sbuf *out, const char *text);
