#include "site_check.h"

#include <string.h>
#include <time.h>

#include "api.h"
#include "bus_decode.h"
#include "clock.h"
#include "credentials.h"
#include "endpoints.h"
#include "login.h"
#include "random.h"
#include "site_decode.h"
#include "sync_access.h"
#include "transport_curl.h"

enum { Headers = 64 };

/* Milliseconds that the site's clock is ahead of ours, by its Date header (RFC 9110, 5.6.7). */
static bool clock_ahead(const struct answer *a, int64_t *ahead_ms)
{
	char text[Headers];
	struct tm tm = {0};
	const char *date = header_find(&a->header, "Date", 0, text, sizeof text);
	if (date == NULL || strptime(date, "%a, %d %b %Y %H:%M:%S GMT", &tm) == NULL)
		return false;
	*ahead_ms = (int64_t)timegm(&tm) * 1000 - sync_clock_ms();
	return true;
}

static bool ask(struct api *api, struct request r, struct answer *a, struct error *err)
{
	return api_ask(api, &r, a, err);
}

static bool check_reach(struct api *api, struct site_check *out, struct error *err)
{
	struct answer a = {0};
	bool ok = ask(api, endpoint_basic_info(), &a, err);
	out->reached = ok;
	out->readonly = a.readonly;
	out->has_clock = ok && clock_ahead(&a, &out->ahead_ms);
	answer_fini(&a);
	return ok;
}

/* The site did not say yes or no: it wants to be left alone for a while, or something went wrong. */
static void note_unanswered(struct site_check *out, const struct error *why)
{
	if (why->kind != ERR_AUTH && why->kind != ERR_FORBIDDEN && why->kind != ERR_REFUSED)
		out->unanswered = why->kind;
}

/* The MessageBus poll is a POST: only a key that may write, or was made for it, is let in. */
static void check_scope(struct api *api, struct site_check *out)
{
	char uuid[37];
	struct json *channels = json_object();
	struct error why = {.kind = ERR_NONE};
	struct answer a = {0};
	random_uuid(uuid);
	json_add_int(channels, "/latest", -1);
	out->may_write = ask(api, endpoint_bus(uuid, channels), &a, &why);
	if (!out->may_write)
		note_unanswered(out, &why);
	answer_fini(&a);
}

static void check_settings(struct api *api, struct site_check *out)
{
	struct arena mem = {0};
	struct answer a = {0};
	struct site site = {0};
	struct error why = {.kind = ERR_NONE};
	if (!ask(api, endpoint_settings(), &a, &why))
		note_unanswered(out, &why);
	else if (site_decode_settings(a.json, &mem, &site)) {
		out->has_settings = true;
		out->events = site.events;
		out->polls = site.polls;
		out->tagging = site.tagging;
		out->directory = site.directory;
	}
	answer_fini(&a);
	arena_fini(&mem);
}

static void check_key(struct api *api, struct site_check *out)
{
	struct arena mem = {0};
	struct session session;
	struct error err = {.kind = ERR_NONE};
	out->key_good = login_check(api, &mem, &session, &err);
	out->can_create_event = out->key_good && session.can_create_event;
	arena_fini(&mem);
	if (!out->key_good) {
		note_unanswered(out, &err);
		return;
	}
	check_scope(api, out);
	check_settings(api, out);
}

bool site_check(const struct sync_options *o, struct site_check *out, struct error *err)
{
	struct sbuf key = {0};
	struct error no_key = {.kind = ERR_NONE};
	*out = (struct site_check){.reached = false};
	struct transport *t = transport_curl_new(o->ca_file, err);
	if (t == NULL)
		return false;
	out->has_key = sync_key_read(o, &key, &no_key);
	struct api api = {.transport = t, .base_url = o->base_url, .client_id = o->client_id};
	bool ok = check_reach(&api, out, err);
	api.key = out->has_key ? sbuf_str(&key) : NULL;
	if (ok && out->has_key)
		check_key(&api, out);
	transport_close(t);
	credentials_wipe(&key);
	sbuf_fini(&key);
	return ok;
}
