#include "site_fixture.h"

#include "auth.h"
#include "base64.h"
#include "password.h"
#include "rsa.h"
#include "scope.h"
#include "sha.h"
#include "totp.h"

static const char password[] = "een lang geheim";
static const char secret[] = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"; /* "12345678901234567890" */

/* RFC 6238, appendix B, the last six digits of the SHA-1 rows. */
static void codes_follow_the_clock(void **state)
{
	static const struct {
		int64_t at_s;
		const char *code;
	} rows[] = {{59, "287082"}, {1111111109, "081804"}, {1111111111, "050471"}, {1234567890, "005924"},
		{2000000000, "279037"}, {20000000000, "353130"}};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char code[7];
		assert_true(totp_code(secret, rows[i].at_s / 30, code));
		CHECK_STRING(rows[i].code, code, rows[i].code);
		CHECK_INT(rows[i].code, totp_step(secret, code, rows[i].at_s + 30), rows[i].at_s / 30);
		CHECK_INT(rows[i].code, totp_step(secret, code, rows[i].at_s + 90), -1);
	}
	char made[TOTP_SECRET_TEXT], code[7];
	totp_secret_new(made);
	CHECK_INT("length", strlen(made), TOTP_SECRET_TEXT - 1);
	assert_true(totp_code(made, 1, code));
	assert_false(totp_code("not base32!", 1, code));
	CHECK_INT("spaces", totp_step(secret, "287 082", 59), 1);
	CHECK_INT("short", totp_step(secret, "28708", 59), -1);
	CHECK_INT("long", totp_step(secret, "2870822", 59), -1);
}

static void passwords_are_salted(void **state)
{
	char one[PASSWORD_HASH_BYTES], two[PASSWORD_HASH_BYTES];
	struct error err;
	assert_true(password_hash(password, one, &err));
	assert_true(password_hash(password, two, &err));
	assert_int_equal(strncmp(one, "$y$", 3), 0);
	assert_string_not_equal(one, two);
	assert_true(password_matches(one, password));
	assert_false(password_matches(one, "een ander geheim"));
	assert_false(password_matches(one, ""));
	assert_false(password_matches(NULL, password));
	assert_false(password_matches("*", password));
	assert_false(password_hash("kort", two, &err));
	assert_int_equal(err.kind, ERR_INVALID);
}

static void scopes_reach_what_they_say(void **state)
{
	static const struct {
		const char *scopes, *method, *path, *format;
		bool allowed;
	} rows[] = {
		{"read", "GET", "/latest", "json", true}, {"read", "POST", "/posts", "json", false},
		{"read", "POST", "/message-bus/x/poll", "json", false},
			{"read", "POST", "/user-api-key/revoke", "json", true},
		{"write", "DELETE", "/posts/1", "json", true}, {"write", "POST", "/message-bus/x/poll", "json", true},
		{"message_bus", "POST", "/message-bus/x/poll", "json", true},
			{"message_bus", "GET", "/latest", "json", false},
		{"notifications", "PUT", "/notifications/mark-read", "json", true},
		{"notifications", "GET", "/notifications", "json", true},
			{"notifications", "GET", "/notifications/x", "json", false},
		{"session_info", "GET", "/session/current", "json", true},
		{"session_info", "GET", "/u/jan/topic-tracking-state", "json", true},
		{"session_info", "GET", "/u/jan", "json", false},
		{"bookmarks_calendar", "GET", "/u/jan/bookmarks", "ics", true},
		{"bookmarks_calendar", "GET", "/u/jan/bookmarks", "json", false},
		{"discourse-calendar:events_calendar", "GET", "/discourse-post-event/events", "ics", true},
		{"discourse-calendar:events_calendar", "GET", "/discourse-post-event/events", "json", false},
		{"push,one_time_password", "GET", "/latest", "json", false}, {"", "GET", "/latest", "json", false},
		{"readx,xread", "GET", "/latest", "json", false}, {"push,read", "GET", "/latest", "json", true},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char name[160];
		snprintf(name, sizeof name, "%s %s %s.%s", rows[i].scopes, rows[i].method, rows[i].path, rows[i].format);
		CHECK_INT(name, scope_allows(rows[i].scopes, rows[i].method, rows[i].path, rows[i].format),
			rows[i].allowed);
	}
}

