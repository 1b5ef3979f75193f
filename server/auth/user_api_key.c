#include "auth.h"

#include <string.h>

#include "consent.h"
#include "key_request.h"
#include "options.h"
#include "page.h"
#include "request.h"
#include "return_path.h"
#include "session.h"
#include "str.h"

static const char *const asked[] = {"application_name", "client_id", "scopes", "public_key", "nonce",
	"auth_redirect", "padding", "push_url", "expires_in_seconds"};

static void consent_page(struct request *r, struct response *w, const struct key_request *k)
{
	page_begin(r, w, say(r, "A program asks for access"));
	consent_text(r, w, k);
	page_form_begin(r, w, "/user-api-key");
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++)
		page_hidden(w, asked[i], request_param(r, asked[i]));
	page_button(w, "do", "approve", say(r, "Give access"));
	page_button(w, "do", "deny", say(r, "Give no access"));
	page_form_end(w);
	page_end(r, w);
}

static void ask(struct request *r, struct response *w)
{
	struct key_request k;
	response_header(w, "Auth-Api-Version", "4");
	if (!r->server->options->old_discourse)
		response_header(w, "Auth-Api-Device-Code", "true");
	if (r->data->head)
		return;
	if (r->me.by != AUTH_SESSION)
		response_redirect(w, 302, login_url(r));
	else if (key_request_read(r, w, &k))
		consent_page(r, w, &k);
}

static const char *query_escape(struct arena *a, const char *text)
{
	struct sbuf out = {0};
	for (; *text != '\0'; text++)
		sbuf_addf(&out, strchr("+/=\n", *text) != NULL ? "%%%02X" : "%c", (unsigned char)*text);
	const char *kept = arena_strdup(a, sbuf_str(&out));
	sbuf_fini(&out);
	return kept;
}

static void answer_redirect(struct request *r, struct response *w, const char *to, const char *payload)
{
	const char *url = arena_printf(r->mem, "%s%cpayload=%s", to, strchr(to, '?') == NULL ? '?' : '&',
		query_escape(r->mem, payload));
	if (!request_wants_json(r)) {
		response_redirect(w, 302, url);
		return;
	}
	struct json *root = json_object();
	json_add_string(root, "redirect_url", url);
	response_json(w, root);
}

static void answer_payload(struct request *r, struct response *w, const struct key_request *k, const char *payload)
{
	const char *todo = arena_printf(r->mem, say(r,
		"There is a new key for \"%s\". Copy this text and paste it there:"), k->application_name);
	if (request_wants_json(r)) {
		struct json *root = json_object();
		json_add_string(root, "payload", payload);
		json_add_string(root, "instructions", todo);
		response_json(w, root);
		return;
	}
	page_begin(r, w, say(r, "The key is ready"));
	page_text(w, todo);
	sbuf_add(&w->body, "<pre><code>");
	html_escape(&w->body, payload);
	sbuf_add(&w->body, "</code></pre>\n");
	page_text(w, say(r, "After that you can close this page."));
	page_end(r, w);
}

static void denied_page(struct request *r, struct response *w)
{
	page_begin(r, w, say(r, "No access was given"));
	page_text(w, say(r, "The program has no access to your account. You can close this page."));
	page_end(r, w);
}

static void create(struct request *r, struct response *w)
{
	struct key_request k;
	struct sbuf payload = {0};
	if (r->me.by == AUTH_USER_KEY) {
		response_forbidden(r, w);
		return;
	}
	if (str_equal(request_param(r, "do"), "deny")) {
		denied_page(r, w);
		return;
	}
	if (!key_request_read(r, w, &k) || !key_request_grant(r, w, &k, r->me.user_id, &payload))
		return;
	if (k.auth_redirect != NULL)
		answer_redirect(r, w, k.auth_redirect, sbuf_str(&payload));
	else
		answer_payload(r, w, &k, sbuf_str(&payload));
	sbuf_fini(&payload);
}

/* A key ends itself; a key that may write, or a session, ends any key of the same member. */
static void revoke(struct request *r, struct response *w)
{
	int64_t id = request_param_int(r, "id", 0), own = r->me.by == AUTH_USER_KEY ? r->me.key_id : 0;
	bool others = r->me.by == AUTH_SESSION || r->me.by == AUTH_ADMIN_KEY || strstr(r->me.scopes, "write") != NULL;
	id = id == 0 ? own : id;
	if (id == 0 || (id != own && !others)) {
		response_forbidden(r, w);
		return;
	}
	if (!sql_run(r->db, NULL, "UPDATE user_api_key SET revoked_ms = ? WHERE id = ? AND user_id = ?", "iii",
			r->now_ms, id, r->me.user_id) || sql_changes(r->db) != 1)
		response_forbidden(r, w);
	else
		response_success(w);
}

static void undo_revoke(struct request *r, struct response *w)
{
	bool ok = r->me.by == AUTH_SESSION && sql_run(r->db, NULL,
		"UPDATE user_api_key SET revoked_ms = NULL, last_used_ms = ? WHERE id = ? AND user_id = ?", "iii",
		r->now_ms, request_param_int(r, "id", 0), r->me.user_id) && sql_changes(r->db) == 1;
	if (ok)
		response_success(w);
	else
		response_forbidden(r, w);
}

const struct route user_api_key_routes[] = {
	{"GET", "/user-api-key/new", ask, ROUTE_ANYONE | ROUTE_HTML},
	{"POST", "/user-api-key", create, ROUTE_LOGIN},
	{"POST", "/user-api-key/revoke", revoke, ROUTE_LOGIN},
	{"POST", "/user-api-key/undo-revoke", undo_revoke, ROUTE_LOGIN},
	{0},
};
