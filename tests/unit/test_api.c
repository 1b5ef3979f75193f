#include "check.h"

#include "api.h"
#include "endpoints.h"
#include "mem.h"
#include "scripted_transport.h"
#include "site_probe.h"
#include "str.h"
#include "url.h"

static void urls(void **state)
{
	static const struct {
		const char *text, *want; /* NULL: not one */
		bool loopback;
	} rows[] = {
		{"https://Forum.Example", "https://forum.example", false},
		{"HTTP://localhost:8080/a/b?c=d#e", "http://localhost:8080/a/b?c=d", true},
		{"https://[::1]:443/x", "https://[::1]/x", true},
		{"http://127.9.0.1", "http://127.9.0.1", true},
		{"http://127.0.0.1.evil.example", "http://127.0.0.1.evil.example", false},
		{"http://localhost.evil.example", "http://localhost.evil.example", false},
		{"https://user:secret@host", NULL, false},
		{"https://host:99999", NULL, false},
		{"https://host:12x", NULL, false},
		{"https://ho st", NULL, false},
		{"https://host\\@evil", NULL, false},
		{"https://", NULL, false},
		{"https://[::1", NULL, false},
		{"ftp://host", NULL, false},
		{"host", NULL, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct url u;
		struct sbuf out = {0};
		CHECK_INT(rows[i].text, url_parse(rows[i].text, &u), rows[i].want != NULL);
		if (rows[i].want == NULL)
			continue;
		url_print(&u, &out);
		CHECK_STRING(rows[i].text, sbuf_str(&out), rows[i].want);
		CHECK_INT(rows[i].text, url_is_loopback(&u), rows[i].loopback);
		sbuf_fini(&out);
	}
}

static void redirect_targets(void **state)
{
	static const struct {
		const char *location, *want;
	} rows[] = {
		{"/login", "https://host/login"}, {"other?x=1", "https://host/a/other?x=1"},
		{"//cdn.example/x", "https://cdn.example/x"}, {"http://host/y", "http://host/y"},
		{"/jump?to=https://evil", "https://host/jump?to=https://evil"},
			{"javascript:x", "https://host/a/javascript:x"},
	};
	struct url from, to;
	assert_true(url_parse("https://host/a/b?q=1", &from));
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf out = {0};
		assert_true(url_resolve(&from, rows[i].location, &to));
		url_print(&to, &out);
		CHECK_STRING(rows[i].location, sbuf_str(&out), rows[i].want);
		sbuf_fini(&out);
	}
}

static void paths_are_encoded(void **state)
{
	static const int64_t ids[] = {3, 5};
	struct row {
		struct request r;
		const char *path;
	} rows[] = {
		{endpoint_user("ライ/../x y"), "/u/%E3%83%A9%E3%82%A4%2F..%2Fx%20y.json"},
		{endpoint_topic_posts(7, ids, 2), "/t/7/posts.json?include_raw=1&post_ids%5B%5D=3&post_ids%5B%5D=5"},
		{endpoint_directory(2, ids, 2), "/directory_items.json?period=all&order=username&asc=true&page=2&user_field_ids=3%7C5"},
		{endpoint_user_cards(ids, 2), "/user-cards.json?user_ids=3%2C5"},
		{endpoint_messages("jo", "-sent", 0), "/topics/private-messages-sent/jo.json?page=0"},
		{endpoint_posts_feed(0), "/posts.json"},
		{endpoint_posts_feed(51), "/posts.json?before=51"},
		{endpoint_latest(1, 100), "/latest.json?order=activity&page=1&per_page=100"},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK_STRING(rows[i].path, sbuf_str(&rows[i].r.path), rows[i].path);
		request_fini(&rows[i].r);
	}
}

static void headers_cannot_be_broken(void **state)
{
	struct request r = request_new("GET", "/x");
	request_header(&r, "Cookie", "a=b\r\nEvil: yes\n");
	CHECK_STRING("one line", sbuf_str(&r.header), "Cookie: a=bEvil: yes\n");
	request_fini(&r);
}

#define RATE "Discourse-Rate-Limit-Error-Code: user_api_key_limiter_60_secs\n"