/* jan (1) with a password; piet (2) with a second factor as well. */
static void open_with_members(struct site *s)
{
	char hash[PASSWORD_HASH_BYTES];
	site_open(s);
	assert_true(password_hash(password, hash, NULL));
	site_add_user(s, 1, "jan", hash);
	site_add_user(s, 2, "piet", hash);
	sql_run(s->k.db, NULL, "UPDATE user SET totp_secret = ? WHERE id = 2", "s", secret);
}

/* Header lines with the cookies that the last answer set, and the token. */
static const char *cookies(struct site *s, const char *csrf)
{
	struct sbuf out = {0};
	sbuf_add(&out, "X-Requested-With: XMLHttpRequest\nCookie: a=b");
	for (int i = 0; i < s->w.header_count; i++)
		if (strcmp(s->w.header[i].name, "Set-Cookie") == 0)
			sbuf_addf(&out, "; %.*s", (int)strcspn(s->w.header[i].value, ";"), s->w.header[i].value);
	sbuf_addf(&out, "\nX-CSRF-Token: %s", csrf);
	const char *text = arena_strdup(&s->mem, sbuf_str(&out));
	sbuf_fini(&out);
	return text;
}

/* Header lines of a session that is not logged in. */
static const char *start_session(struct site *s)
{
	assert_int_equal(site_ask(s, "GET", "/session/csrf.json", "", ""), 200);
	return cookies(s, site_string(s, "csrf"));
}

static const char *log_in(struct site *s, const char *name)
{
	const char *headers = start_session(s);
	const char *csrf = strstr(headers, "X-CSRF-Token: ") + strlen("X-CSRF-Token: ");
	assert_int_equal(site_ask(s, "POST", "/session.json", headers,
		site_format(s, "login=%s&password=een+lang+geheim", name)), 200);
	return cookies(s, csrf);
}

/* The browser goes on sending the cookie of a login that the server forgot. */
static void an_ended_login_is_no_obstacle(void **state)
{
	struct site s;
	open_with_members(&s);
	const char *ended = "Cookie: _t=0123456789abcdef";
	assert_int_equal(site_ask(&s, "GET", "/session/csrf.json", ended, ""), 200);
	const char *headers = cookies(&s, site_string(&s, "csrf"));
	headers = site_format(&s, "%s; %s", ended, strstr(headers, "_forum_session="));
	assert_int_equal(site_ask(&s, "POST", "/session.json", headers, "login=jan&password=een+lang+geheim"), 200);
	CHECK_STRING("logged in", site_string(&s, "user.username"), "jan");
	site_close(&s);
}

static void a_long_address_does_not_follow_to_the_login(void **state)
{
	struct site s;
	struct sbuf target = {0};
	open_with_members(&s);
	sbuf_add(&target, "/user-api-key/new?nonce=");
	for (int i = 0; i < 20000; i++)
		sbuf_addc(&target, 'a');
	assert_int_equal(site_ask(&s, "GET", sbuf_str(&target), "", ""), 302);
	CHECK_STRING("address", site_header(&s, "Location"), "/login");
	sbuf_fini(&target);
	site_close(&s);
}

