#include "check.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base64.h"
#include "credentials.h"
#include "file.h"
#include "login.h"
#include "mem.h"
#include "rsa.h"
#include "scripted_transport.h"
#include "str.h"

#define KEY "0123456789abcdef0123456789abcdef"
#define SESSION "{\"current_user\": {\"id\": 4, \"username\": \"jo\", \"name\": \"Jo\"}}"

static struct transport *net;

static struct login *begin(bool oaep)
{
	struct login_options o = {
		.transport = net = scripted_new(), .base_url = "https://forum.example", .client_id = "client-1",
			.oaep = oaep,
		.now_ms = scripted_now_ms,
	};
	scripted_set_now(1772528400000);
	return login_new(&o);
}

static void end(struct login *l)
{
	scripted_done(net);
	login_free(l);
	transport_close(net);
}

static enum login_state run(struct login *l, enum login_state until)
{
	enum login_state s = login_now(l);
	for (int i = 0; i < 100 && s != until && s != LOGIN_FAILED; i++)
		s = login_step(l, 1000);
	return s;
}

/* Percent-decodes the value of a form or query field into out. */
static void field(const char *text, const char *name, struct sbuf *out)
{
	char start[64];
	snprintf(start, sizeof start, "%s=", name);
	const char *s = strstr(text, start);
	assert_non_null(s);
	for (s += strlen(start); *s != '\0' && *s != '&'; s++) {
		unsigned byte = (unsigned char)*s;
		if (*s == '%') {
			assert_int_equal(sscanf(s + 1, "%2x", &byte), 1);
			s += 2;
		}
		sbuf_addc(out, (char)byte);
	}
}

/* What the site makes of a request: the key and the nonce, encrypted; in lines as a site shows it. */
static char *encrypted(const char *pem, const char *nonce, enum rsa_padding padding)
{
	struct sbuf plain = {0}, cipher = {0}, text = {0}, lines = {0};
	struct error err;
	struct rsa *rsa = rsa_from_pem(pem, &err);
	assert_non_null(rsa);
	sbuf_addf(&plain, "{\"key\":\"" KEY "\",\"nonce\":\"%s\",\"push\":false,\"api\":4}", nonce);
	assert_true(rsa_encrypt(rsa, padding, plain.p, plain.n, &cipher, &err));
	base64_encode(&text, cipher.p, cipher.n);
	for (size_t i = 0; i < text.n; i += 60)
		sbuf_addf(&lines, "%.60s\n", text.p + i);
	rsa_free(rsa);
	sbuf_fini(&plain);
	sbuf_fini(&cipher);
	sbuf_fini(&text);
	return sbuf_take(&lines);
}

static char *encrypted_for(const char *form, enum rsa_padding padding)
{
	struct sbuf pem = {0}, nonce = {0};
	field(form, "public_key", &pem);
	field(form, "nonce", &nonce);
	char *out = encrypted(sbuf_str(&pem), sbuf_str(&nonce), padding);
	sbuf_fini(&pem);
	sbuf_fini(&nonce);
	return out;
}

static char *as_json(const char *name, const char *value, const char *more)
{
	struct sbuf out = {0};
	struct json *j = json_object();
	json_add_string(j, name, value);
	json_add_string(j, "status", more);
	json_print(j, &out);
	json_free(j);
	return sbuf_take(&out);
}

static char *device_payload(const char *sent, enum rsa_padding padding)
{
	const char *body = strstr(sent, "\n\n");
	struct json *j = json_parse(body, strlen(body), NULL);
	assert_non_null(j);
	CHECK_STRING("scopes", json_string(j, "scopes"), "read,write");
	CHECK_STRING("padding", json_string(j, "padding"), "oaep");
	CHECK_STRING("client", json_string(j, "client_id"), "client-1");
	char *out = encrypted(json_string(j, "public_key"), json_string(j, "nonce"), padding);
	json_free(j);
	return out;
}

#define DEVICE_STARTED "{\"device_code\": \"d1\", \"user_code\": \"ABCD-EFGH\", \"verification_uri\":" \
	"\"https://forum.example/user-api-key/activate\", \"expires_in\": 600, \"interval\": 5}"

