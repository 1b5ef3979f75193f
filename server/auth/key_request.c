#include "key_request.h"

#include <fnmatch.h>
#include <string.h>

#include "auth.h"
#include "base64.h"
#include "clock.h"
#include "forum.h"
#include "options.h"
#include "random.h"
#include "rsa.h"
#include "scope.h"
#include "sha.h"
#include "str.h"
#include "text.h"

enum {
	MinKeyBits = 2048, MaxKeyBits = 8192, MaxName = 200, MaxNonce = 256, MaxPublicKey = 4096, MaxScopes = 20,
	MaxExpiryDays = 365, DayS = 24 * 60 * 60, LineChars = 60,
};

static const char default_scopes[] = "read,write,message_bus,push,notifications,session_info,one_time_password,"
	"bookmarks_calendar,user_status,discourse-calendar:events_calendar";
static const char default_redirects[] = "https://api.discourse.org/api/auth_redirect|discourse://auth_redirect";

/* Text of at most `most` bytes; false: *w says which parameter is missing or wrong. */
static bool take(struct request *r, struct response *w, const char *name, size_t most, const char **out)
{
	*out = request_param(r, name);
	if (!str_empty(*out) && strlen(*out) <= most)
		return true;
	response_invalid(r, w, name);
	return false;
}

/* Setting lists are separated by "|", scopes by ",". */
static const char *list_with_commas(struct request *r, const char *setting, const char *otherwise)
{
	char *list = arena_strdup(r->mem, forum_setting(r->db, r->mem, setting, otherwise));
	for (char *p = list; *p != '\0'; p++)
		*p = *p == '|' ? ',' : *p;
	return list;
}

static bool scopes_allowed(struct request *r, const char *scopes)
{
	const char *allowed = list_with_commas(r, "allow_user_api_key_scopes", default_scopes);
	char *copy = arena_strdup(r->mem, scopes), *next = copy, *scope;
	int count = 0;
	while ((scope = strsep(&next, ",")) != NULL)
		if (++count > MaxScopes || !scope_known(scope) || !scope_listed(allowed, scope))
			return false;
	return true;
}

static bool redirect_allowed(struct request *r, const char *url)
{
	char *copy = arena_strdup(r->mem, forum_setting(r->db, r->mem, "allowed_user_api_auth_redirects",
		default_redirects));
	char *next = copy, *pattern;
	while ((pattern = strsep(&next, "|")) != NULL)
		if (*pattern != '\0' && fnmatch(pattern, url, FNM_NOESCAPE) == 0)
			return true;
	return false;
}

static bool public_key_good(const char *pem)
{
	struct rsa *key = rsa_from_pem(pem, NULL);
	bool good = key != NULL && rsa_bits(key) >= MinKeyBits && rsa_bits(key) <= MaxKeyBits;
	rsa_free(key);
	return good;
}

static bool read_optional(struct request *r, struct response *w, struct key_request *k)
{
	const char *expires = request_param(r, "expires_in_seconds");
	k->padding = request_param(r, "padding");
	k->push_url = request_param(r, "push_url");
	k->auth_redirect = request_param(r, "auth_redirect");
	if (str_empty(k->padding))
		k->padding = "pkcs1";
	if (str_empty(k->auth_redirect))
		k->auth_redirect = NULL;
	if (r->server->options->old_discourse) {
		/* It does not know these two. */
		k->padding = "pkcs1";
		expires = NULL;
	}
	if (strcmp(k->padding, "pkcs1") != 0 && strcmp(k->padding, "oaep") != 0) {
		response_invalid(r, w, "padding");
		return false;
	}
	if (!str_empty(expires) && !str_to_int(expires, 1, (int64_t)MaxExpiryDays * DayS, &k->expires_in_s)) {
		response_invalid(r, w, "expires_in_seconds");
		return false;
	}
	return true;
}

bool key_request_read(struct request *r, struct response *w, struct key_request *k)
{
	*k = (struct key_request){0};
	if (!take(r, w, "nonce", MaxNonce, &k->nonce) || !take(r, w, "scopes", MaxPublicKey, &k->scopes) ||
		!take(r, w, "client_id", MaxName, &k->client_id) ||
		!take(r, w, "application_name", MaxName, &k->application_name) ||
		!take(r, w, "public_key", MaxPublicKey, &k->public_key) || !read_optional(r, w, k))
		return false;
	if (!public_key_good(k->public_key)) {
		response_invalid(r, w, "public_key");
		return false;
	}
	if (!scopes_allowed(r, k->scopes) || (k->auth_redirect != NULL && !redirect_allowed(r, k->auth_redirect))) {
		response_error(w, 403, "invalid_access", "%s",
			say(r, "This program asks for more than this community allows."));
		return false;
	}
	return true;
}

