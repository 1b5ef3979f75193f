#include "login.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "cookie_jar.h"
#include "credentials.h"
#include "device_decode.h"
#include "endpoints.h"
#include "fault_decode.h"
#include "key_request.h"
#include "mem.h"
#include "panic.h"
#include "session_decode.h"
#include "str.h"
#include "text.h"
#include "url.h"

enum { MaxLostPolls = 12, MaxSecretBytes = 1024 };
enum { FactorTotp = 1, FactorBackup = 2 }; /* UserSecondFactor.methods of Discourse */

/* What to do with the answer to the question that is under way; err is NULL when it is a good one. */
typedef void (*login_next)(struct login *l, const struct answer *a, const struct error *err);

struct login {
	struct api api;
	char *base_url, *client_id;
	bool oaep;
	enum login_state state;
	struct error error;
	struct arena arena;        /* texts to show and the session */
	struct key_request request;
	struct sbuf key;

	struct exchange *exchange; /* under way, or NULL */
	login_next next;
	int64_t due_ms;            /* device: when to ask again; 0: not waiting */

	struct device_start device;
	struct sbuf device_code;
	int64_t expires_ms;        /* 0: unknown */
	int lost_polls;
	const char *paste_url;

	struct cookie_jar cookies;
	struct sbuf username, password, csrf, factor;
	bool factor_given, factor_refused;
	const char *session_name;  /* the username as the site writes it */

	struct session session;
};

static int64_t now_ms(const struct login *l)
{
	return l->api.now_ms != NULL ? l->api.now_ms() : clock_mono_ms();
}

struct login *login_new(const struct login_options *o)
{
	struct login *l = xcalloc(1, sizeof *l);
	l->base_url = xstrdup(o->base_url);
	l->client_id = xstrdup(o->client_id);
	l->oaep = o->oaep;
	l->api = (struct api){
		.transport = o->transport, .base_url = l->base_url, .client_id = l->client_id, .now_ms = o->now_ms,
	};
	return l;
}

static void give_up(struct login *l, const struct error *err)
{
	l->error = *err;
	l->state = LOGIN_FAILED;
	l->due_ms = 0;
}

__attribute__((format(printf, 3, 4)))
static void give_up_with(struct login *l, enum error_kind kind, const char *fmt, ...)
{
	char sentence[sizeof l->error.what];
	struct error err;
	va_list ap;
	va_start(ap, fmt);
	vsnprintf(sentence, sizeof sentence, fmt, ap);
	va_end(ap);
	fail(&err, kind, "%s", sentence);
	give_up(l, &err);
}

static void ask(struct login *l, struct request r, login_next next)
{
	l->state = LOGIN_WORKING;
	l->next = next;
	l->exchange = exchange_start(&l->api, &r);
}

static bool begin_request(struct login *l)
{
	struct error err;
	if (key_request_begin(&l->request, l->client_id, l->oaep, &err))
		return true;
	give_up(l, &err);
	return false;
}

/* A key that is not valid, and no key at all, look like this. */
static void name_lost_login(const struct answer *a, struct error *err)
{
	if (a->status != 401 && a->status != 403 && a->status != 404 && (a->status != 200 || a->json == NULL))
		return;
	fail(err, ERR_AUTH, _("The site does not know this log-in any more."));
	err->http_status = a->status;
}

/* The last step of every way: who is this? */
static void checked(struct login *l, const struct answer *a, const struct error *err)
{
	struct error why = {0};
	if (err == NULL && session_decode(a->json, &l->arena, &l->session)) {
		l->state = LOGIN_DONE;
		return;
	}
	if (err != NULL)
		why = *err;
	else
		fail(&why, ERR_PROTOCOL, _("The site's answer to the log-in is not clear."));
	name_lost_login(a, &why);
	give_up(l, &why);
}

static void check(struct login *l)
{
	l->api.key = sbuf_str(&l->key);
	ask(l, endpoint_session(), checked);
}

/* Device code */

static void device_polled(struct login *l, const struct answer *a, const struct error *err);

static void device_wait(struct login *l, int64_t ms)
{
	l->state = LOGIN_SHOW_CODE;
	l->due_ms = now_ms(l) + ms;
}

static void device_ask_again(struct login *l)
{
	struct request r = request_new("POST", "/user-api-key/device/poll.json");
	struct json *j = json_object();
	json_add_string(j, "device_code", sbuf_str(&l->device_code));
	request_json(&r, j);
	r.anonymous = true;
	l->due_ms = 0;
	ask(l, r, device_polled);
	l->state = LOGIN_SHOW_CODE;
}

