#include "site_fixture.h"

#include "forum_init.h"
#include "language.h"
#include "routes.h"

static struct request *read_one(struct site *s, const char *method, const char *target, const char *type,
	const char *body)
{
	struct param *header = ARENA_ARRAY(&s->mem, 3, struct param);
	header[0] = (struct param){"Content-Type", type};
	header[1] = (struct param){"Cookie", "a=1; _t=xyz; b=2"};
	struct request_source source = {.method = method, .target = target, .header = header, .body = body,
		.body_bytes = strlen(body), .ip = "127.0.0.1", .http_1_1 = true};
	site_forget(s);
	s->r = (struct request){.server = &s->k, .mem = &s->mem};
	request_read(&s->r, &source);
	return &s->r;
}

static void parameters_read_alike_from_every_kind_of_body(void **state)
{
	static const struct {
		const char *name, *type, *body;
	} rows[] = {
		{"form", "application/x-www-form-urlencoded",
			"title=Caf%C3%A9+en+zo&post%5Braw%5D=a%26b&ids[]=1&ids[]=2&ok=true&n=12"},
		{"json", "application/json; charset=utf-8",
			"{\"title\":\"Café en zo\",\"post\":{\"raw\":\"a&b\"},\"ids\":[1,2],\"ok\":true,\"n\":12,\"leeg\":null}"},
		{"multipart", "multipart/form-data; boundary=xYz",
			"--xYz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nCafé en zo\r\n"
			"--xYz\r\nContent-Disposition: form-data; name=\"post[raw]\"\r\n\r\na&b\r\n"
			"--xYz\r\nContent-Disposition: form-data; name=\"ids[]\"\r\n\r\n1\r\n"
			"--xYz\r\nContent-Disposition: form-data; name=\"ids[]\"\r\n\r\n2\r\n"
			"--xYz\r\nContent-Disposition: form-data; name=\"f\"; filename=\"x\"\r\n\r\nbytes\r\n"
			"--xYz\r\nContent-Disposition: form-data; name=\"ok\"\r\n\r\ntrue\r\n"
			"--xYz\r\nContent-Disposition: form-data; name=\"n\"\r\n\r\n12\r\n--xYz--\r\n"},
	};
	struct site s;
	site_open(&s);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *const *ids;
		struct request *r = read_one(&s, "POST", "/posts.json?title=other&q=1", rows[i].type, rows[i].body);
		CHECK_INT(rows[i].name, r->data->malformed, false);
		CHECK_STRING(rows[i].name, request_param(r, "title"), "Café en zo");
		CHECK_STRING(rows[i].name, request_param(r, "post[raw]"), "a&b");
		CHECK_INT(rows[i].name, request_param_list(r, "ids", &ids), 2);
		CHECK_STRING(rows[i].name, ids[1], "2");
		CHECK_INT(rows[i].name, request_param_bool(r, "ok", false), true);
		CHECK_INT(rows[i].name, request_param_int(r, "n", 0), 12);
		CHECK_INT(rows[i].name, request_param_int(r, "q", 0), 1);
		CHECK_STRING(rows[i].name, request_param(r, "leeg"), NULL);
		CHECK_STRING(rows[i].name, request_param(r, "f"), NULL);
		CHECK_STRING(rows[i].name, request_cookie(r, "_t"), "xyz");
		CHECK_STRING(rows[i].name, request_cookie(r, "t"), NULL);
	}
	site_close(&s);
}

static void what_cannot_be_read_is_400(void **state)
{
	static const struct {
		const char *name, *target, *type, *body;
	} rows[] = {
		{"NUL in the path", "/a%00b.json", "", ""},
		{"bad UTF-8 in the path", "/a%ff.json", "", ""},
		{"bad UTF-8 in the query", "/latest.json?q=%c3%28", "", ""},
		{"half a JSON", "/session.json", "application/json", "{\"login\":"},
		{"JSON with bad UTF-8", "/session.json", "application/json", "{\"login\":\"\xff\"}"},
		{"multipart without a boundary", "/session.json", "multipart/form-data", "x"},
	};
	struct site s;
	site_open(&s);
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *type = site_format(&s, "Content-Type: %s", rows[i].type);
		CHECK_INT(rows[i].name, site_ask(&s, "POST", rows[i].target, type, rows[i].body), 400);
	}
	site_close(&s);
}

static void seen(struct request *r, struct response *w)
{
	response_text(w, "text/plain", r->route_name);
}

static const struct route some[] = {
	{"GET", "/t/:id", seen}, {"GET", "/t/:slug/:id", seen}, {"GET", "/t/:id/:post_number", seen},
	{"GET", "/t/:id/posts", seen}, {"PUT", "/t/:id", seen}, {"GET", "/c/*path", seen}, {"GET", "/u/:username", seen},
	{"GET", "/events/*rest", seen}, {"GET", "/events", seen}, {"GET", "/about.txt", seen}, {0},
};
static const struct route *const some_tables[] = {some, NULL};

