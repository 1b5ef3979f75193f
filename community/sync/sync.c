#include "sync_private.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "outbox_store.h"

enum { StandardMonths = 12 };

void sync_remember_limits(struct sync *s)
{
	struct sbuf text = {0};
	limits_print(&s->limits, &text);
	sync_store_put_text(s->store, "limits", sbuf_str(&text), NULL);
	sbuf_fini(&text);
}

void sync_reload(struct sync *s)
{
	const char *known = sync_store_get_text(s->store, "limits", &s->arena);
	if (known != NULL)
		limits_parse(&s->limits, known);
	s->recover = true;
}

struct sync *sync_new(struct store *store, struct transport *transport, const struct sync_settings *settings)
{
	struct sync *s = xcalloc(1, sizeof *s);
	*s = (struct sync){
		.store = store, .base_url = xstrdup(settings->base_url), .key = xstrdup(settings->key),
		.client_id = xstrdup(settings->client_id),
		.history_months = settings->history_months > 0 ? settings->history_months : StandardMonths,
		.interval_s = settings->interval_s, .look = true, .first_look = true, .stale = true,
		.looked = true, .recover = true};
	limits_init(&s->limits, 0, 0);
	sync_reload(s);
	s->limits.off = settings->no_limits;
	s->api = (struct api){.transport = transport,
		.base_url = s->base_url,
		.key = s->key,
		.client_id = s->client_id,
		.limits = &s->limits,
		.seed = settings->seed,
		.now_ms = settings->now_ms};
	return s;
}

static void wipe(char *secret)
{
	if (secret != NULL)
		explicit_bzero(secret, strlen(secret));
	free(secret);
}

void sync_free(struct sync *s)
{
	if (s == NULL)
		return;
	exchange_free(s->exchange);
	arena_fini(&s->arena);
	wipe(s->key);
	free(s->base_url);
	free(s->client_id);
	free(s->new_topic);
	free(s->given_body);
	free(s->exact_original);
	free(s);
}

bool sync_in_transaction(struct sync *s, bool (*work)(struct sync *s, struct error *err))
{
	struct error err = {.kind = ERR_NONE};
	if (store_begin(s->store, &err) && work(s, &err) && store_commit(s->store, &s->changed, &err))
		return true;
	store_rollback(s->store);
	s->error = err;
	s->state = SYNC_STOPPED;
	return false;
}

bool sync_looks_by_itself(const struct sync *s)
{
	return s->interval_s > 0 && !s->quiet;
}

bool sync_is_left_alone(const struct sync *s)
{
	return !sync_looks_by_itself(s) && s->state != SYNC_WORKING;
}

void sync_be_quiet(struct sync *s, bool quiet)
{
	bool untouched = s->first_look && s->look && s->exchange == NULL && s->state == SYNC_WORKING;
	if (quiet && !s->quiet && untouched && sync_get(s, "fill_done") != 0) {
		s->look = s->stale = s->looked = false;
		s->state = SYNC_RESTING;
	}
	s->quiet = quiet;
}

enum sync_state sync_now(const struct sync *s)
{
	return s->state;
}

void sync_look(struct sync *s)
{
	s->look = s->stale = s->looked = s->recover = true;
	s->key_good = false;
	s->state = SYNC_WORKING;
	s->wait_until_ms = 0;
	for (int i = 0; i < MAX_ROUNDS; i++) {
		s->skipped[i] = false;
		s->bad_answers[i] = s->steps[i] = 0;
	}
}

void sync_resume(struct sync *s)
{
	if (s->state == SYNC_RESTING)
		s->state = SYNC_WORKING;
}

const struct error *sync_error(const struct sync *s)
{
	return &s->error;
}

int sync_failures(const struct sync *s)
{
	return s->failures;
}

struct sync_report sync_result(const struct sync *s)
{
	struct sync_report r = s->report;
	r.requests = s->api.requests;
	r.bytes = s->api.bytes;
	r.waiting = outbox_store_count(s->store, &(struct outbox_filter){.open = true})
		- outbox_store_count(s->store, &(struct outbox_filter){.refused = true});
	return r;
}

unsigned sync_take_changes(struct sync *s)
{
	unsigned bits = s->changed;
	s->changed = 0;
	return bits;
}