static void device_code(void **state)
{
	static const enum rsa_padding paddings[] = {RSA_OAEP_SHA1, RSA_PKCS1};
	for (int i = 0; i < 2; i++) {
		struct login *l = begin(true);
		scripted_answer(net, "POST", "/user-api-key/device.json", "Content-Type: application/json\n", 200, "",
			DEVICE_STARTED);
		login_start_device(l);
		char *payload = device_payload(scripted_sent(net), paddings[i]);
		assert_int_equal(run(l, LOGIN_SHOW_CODE), LOGIN_SHOW_CODE);
		CHECK_STRING("code", login_code(l), "ABCD-EFGH");
		CHECK_STRING("url", login_url(l), "https://forum.example/user-api-key/activate");
		assert_int_equal(login_expires_ms(l), 600000);

		char *authorized = as_json("payload", payload, "authorized");
		scripted_answer(net, "POST", "/device/poll.json", "{\"device_code\":\"d1\"}", 200, "",
			"{\"status\": \"authorization_pending\"}");
		scripted_failure(net, "POST", "/device/poll.json", ERR_OFFLINE);
		scripted_answer(net, "POST", "/device/poll.json", NULL, 429, "Retry-After: 30\n", "");
		scripted_answer(net, "POST", "/device/poll.json", NULL, 200, "", authorized);
		scripted_answer(net, "GET", "/session/current.json", "User-Api-Key: " KEY, 200, "", SESSION);
		int64_t before = scripted_now_ms();
		assert_int_equal(run(l, LOGIN_DONE), LOGIN_DONE);
		assert_true(scripted_now_ms() - before >= 45000);
		CHECK_STRING("key", login_key(l), KEY);
		CHECK_STRING("who", login_session(l)->username, "jo");
		end(l);
		free(payload);
		free(authorized);
	}
}