static void device_authorized(struct login *l, const char *payload)
{
	struct error err;
	if (key_request_open(&l->request, payload, &l->key, &err))
		check(l);
	else
		give_up_with(l, ERR_PROTOCOL, "%s", _("The site sent a key that was not made for this log-in."));
}

static void device_failed(struct login *l, const struct error *err)
{
	int64_t interval = l->device.interval_s * 1000LL;
	bool lost = err->kind == ERR_OFFLINE && l->lost_polls++ < MaxLostPolls;
	if (err->kind == ERR_LIMIT)
		device_wait(l, err->retry_after_s > 0 ? err->retry_after_s * 1000LL : 4 * interval);
	else if (lost)
		device_wait(l, interval);
	else
		give_up(l, err);
}

static void device_polled(struct login *l, const struct answer *a, const struct error *err)
{
	struct device_poll p;
	if (err != NULL) {
		device_failed(l, err);
		return;
	}
	l->lost_polls = 0;
	device_poll_decode(a->json, &l->arena, &p);
	switch (p.status) {
	case DEVICE_PENDING:
		device_wait(l, l->device.interval_s * 1000LL);
		break;
	case DEVICE_AUTHORIZED:
		device_authorized(l, p.payload);
		break;
	case DEVICE_DENIED:
		give_up_with(l, ERR_REFUSED, "%s", _("The log-in was refused in the browser."));
		break;
	case DEVICE_EXPIRED:
		give_up_with(l, ERR_AUTH, "%s", _("The code has expired. Start again for a new code."));
		break;
	default:
		give_up_with(l, ERR_PROTOCOL, "%s", _("The site's answer to the log-in is not clear."));
	}
}

static void device_started(struct login *l, const struct answer *a, const struct error *err)
{
	struct url u;
	if (err != NULL) {
		give_up(l, err);
		return;
	}
	if (!device_start_decode(a->json, &l->arena, &l->device) || !url_parse(l->device.verification_uri, &u)) {
		give_up_with(l, ERR_PROTOCOL, "%s", _("The site's answer to the log-in is not clear."));
		return;
	}
	sbuf_add(&l->device_code, l->device.device_code);
	l->expires_ms = now_ms(l) + l->device.expires_in_s * 1000LL;
	device_wait(l, l->device.interval_s * 1000LL);
}

void login_start_device(struct login *l)
{
	struct request r = request_new("POST", "/user-api-key/device.json");
	if (!begin_request(l)) {
		request_fini(&r);
		return;
	}
	request_json(&r, key_request_json(&l->request));
	r.anonymous = true;
	ask(l, r, device_started);
}

/* Password */

/* A request of the browser kind: cookies and, for changes, the token against forgery. */
static struct request browser_request(struct login *l, const char *method, const char *path)
{
	struct request r = request_new(method, "%s", path);
	r.anonymous = true;
	request_header(&r, "X-Requested-With", "XMLHttpRequest");
	if (l->csrf.n > 0)
		request_header(&r, "X-CSRF-Token", sbuf_str(&l->csrf));
	cookie_jar_give(&l->cookies, &r);
	return r;
}

static void forget_password(struct login *l)
{
	credentials_wipe(&l->password);
	credentials_wipe(&l->factor);
}

static void forget_session(struct login *l)
{
	forget_password(l);
	credentials_wipe(&l->csrf);
	cookie_jar_fini(&l->cookies);
}

static bool keep_csrf(struct login *l, const struct answer *a)
{
	const char *token = json_string(a->json, "csrf");
	cookie_jar_take(&l->cookies, a);
	credentials_wipe(&l->csrf);
	if (token == NULL || strlen(token) > MaxSecretBytes)
		return false;
	sbuf_add(&l->csrf, token);
	return true;
}

/* The session is only a way to the key: it ends also when ending it fails. */
static void session_ended(struct login *l, const struct answer *a, const struct error *err)
{
	forget_session(l);
	check(l);
}

static void end_session(struct login *l)
{
	struct sbuf path = {0};
	sbuf_add(&path, "/session/");
	url_add_encoded(&path, l->session_name);
	struct request r = browser_request(l, "DELETE", sbuf_str(&path));
	sbuf_fini(&path);
	r.any_status = true;
	ask(l, r, session_ended);
}

