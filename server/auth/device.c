#include "auth.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "consent.h"
#include "key_request.h"
#include "options.h"
#include "page.h"
#include "random.h"
#include "rate_limit.h"
#include "request.h"
#include "return_path.h"
#include "scope.h"
#include "sha.h"
#include "str.h"

enum { ExpiresS = 600, PollEveryS = 5, PayloadS = 60, CodeLetters = 8, RequestLetters = 8 };

/* No letter that looks like a digit, no digit that looks like a letter. */
static const char code_alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";

static void random_code(char *out, size_t n)
{
	_Static_assert(sizeof code_alphabet == 33, "five bits choose a letter");
	random_bytes(out, n);
	for (size_t i = 0; i < n; i++)
		out[i] = code_alphabet[(unsigned char)out[i] & 31];
	out[n] = '\0';
}

/* "abcd efgh" -> "ABCD-EFGH"; "" when it cannot be a code. */
static const char *tidy_code(struct arena *a, const char *typed)
{
	char letters[CodeLetters + 1];
	size_t n = 0;
	for (; *typed != '\0'; typed++) {
		char c = (char)toupper((unsigned char)*typed);
		if (c == ' ' || c == '-')
			continue;
		if (n == CodeLetters || strchr(code_alphabet, c) == NULL)
			return "";
		letters[n++] = c;
	}
	letters[n] = '\0';
	return n == CodeLetters ? arena_printf(a, "%.4s-%s", letters, letters + 4) : "";
}

static bool speaks_json(struct request *r, struct response *w)
{
	bool json = request_wants_json(r) && request_json(r) != NULL;
	if (r->server->options->old_discourse)
		response_not_found(r, w);
	else if (!json)
		response_error(w, 403, "invalid_access", "%s", say(r, "You are not allowed to see this or do this."));
	return json && !r->server->options->old_discourse;
}

static void start_answer(struct request *r, struct response *w, const char *device, const char *user_code,
	const char *request)
{
	struct json *root = json_object();
	json_add_string(root, "device_code", device);
	json_add_string(root, "user_code", user_code);
	json_add_string(root, "verification_uri", arena_printf(r->mem, "%s/user-api-key/activate", r->base_url));
	json_add_string(root, "verification_uri_with_request",
		arena_printf(r->mem, "%s/user-api-key/activate?request=%s", r->base_url, request));
	json_add_int(root, "expires_in", ExpiresS);
	json_add_int(root, "interval", PollEveryS);
	response_json(w, root);
}

static void start(struct request *r, struct response *w)
{
	struct key_request k;
	char device[AUTH_TOKEN_HEX], hash[SHA256_HEX], letters[CodeLetters + 1], request[RequestLetters + 1];
	if (!speaks_json(r, w) || !limits_allow(r, w, LIMIT_DEVICE_START, r->ip) || !key_request_read(r, w, &k))
		return;
	if (scope_listed(k.scopes, "one_time_password")) {
		response_invalid(r, w, "scopes");
		return;
	}
	random_hex(device, 32);
	sha256_hex(device, strlen(device), hash);
	random_code(letters, CodeLetters);
	random_code(request, RequestLetters);
	const char *user_code = tidy_code(r->mem, letters);
	struct sbuf parameters = {0};
	key_request_print(&k, &parameters);
	bool ok = sql_run(r->db, NULL, "INSERT INTO device_request (device_code_hash, user_code, request_token,"
		" parameters,"
		" status, created_ms) VALUES (?, ?, ?, ?, 'pending', ?)", "ssssi", hash, user_code, request,
		sbuf_str(&parameters), r->now_ms);
	sbuf_fini(&parameters);
	if (ok)
		start_answer(r, w, device, user_code, request);
	else
		response_error(w, 500, NULL, "%s", say(r, "The server cannot save this now. Try again later."));
}

struct device_row {
	const char *hash, *parameters, *status, *payload;
	int64_t created_ms, decided_ms;
};

static const char columns[] = "SELECT device_code_hash, parameters, status, payload, created_ms,"
	" coalesce(decided_ms, 0) FROM device_request WHERE device_code_hash = ?1";
static const char columns_by_code[] =
	"SELECT device_code_hash, parameters, status, payload, created_ms, coalesce(decided_ms, 0)"
	" FROM device_request WHERE user_code = ?1 AND status = 'pending' AND created_ms > ?2 AND (?3 = ''"
	" OR request_token = ?3)";

static bool row_take(struct request *r, struct sql_query *q, struct device_row *row)
{
	bool found = sql_next(q);
	if (found)
		*row = (struct device_row){sql_text_in(q, 0, r->mem), sql_text_in(q, 1, r->mem), sql_text_in(q, 2, r->mem),
			sql_text_in(q, 3, r->mem), sql_int(q, 4), sql_int(q, 5)};
	sql_end(q, NULL);
	return found;
}

static void answer_status(struct response *w, const char *status, const char *payload)
{
	struct json *root = json_object();
	json_add_string(root, "status", status);
	if (payload != NULL)
		json_add_string(root, "payload", payload);
	response_json(w, root);
}

/* The payload is handed out once, within a minute of the member's yes. */
static void answer_row(struct request *r, struct response *w, const struct device_row *row)
{
	bool fresh = r->now_ms - row->created_ms <= ExpiresS * 1000;
	if (strcmp(row->status, "denied") == 0) {
		answer_status(w, "access_denied", NULL);
	} else if (strcmp(row->status, "pending") == 0 && fresh) {
		answer_status(w, "authorization_pending", NULL);
	} else if (strcmp(row->status, "authorized") == 0 && r->now_ms - row->decided_ms <= PayloadS * 1000 &&
		sql_run(r->db, NULL, "UPDATE device_request SET status = 'used', payload = NULL"
			" WHERE device_code_hash = ?", "s", row->hash)) {
		answer_status(w, "authorized", row->payload);
	} else {
		answer_status(w, "expired_token", NULL);
	}
}

