#include "session.h"

#include <string.h>

#include "auth.h"
#include "random.h"
#include "request.h"
#include "sha.h"
#include "str.h"

static const int64_t day_ms = 24 * 60 * 60 * (int64_t)1000;

const char *session_csrf(const struct request *r)
{
	return r->data->csrf;
}

bool auth_csrf_valid(const struct request *r)
{
	const char *want = r->data->csrf, *got = request_header(r, "X-CSRF-Token");
	if (got == NULL)
		got = request_param(r, "authenticity_token");
	size_t n = strlen(want);
	return n > 0 && got != NULL && strlen(got) == n && secret_equal(got, want, n);
}

static bool load_from_cookie(struct request *r, const char *cookie)
{
	char hash[SHA256_HEX];
	const char *token = request_cookie(r, cookie);
	if (str_empty(token))
		return false;
	sha256_hex(token, strlen(token), hash);
	struct sql_query *q = sql_query(r->db,
		"SELECT session.user_id, csrf, seen_ms FROM session WHERE token_hash = ? AND seen_ms > ?", "si", hash,
		r->now_ms - SESSION_IDLE_DAYS * day_ms);
	bool found = sql_next(q);
	int64_t user_id = found ? sql_int(q, 0) : 0, seen_ms = found ? sql_int(q, 2) : 0;
	const char *csrf = found ? sql_text_in(q, 1, r->mem) : "";
	sql_end(q, NULL);
	if (!found)
		return false;
	r->data->csrf = csrf;
	r->me.session = token;
	if (user_id != 0 && auth_become(r, user_id)) {
		r->me.by = AUTH_SESSION;
		r->me.session = token;
	}
	if (r->now_ms - seen_ms > 60 * 1000)
		sql_run(r->db, NULL, "UPDATE session SET seen_ms = ? WHERE token_hash = ?", "is", r->now_ms, hash);
	return true;
}

/* A browser keeps sending a login that has ended; the session to log in again stands beside it. */
void session_load(struct request *r)
{
	if (!load_from_cookie(r, "_t"))
		load_from_cookie(r, "_forum_session");
}

static void set_cookie(struct request *r, struct response *w, const char *name, const char *value, int64_t seconds)
{
	const char *secure = str_starts(r->base_url, "https:") ? "; Secure" : "";
	const char *age = seconds < 0 ? "" : arena_printf(r->mem, "; Max-Age=%lld", (long long)seconds);
	response_header(w, "Set-Cookie",
		arena_printf(r->mem, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", name, value, secure, age));
}

static bool session_make(struct request *r, struct response *w, int64_t user_id, const char *csrf)
{
	char token[AUTH_TOKEN_HEX], hash[SHA256_HEX];
	random_hex(token, 32);
	sha256_hex(token, strlen(token), hash);
	if (!sql_run(r->db, NULL, "INSERT INTO session (token_hash, user_id, csrf, created_ms, seen_ms) VALUES"
			" (?, nullif(?, 0), ?, ?, ?)", "sisii", hash, user_id, csrf, r->now_ms, r->now_ms))
		return false;
	r->me.session = arena_strdup(r->mem, token);
	r->data->csrf = arena_strdup(r->mem, csrf);
	if (user_id != 0)
		set_cookie(r, w, "_t", token, SESSION_IDLE_DAYS * day_ms / 1000);
	else
		set_cookie(r, w, "_forum_session", token, -1);
	return true;
}

static bool session_drop(struct request *r)
{
	char hash[SHA256_HEX];
	if (str_empty(r->me.session))
		return true;
	sha256_hex(r->me.session, strlen(r->me.session), hash);
	return sql_run(r->db, NULL, "DELETE FROM session WHERE token_hash = ?", "s", hash);
}

bool session_ensure(struct request *r, struct response *w)
{
	char csrf[AUTH_TOKEN_HEX];
	if (*r->data->csrf != '\0')
		return true;
	random_hex(csrf, 32);
	return session_make(r, w, 0, csrf);
}

/* The token of the cookie changes; the CSRF token stays, because clients go on with the one they have. */
bool session_log_in(struct request *r, struct response *w, int64_t user_id)
{
	char csrf[AUTH_TOKEN_HEX];
	random_hex(csrf, 32);
	if (!session_drop(r) || !session_make(r, w, user_id, *r->data->csrf != '\0' ? r->data->csrf : csrf))
		return false;
	set_cookie(r, w, "_forum_session", "", 0);
	return auth_become(r, user_id);
}

bool session_log_out(struct request *r, struct response *w)
{
	if (!session_drop(r))
		return false;
	set_cookie(r, w, "_t", "", 0);
	set_cookie(r, w, "_forum_session", "", 0);
	return true;
}
