#include "write_case.h"

#include <zlib.h>

/* The body as a client reads it; "" when it cannot be unpacked. */
static const char *unpacked(struct write_case *c)
{
	enum { Most = 4 * 1024 * 1024 };
	char *out = arena_alloc(&c->s.mem, Most);
	z_stream z = {.next_in = (Bytef *)c->s.w.body.p, .avail_in = (uInt)c->s.w.body.n, .next_out = (Bytef *)out,
		.avail_out = Most - 1};
	assert_int_equal(inflateInit2(&z, 15 + 16), Z_OK);
	int end = inflate(&z, Z_FINISH);
	out[Most - 1 - z.avail_out] = '\0';
	inflateEnd(&z);
	return end == Z_STREAM_END ? out : "";
}

static void write_posts(struct write_case *c)
{
	for (int i = 0; i < 20; i++)
		CHECK_INT("post", case_ask(c, "anna", "POST", "/posts.json", site_format(&c->s,
			"title=Vraag nummer %d over samen werken&raw=Wie wil meedenken over de eerste bijeenkomst van"
			" kring %d%%3F&category=%lld", i, i, (long long)c->board)), 200);
}

static void long_lists_are_packed_for_who_takes_it(void **state)
{
	static const struct {
		const char *name, *target, *who, *accept;
		bool packed;
	} rows[] = {
		{"the feed", "/posts.json", "User-Api-Key: bram", "gzip", true},
		{"topics", "/latest.json", "User-Api-Key: bram", "deflate, gzip;q=0.5", true},
		{"any", "/posts.json", "User-Api-Key: bram", "*", true},
		{"nothing asked", "/posts.json", "User-Api-Key: bram", "", false},
		{"another", "/posts.json", "User-Api-Key: bram", "br", false},
		{"refused", "/posts.json", "User-Api-Key: bram", "gzip;q=0", false},
		{"refused in full", "/posts.json", "User-Api-Key: bram", "gzip; q=0.000, br", false},
		{"nobody", "/posts.json", "X-Key: bram", "gzip", false},
		{"a short answer", "/posts.json?before=1", "User-Api-Key: bram", "gzip", false},
		{"private messages", "/private-posts.json", "User-Api-Key: bram", "gzip", false},
		{"drafts", "/drafts.json", "User-Api-Key: bram", "gzip", false},
		{"the session", "/session/current.json", "User-Api-Key: bram", "gzip", false},
	};
	struct write_case *c = *state;
	write_posts(c);
	for (size_t i = 0; i < COUNT(rows); i++) {
		site_ask(&c->s, "GET", rows[i].target, rows[i].who, "");
		const char *plain = arena_strdup(&c->s.mem, site_body(&c->s));
		CHECK_INT(rows[i].name, c->s.w.status, 200);
		site_ask(&c->s, "GET", rows[i].target,
			site_format(&c->s, "%s\nAccept-Encoding: %s\nAccept: application/json", rows[i].who,
			rows[i].accept), "");
		CHECK_STRING(rows[i].name, site_header(&c->s, "Content-Encoding"), rows[i].packed ? "gzip" : "");
		CHECK_STRING(rows[i].name, rows[i].packed ? unpacked(c) : site_body(&c->s), plain);
		if (rows[i].packed && c->s.w.body.n * 4 > strlen(plain))
			fail_msg("%s: %zu bytes of %zu", rows[i].name, c->s.w.body.n, strlen(plain));
		if (rows[i].packed)
			CHECK_STRING(rows[i].name, site_header(&c->s, "Vary"), "Accept-Encoding");
	}
}

/* A browser can be made to ask: what a cookie gives is never packed, nor a page. */
static void what_has_secrets_is_never_packed(void **state)
{
	static const char *const targets[] = {"/posts.json", "/session/csrf.json", "/login", "/user-api-key/activate"};
	struct write_case *c = *state;
	write_posts(c);
	site_ask(&c->s, "GET", "/session/csrf.json", "Accept: application/json", "");
	const char *cookie = site_header(&c->s, "Set-Cookie");
	const char *own = arena_strndup(&c->s.mem, cookie, strcspn(cookie, ";"));
	for (size_t i = 0; i < COUNT(targets); i++) {
		site_ask(&c->s, "GET", targets[i], site_format(&c->s, "Cookie: %s\nAccept-Encoding: gzip", own), "");
		CHECK_STRING(targets[i], site_header(&c->s, "Content-Encoding"), "");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(long_lists_are_packed_for_who_takes_it, case_open, case_close),
		cmocka_unit_test_setup_teardown(what_has_secrets_is_never_packed, case_open, case_close),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