static void the_most_literal_pattern_wins(void **state)
{
	static const struct {
		const char *name, *method, *target, *pattern, *part, *value, *format;
	} rows[] = {
		{"digits", "GET", "/t/12.json", "/t/:id", "id", "12", "json"},
		{"slug and id", "GET", "/t/een-titel/12.json", "/t/:slug/:id", "slug", "een-titel", "json"},
		{"a number where a slug could be: the earlier row", "GET", "/t/12/3", "/t/:slug/:id", "id", "3", "html"},
		{"a word beats a part", "GET", "/t/12/posts.json?x=1", "/t/:id/posts", "id", "12", "json"},
		{"by method", "PUT", "/t/12.json", "/t/:id", "id", "12", "json"},
		{"HEAD is GET", "HEAD", "/t/12.json", "/t/:id", "id", "12", "json"},
		{"the rest of the path", "GET", "/c/kring/sub/5.json", "/c/*path", "path", "kring/sub/5", "json"},
		{"escaped slash stays inside its part", "GET", "/u/a%2Fb.json", "/u/:username", "username", "a/b", "json"},
		{"a dot in a name", "GET", "/u/jan.de.vries.json", "/u/:username", "username", "jan.de.vries", "json"},
		{"calendar", "GET", "/events.ics?x=1", "/events", NULL, NULL, "ics"},
		{"an ending that the pattern spells", "GET", "/about.txt", "/about.txt", NULL, NULL, "txt"},
		{"slash at the end", "GET", "/t/12/", "/t/:id", "id", "12", "html"},
		{"not a number", "GET", "/t/x", NULL, NULL, NULL, NULL},
		{"unknown", "GET", "/nope/a/b", NULL, NULL, NULL, NULL},
		{"other method", "DELETE", "/t/12", NULL, NULL, NULL, NULL},
	};
	struct site s;
	site_open(&s);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct request *r = read_one(&s, rows[i].method, rows[i].target, "", "");
		const struct route *found = routes_find_in(r, some_tables);
		CHECK_STRING(rows[i].name, found == NULL ? NULL : found->pattern, rows[i].pattern);
		if (rows[i].part != NULL)
			CHECK_STRING(rows[i].name, request_part(r, rows[i].part), rows[i].value);
		if (rows[i].format != NULL)
			CHECK_STRING(rows[i].name, r->format, rows[i].format);
	}
	site_close(&s);
}

static void json_and_pages_are_told_apart(void **state)
{
	static const struct {
		const char *name, *target, *headers;
		int status;
		const char *starts;
	} rows[] = {
		{"unknown, JSON by ending", "/nope.json", "", 404, "{\"errors\":["},
		{"unknown, JSON by Accept", "/nope", "Accept: application/json", 404, "{\"errors\":["},
		{"unknown, JSON by script", "/nope", "X-Requested-With: XMLHttpRequest", 404, "{\"errors\":["},
		{"unknown, page", "/nope", "Accept: text/html,application/json;q=0.5", 404, "<!DOCTYPE html>"},
		{"known, but only JSON", "/latest", "Accept: text/html", 200, "<!DOCTYPE html>"},
		{"status", "/srv/status", "", 200, "ok"},
		{"first page", "/", "", 200, "<!DOCTYPE html>"},
	};
	struct site s;
	site_open(&s);
	for (size_t i = 0; i < COUNT(rows); i++) {
		CHECK_INT(rows[i].name, site_ask(&s, "GET", rows[i].target, rows[i].headers, ""), rows[i].status);
		CHECK_INT(rows[i].name, strncmp(site_body(&s), rows[i].starts, strlen(rows[i].starts)), 0);
	}
	site_close(&s);
}

static void the_language_is_the_requesters(void **state)
{
	static const struct {
		const char *name, *accept, *site_locale, *want;
	} rows[] = {
		{"English is the last resort", "", "fr", "en"},
		{"the browser's", "nl-BE,nl;q=0.9,en;q=0.8", "en", "nl"},
		{"first known one", "de, fr;q=0.9, en;q=0.8, nl;q=0.7", "nl", "en"},
		{"the site's", "", "nl", "nl"},
		{"the site's when the browser's is unknown", "de", "nl", "nl"},
	};
	struct site s;
	site_open(&s);
	for (size_t i = 0; i < COUNT(rows); i++) {
		sql_run(s.k.db, NULL, "INSERT OR REPLACE INTO setting VALUES ('default_locale', ?)", "s",
			rows[i].site_locale);
		site_ask(&s, "GET", "/nope.json", site_format(&s, "Accept-Language: %s", rows[i].accept), "");
		CHECK_STRING(rows[i].name, s.r.language, rows[i].want);
	}
	CHECK_STRING("a sentence", language_say("nl", "Give access"), "Toegang geven");
	CHECK_STRING("a sentence that is not there", language_say("nl", "Not in the table"), "Not in the table");
	site_close(&s);
}

static void text_of_others_is_escaped_in_pages(void **state)
{
	struct site s;
	site_open(&s);
	sql_run(s.k.db, NULL, "INSERT INTO setting VALUES ('title', ?)", "s", "<script>alert('x')</script>&");
	site_ask(&s, "GET", "/", "", "");
	assert_null(strstr(site_body(&s), "<script"));
	assert_non_null(strstr(site_body(&s), "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;"));
	site_close(&s);
}