static void poll(struct request *r, struct response *w)
{
	char hash[SHA256_HEX];
	struct device_row row;
	const char *device = str_or_empty(request_param(r, "device_code"));
	if (!speaks_json(r, w) || !limits_allow(r, w, LIMIT_DEVICE_POLL, r->ip))
		return;
	sha256_hex(device, strlen(device), hash);
	if (!limits_allow(r, w, LIMIT_DEVICE_POLL_CODE, hash))
		return;
	if (row_take(r, sql_query(r->db, columns, "s", hash), &row))
		answer_row(r, w, &row);
	else
		answer_status(w, "expired_token", NULL);
}

static void code_form(struct request *r, struct response *w, const char *trouble)
{
	page_begin(r, w, say(r, "Type the code"));
	if (trouble != NULL)
		page_alert(w, trouble);
	page_text(w, say(r, "Your program shows a code of 8 letters and digits."));
	page_form_begin(r, w, "/user-api-key/activate");
	page_hidden(w, "request", request_param(r, "request"));
	page_field(w, "user_code", say(r, "Code"), "text", "off", NULL);
	page_button(w, "do", "look", say(r, "Send the code"));
	page_form_end(w);
	page_end(r, w);
}

static void activate_page(struct request *r, struct response *w)
{
	if (r->server->options->old_discourse)
		response_not_found(r, w);
	else if (r->me.by != AUTH_SESSION)
		response_redirect(w, 302, login_url(r));
	else
		code_form(r, w, NULL);
}

/* The waiting request of the typed code; false: *w is the answer. */
static bool find_typed(struct request *r, struct response *w, const char **code, struct device_row *row,
	struct key_request *k)
{
	const char *me = arena_printf(r->mem, "%lld", (long long)r->me.user_id);
	if (r->me.by != AUTH_SESSION) {
		response_redirect(w, 303, "/login?return_path=/user-api-key/activate");
		return false;
	}
	if (!limits_allow(r, w, LIMIT_ACTIVATION, me) || !limits_allow(r, w, LIMIT_ACTIVATION_HOUR, me))
		return false;
	*code = tidy_code(r->mem, str_or_empty(request_param(r, "user_code")));
	if (row_take(r, sql_query(r->db, columns_by_code, "sis", *code, r->now_ms - ExpiresS * 1000,
			str_or_empty(request_param(r, "request"))), row) && key_request_parse(r->mem, row->parameters, k))
		return true;
	code_form(r, w, say(r, "This code is not known or too old. Look at the code in your program again."));
	return false;
}

static void look(struct request *r, struct response *w)
{
	struct device_row row;
	struct key_request k;
	const char *code;
	if (!find_typed(r, w, &code, &row, &k))
		return;
	page_begin(r, w, say(r, "A program asks for access"));
	consent_text(r, w, &k);
	page_form_begin(r, w, "/user-api-key/activate/decide");
	page_hidden(w, "user_code", code);
	page_hidden(w, "request", request_param(r, "request"));
	page_button(w, "do", "approve", say(r, "Give access"));
	page_button(w, "do", "deny", say(r, "Give no access"));
	page_form_end(w);
	page_end(r, w);
}

static bool settle(struct request *r, const struct device_row *row, const char *status, const char *payload)
{
	return sql_run(r->db, NULL, "UPDATE device_request SET status = ?, payload = ?, user_id = ?, decided_ms = ?"
		" WHERE device_code_hash = ?", "ssiis", status, payload, r->me.user_id, r->now_ms, row->hash);
}

static void settled_page(struct request *r, struct response *w, const char *title, const char *text)
{
	page_begin(r, w, say(r, title));
	page_text(w, say(r, text));
	page_end(r, w);
}

static void decide(struct request *r, struct response *w)
{
	struct device_row row;
	struct key_request k;
	struct sbuf payload = {0};
	const char *code;
	bool ok;
	if (!find_typed(r, w, &code, &row, &k))
		return;
	if (!str_equal(request_param(r, "do"), "approve")) {
		ok = settle(r, &row, "denied", NULL);
		settled_page(r, w, "No access was given",
			"The program has no access to your account. You can close this page.");
	} else {
		if (!key_request_grant(r, w, &k, r->me.user_id, &payload))
			return;
		ok = settle(r, &row, "authorized", sbuf_str(&payload));
		settled_page(r, w, "Access was given",
			"Go back to your program. It continues by itself. You can close this page.");
	}
	sbuf_fini(&payload);
	if (!ok)
		response_error(w, 500, NULL, "%s", say(r, "The server cannot save this now. Try again later."));
}

const struct route device_routes[] = {
	{"POST", "/user-api-key/device", start, ROUTE_ANYONE | ROUTE_NO_CSRF},
	{"POST", "/user-api-key/device/poll", poll, ROUTE_ANYONE | ROUTE_NO_CSRF},
	{"GET", "/user-api-key/activate", activate_page, ROUTE_ANYONE | ROUTE_HTML},
	{"POST", "/user-api-key/activate", look, ROUTE_ANYONE},
	{"POST", "/user-api-key/activate/decide", decide, ROUTE_ANYONE},
	{0},
};