static void a_session_is_logged_in_and_out(void **state)
{
	struct site s;
	open_with_members(&s);
	const char *before = start_session(&s);
	assert_int_equal(site_ask(&s, "POST", "/session.json", "X-Requested-With: XMLHttpRequest", "login=jan"), 403);
	CHECK_STRING("no token", site_body(&s), "[\"BAD CSRF\"]");
	assert_int_equal(site_ask(&s, "POST", "/session.json", before, "login=jan&password=fout"), 200);
	assert_non_null(site_string(&s, "error"));
	CHECK_STRING("no cookie", site_header(&s, "Set-Cookie"), "");
	assert_int_equal(site_ask(&s, "POST", "/session.json", before, "login=niemand&password=fout"), 200);
	assert_non_null(site_string(&s, "error"));
	const char *after = log_in(&s, "JAN");
	CHECK_STRING("the name as it is", site_string(&s, "user.username"), "jan");
	assert_non_null(strstr(site_header(&s, "Set-Cookie"), "HttpOnly; SameSite=Lax; Secure"));
	site_ask(&s, "GET", "/srv/status", after, "");
	CHECK_INT("logged in", s.r.me.user_id, 1);
	CHECK_INT("cookies are not in the database", sql_get_int(s.k.db, 0,
		"SELECT count(*) FROM session WHERE token_hash = ?", "s", s.r.me.session), 0);
	assert_int_equal(site_ask(&s, "DELETE", "/session/piet.json", after, ""), 403);
	assert_int_equal(site_ask(&s, "DELETE", "/session/jan.json", after, ""), 200);
	site_ask(&s, "GET", "/srv/status", after, "");
	CHECK_INT("logged out", s.r.me.user_id, 0);
	after = log_in(&s, "jan");
	s.now_ms += 61 * 24 * 3600 * (int64_t)1000;
	site_ask(&s, "GET", "/srv/status", after, "");
	CHECK_INT("idle for 61 days", s.r.me.user_id, 0);
	site_close(&s);
}

static void a_second_factor_is_asked_and_counts_once(void **state)
{
	struct site s;
	char code[7];
	open_with_members(&s);
	const char *headers = start_session(&s);
	assert_true(totp_code(secret, s.now_ms / 30000, code));
	const char *with = site_format(&s, "login=piet&password=een+lang+geheim&second_factor_token=%s", code);
	assert_int_equal(site_ask(&s, "POST", "/session.json", headers, "login=piet&password=een+lang+geheim"), 200);
	CHECK_STRING("reason", site_string(&s, "reason"), "invalid_second_factor");
	assert_non_null(strstr(site_body(&s), "\"totp_enabled\":true"));
	assert_int_equal(site_ask(&s, "POST", "/session.json", headers, with), 200);
	CHECK_STRING("in", site_string(&s, "user.username"), "piet");
	headers = start_session(&s);
	assert_int_equal(site_ask(&s, "POST", "/session.json", headers, with), 200);
	CHECK_STRING("the same code again", site_string(&s, "reason"), "invalid_second_factor");
	site_close(&s);
}

static void guessing_is_limited(void **state)
{
	struct site s;
	open_with_members(&s);
	const char *headers = start_session(&s);
	for (int i = 0; i < 6; i++)
		assert_int_equal(site_ask(&s, "POST", "/session.json", headers, "login=niemand&password=x"), 200);
	assert_int_equal(site_ask(&s, "POST", "/session.json", headers, "login=niemand&password=x"), 429);
	CHECK_STRING("type", site_string(&s, "error_type"), "rate_limit");
	CHECK_STRING("wait", site_header(&s, "Retry-After"), "60");
	site_close(&s);
}

