#include "api.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "credentials.h"
#include "mem.h"
#include "str.h"
#include "text.h"
#include "url.h"

enum { MaxHops = 5, MaxTries = 5, PollMs = 1000, LongestUnaskedWait = 5 * 60 * 1000 };

struct exchange {
	struct api *api;
	const char *method;
	char *url;
	struct sbuf body, header; /* header: what goes with the request, secrets included */
	bool has_body, any_status, roam, done;
	size_t max_bytes;
	int transfer, hops;
	int64_t bytes;
	struct response response;
};

static pthread_once_t clock_started = PTHREAD_ONCE_INIT;
static int64_t wall_minus_mono;

static void start_clock(void)
{
	wall_minus_mono = clock_now_ms() - clock_mono_ms();
}

int64_t api_now_ms(const struct api *api)
{
	if (api->now_ms != NULL)
		return api->now_ms();
	pthread_once(&clock_started, start_clock);
	return wall_minus_mono + clock_mono_ms();
}

static void transfer_ended(void *context, struct response *r);

static void send_exchange(struct exchange *x)
{
	struct transfer t = {
		.method = x->method,
		.url = x->url,
		.header = sbuf_str(&x->header),
		.body = x->has_body ? sbuf_str(&x->body) : NULL,
		.body_bytes = x->body.n,
		.max_bytes = x->max_bytes,
	};
	x->api->requests++;
	if (x->api->limits != NULL)
		limits_sent(x->api->limits, api_now_ms(x->api));
	x->transfer = transport_start(x->api->transport, &t, transfer_ended, x);
}

/* Where a redirect leads; false when it may not be followed. Only questions are repeated elsewhere. */
static bool redirect_target(const struct exchange *x, const struct response *r, struct url *to)
{
	char location[4096];
	struct url from;
	bool safe = str_equal(x->method, "GET") || str_equal(x->method, "HEAD");
	if (!safe && r->status != 307 && r->status != 308)
		return false;
	if (header_find(&r->header, "Location", 0, location, sizeof location) == NULL || !url_parse(x->url, &from) ||
		!url_resolve(&from, location, to))
		return false;
	bool upgrade = !from.https && to->https && str_equal(from.host, to->host);
	return url_same_origin(&from, to) || (safe && (upgrade || (x->roam && to->https)));
}

static bool follow(struct exchange *x, const struct response *r)
{
	struct url to;
	struct sbuf url = {0};
	if (r->status < 301 || r->status > 308 || r->status == 304 || x->hops == MaxHops || !redirect_target(x, r, &to))
		return false;
	url_print(&to, &url);
	free(x->url);
	x->url = sbuf_take(&url);
	x->hops++;
	send_exchange(x);
	return true;
}

static void transfer_ended(void *context, struct response *r)
{
	struct exchange *x = context;
	x->transfer = 0;
	x->bytes += r->bytes;
	x->api->bytes += r->bytes;
	if (follow(x, r))
		return;
	x->response = *r;
	x->response.bytes = x->bytes;
	r->header = r->body = (struct sbuf){0};
	x->done = true;
}

static void add_header(struct sbuf *out, const char *name, const char *value)
{
	if (value != NULL)
		sbuf_addf(out, "%s: %s\n", name, value);
}

static struct exchange *exchange_new(struct api *api, const struct request *r)
{
	struct exchange *x = xcalloc(1, sizeof *x);
	*x = (struct exchange){
		.api = api,
		.method = r->method,
		.url = xasprintf("%s%s", api->base_url, sbuf_str(&r->path)),
		.has_body = r->content_type != NULL,
		.any_status = r->any_status,
		.roam = r->roam,
		.max_bytes = r->max_bytes,
	};
	add_header(&x->header, "Accept", "application/json");
	add_header(&x->header, "Content-Type", r->content_type);
	if (!r->anonymous && credentials_key_valid(api->key)) {
		add_header(&x->header, "User-Api-Key", api->key);
		if (credentials_key_valid(api->client_id))
			add_header(&x->header, "User-Api-Client-Id", api->client_id);
	}
	sbuf_add(&x->header, sbuf_str(&r->header));
	sbuf_addn(&x->body, sbuf_str(&r->body), r->body.n);
	send_exchange(x);
	return x;
}

struct exchange *exchange_start(struct api *api, struct request *r)
{
	struct exchange *x = exchange_new(api, r);
	request_fini(r);
	return x;
}

bool exchange_done(const struct exchange *x)
{
	return x->done;
}

bool exchange_take(struct exchange *x, struct answer *out, struct error *err)
{
	struct error unasked;
	struct error *e = err == NULL ? &unasked : err;
	*e = (struct error){0};
	bool ok = answer_take(&x->response, x->any_status, out, e);
	out->url = xstrdup(x->url);
	bool question = str_equal(x->method, "GET");
	if (x->api->limits != NULL && out->status == 429 && (question || !out->own_limit))
		limits_refused(x->api->limits, api_now_ms(x->api), e->retry_after_s, &x->api->seed);
	else if (x->api->limits != NULL && out->status != 0)
		limits_answered(x->api->limits);
	return ok;
}

void exchange_free(struct exchange *x)
{
	if (x == NULL)
		return;
	if (x->transfer != 0)
		transport_cancel(x->api->transport, x->transfer);
	response_fini(&x->response);
	credentials_wipe(&x->body);
	credentials_wipe(&x->header);
	free(x->url);
	free(x);
}

static bool stopped(struct api *api, int64_t turn_ms, struct error *err)
{
	if (api->waiting == NULL || !api->waiting(api->context, turn_ms))
		return false;
	fail(err, ERR_CANCELLED, _("Stopped."));
	return true;
}

static bool wait_turn(struct api *api, struct error *err)
{
	int64_t wait;
	while (api->limits != NULL && (wait = limits_wait_ms(api->limits, api_now_ms(api))) > 0) {
		if (api->waiting == NULL && wait > LongestUnaskedWait) {
			fail(err, ERR_LIMIT, _("The site asks kring to wait."));
			if (err != NULL)
				err->retry_after_s = (long)(wait / 1000);
			return false;
		}
		if (stopped(api, wait, err))
			return false;
		transport_poll(api->transport, wait < PollMs ? (int)wait : PollMs);
	}
	return true;
}

static bool ask_once(struct api *api, const struct request *r, struct answer *out, struct error *err)
{
	if (!wait_turn(api, err))
		return false;
	struct exchange *x = exchange_new(api, r);
	bool ok = true;
	while (ok && !x->done) {
		transport_poll(api->transport, PollMs);
		ok = x->done || !stopped(api, 0, err);
	}
	ok = ok && exchange_take(x, out, err);
	exchange_free(x);
	return ok;
}

bool api_ask(struct api *api, struct request *r, struct answer *out, struct error *err)
{
	bool ok = false;
	*out = (struct answer){0};
	for (int i = 0; i < MaxTries; i++) {
		ok = ask_once(api, r, out, err);
		if (ok || out->status != 429 || i == MaxTries - 1 || api->limits == NULL)
			break;
		answer_fini(out);
	}
	request_fini(r);
	return ok;
}