static void key_made(struct login *l, const struct answer *a, const struct error *err)
{
	struct error why;
	const char *payload = err == NULL ? json_string(a->json, "payload") : NULL;
	if (err != NULL && err->kind == ERR_FORBIDDEN) {
		give_up_with(l, ERR_FORBIDDEN, "%s", _("This community does not let you use other programs."));
		error_detail(&l->error, "%s", err->detail);
	} else if (err != NULL) {
		give_up(l, err);
	} else if (payload == NULL || !key_request_open(&l->request, payload, &l->key, &why)) {
		give_up_with(l, ERR_PROTOCOL, "%s", _("The site gave no key for kring."));
	} else {
		cookie_jar_take(&l->cookies, a);
		end_session(l);
	}
}

static void make_key(struct login *l, const struct answer *a, const struct error *err)
{
	if (err != NULL || !keep_csrf(l, a)) {
		give_up_with(l, err != NULL ? err->kind : ERR_PROTOCOL, "%s",
			err != NULL ? err->what : _("The site's answer to the log-in is not clear."));
		return;
	}
	struct request r = browser_request(l, "POST", "/user-api-key.json");
	key_request_form(&l->request, &r);
	ask(l, r, key_made);
}

static void refused(struct login *l, const struct fault *f)
{
	if (f->second_factor && !f->totp && !f->backup_codes && f->security_key) {
		give_up_with(l, ERR_AUTH, "%s", _("This account uses a security key. Log in with a code instead."));
	} else if (f->second_factor) {
		l->state = LOGIN_SECOND_FACTOR;
		l->factor_refused = l->factor_given;
	} else {
		give_up_with(l, ERR_AUTH, "%s", f->words != NULL ? f->words : _("The name or the password is wrong."));
		error_advise(&l->error, _("Nothing is changed."), _("Check the name and the password. Try again."));
	}
}

static void logged_in(struct login *l, const struct answer *a, const struct error *err)
{
	struct fault f;
	struct error why;
	const struct json *user = json_get(a->json, "user");
	if (err != NULL) {
		give_up(l, err);
	} else if (fault_decode(a->json, &l->arena, &f) && (a->status < 400 || f.second_factor)) {
		cookie_jar_take(&l->cookies, a);
		refused(l, &f);
	} else if (a->status >= 400) {
		struct response again = {.status = a->status};
		struct answer unused;
		sbuf_addn(&again.header, sbuf_str(&a->header), a->header.n);
		sbuf_addn(&again.body, sbuf_str(&a->body), a->body.n);
		answer_take(&again, false, &unused, &why);
		answer_fini(&unused);
		give_up(l, &why);
	} else {
		const char *name = json_text(user, "username", MaxSecretBytes, &l->arena);
		l->session_name = name != NULL ? name : arena_strdup(&l->arena, sbuf_str(&l->username));
		cookie_jar_take(&l->cookies, a);
		forget_password(l);
		/* Logging in renews the session and with it the token. */
		ask(l, browser_request(l, "GET", "/session/csrf.json"), make_key);
	}
}

static void send_password(struct login *l)
{
	struct request r = browser_request(l, "POST", "/session.json");
	request_form(&r, "login", sbuf_str(&l->username));
	request_form(&r, "password", sbuf_str(&l->password));
	if (l->factor.n > 0) {
		bool digits = strspn(l->factor.p, "0123456789") == l->factor.n && l->factor.n <= 8;
		request_form(&r, "second_factor_token", l->factor.p);
		request_form_int(&r, "second_factor_method", digits ? FactorTotp : FactorBackup);
	}
	r.any_status = true;
	ask(l, r, logged_in);
}

static void got_csrf(struct login *l, const struct answer *a, const struct error *err)
{
	if (err != NULL)
		give_up(l, err);
	else if (!keep_csrf(l, a))
		give_up_with(l, ERR_PROTOCOL, "%s", _("This site does not let people log in with a password here."));
	else
		send_password(l);
}

void login_start_password(struct login *l, const char *username, const char *password)
{
	if (strlen(username) > MaxSecretBytes || strlen(password) > MaxSecretBytes) {
		give_up_with(l, ERR_INVALID, "%s", _("The name or the password is too long."));
		return;
	}
	if (!begin_request(l))
		return;
	sbuf_add(&l->username, username);
	sbuf_add(&l->password, password);
	ask(l, browser_request(l, "GET", "/session/csrf.json"), got_csrf);
}

void login_give_code(struct login *l, const char *code)
{
	if (l->state != LOGIN_SECOND_FACTOR)
		return;
	credentials_wipe(&l->factor);
	for (const char *s = code; *s != '\0' && l->factor.n < MaxSecretBytes; s++)
		if (isalnum((unsigned char)*s))
			sbuf_addc(&l->factor, *s);
	l->factor_given = true;
	l->factor_refused = false;
	send_password(l);
}