static void a_key_is_checked_limited_and_ends(void **state)
{
	struct site s;
	static const char *const add = "INSERT INTO user_api_key (id, user_id, client_id, application_name,"
		" key_hash, scopes,"
		" created_ms, last_used_ms, expires_ms) VALUES (?, 1, ?, 'test', ?, ?, ?, ?, nullif(?, 0))";
	static const struct {
		const char *key, *scopes;
		int64_t used_ago_ms, expires_in_ms;
		int status;
	} rows[] = {
		{"goed", "read", 0, 0, 200}, {"schrijven", "write", 0, 0, 200}, {"te weinig", "message_bus", 0, 0, 403},
		{"verlopen", "read", 0, -1, 403}, {"nog geldig", "read", 0, 1000, 200},
		{"lang niet gebruikt", "read", 181 * 24 * 3600 * (int64_t)1000, 0, 403},
	};
	site_open(&s);
	site_add_user(&s, 1, "jan", NULL);
	for (size_t i = 0; i < COUNT(rows); i++) {
		char hash[SHA256_HEX];
		sha256_hex(rows[i].key, strlen(rows[i].key), hash);
		assert_true(sql_run(s.k.db, NULL, add, "isssiii", (int64_t)i + 1, rows[i].key, hash, rows[i].scopes,
			s.now_ms, s.now_ms - rows[i].used_ago_ms, rows[i].expires_in_ms == 0 ? 0
			: s.now_ms + rows[i].expires_in_ms));
		CHECK_INT(rows[i].key, site_ask(&s, "GET", "/srv/status.json",
			site_format(&s, "User-Api-Key: %s", rows[i].key), ""), rows[i].status);
		if (rows[i].status == 403)
			CHECK_STRING(rows[i].key, site_string(&s, "error_type"), "invalid_access");
	}
	for (int i = 0; i < 19; i++)
		assert_int_equal(site_ask(&s, "GET", "/srv/status.json", "User-Api-Key: goed", ""), 200);
	assert_int_equal(site_ask(&s, "GET", "/srv/status.json", "User-Api-Key: goed", ""), 429);
	CHECK_STRING("code", site_header(&s, "Discourse-Rate-Limit-Error-Code"), "user_api_key_limiter_60_secs");
	CHECK_STRING("wait", site_header(&s, "Retry-After"), "60");
	s.now_ms += 60000;
	assert_int_equal(site_ask(&s, "GET", "/srv/status.json",
		"User-Api-Key: goed\nUser-Api-Client-Id: schrijven", ""), 200);
	CHECK_INT("one key for one client", sql_get_int(s.k.db, 0,
		"SELECT count(*) FROM user_api_key WHERE client_id = 'schrijven'", ""), 1);
	CHECK_INT("used", sql_get_int(s.k.db, 0, "SELECT last_used_ms FROM user_api_key WHERE id = 1", ""),
		s.now_ms - 60000);
	assert_int_equal(site_ask(&s, "POST", "/user-api-key/revoke.json", "User-Api-Key: goed", ""), 200);
	assert_int_equal(site_ask(&s, "GET", "/srv/status.json", "User-Api-Key: goed", ""), 403);
	site_close(&s);
}

/* The key inside a payload; "" when it cannot be read. */
static const char *open_payload(struct site *s, const struct rsa *rsa, enum rsa_padding padding,
	const char *payload, const char *nonce)
{
	struct sbuf cipher = {0}, plain = {0};
	const char *key = "";
	if (base64_decode(&cipher, payload) && rsa_decrypt(rsa, padding, cipher.p, cipher.n, &plain, NULL)) {
		struct json *root = json_parse(plain.p, plain.n, NULL);
		CHECK_STRING("nonce", json_string(root, "nonce"), nonce);
		CHECK_INT("api", json_int(root, "api", 0), 4);
		key = arena_strdup(&s->mem, json_string(root, "key"));
		json_free(root);
	}
	sbuf_fini(&cipher);
	sbuf_fini(&plain);
	return key;
}

static const char *as_json(struct site *s, const struct rsa *rsa, const char *scopes, const char *extra)
{
	struct sbuf pem = {0}, text = {0};
	struct json *root = json_object();
	rsa_public_pem(rsa, &pem);
	json_add_string(root, "application_name", "kring <proef>");
	json_add_string(root, "client_id", "abc");
	json_add_string(root, "nonce", "n1");
	json_add_string(root, "scopes", scopes);
	json_add_string(root, "public_key", sbuf_str(&pem));
	if (extra != NULL)
		json_add_string(root, "padding", extra);
	json_print(root, &text);
	const char *kept = arena_strdup(&s->mem, sbuf_str(&text));
	json_free(root);
	sbuf_fini(&pem);
	sbuf_fini(&text);
	return kept;
}