static void a_line_break_never_starts_a_header(void **state)
{
	struct response w = {0};
	response_redirect(&w, 302, "/x\r\nSet-Cookie: evil=1");
	assert_int_equal(w.header_count, 0);
	sbuf_fini(&w.body);
}

static void a_closed_site_shows_only_the_way_in(void **state)
{
	static const struct {
		const char *target, *headers;
		int status;
	} rows[] = {
		{"/latest.json", "", 403}, {"/latest", "Accept: text/html", 302}, {"/site/basic-info.json", "", 200},
		{"/session/csrf.json", "", 200}, {"/login", "Accept: text/html", 200}, {"/srv/status", "", 200},
	};
	struct site s;
	site_open(&s);
	sql_exec(s.k.db, "INSERT INTO setting VALUES ('login_required', 'true')", NULL);
	for (size_t i = 0; i < COUNT(rows); i++)
		CHECK_INT(rows[i].target, site_ask(&s, "GET", rows[i].target, rows[i].headers, ""), rows[i].status);
	assert_int_equal(site_ask(&s, "GET", "/latest.json", "", ""), 403);
	CHECK_STRING("type", site_string(&s, "error_type"), "not_logged_in");
	site_close(&s);
}

static void a_read_only_site_can_be_read(void **state)
{
	struct site s;
	site_open(&s);
	s.options.read_only = true;
	assert_int_equal(site_ask(&s, "GET", "/latest.json", "", ""), 200);
	CHECK_STRING("said with reading", site_header(&s, "Discourse-Readonly"), "true");
	assert_int_equal(site_ask(&s, "POST", "/message-bus/a/poll?dlp=t", "", "/latest=-1"), 200);
	assert_int_equal(site_ask(&s, "POST", "/user-api-key/device.json", "Content-Type: application/json",
		"{}"), 503);
	CHECK_STRING("type", site_string(&s, "error_type"), "read_only");
	site_close(&s);
}

/* A path for the pattern with `value` in every part. */
static const char *path_with(struct site *s, const char *pattern, const char *value, const char *ending)
{
	struct sbuf out = {0};
	for (const char *p = pattern; *p != '\0';) {
		size_t n = strcspn(p + 1, "/") + 1;
		if (p[1] == ':' || p[1] == '*')
			sbuf_addf(&out, "/%s", value);
		else
			sbuf_addn(&out, p, n);
		p += n;
	}
	sbuf_add(&out, ending);
	const char *path = arena_strdup(&s->mem, sbuf_str(&out));
	sbuf_fini(&out);
	return path;
}

static void no_value_breaks_a_route(void **state)
{
	static const char *const odd[] = {"1", "0", "-1", "99999999999999999999", "jan", "a'b%22c",
		"%F0%9F%98%80", "..", "%25"};
	static const char *const query = "?page=-1&order=x&q=%22*(&term=a&period=all&limit=-5&offset=99999999999&post_ids[]=0"
		"&before=-1&after=x&filter=x&id=-1&dlp=t&user_ids=1,2,x&option_id='&tags[]=%25&name=%25&_=/latest";
	static const char *const who[] = {"", "Api-Key: 0123\nApi-Username: jan"};
	struct site s;
	struct arena mem = {0};
	site_open(&s);
	struct forum f = {.db = s.k.db, .mem = &mem, .now_ms = s.now_ms, .base_url = ""};
	assert_true(forum_init(&f, "nl", NULL));
	site_add_user(&s, 1, "jan", NULL);
	sql_exec(s.k.db, "INSERT INTO admin_key (key_hash, created_ms) VALUES"
		" ('1be2e452b46d7a0d9656bbb1f768e8248eba1b75baed65f5d99eafa948899a6a', 0);", NULL);
	for (const struct route *const *table = all_routes; *table != NULL; table++)
		for (const struct route *row = *table; row->method != NULL; row++)
			for (size_t i = 0; i < COUNT(odd) * COUNT(who); i++) {
				const char *path = path_with(&s, row->pattern, odd[i / COUNT(who)], ".json");
				s.now_ms += 60 * 1000; /* past every limit of a minute */
				int status = site_ask(&s, row->method, site_format(&s, "%s%s", path, query),
					who[i % COUNT(who)], "");
				if (status < 200 || status >= 500)
					fail_msg("%s %s: %d", row->method, path, status);
			}
	arena_fini(&mem);
	site_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parameters_read_alike_from_every_kind_of_body),
		cmocka_unit_test(what_cannot_be_read_is_400),
		cmocka_unit_test(the_most_literal_pattern_wins),
		cmocka_unit_test(json_and_pages_are_told_apart),
		cmocka_unit_test(the_language_is_the_requesters),
		cmocka_unit_test(text_of_others_is_escaped_in_pages),
		cmocka_unit_test(a_line_break_never_starts_a_header),
		cmocka_unit_test(a_closed_site_shows_only_the_way_in),
		cmocka_unit_test(a_read_only_site_can_be_read),
		cmocka_unit_test(no_value_breaks_a_route),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