bool login_code_refused(const struct login *l)
{
	return l->factor_refused;
}

/* Paste */

void login_start_paste(struct login *l)
{
	struct request r = request_new("GET", "/user-api-key/new");
	if (begin_request(l)) {
		key_request_query(&l->request, &r);
		l->paste_url = arena_printf(&l->arena, "%s%s", l->base_url, sbuf_str(&r.path));
		l->state = LOGIN_PASTE;
	}
	request_fini(&r);
}

bool login_give_payload(struct login *l, const char *text, struct error *err)
{
	if (l->state != LOGIN_PASTE)
		return fail(err, ERR_INVALID, _("There is no log-in that waits for a text."));
	if (!key_request_open(&l->request, text, &l->key, err))
		return false;
	check(l);
	return true;
}

void login_start_key(struct login *l, const char *key)
{
	if (!credentials_key_valid(key)) {
		give_up_with(l, ERR_INVALID, "%s", _("This is not a key."));
		return;
	}
	sbuf_add(&l->key, key);
	check(l);
}

/* Driving */

static void wait_due(struct login *l, int timeout_ms)
{
	int64_t left = l->due_ms - now_ms(l);
	if (l->expires_ms != 0 && now_ms(l) >= l->expires_ms) {
		give_up_with(l, ERR_AUTH, "%s", _("The code has expired. Start again for a new code."));
		return;
	}
	if (left > 0)
		transport_poll(l->api.transport, left < timeout_ms ? (int)left : timeout_ms);
	if (now_ms(l) >= l->due_ms)
		device_ask_again(l);
}

static void take_answer(struct login *l)
{
	struct exchange *x = l->exchange;
	login_next next = l->next;
	struct answer a = {0};
	struct error err;
	bool ok = exchange_take(x, &a, &err);
	l->exchange = NULL;
	exchange_free(x);
	next(l, &a, ok ? NULL : &err);
	answer_fini(&a);
}

enum login_state login_step(struct login *l, int timeout_ms)
{
	if (l->exchange != NULL) {
		transport_poll(l->api.transport, timeout_ms);
		if (exchange_done(l->exchange))
			take_answer(l);
	} else if (l->state == LOGIN_SHOW_CODE && l->due_ms != 0) {
		wait_due(l, timeout_ms);
	}
	return l->state;
}

enum login_state login_now(const struct login *l)
{
	return l->state;
}

const char *login_code(const struct login *l)
{
	return str_or_empty(l->device.user_code);
}

const char *login_url(const struct login *l)
{
	return l->paste_url != NULL ? l->paste_url : str_or_empty(l->device.verification_uri);
}

const char *login_full_url(const struct login *l)
{
	return str_empty(l->device.verification_uri_with_request) ? login_url(l)
		: l->device.verification_uri_with_request;
}

int64_t login_expires_ms(const struct login *l)
{
	int64_t left = l->expires_ms - now_ms(l);
	if (l->expires_ms == 0)
		return -1;
	return left < 0 ? 0 : left;
}

const char *login_key(const struct login *l)
{
	return l->state == LOGIN_DONE ? sbuf_str(&l->key) : "";
}

const struct session *login_session(const struct login *l)
{
	return &l->session;
}

const struct error *login_error(const struct login *l)
{
	return &l->error;
}

void login_free(struct login *l)
{
	if (l == NULL)
		return;
	exchange_free(l->exchange);
	forget_session(l);
	key_request_end(&l->request);
	credentials_wipe(&l->key);
	credentials_wipe(&l->device_code);
	sbuf_fini(&l->username);
	arena_fini(&l->arena);
	free(l->base_url);
	free(l->client_id);
	free(l);
}

bool login_check(struct api *api, struct arena *a, struct session *out, struct error *err)
{
	struct request r = endpoint_session();
	struct answer answer;
	struct error unasked, *e = err == NULL ? &unasked : err;
	bool ok = api_ask(api, &r, &answer, e);
	if (ok && !session_decode(answer.json, a, out))
		ok = fail(e, ERR_PROTOCOL, _("The site's answer to the log-in is not clear."));
	if (!ok)
		name_lost_login(&answer, e);
	answer_fini(&answer);
	return ok;
}

bool login_revoke(struct api *api, struct error *err)
{
	struct request r = endpoint_revoke_key();
	struct answer answer;
	bool ok = api_ask(api, &r, &answer, err);
	if (!ok && (answer.status == 401 || answer.status == 403))
		fail(err, ERR_AUTH, _("The site does not know this log-in any more."));
	answer_fini(&answer);
	return ok;
}