static void a_key_is_given_to_paste(void **state)
{
	struct site s;
	struct rsa *rsa = rsa_new(NULL);
	open_with_members(&s);
	const char *me = log_in(&s, "jan");
	const char *json = site_format(&s, "%s\nContent-Type: application/json", me);
	assert_int_equal(site_ask(&s, "POST", "/user-api-key.json", json, as_json(&s, rsa, "read,write", NULL)), 200);
	const char *key = open_payload(&s, rsa, RSA_PKCS1, site_string(&s, "payload"), "n1");
	CHECK_INT("32 hex digits", strlen(key), 32);
	assert_int_equal(site_ask(&s, "GET", "/srv/status.json", site_format(&s, "User-Api-Key: %s", key), ""), 200);
	CHECK_STRING("whose", s.r.me.username, "jan");
	assert_int_equal(site_ask(&s, "POST", "/user-api-key.json", json, as_json(&s, rsa, "read,root", NULL)), 403);
	assert_int_equal(site_ask(&s, "POST", "/user-api-key.json", json, as_json(&s, rsa, "read", "geen")), 400);
	assert_int_equal(site_ask(&s, "POST", "/user-api-key.json", json, "{\"nonce\":\"x\"}"), 400);
	assert_int_equal(site_ask(&s, "POST", "/user-api-key.json", json, as_json(&s, rsa, "read", "oaep")), 200);
	CHECK_INT("the old key of this client is gone", site_ask(&s, "GET", "/srv/status.json",
		site_format(&s, "User-Api-Key: %s", key), ""), 403);
	assert_int_equal(site_ask(&s, "GET", "/user-api-key/new?nonce=x", "Accept: text/html", ""), 302);
	CHECK_STRING("log in first", site_header(&s, "Location"), "/login?return_path=/user-api-key/new%3Fnonce%3Dx");
	assert_int_equal(site_ask(&s, "HEAD", "/user-api-key/new", "", ""), 200);
	CHECK_STRING("version", site_header(&s, "Auth-Api-Version"), "4");
	CHECK_STRING("device code", site_header(&s, "Auth-Api-Device-Code"), "true");
	s.options.old_discourse = true;
	assert_int_equal(site_ask(&s, "HEAD", "/user-api-key/new", "", ""), 200);
	CHECK_STRING("no device code", site_header(&s, "Auth-Api-Device-Code"), "");
	rsa_free(rsa);
	site_close(&s);
}

static const char *poll_status(struct site *s, const char *device)
{
	assert_int_equal(site_ask(s, "POST", "/user-api-key/device/poll.json", "Content-Type: application/json",
		site_format(s, "{\"device_code\":\"%s\"}", device)), 200);
	return site_string(s, "status");
}