static void every_status_has_its_error(void **state)
{
	static const struct {
		const char *row;
		int status;
		const char *header, *body;
		enum error_kind kind;
		long wait;
		const char *words; /* part of `what` */
	} rows[] = {
		{"good", 200, "Content-Type: application/json\n", "{\"a\": 1}", ERR_NONE},
		{"empty is good", 200, "", "", ERR_NONE},
		{"space is good", 200, "", " \n", ERR_NONE},
		{"raw text", 200, "Content-Type: text/plain; charset=utf-8\n", "# hello", ERR_NONE},
		{"limit as JSON", 429, "Retry-After: 14\n" RATE,
			"{\"errors\": [\"x\"], \"error_type\": \"rate_limit\"}", ERR_LIMIT, 14},
		{"limit in extras", 429, "", "{\"errors\": [\"x\"], \"extras\": {\"wait_seconds\": 9}}", ERR_LIMIT, 9},
		{"limit as text", 429, "Retry-After: 10\nContent-Type: text/plain\n", "Slow down", ERR_LIMIT, 10},
		{"limit by nginx", 429, "Content-Type: text/html\n", "<html>429</html>", ERR_LIMIT, 0},
		{"limit of search", 429, "", "{\"failed\": \"FAILED\", \"message\": \"busy\"}", ERR_LIMIT, 0},
		{"a silly wait", 429, "Retry-After: 999999999\n", "", ERR_LIMIT, 86400},
		{"a negative wait", 429, "Retry-After: -4\n", "", ERR_LIMIT, 0},
		{"not logged in", 403, "", "{\"errors\": [\"x\"], \"error_type\": \"not_logged_in\"}", ERR_AUTH},
		{"not allowed", 403, "", "{\"errors\": [\"x\"], \"error_type\": \"invalid_access\"}", ERR_FORBIDDEN},
		{"csrf", 403, "", "[\"BAD CSRF\"]", ERR_FORBIDDEN},
		{"not there", 404, "", "{\"errors\": [\"x\"], \"error_type\": \"not_found\"}", ERR_NOT_FOUND},
		{"gone", 410, "", "", ERR_NOT_FOUND},
		{"conflict", 409, "", "{\"errors\": [\"Edited\"]}", ERR_CONFLICT, 0, "Edited"},
		{"not valid", 422, "", "{\"errors\": [\"Too \\u001b[31mshort\"]}", ERR_REFUSED, 0, "Too [31mshort"},
		{"not valid, no words", 422, "", "", ERR_REFUSED, 0, "does not accept"},
		{"bad parameter", 400, "", "{\"errors\": [\"q\"]}", ERR_REFUSED, 0, "q"},
		{"failed with 200", 200, "", "{\"failed\": \"FAILED\", \"message\": \"No\"}", ERR_REFUSED, 0, "No"},
		{"read only", 503, "", "{\"errors\": [\"x\"], \"error_type\": \"read_only\"}", ERR_READONLY},
		{"rebuild", 502, "Content-Type: text/html\n", "<html>", ERR_OFFLINE},
		{"down", 503, "", "", ERR_OFFLINE},
		{"HTML for data", 200, "Content-Type: text/html; charset=utf-8\n", "<!doctype html>", ERR_PROTOCOL, 0,
			"web page"},
		{"HTML without a type", 200, "", " <html>", ERR_PROTOCOL, 0, "web page"},
		{"half a JSON", 200, "Content-Type: application/json\n", "{\"a\": [1, 2", ERR_PROTOCOL, 0, "not complete"},
		{"redirect", 302, "Location: /x\n", "", ERR_PROTOCOL},
		{"teapot", 418, "", "", ERR_REFUSED},
		{"unheard of", 777, "", "", ERR_OFFLINE},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct response r = {.status = rows[i].status};
		struct answer a;
		struct error err = {0};
		sbuf_add(&r.header, rows[i].header);
		sbuf_add(&r.body, rows[i].body);
		CHECK_INT(rows[i].row, answer_take(&r, false, &a, &err), rows[i].kind == ERR_NONE);
		CHECK_INT(rows[i].row, err.kind, rows[i].kind);
		CHECK_INT(rows[i].row, err.retry_after_s, rows[i].wait);
		if (rows[i].words != NULL && strstr(err.what, rows[i].words) == NULL)
			fail_msg("%s: \"%s\" has no \"%s\"", rows[i].row, err.what, rows[i].words);
		answer_fini(&a);
		response_fini(&r);
	}
}

struct fixture {
	struct api api;
	struct limits limits;
	int waits;
	bool stop;
};

static bool waiting(void *context, int64_t turn_ms)
{
	struct fixture *f = context;
	f->waits++;
	return f->stop;
}

