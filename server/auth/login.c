#include "auth.h"

#include <string.h>
#include <strings.h>

#include "forum_user.h"
#include "page.h"
#include "password.h"
#include "rate_limit.h"
#include "request.h"
#include "return_path.h"
#include "session.h"
#include "str.h"
#include "totp.h"

static const char *encode(struct arena *a, const char *text)
{
	struct sbuf out = {0};
	for (; *text != '\0'; text++)
		if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~/", *text) != NULL)
			sbuf_addc(&out, *text);
		else
			sbuf_addf(&out, "%%%02X", (unsigned char)*text);
	const char *kept = arena_strdup(a, sbuf_str(&out));
	sbuf_fini(&out);
	return kept;
}

/* A header has little room; a request for a key has about 2000 bytes. */
enum { MaxLoginUrl = 8000 };

const char *login_url(const struct request *r)
{
	const char *path = r->path;
	struct sbuf query = {0};
	for (const struct param *p = request_params(r); p->name != NULL; p++)
		sbuf_addf(&query, "%s%s=%s", query.n == 0 ? "?" : "&", encode(r->mem, p->name), encode(r->mem, p->value));
	const char *url = arena_printf(r->mem, "/login?return_path=%s",
		encode(r->mem, arena_printf(r->mem, "%s%s", path, sbuf_str(&query))));
	sbuf_fini(&query);
	return strlen(url) <= MaxLoginUrl ? url : "/login";
}

const char *return_path(const struct request *r)
{
	const char *path = request_param(r, "return_path");
	bool ours = path != NULL && path[0] == '/' && path[1] != '/' && path[1] != '\\';
	for (const char *p = path; ours && *p != '\0'; p++)
		ours = (unsigned char)*p > ' ' && *p != '\\' && (unsigned char)*p < 0x7f;
	return ours ? path : "/";
}

enum outcome { LOGIN_DONE, LOGIN_LIMITED, LOGIN_WRONG, LOGIN_NEEDS_CODE, LOGIN_FAILED };

static bool code_good(struct request *r, int64_t user_id, const char *secret, const char *code)
{
	long wait_s;
	int64_t step = totp_step(secret, str_or_empty(code), r->now_ms / 1000);
	const char *once = arena_printf(r->mem, "%lld:%lld", (long long)user_id, (long long)step);
	return step >= 0 && limits_take(r->server->limits, LIMIT_ONE_TIME, once, r->now_ms, &wait_s);
}

/* LOGIN_LIMITED leaves the answer in *w. */
static enum outcome try_login(struct request *r, struct response *w)
{
	const char *login = str_or_empty(request_param(r, "login")),
		*password = str_or_empty(request_param(r, "password"));
	const char *who = arena_printf(r->mem, "%s %.100s", r->ip, login);
	if (!limits_allow(r, w, LIMIT_LOGIN_HOUR, r->ip) || !limits_allow(r, w, LIMIT_LOGIN_MINUTE, who))
		return LOGIN_LIMITED;
	struct sql_query *q = sql_query(r->db, "SELECT id, password, totp_secret FROM user WHERE active AND"
		" (username = ?1 OR (email IS NOT NULL AND email = ?1 COLLATE NOCASE)) ORDER BY username = ?1 DESC"
		" LIMIT 1", "s", login);
	bool found = sql_next(q);
	int64_t user_id = found ? sql_int(q, 0) : 0;
	const char *hash = found ? sql_text_in(q, 1, r->mem) : NULL, *secret = found ? sql_text_in(q, 2, r->mem) : NULL;
	sql_end(q, NULL);
	if (!password_matches(hash, password))
		return LOGIN_WRONG;
	if (secret != NULL && !code_good(r, user_id, secret, request_param(r, "second_factor_token")))
		return LOGIN_NEEDS_CODE;
	return session_log_in(r, w, user_id) ? LOGIN_DONE : LOGIN_FAILED;
}

static void database_failed(struct request *r, struct response *w)
{
	response_error(w, 500, NULL, "%s", say(r, "The server cannot save this now. Try again later."));
}

static void csrf(struct request *r, struct response *w)
{
	if (!session_ensure(r, w)) {
		database_failed(r, w);
		return;
	}
	struct json *root = json_object();
	json_add_string(root, "csrf", session_csrf(r));
	response_json(w, root);
}

