#include "cookie_jar.h"

#include <string.h>

#include "credentials.h"
#include "str.h"

/* RFC 6265 section 4.1.1: no controls, spaces, quotes or separators. */
static bool plain(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] <= ' ' || (unsigned char)s[i] >= 0x7f || strchr("\",;\\", s[i]) != NULL)
			return false;
	return true;
}

static int slot(const struct cookie_jar *jar, const char *name, size_t n)
{
	int empty = -1;
	for (int i = 0; i < COOKIES; i++) {
		if (jar->name[i].n == n && n > 0 && memcmp(jar->name[i].p, name, n) == 0)
			return i;
		if (jar->name[i].n == 0 && empty < 0)
			empty = i;
	}
	return empty;
}

static void take_one(struct cookie_jar *jar, const char *text)
{
	size_t name = strcspn(text, "=;");
	if (name == 0 || text[name] != '=')
		return;
	const char *value = text + name + 1;
	size_t n = strcspn(value, ";");
	int i = slot(jar, text, name);
	if (i < 0 || !plain(text, name) || !plain(value, n))
		return;
	credentials_wipe(&jar->name[i]);
	credentials_wipe(&jar->value[i]);
	if (n == 0)
		return;
	sbuf_addn(&jar->name[i], text, name);
	sbuf_addn(&jar->value[i], value, n);
}

void cookie_jar_take(struct cookie_jar *jar, const struct answer *a)
{
	char text[8192];
	for (int i = 0; i < COOKIES && header_find(&a->header, "Set-Cookie", i, text, sizeof text) != NULL; i++)
		take_one(jar, text);
	explicit_bzero(text, sizeof text);
}

void cookie_jar_give(const struct cookie_jar *jar, struct request *r)
{
	struct sbuf line = {0};
	for (int i = 0; i < COOKIES; i++)
		if (jar->name[i].n > 0)
			sbuf_addf(&line, "%s%s=%s", line.n > 0 ? "; " : "", jar->name[i].p, jar->value[i].p);
	if (line.n > 0)
		request_header(r, "Cookie", line.p);
	credentials_wipe(&line);
}

void cookie_jar_fini(struct cookie_jar *jar)
{
	for (int i = 0; i < COOKIES; i++) {
		credentials_wipe(&jar->name[i]);
		credentials_wipe(&jar->value[i]);
	}
}