static void device_code_that_fails(void **state)
{
	static const struct {
		const char *row, *answer;
		enum error_kind kind;
	} rows[] = {
		{"denied", "{\"status\": \"access_denied\"}", ERR_REFUSED},
		{"expired", "{\"status\": \"expired_token\"}", ERR_AUTH},
		{"odd", "{\"status\": 4}", ERR_PROTOCOL},
		{"without payload", "{\"status\": \"authorized\"}", ERR_PROTOCOL},
		{"a key for somebody else", "{\"status\": \"authorized\", \"payload\": \"YWJj\"}", ERR_PROTOCOL},
		{"HTML", "<html>", ERR_PROTOCOL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct login *l = begin(true);
		scripted_answer(net, "POST", "/user-api-key/device.json", NULL, 200, "", DEVICE_STARTED);
		scripted_answer(net, "POST", "/device/poll.json", NULL, 200, "", rows[i].answer);
		login_start_device(l);
		assert_int_equal(run(l, LOGIN_DONE), LOGIN_FAILED);
		CHECK_INT(rows[i].row, login_error(l)->kind, rows[i].kind);
		CHECK_STRING(rows[i].row, login_key(l), "");
		end(l);
	}
}

static void the_code_expires(void **state)
{
	struct login *l = begin(true);
	scripted_answer(net, "POST", "/user-api-key/device.json", NULL, 200, "", DEVICE_STARTED);
	login_start_device(l);
	assert_int_equal(run(l, LOGIN_SHOW_CODE), LOGIN_SHOW_CODE);
	scripted_set_now(scripted_now_ms() + 700000);
	assert_int_equal(login_step(l, 0), LOGIN_FAILED);
	assert_int_equal(login_error(l)->kind, ERR_AUTH);
	end(l);
}

static void script_csrf(const char *cookie)
{
	scripted_answer(net, "GET", "/session/csrf.json", "X-Requested-With: XMLHttpRequest", 200, cookie,
		"{\"csrf\": \"t+1==\"}");
}

/* From the session to the key: a new token, the key, the end of the session, who it is. */
static void finish_password(struct login *l)
{
	scripted_answer(net, "GET", "/session/csrf.json", "_t=logged-in", 200, "", "{\"csrf\": \"t2\"}");
	scripted_answer(net, "POST", "/user-api-key.json", "X-CSRF-Token: t2", 200, "", NULL);
	for (int i = 0; i < 10 && strstr(scripted_url(net), "user-api-key.json") == NULL; i++)
		login_step(l, 1000);
	char *payload = encrypted_for(scripted_sent(net), RSA_PKCS1), *answer = as_json("payload", payload, NULL);
	scripted_reply(net, answer);
	scripted_answer(net, "DELETE", "/session/Jo%20B", "_t=logged-in", 200, "", "");
	scripted_answer(net, "GET", "/session/current.json", "User-Api-Key: " KEY, 200, "", SESSION);
	assert_int_equal(run(l, LOGIN_DONE), LOGIN_DONE);
	assert_null(strstr(scripted_sent(net), "Cookie"));
	CHECK_STRING("key", login_key(l), KEY);
	free(payload);
	free(answer);
}

#define LOGGED_IN "set-cookie: _t=logged-in; path=/; secure\nSet-Cookie: other=; path=/\n"
#define SESSION_USER "{\"user\": {\"id\": 4, \"username\": \"Jo B\"}}"

static void password(void **state)
{
	struct login *l = begin(false);
	script_csrf("Set-Cookie: _forum_session=s1; path=/; HttpOnly\nSet-Cookie: other=x\n");
	scripted_answer(net, "POST", "/session.json", "Cookie: _forum_session=s1; other=x\n", 200, LOGGED_IN,
		SESSION_USER);
	login_start_password(l, "jo@x", "p& \u00eb%");
	login_step(l, 0);
	assert_non_null(strstr(scripted_sent(net), "login=jo%40x&password=p%26%20%C3%AB%25"));
	finish_password(l);
	end(l);
}

#define ASK_FACTOR "{\"failed\": \"FAILED\", \"error\": \"Code\", \"reason\": \"invalid_second_factor\", \"totp_enabled\": true}"

static void password_with_second_factor(void **state)
{
	struct login *l = begin(false);
	script_csrf("");
	scripted_answer(net, "POST", "/session.json", NULL, 200, "", ASK_FACTOR);
	login_start_password(l, "jo", "secret");
	assert_int_equal(run(l, LOGIN_SECOND_FACTOR), LOGIN_SECOND_FACTOR);
	assert_false(login_code_refused(l));

	scripted_answer(net, "POST", "/session.json", "second_factor_token=123456&second_factor_method=1", 200,
		"", ASK_FACTOR);
	login_give_code(l, " 123 456 ");
	assert_int_equal(run(l, LOGIN_SECOND_FACTOR), LOGIN_SECOND_FACTOR);
	assert_true(login_code_refused(l));

	scripted_answer(net, "POST", "/session.json", "second_factor_token=ab12cd34ef&second_factor_method=2",
		200, LOGGED_IN, SESSION_USER);
	login_give_code(l, "ab12cd34ef");
	finish_password(l);
	end(l);
}

static void password_that_fails(void **state)
{
	static const struct {
		const char *row;
		int status;
		const char *body;
		enum error_kind kind;
		const char *what;
	} rows[] = {
		{"wrong password", 200, "{\"error\": \"Wrong name or password\"}", ERR_AUTH, "Wrong name or password"},
		{"only a security key", 200, "{\"error\": \"x\", \"reason\": \"invalid_second_factor\","
			" \"security_key_enabled\": true}", ERR_AUTH, "security key"},
		{"too often", 429, "{\"errors\": [\"x\"], \"error_type\": \"rate_limit\"}", ERR_LIMIT, ""},
		{"token", 403, "[\"BAD CSRF\"]", ERR_FORBIDDEN, ""},
		{"broken", 502, "<html>", ERR_OFFLINE, ""},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct login *l = begin(false);
		script_csrf("");
		scripted_answer(net, "POST", "/session.json", NULL, rows[i].status, "", rows[i].body);
		login_start_password(l, "jo", "secret");
		assert_int_equal(run(l, LOGIN_DONE), LOGIN_FAILED);
		CHECK_INT(rows[i].row, login_error(l)->kind, rows[i].kind);
		if (strstr(login_error(l)->what, rows[i].what) == NULL)
			fail_msg("%s: %s", rows[i].row, login_error(l)->what);
		end(l);
	}
}

static void paste(void **state)
{
	struct login *l = begin(false);
	struct error err;
	login_start_paste(l);
	assert_int_equal(login_now(l), LOGIN_PASTE);
	assert_non_null(strstr(login_url(l), "https://forum.example/user-api-key/new?application_name=kring&client_id=client-1"
		"&scopes=read%2Cwrite&public_key=-----BEGIN%20PUBLIC%20KEY-----%0A"));
	assert_null(strchr(login_url(l), '+'));

	static const char *const wrong[] = {"", "not base64!", "YWJj"};
	for (size_t i = 0; i < COUNT(wrong); i++) {
		assert_false(login_give_payload(l, wrong[i], &err));
		assert_int_equal(err.kind, ERR_INVALID);
		assert_int_equal(login_now(l), LOGIN_PASTE);
	}
	char *payload = encrypted_for(login_url(l), RSA_PKCS1);
	scripted_answer(net, "GET", "/session/current.json", "User-Api-Key: " KEY, 200, "", SESSION);
	assert_true(login_give_payload(l, payload, &err));
	assert_int_equal(run(l, LOGIN_DONE), LOGIN_DONE);
	free(payload);
	end(l);
}

/* The right key pair with another login's nonce: a text that was made for somebody else, or long ago. */
static void paste_of_another_login(void **state)
{
	struct login *l = begin(false);
	struct sbuf pem = {0};
	struct error err;
	login_start_paste(l);
	field(login_url(l), "public_key", &pem);
	char *payload = encrypted(sbuf_str(&pem), "00000000000000000000000000000000", RSA_PKCS1);
	assert_false(login_give_payload(l, payload, &err));
	free(payload);
	sbuf_fini(&pem);
	end(l);
}

static void a_key_of_ones_own(void **state)
{
	struct login *l = begin(false);
	scripted_answer(net, "GET", "/session/current.json", "User-Api-Key: " KEY, 200, "", SESSION);
	login_start_key(l, KEY);
	assert_int_equal(run(l, LOGIN_DONE), LOGIN_DONE);
	end(l);

	l = begin(false);
	scripted_answer(net, "GET", "/session/current.json", NULL, 403, "",
		"{\"errors\": [\"x\"], \"error_type\": \"invalid_access\"}");
	login_start_key(l, KEY);
	assert_int_equal(run(l, LOGIN_DONE), LOGIN_FAILED);
	assert_int_equal(login_error(l)->kind, ERR_AUTH);
	end(l);

	l = begin(false);
	login_start_key(l, "x\r\nEvil: yes");
	assert_int_equal(login_now(l), LOGIN_FAILED);
	end(l);
}

static void the_key_is_told_from_permission(void **state)
{
	static const struct {
		const char *row;
		int status;
		const char *body;
		enum error_kind kind;
	} rows[] = {
		{"good", 200, SESSION, ERR_NONE},
		{"revoked", 403, "{\"errors\": [\"x\"], \"error_type\": \"invalid_access\"}", ERR_AUTH},
		{"anonymous", 404, "{}", ERR_AUTH},
		{"nobody", 200, "{\"current_user\": null}", ERR_AUTH},
		{"a page of the network", 200, "<html>", ERR_PROTOCOL},
		{"broken", 502, "", ERR_OFFLINE},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct api api = {.transport = scripted_new(), .base_url = "https://x", .key = KEY,
			.now_ms = scripted_now_ms};
		struct arena a = {0};
		struct session s;
		struct error err = {0};
		scripted_answer(api.transport, "GET", "/session/current.json", NULL, rows[i].status, "", rows[i].body);
		CHECK_INT(rows[i].row, login_check(&api, &a, &s, &err), rows[i].kind == ERR_NONE);
		CHECK_INT(rows[i].row, err.kind, rows[i].kind);
		arena_fini(&a);
		transport_close(api.transport);
	}
}

static void logging_out_revokes(void **state)
{
	struct api api = {.transport = scripted_new(), .base_url = "https://x", .key = KEY, .now_ms = scripted_now_ms};
	struct error err;
	scripted_answer(api.transport, "POST", "https://x/user-api-key/revoke", "User-Api-Key: " KEY, 200, "",
		"{\"success\": \"OK\"}");
	assert_true(login_revoke(&api, &err));
	scripted_answer(api.transport, "POST", "https://x/user-api-key/revoke", NULL, 403, "", "{}");
	assert_false(login_revoke(&api, &err));
	assert_int_equal(err.kind, ERR_AUTH);
	transport_close(api.transport);
}

static void command_words(void **state)
{
	static const struct {
		const char *text;
		const char *want[4];
	} rows[] = {
		{"pass show kring", {"pass", "show", "kring"}},
		{"  a 'b c'  \"d e\" ", {"a", "b c", "d e"}},
		{"a b\\ c \"x\\\"y\"", {"a", "b c", "x\"y"}},
		{"a ''", {"a", ""}},
		{"a; rm $HOME", {"a;", "rm", "$HOME"}},
		{"a 'b", {NULL}},
		{"   ", {NULL}},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		char **argv = credentials_split(rows[i].text);
		CHECK_INT(rows[i].text, argv != NULL, rows[i].want[0] != NULL);
		for (int k = 0; argv != NULL && k < 4; k++) {
			CHECK_STRING(rows[i].text, argv[k], rows[i].want[k]);
			if (argv[k] == NULL)
				break;
		}
		free(argv);
	}
}

static void key_commands(void **state)
{
	static const struct {
		const char *command, *key; /* key NULL: an error */
	} rows[] = {
		{"printf 'abc123\\nsecond line\\n'", "abc123"},
		{"printf '  abc  '", "abc"},
		{"printf ''", NULL},
		{"printf 'a b'", NULL},
		{"false", NULL},
		{"kring-no-such-program", NULL},
		{"sleep 60", NULL},
		{"sh -c 'echo abc; exec sleep 60 >/dev/null'", NULL},
		{"yes", NULL},
		{"echo 'open", NULL},
	};
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sbuf key = {0};
		struct error err = {0};
		const struct key_wait nobody = {.stopped = NULL};
		bool got = credentials_command(rows[i].command, 500, &nobody, &key, &err);
		CHECK_INT(rows[i].command, got, rows[i].key != NULL);
		if (rows[i].key != NULL)
			CHECK_STRING(rows[i].command, sbuf_str(&key), rows[i].key);
		else
			CHECK_INT(rows[i].command, err.kind, ERR_INVALID);
		credentials_wipe(&key);
	}
}