static void answer_user(struct request *r, struct response *w)
{
	struct json *root = json_object(), *user = json_add_object(root, "user");
	json_add_int(user, "id", r->me.user_id);
	json_add_string(user, "username", r->me.username);
	json_add_string(user, "name", sql_get_text(r->db, r->mem, "SELECT name FROM user WHERE id = ?", "i",
		r->me.user_id));
	json_add_string(user, "avatar_template", forum_avatar_template(r->mem, r->me.username));
	json_add_bool(user, "admin", r->me.admin);
	json_add_bool(user, "moderator", r->me.moderator);
	json_add_int(user, "trust_level", r->me.trust_level);
	response_json(w, root);
}

static void answer_needs_code(struct request *r, struct response *w)
{
	struct json *root = json_object();
	json_add_string(root, "failed", "FAILED");
	json_add_bool(root, "ok", false);
	json_add_string(root, "error", say(r, "The code is missing or wrong. Each code can be used once."));
	json_add_string(root, "reason", "invalid_second_factor");
	json_add_bool(root, "backup_enabled", false);
	json_add_bool(root, "security_key_enabled", false);
	json_add_bool(root, "totp_enabled", true);
	json_add_bool(root, "multiple_second_factor_methods", false);
	response_json(w, root);
}

/* Discourse answers 200 to a wrong password and to a missing code. */
static void log_in(struct request *r, struct response *w)
{
	struct json *root;
	switch (try_login(r, w)) {
	case LOGIN_DONE:
		answer_user(r, w);
		return;
	case LOGIN_NEEDS_CODE:
		answer_needs_code(r, w);
		return;
	case LOGIN_WRONG:
		root = json_object();
		json_add_string(root, "error", say(r, "The name, e-mail address or password is not right."));
		response_json(w, root);
		return;
	case LOGIN_FAILED:
		database_failed(r, w);
		return;
	case LOGIN_LIMITED:
		return;
	}
}

static void log_out(struct request *r, struct response *w)
{
	if (r->me.by != AUTH_SESSION || strcasecmp(request_part(r, "username"), r->me.username) != 0)
		response_forbidden(r, w);
	else if (!session_log_out(r, w))
		database_failed(r, w);
	else
		response_success(w);
}

static void login_form(struct request *r, struct response *w, const char *trouble, bool with_code)
{
	page_begin(r, w, say(r, "Log in"));
	if (trouble != NULL)
		page_alert(w, trouble);
	page_form_begin(r, w, "/login");
	page_hidden(w, "return_path", return_path(r));
	page_field(w, "login", say(r, "Name or e-mail address"), "text", "username", request_param(r, "login"));
	page_field(w, "password", say(r, "Password"), "password", "current-password", NULL);
	if (with_code)
		page_field(w, "second_factor_token", say(r, "Code from your app (6 digits)"), "text", "one-time-code",
			NULL);
	page_button(w, "do", "login", say(r, "Log in"));
	page_form_end(w);
	page_end(r, w);
}

static void login_page(struct request *r, struct response *w)
{
	if (r->me.by == AUTH_SESSION)
		response_redirect(w, 302, return_path(r));
	else if (!session_ensure(r, w))
		database_failed(r, w);
	else
		login_form(r, w, NULL, false);
}

static void login_from_page(struct request *r, struct response *w)
{
	bool code_typed = request_param(r, "second_factor_token") != NULL;
	switch (try_login(r, w)) {
	case LOGIN_DONE:
		response_redirect(w, 303, return_path(r));
		return;
	case LOGIN_NEEDS_CODE:
		login_form(r, w, code_typed ? say(r, "The code is missing or wrong. Each code can be used once.")
			: say(r, "Type your password again, and the code from your app."), true);
		return;
	case LOGIN_WRONG:
		login_form(r, w, say(r, "The name, e-mail address or password is not right."), code_typed);
		return;
	case LOGIN_FAILED:
		database_failed(r, w);
		return;
	case LOGIN_LIMITED:
		return;
	}
}

static void logout_from_page(struct request *r, struct response *w)
{
	if (session_log_out(r, w))
		response_redirect(w, 303, "/");
	else
		database_failed(r, w);
}

const struct route session_routes[] = {
	{"GET", "/session/csrf", csrf, ROUTE_ANYONE | ROUTE_WRITES},
	{"POST", "/session", log_in, ROUTE_ANYONE},
	{"DELETE", "/session/:username", log_out, ROUTE_LOGIN},
	{"GET", "/login", login_page, ROUTE_ANYONE | ROUTE_HTML | ROUTE_WRITES},
	{"POST", "/login", login_from_page, ROUTE_ANYONE},
	{"POST", "/logout", logout_from_page, ROUTE_ANYONE},
	{0},
};