static void a_code_is_typed_in_a_browser(void **state)
{
	static const char *const type = "Content-Type: application/json";
	struct site s;
	struct rsa *rsa = rsa_new(NULL);
	open_with_members(&s);
	const char *me = log_in(&s, "jan");
	const char *body = as_json(&s, rsa, "read,write", "oaep");
	assert_int_equal(site_ask(&s, "POST", "/user-api-key/device.json", "", body), 403);
	assert_int_equal(site_ask(&s, "POST", "/user-api-key/device", type, body), 403);
	assert_int_equal(site_ask(&s, "POST", "/user-api-key/device.json", type, body), 200);
	const char *device = site_string(&s, "device_code"), *code = site_string(&s, "user_code");
	CHECK_STRING("where", site_string(&s, "verification_uri"), "https://kring.example/user-api-key/activate");
	CHECK_INT("code", strlen(code), 9);
	CHECK_STRING("waiting", poll_status(&s, device), "authorization_pending");
	const char *typed = site_format(&s, "user_code=%.4s%%20%s&do=approve", code, code + 5);
	assert_int_equal(site_ask(&s, "POST", "/user-api-key/activate", "", typed), 403);
	const char *page = strstr(me, "Cookie:");
	assert_int_equal(site_ask(&s, "POST", "/user-api-key/activate", page, typed), 200);
	assert_non_null(strstr(site_body(&s), "kring &lt;proef&gt;"));
	CHECK_STRING("not yet", poll_status(&s, device), "authorization_pending");
	assert_int_equal(site_ask(&s, "POST", "/user-api-key/activate", page, "user_code=AAAA-AAAA"), 200);
	assert_non_null(strstr(site_body(&s), "role=\"alert\""));
	assert_int_equal(site_ask(&s, "POST", "/user-api-key/activate/decide", page, typed), 200);
	CHECK_STRING("given", poll_status(&s, device), "authorized");
	const char *key = open_payload(&s, rsa, RSA_OAEP_SHA1, site_string(&s, "payload"), "n1");
	CHECK_STRING("only once", poll_status(&s, device), "expired_token");
	assert_int_equal(site_ask(&s, "GET", "/srv/status.json", site_format(&s, "User-Api-Key: %s", key), ""), 200);
	site_ask(&s, "POST", "/user-api-key/device.json", type, body);
	device = site_string(&s, "device_code");
	typed = site_format(&s, "user_code=%s&do=deny", site_string(&s, "user_code"));
	assert_int_equal(site_ask(&s, "POST", "/user-api-key/activate/decide", page, typed), 200);
	CHECK_STRING("refused", poll_status(&s, device), "access_denied");
	site_ask(&s, "POST", "/user-api-key/device.json", type, body);
	device = site_string(&s, "device_code");
	s.now_ms += 601 * 1000;
	CHECK_STRING("too late", poll_status(&s, device), "expired_token");
	CHECK_STRING("unknown", poll_status(&s, "0"), "expired_token");
	rsa_free(rsa);
	site_close(&s);
}

static void a_return_path_stays_on_the_site(void **state)
{
	static const struct {
		const char *path, *want;
	} rows[] = {{"/user-api-key/new%3Fa%3Db", "/user-api-key/new?a=b"}, {"//evil.example", "/"},
		{"/%5Cevil.example", "/"},
		{"https://evil.example", "/"}, {"", "/"}, {"/a%0d%0ab", "/"}};
	struct site s;
	open_with_members(&s);
	for (size_t i = 0; i < COUNT(rows); i++) {
		s.now_ms += 60000;
		const char *headers = strstr(start_session(&s), "Cookie:");
		assert_int_equal(site_ask(&s, "POST", "/login", headers,
			site_format(&s, "login=jan&password=een+lang+geheim&return_path=%s", rows[i].path)), 303);
		CHECK_STRING(rows[i].path, site_header(&s, "Location"), rows[i].want);
	}
	site_close(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(codes_follow_the_clock),
		cmocka_unit_test(passwords_are_salted),
		cmocka_unit_test(scopes_reach_what_they_say),
		cmocka_unit_test(an_ended_login_is_no_obstacle),
		cmocka_unit_test(a_long_address_does_not_follow_to_the_login),
		cmocka_unit_test(a_session_is_logged_in_and_out),
		cmocka_unit_test(a_second_factor_is_asked_and_counts_once),
		cmocka_unit_test(guessing_is_limited),
		cmocka_unit_test(a_key_is_checked_limited_and_ends),
		cmocka_unit_test(a_key_is_given_to_paste),
		cmocka_unit_test(a_code_is_typed_in_a_browser),
		cmocka_unit_test(a_return_path_stays_on_the_site),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