void key_request_print(const struct key_request *k, struct sbuf *out)
{
	struct json *root = json_object();
	json_add_string(root, "application_name", k->application_name);
	json_add_string(root, "client_id", k->client_id);
	json_add_string(root, "scopes", k->scopes);
	json_add_string(root, "public_key", k->public_key);
	json_add_string(root, "nonce", k->nonce);
	json_add_string(root, "padding", k->padding);
	json_add_string(root, "push_url", k->push_url);
	json_add_int(root, "expires_in_seconds", k->expires_in_s);
	json_print(root, out);
	json_free(root);
}

bool key_request_parse(struct arena *a, const char *text, struct key_request *k)
{
	struct json *root = json_parse(text, strlen(text), NULL);
	*k = (struct key_request){
		.application_name = arena_strdup(a, json_string(root, "application_name")),
		.client_id = arena_strdup(a, json_string(root, "client_id")),
		.scopes = arena_strdup(a, json_string(root, "scopes")),
		.public_key = arena_strdup(a, json_string(root, "public_key")),
		.nonce = arena_strdup(a, json_string(root, "nonce")),
		.padding = arena_strdup(a, json_string(root, "padding")),
		.push_url = arena_strdup(a, json_string(root, "push_url")),
		.expires_in_s = json_int(root, "expires_in_seconds", 0),
	};
	json_free(root);
	return k->application_name != NULL && k->client_id != NULL && k->scopes != NULL && k->public_key != NULL &&
		k->nonce != NULL && k->padding != NULL;
}

bool key_make(struct sql *db, int64_t user_id, const struct key_request *k, int64_t now_ms, char *key,
	struct error *err)
{
	char hash[SHA256_HEX];
	int64_t expires_ms = k->expires_in_s == 0 ? 0 : now_ms + k->expires_in_s * 1000;
	random_hex(key, 16);
	sha256_hex(key, strlen(key), hash);
	return sql_run(db, err, "DELETE FROM user_api_key WHERE user_id = ? AND client_id = ?", "is", user_id,
		k->client_id) &&
		sql_run(db, err, "INSERT INTO user_api_key (user_id, client_id, application_name, key_hash, scopes,"
			" push_url,"
			" created_ms, last_used_ms, expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, nullif(?, 0))",
			"isssssiii", user_id, k->client_id, k->application_name, hash, k->scopes, k->push_url, now_ms,
			now_ms, expires_ms);
}

/* Base64 as MIME has it: in lines. */
static void add_lines(struct sbuf *out, const struct sbuf *secret)
{
	struct sbuf one = {0};
	base64_encode(&one, sbuf_str(secret), secret->n);
	for (size_t i = 0; i < one.n; i += LineChars) {
		sbuf_addn(out, one.p + i, one.n - i < LineChars ? one.n - i : LineChars);
		sbuf_addc(out, '\n');
	}
	sbuf_fini(&one);
}

static void print_secret(const struct key_request *k, const char *key, int64_t now_ms, struct sbuf *out)
{
	struct json *root = json_object();
	json_add_string(root, "key", key);
	json_add_string(root, "nonce", k->nonce);
	json_add_bool(root, "push", false);
	json_add_int(root, "api", 4);
	if (k->expires_in_s != 0)
		json_add_time_ms(root, "expires_at", now_ms + k->expires_in_s * 1000, 0);
	json_print(root, out);
	json_free(root);
}

bool key_request_grant(struct request *r, struct response *w, const struct key_request *k, int64_t user_id,
	struct sbuf *payload)
{
	char key[AUTH_KEY_HEX];
	struct sbuf plain = {0}, secret = {0};
	struct rsa *rsa = rsa_from_pem(k->public_key, NULL);
	bool made = rsa != NULL && key_make(r->db, user_id, k, r->now_ms, key, NULL);
	if (made)
		print_secret(k, key, r->now_ms, &plain);
	enum rsa_padding padding = strcmp(k->padding, "oaep") == 0 ? RSA_OAEP_SHA1 : RSA_PKCS1;
	bool fits = made && rsa_encrypt(rsa, padding, plain.p, plain.n, &secret, NULL);
	if (fits)
		add_lines(payload, &secret);
	else if (made)
		response_invalid(r, w, "nonce");
	else
		response_error(w, 500, NULL, "%s", say(r, "The server cannot save this now. Try again later."));
	explicit_bzero(key, sizeof key);
	if (plain.p != NULL)
		explicit_bzero(plain.p, plain.n);
	sbuf_fini(&plain);
	sbuf_fini(&secret);
	rsa_free(rsa);
	return fits;
}
