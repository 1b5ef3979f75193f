#include "url.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "str.h"

static bool host_char(unsigned char c, bool bracketed)
{
	return isalnum(c) || c == '-' || c == '.' || c == '_' || c >= 0x80 || (bracketed && c == ':');
}

/* "host", "host:port", "[::1]:port" */
static bool parse_authority(const char *s, size_t n, struct url *out)
{
	bool bracketed = n > 0 && s[0] == '[';
	const char *end = bracketed ? memchr(s, ']', n) : memchr(s, ':', n);
	size_t len = end == NULL ? n : (size_t)(end - s);
	const char *host = s + bracketed;
	if (bracketed && end == NULL)
		return false;
	len -= bracketed;
	if (len == 0 || len >= sizeof out->host)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (!host_char((unsigned char)host[i], bracketed))
			return false;
		out->host[i] = (char)tolower((unsigned char)host[i]);
	}
	out->host[len] = '\0';
	const char *rest = host + len + bracketed;
	char digits[8] = "";
	size_t left = n - (size_t)(rest - s);
	if (left == 0 || (left == 1 && *rest == ':'))
		return true;
	int64_t port;
	if (*rest != ':' || left > 6)
		return false;
	memcpy(digits, rest + 1, left - 1);
	if (!str_to_int(digits, 1, 65535, &port))
		return false;
	out->port = (int)port;
	return true;
}

static bool parse_path(const char *s, struct url *out)
{
	size_t path = strcspn(s, "?#"), query = s[path] == '?' ? strcspn(s + path, "#") : 0;
	if (path >= sizeof out->path || query >= sizeof out->query)
		return false;
	snprintf(out->path, sizeof out->path, "%.*s", (int)path, s);
	snprintf(out->query, sizeof out->query, "%.*s", (int)query, s + path);
	return true;
}

bool url_parse(const char *text, struct url *out)
{
	*out = (struct url){0};
	for (const char *s = text; *s != '\0'; s++)
		if ((unsigned char)*s <= ' ' || *s == 0x7f || *s == '\\')
			return false;
	out->https = strncasecmp(text, "https://", 8) == 0;
	if (!out->https && strncasecmp(text, "http://", 7) != 0)
		return false;
	out->port = out->https ? 443 : 80;
	const char *authority = text + (out->https ? 8 : 7);
	size_t n = strcspn(authority, "/?#");
	return parse_authority(authority, n, out) && parse_path(authority + n, out);
}

void url_print(const struct url *u, struct sbuf *out)
{
	bool v6 = strchr(u->host, ':') != NULL;
	sbuf_addf(out, "%s://%s%s%s", u->https ? "https" : "http", v6 ? "[" : "", u->host, v6 ? "]" : "");
	if (u->port != (u->https ? 443 : 80))
		sbuf_addf(out, ":%d", u->port);
	sbuf_addf(out, "%s%s", u->path, u->query);
}

bool url_resolve(const struct url *from, const char *location, struct url *out)
{
	struct url at = *from;
	struct sbuf text = {0};
	at.query[0] = '\0';
	if (strstr(location, "://") != NULL && strcspn(location, "/?#") > strcspn(location, ":")) {
		sbuf_add(&text, location);
	} else if (str_starts(location, "//")) {
		sbuf_addf(&text, "%s:%s", from->https ? "https" : "http", location);
	} else {
		char *slash = strrchr(at.path, '/');
		at.path[location[0] == '/' || slash == NULL ? 0 : slash - at.path] = '\0';
		url_print(&at, &text);
		sbuf_addf(&text, "%s%s", location[0] == '/' ? "" : "/", location);
	}
	bool ok = url_parse(sbuf_str(&text), out);
	sbuf_fini(&text);
	return ok;
}

bool url_same_origin(const struct url *a, const struct url *b)
{
	return a->https == b->https && a->port == b->port && str_equal(a->host, b->host);
}

bool url_is_loopback(const struct url *u)
{
	unsigned part[4];
	char extra;
	if (str_equal(u->host, "localhost") || str_equal(u->host, "::1"))
		return true;
	return sscanf(u->host, "%3u.%3u.%3u.%3u%c", &part[0], &part[1], &part[2], &part[3], &extra) == 4 &&
		part[0] == 127 &&
		part[1] < 256 && part[2] < 256 && part[3] < 256;
}

void url_add_encoded(struct sbuf *out, const char *text)
{
	for (const unsigned char *s = (const unsigned char *)text; *s != '\0'; s++)
		if ((*s < 0x80 && isalnum(*s)) || strchr("-._~", *s) != NULL)
			sbuf_addc(out, (char)*s);
		else
			sbuf_addf(out, "%%%02X", *s);
}