static struct fixture *begin(void)
{
	struct fixture *f = xcalloc(1, sizeof *f);
	scripted_set_now(1772528400000);
	limits_init(&f->limits, 0, 0);
	f->api = (struct api){
		.transport = scripted_new(), .base_url = "https://forum.example/sub", .key = "abc123",
			.client_id = "device-1",
		.limits = &f->limits, .now_ms = scripted_now_ms, .waiting = waiting, .context = f,
	};
	return f;
}

static void end(struct fixture *f)
{
	scripted_done(f->api.transport);
	transport_close(f->api.transport);
	free(f);
}

static bool ask(struct fixture *f, struct request r, struct answer *a, struct error *err)
{
	*err = (struct error){0};
	return api_ask(&f->api, &r, a, err);
}

static void the_key_goes_with_the_question(void **state)
{
	struct fixture *f = begin();
	struct answer a;
	struct error err;
	scripted_answer(f->api.transport, "GET", "https://forum.example/sub/site.json", "User-Api-Key: abc123\n",
		200, "", "{\"x\": 2}");
	assert_true(ask(f, endpoint_site(), &a, &err));
	assert_int_equal(json_int(a.json, "x", 0), 2);
	assert_non_null(strstr(scripted_sent(f->api.transport), "User-Api-Client-Id: device-1\n"));
	assert_int_equal(f->api.requests, 1);
	answer_fini(&a);

	struct request r = endpoint_basic_info();
	r.anonymous = true;
	scripted_answer(f->api.transport, "GET", "/site/basic-info.json", NULL, 200, "", "{}");
	assert_true(ask(f, r, &a, &err));
	assert_null(strstr(scripted_sent(f->api.transport), "abc123"));
	answer_fini(&a);
	end(f);
}

static void redirects_stay_at_home(void **state)
{
	static const struct {
		const char *row, *base, *location, *second;
		bool followed;
	} rows[] = {
		{"same site", "https://host", "/c/right/5.json", "https://host/c/right/5.json", true},
		{"upgrade", "http://localhost:80", "https://localhost/x", "https://localhost/x", true},
		{"other host", "https://host", "https://evil.example/x", NULL, false},
		{"other port", "https://host", "https://host:8443/x", NULL, false},
		{"downgrade", "https://host", "http://host/x", NULL, false},
		{"other scheme", "https://host", "ftp://host/x", NULL, false},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fixture *f = begin();
		struct answer a;
		struct error err;
		char header[128];
		f->api.base_url = rows[i].base;
		snprintf(header, sizeof header, "Location: %s\n", rows[i].location);
		scripted_answer(f->api.transport, "GET", "/site.json", NULL, 301, header, "");
		if (rows[i].followed)
			scripted_answer(f->api.transport, "GET", rows[i].second, "abc123", 200, "", "{}");
		CHECK_INT(rows[i].row, ask(f, endpoint_site(), &a, &err), rows[i].followed);
		CHECK_INT(rows[i].row, err.kind, rows[i].followed ? ERR_NONE : ERR_PROTOCOL);
		answer_fini(&a);
		end(f);
	}
}

static void a_circle_of_redirects_ends(void **state)
{
	struct fixture *f = begin();
	struct answer a;
	struct error err;
	for (int i = 0; i < 6; i++)
		scripted_answer(f->api.transport, "GET", "/sub/site.json", NULL, 302, "Location: /sub/site.json\n", "");
	assert_false(ask(f, endpoint_site(), &a, &err));
	assert_int_equal(err.kind, ERR_PROTOCOL);
	answer_fini(&a);
	end(f);
}

static void a_refused_question_waits_and_comes_back(void **state)
{
	struct fixture *f = begin();
	struct answer a;
	struct error err;
	int64_t before = scripted_now_ms();
	scripted_answer(f->api.transport, "GET", "/site.json", NULL, 429, "Retry-After: 20\n", "");
	scripted_answer(f->api.transport, "GET", "/site.json", NULL, 200, "", "{}");
	assert_true(ask(f, endpoint_site(), &a, &err));
	assert_true(scripted_now_ms() - before >= 20000 && scripted_now_ms() - before < 30000);
	assert_true(f->waits > 10);
	answer_fini(&a);

	f->stop = true;
	scripted_answer(f->api.transport, "GET", "/site.json", NULL, 429, "Retry-After: 20\n", "");
	assert_false(ask(f, endpoint_site(), &a, &err));
	assert_int_equal(err.kind, ERR_CANCELLED);
	answer_fini(&a);
	end(f);
}