static void the_key_file_is_private(void **state)
{
	char dir[] = "/tmp/kring-test-XXXXXX", path[64];
	struct sbuf key = {0};
	struct error err;
	struct stat st;
	assert_non_null(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/site/key", dir);
	assert_true(credentials_write(path, KEY, &err));
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_true(credentials_read(path, &key, &err));
	CHECK_STRING("key", sbuf_str(&key), KEY);
	assert_false(credentials_write(path, "two words", &err));
	chmod(path, 0644);
	assert_false(credentials_read(path, &key, &err));
	assert_int_equal(err.kind, ERR_IO);
	assert_true(credentials_remove(path, &err));
	assert_false(credentials_read(path, &key, &err));
	assert_int_equal(err.kind, ERR_NOT_FOUND);
	credentials_wipe(&key);
	*strrchr(path, '/') = '\0';
	rmdir(path);
	rmdir(dir);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(device_code),
		cmocka_unit_test(device_code_that_fails),
		cmocka_unit_test(the_code_expires),
		cmocka_unit_test(password),
		cmocka_unit_test(password_with_second_factor),
		cmocka_unit_test(password_that_fails),
		cmocka_unit_test(paste),
		cmocka_unit_test(paste_of_another_login),
		cmocka_unit_test(a_key_of_ones_own),
		cmocka_unit_test(the_key_is_told_from_permission),
		cmocka_unit_test(logging_out_revokes),
		cmocka_unit_test(command_words),
		cmocka_unit_test(key_commands),
		cmocka_unit_test(the_key_file_is_private),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
