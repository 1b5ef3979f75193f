#include "sync_once.h"

#include <unistd.h>

#include "calendar_file.h"
#include "clock.h"
#include "credentials.h"
#include "file.h"
#include "sync.h"
#include "sync_access.h"
#include "text.h"
#include "transport_curl.h"

enum { TickMs = 1000, Failures = 3 };
static const int64_t LongestWaitMs = 10 * 60 * 1000;

struct watch {
	bool (*progress)(void *context);
	void *context;
	int64_t last_ms;
};

static bool stopped(struct watch *w, struct error *err)
{
	int64_t now = clock_mono_ms();
	if (w->progress == NULL || (w->last_ms != 0 && now - w->last_ms < TickMs))
		return false;
	w->last_ms = now;
	return w->progress(w->context) && !fail(err, ERR_CANCELLED, _("Stopped."));
}

/* An error that waiting a little does not mend. */
static bool is_over(const struct sync *s, int64_t due, int64_t now)
{
	enum error_kind kind = sync_error(s)->kind;
	/* One question may be broken alone; when the next is too, it is the site. */
	bool answered = kind == ERR_PROTOCOL || sync_error(s)->http_status != 0;
	if (kind == ERR_OFFLINE || kind == ERR_PROTOCOL)
		return sync_failures(s) >= (answered ? Failures + 1 : Failures);
	/* The error of the last answer stays until the next one. */
	bool asking = due == INT64_MAX;
	return kind == ERR_LIMIT && !asking && due - now > LongestWaitMs;
}

static bool run(struct sync *s, struct transport *t, struct watch *w, struct error *err)
{
	for (;;) {
		int64_t now = sync_clock_ms(), due = sync_step(s, now);
		bool working = sync_now(s) == SYNC_WORKING || (sync_now(s) == SYNC_RESTING && sync_has_loose_end(s));
		if (!working || is_over(s, due, now))
			break;
		if (stopped(w, err))
			return false;
		int64_t wait = due - now < TickMs ? due - now : TickMs;
		if (wait > 0)
			transport_poll(t, (int)wait);
	}
	if (sync_error(s)->kind == ERR_NONE)
		return true;
	if (err != NULL)
		*err = *sync_error(s);
	return false;
}

static int wait_for_lock(const char *dir, struct watch *w, struct error *err)
{
	int fd;
	while ((fd = sync_lock(dir, TickMs, err)) < 0)
		if (err->kind != ERR_CONFLICT || stopped(w, err))
			return -1;
	return fd;
}

static bool run_with(const struct sync_options *o, const char *key, struct store *store, struct transport *t,
	struct watch *w, struct sync_report *report, struct error *err)
{
	int64_t began = clock_mono_ms();
	struct sync *s = sync_new(store, t, &(struct sync_settings){.base_url = o->base_url, .key = key,
		.client_id = o->client_id, .history_months = o->history_months, .no_limits = o->no_limits,
		.seed = (uint64_t)began ^ ((uint64_t)getpid() << 32)});
	bool ok = run(s, t, w, err);
	*report = sync_result(s);
	report->seconds = (double)(clock_mono_ms() - began) / 1000;
	sync_free(s);
	return ok;
}

bool sync_run_once(const struct sync_options *o, bool (*progress)(void *context), void *context,
	struct sync_report *report, struct error *err)
{
	struct error unasked;
	struct sbuf key = {0};
	struct watch w = {.progress = progress, .context = context};
	struct transport *t = NULL;
	struct store *store = NULL;
	int lock = -1;
	bool ok = false;
	err = err == NULL ? &unasked : err;
	*report = (struct sync_report){.requests = 0};
	if (dir_make_private(o->dir, err) && sync_key_read(o, &key, err)
		&& (lock = wait_for_lock(o->dir, &w, err)) >= 0 && (t = transport_curl_new(o->ca_file, err)) != NULL
		&& (store = store_open(o->dir, STORE_READ | STORE_WRITE, err)) != NULL)
		ok = run_with(o, sbuf_str(&key), store, t, &w, report, err);
	if (store != NULL)
		calendar_file_update(o, &report->calendar);
	store_close(store);
	if (t != NULL)
		transport_close(t);
	if (lock >= 0)
		close(lock);
	credentials_wipe(&key);
	sbuf_fini(&key);
	return ok;
}