static void no_answer_is_said(void **state)
{
	struct fixture *f = begin();
	struct answer a;
	struct error err;
	scripted_failure(f->api.transport, "GET", "/site.json", ERR_OFFLINE);
	assert_false(ask(f, endpoint_site(), &a, &err));
	assert_int_equal(err.kind, ERR_OFFLINE);
	assert_int_equal(a.status, 0);
	answer_fini(&a);
	end(f);
}

/* Every window of a minute holds at most 20 requests, a burst of ten goes at once. */
static void the_budget_is_kept(void **state)
{
	struct limits l;
	int64_t now = 1772528400000, sent[200];
	limits_init(&l, 0, 0);
	for (int i = 0; i < 200; i++) {
		now += limits_wait_ms(&l, now);
		assert_int_equal(limits_wait_ms(&l, now), 0);
		limits_sent(&l, now);
		sent[i] = now;
		if (i >= 20)
			assert_true(sent[i] - sent[i - 20] > 60000);
	}
	assert_int_equal(sent[LIMITS_BURST - 1], sent[0]);
	assert_true(sent[LIMITS_BURST] > sent[0]);
	assert_true(sent[199] - sent[0] < 11 * 60000);
}

static void the_day_is_kept(void **state)
{
	struct limits l;
	int64_t now = 1772528400000, start = now;
	limits_init(&l, 100, 300);
	for (int i = 0; i < 300; i++) {
		now += limits_wait_ms(&l, now);
		limits_sent(&l, now);
	}
	assert_true(now - start < 3600 * 1000);
	int64_t wait = limits_wait_ms(&l, now);
	assert_true(wait > 23 * 3600 * 1000LL && wait <= 25 * 3600 * 1000LL);
	assert_int_equal(limits_wait_ms(&l, now + wait), 0);
	l.off = true;
	assert_int_equal(limits_wait_ms(&l, now), 0);
}

static void refusals_are_obeyed(void **state)
{
	struct limits l;
	uint64_t seed = 7;
	int64_t now = 1772528400000, last = 0;
	limits_init(&l, 0, 0);
	limits_refused(&l, now, 45, &seed);
	assert_true(limits_wait_ms(&l, now) >= 45000 && limits_wait_ms(&l, now) <= 55000);
	now += limits_wait_ms(&l, now);
	limits_answered(&l);
	for (int i = 0; i < 8; i++) {
		limits_refused(&l, now, 0, &seed);
		int64_t wait = limits_wait_ms(&l, now);
		assert_true(wait >= 30000 && wait <= 20 * 60000 && (wait > last || wait >= 15 * 60000));
		last = wait;
		now += wait;
	}
	for (int failures = 1; failures < 40; failures++) {
		int64_t ms = limits_backoff_ms(failures, &seed);
		assert_true(ms >= 2000 && ms <= 12 * 60000);
	}
}

static void a_clock_set_back_does_not_lock_out(void **state)
{
	struct limits l;
	int64_t now = 1772528400000;
	limits_init(&l, 0, 0);
	for (int i = 0; i < 20; i++)
		limits_sent(&l, now);
	assert_true(limits_wait_ms(&l, now - 365 * 86400000LL) <= 61000);
}

static void the_budget_survives_a_restart(void **state)
{
	static const char *const bad[] = {"", "2 0 0", "1 x", "1 0 0 0 0", "1 -5 0 0 0", "hello"};
	struct limits l, again;
	struct sbuf text = {0};
	int64_t now = 1772528400000;
	limits_init(&l, 0, 0);
	for (int i = 0; i < 20; i++)
		limits_sent(&l, now + i * 100);
	limits_print(&l, &text);
	limits_init(&again, 0, 0);
	assert_true(limits_parse(&again, sbuf_str(&text)));
	assert_int_equal(limits_wait_ms(&again, now + 5000), limits_wait_ms(&l, now + 5000));
	again.per_day = 20;
	assert_true(limits_wait_ms(&again, now + 5000) > 3600 * 1000);
	for (size_t i = 0; i < COUNT(bad); i++) {
		assert_false(limits_parse(&again, bad[i]));
		assert_int_equal(limits_wait_ms(&again, now), 0);
		assert_int_equal(again.per_minute, LIMITS_PER_MINUTE);
	}
	sbuf_fini(&text);
}

static void typed_addresses(void **state)
{
	static const struct {
		const char *typed;
		const char *want[4];
	} rows[] = {
		{"forum.example", {"https://forum.example"}},
		{" https://forum.example/ ", {"https://forum.example"}},
		{"http://forum.example/t/hello/12?page=2", {"https://forum.example"}},
		{"forum.example/community/latest", {"https://forum.example/community", "https://forum.example"}},
		{"forum.example/index.html", {"https://forum.example"}},
		{"http://localhost:8080/x", {"http://localhost:8080/x", "http://localhost:8080"}},
		{"127.0.0.1:4000", {"https://127.0.0.1:4000", "http://127.0.0.1:4000"}},
		{"not an address", {NULL}},
		{"", {NULL}},
		{"ftp://x", {NULL}},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena a = {0};
		const char *got[4] = {NULL};
		site_candidates(rows[i].typed, &a, got, 4);
		for (int k = 0; k < 4; k++)
			CHECK_STRING(rows[i].typed, got[k], rows[i].want[k]);
		arena_fini(&a);
	}
}

static void the_probe_finds_the_site(void **state)
{
	struct fixture *f = begin();
	struct arena a = {0};
	struct site_probe p;
	struct error err = {0};
	scripted_answer(f->api.transport, "HEAD", "https://old.example/user-api-key/new", NULL, 301,
		"Location: https://new.example/forum/user-api-key/new\n", "");
	scripted_answer(f->api.transport, "HEAD", "https://new.example/forum/user-api-key/new", NULL, 200,
		"auth-api-version: 4\nAuth-Api-Device-Code: true\n", "");
	scripted_answer(f->api.transport, "GET", "https://new.example/forum/site/basic-info.json", NULL, 200, "",
		"{\"title\": \"Kring\", \"login_required\": true}");
	assert_true(site_probe_run(&f->api, "old.example", &a, &p, &err));
	CHECK_STRING("base", p.base_url, "https://new.example/forum");
	assert_true(p.moved && p.device_code && p.site.login_required);
	assert_null(strstr(scripted_sent(f->api.transport), "abc123"));
	CHECK_STRING("title", p.site.title, "Kring");
	arena_fini(&a);
	end(f);
}

static void the_probe_says_what_is_wrong(void **state)
{
	static const struct {
		const char *row;
		int status;
		const char *header;
		enum error_kind failure, want;
	} rows[] = {
		{"a web site", 200, "Content-Type: text/html\n", ERR_NONE, ERR_INVALID},
		{"no such page", 404, "", ERR_NONE, ERR_INVALID},
		{"broken", 502, "", ERR_NONE, ERR_OFFLINE},
		{"unknown host", 0, NULL, ERR_OFFLINE, ERR_OFFLINE},
		{"wrong certificate", 0, NULL, ERR_TLS, ERR_TLS},
		{"to plain http", 301, "Location: http://other.example/user-api-key/new\n", ERR_NONE, ERR_INVALID},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct fixture *f = begin();
		struct arena a = {0};
		struct site_probe p;
		struct error err = {0};
		if (rows[i].status == 0)
			scripted_failure(f->api.transport, "HEAD", "/user-api-key/new", rows[i].failure);
		else
			scripted_answer(f->api.transport, "HEAD", "/user-api-key/new", NULL, rows[i].status,
				rows[i].header, "");
		assert_false(site_probe_run(&f->api, "forum.example", &a, &p, &err));
		CHECK_INT(rows[i].row, err.kind, rows[i].want);
		arena_fini(&a);
		end(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(urls),
		cmocka_unit_test(redirect_targets),
		cmocka_unit_test(paths_are_encoded),
		cmocka_unit_test(headers_cannot_be_broken),
		cmocka_unit_test(every_status_has_its_error),
		cmocka_unit_test(the_key_goes_with_the_question),
		cmocka_unit_test(redirects_stay_at_home),
		cmocka_unit_test(a_circle_of_redirects_ends),
		cmocka_unit_test(a_refused_question_waits_and_comes_back),
		cmocka_unit_test(no_answer_is_said),
		cmocka_unit_test(the_budget_is_kept),
		cmocka_unit_test(the_day_is_kept),
		cmocka_unit_test(refusals_are_obeyed),
		cmocka_unit_test(a_clock_set_back_does_not_lock_out),
		cmocka_unit_test(the_budget_survives_a_restart),
		cmocka_unit_test(typed_addresses),
		cmocka_unit_test(the_probe_finds_the_site),
		cmocka_unit_test(the_probe_says_what_is_wrong),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
