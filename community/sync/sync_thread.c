#include "sync_thread.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "calendar_file.h"
#include "clock.h"
#include "credentials.h"
#include "file.h"
#include "intents.h"
#include "mem.h"
#include "outbox_store.h"
#include "panic.h"
#include "rescue.h"
#include "sync.h"
#include "sync_access.h"
#include "sync_store.h"
#include "str.h"
#include "text.h"
#include "transport_curl.h"
#include "zone.h"

enum {
	LockAgainMs = 30 * 1000,
	LongestNapMs = 10 * 60 * 1000,
	SoonMs = 1000,
	LastTries = 3,
	LastTryMs = 300
};

struct sync_thread {
	pthread_t thread;
	pthread_mutex_t mutex; /* of the queue, busy and trouble */
	struct intent *first, **last;
	uint64_t posted;       /* intents so far */
	bool busy;
	struct error calendar_why; /* of the calendar file, not told yet */
	struct error trouble;  /* why the store cannot be written, so that it cannot say so itself */
	atomic_uint changed;
	atomic_ullong written; /* the last intent that was handled */
	atomic_bool stop;
	int wake_fd;
	struct sync_options *options;

	/* Of the thread alone. */
	struct store *store;
	struct transport *transport;
	struct sync *sync;
	struct intent *unsaved; /* taken from the queue, not in the store yet */
	struct error unsaved_why;
	bool rescued;           /* texts of them are in the file */
	char *rescue_path;
	char *earlier;          /* what was in that file when the thread began, until the store has it */
	int save_tries, lock_tries;
	int lock;
	bool look_asked;
	bool calendar_due, calendar_failed;
	bool no_key; /* not tried again until somebody asks */
};

static void wake_anyway(struct sync_thread *t, unsigned bits)
{
	t->calendar_due |= (bits & (STORE_EVENTS | STORE_OUTBOX | STORE_SITE)) != 0;
	atomic_fetch_or(&t->changed, bits);
	ssize_t n = write(t->wake_fd, "!", 1);
	(void)n; /* a full pipe already means "look at the store" */
}

static void wake_ui(struct sync_thread *t, unsigned bits)
{
	if (bits != 0)
		wake_anyway(t, bits);
}

static void set_trouble(struct sync_thread *t, const struct error *why)
{
	pthread_mutex_lock(&t->mutex);
	t->trouble = *why;
	pthread_mutex_unlock(&t->mutex);
}

static void open_store(struct sync_thread *t, struct error *err)
{
	t->store = store_open(t->options->dir, STORE_READ | STORE_WRITE, err);
	set_trouble(t, err);
}

/* The whole queue, behind what could not be stored before. */
static void take_intents(struct sync_thread *t)
{
	struct intent **last = &t->unsaved;
	while (*last != NULL)
		last = &(*last)->next;
	pthread_mutex_lock(&t->mutex);
	*last = t->first;
	t->first = NULL;
	t->last = &t->first;
	pthread_mutex_unlock(&t->mutex);
}

/* The disk is full, or may not be written: it may be better later. Else the intent itself is senseless. */
static bool may_pass(const struct error *err)
{
	return err->kind == ERR_IO || err->kind == ERR_CORRUPT;
}

static bool save_first(struct sync_thread *t, unsigned *bits, struct error *err)
{
	const struct sync_intent *i = &t->unsaved->what;
	if (i->kind != SYNC_NOW && t->store == NULL)
		return false;
	if (!intent_store(t->store, i, bits, err) && may_pass(err))
		return false;
	t->look_asked |= i->kind == SYNC_NOW;
	if (i->kind == SYNC_FETCH_TOPIC && t->sync != NULL)
		sync_resume(t->sync);
	return true;
}

static void say_unsaved(struct sync_thread *t, const struct error *why)
{
	struct error err = *why;
	char kept[sizeof err.kept];
	bool any;
	intents_shorten(&t->unsaved);
	bool whole = rescue_write(t->rescue_path, t->earlier, t->unsaved, &any, NULL);
	t->rescued |= whole;
	snprintf(kept, sizeof kept,
		whole ? _("Your text is kept in %s.") : _("What you typed is only on the screen."),
		t->rescue_path);
	error_advise(&err, any ? kept : "", _("Make room on the disk. kring tries again by itself."));
	t->unsaved_why = err;
	set_trouble(t, &err);
}

static void all_saved(struct sync_thread *t)
{
	static const struct error none;
	bool any;
	if (t->save_tries == 0)
		return;
	if (t->rescued)
		rescue_write(t->rescue_path, t->earlier, NULL, &any, NULL);
	set_trouble(t, &none);
	t->rescued = false;
	t->save_tries = 0;
	t->unsaved_why = none;
}

/* Texts of an earlier time that ended before they could be kept. */
static void take_back_earlier(struct sync_thread *t, unsigned *bits)
{
	bool any;
	if (t->earlier == NULL || t->store == NULL || !rescue_take_back(t->earlier, t->store, bits, NULL))
		return;
	free(t->earlier);
	t->earlier = NULL;
	rescue_write(t->rescue_path, NULL, t->rescued ? t->unsaved : NULL, &any, NULL);
}

/* Every intent counts as written only after its commit; what cannot be written stays, in order, and is tried
 * again. */
static void save_intents(struct sync_thread *t)
{
	unsigned bits = 0;
	bool waited_for = false;
	struct error err = {.kind = ERR_NONE};
	take_intents(t);
	if (t->unsaved != NULL && t->store == NULL)
		open_store(t, &err);
	take_back_earlier(t, &bits);
	while (t->unsaved != NULL && save_first(t, &bits, &err)) {
		struct intent *i = t->unsaved;
		t->unsaved = i->next;
		waited_for |= i->what.kind != SYNC_PLACE;
		atomic_store(&t->written, i->number);
		intent_free(i);
	}
	if (t->unsaved == NULL) {
		all_saved(t);
	} else {
		t->save_tries++;
		say_unsaved(t, &err);
	}
	if (waited_for || bits != 0 || t->save_tries > 0)
		wake_anyway(t, bits);
}

static void put_trouble(struct sync_thread *t, const struct error *why)
{
	unsigned bits = 0;
	if (t->store != NULL && store_begin(t->store, NULL)
		&& sync_store_put_result(t->store, sync_clock_ms(), false, why, 0, NULL)
		&& store_commit(t->store, &bits, NULL))
		wake_ui(t, bits);
	else if (t->store != NULL)
		store_rollback(t->store);
}

/* One kring fetches at a time; the lock is given back while there is nothing to fetch. */
static bool take_lock(struct sync_thread *t)
{
	if (t->lock >= 0)
		return true;
	t->lock = sync_lock(t->options->dir, 0, NULL);
	if (t->lock >= 0 && t->sync != NULL)
		sync_reload(t->sync);
	t->lock_tries = t->lock >= 0 ? 0 : t->lock_tries + 1;
	return t->lock >= 0;
}

static void give_lock(struct sync_thread *t)
{
	if (t->lock >= 0)
		close(t->lock);
	t->lock = -1;
}

/* What was asked since the queue was taken is still to be done. True when the answer of sync_thread_busy
 * changed. */
static bool set_busy(struct sync_thread *t, bool busy)
{
	pthread_mutex_lock(&t->mutex);
	bool before = t->busy;
	t->busy = before && (busy || t->first != NULL);
	bool changed = t->busy != before;
	pthread_mutex_unlock(&t->mutex);
	return changed;
}

/* The site refused the key; the member may have logged in again with another kring. */
static void forget_refused_key(struct sync_thread *t)
{
	if (t->sync == NULL || sync_now(t->sync) != SYNC_STOPPED || sync_error(t->sync)->kind != ERR_AUTH)
		return;
	sync_free(t->sync);
	t->sync = NULL;
}

/* While the command for the key runs: what the member writes is stored all the same. */
static bool stops_waiting(void *context)
{
	struct sync_thread *t = context;
	save_intents(t);
	return atomic_load(&t->stop);
}

static bool begin(struct sync_thread *t)
{
	struct error err = {.kind = ERR_NONE};
	struct sbuf key = {0};
	t->no_key &= !t->look_asked;
	if (t->look_asked)
		forget_refused_key(t);
	if (t->store == NULL && t->look_asked)
		open_store(t, &err);
	if (t->store == NULL || t->no_key || t->options->offline || !take_lock(t))
		return false;
	if (t->sync != NULL)
		return true;
	bool ok = sync_key_wait(t->options, &(struct key_wait){.stopped = stops_waiting, .context = t}, &key, &err);
	if (ok)
		t->sync = sync_new(t->store, t->transport,
			&(struct sync_settings){.base_url = t->options->base_url,
				.key = sbuf_str(&key),
				.client_id = t->options->client_id,
				.history_months = t->options->history_months,
				.interval_s = t->options->interval_minutes * 60,
				.no_limits = t->options->no_limits,
				.seed = (uint64_t)clock_mono_ms() ^ ((uint64_t)getpid() << 32)});
	else if (err.kind != ERR_CANCELLED)
		put_trouble(t, &err);
	t->no_key = !ok;
	if (!ok)
		give_lock(t);
	credentials_wipe(&key);
	sbuf_fini(&key);
	return ok;
}

static const struct error *disk_trouble(const struct sync *s)
{
	static const struct error none;
	const struct error *err = sync_error(s);
	bool disk = err->kind == ERR_IO || err->kind == ERR_CORRUPT;
	return disk && sync_now(s) == SYNC_STOPPED ? err : &none;
}

/* Another kring fetches and sends. What waits here may go as soon as that is done, unless the other one sees
 * it first. */
static int64_t lock_again_ms(struct sync_thread *t)
{
	int64_t due = outbox_store_next_ms(t->store) - sync_clock_ms();
	int64_t again = (int64_t)SoonMs << (t->lock_tries < 4 ? t->lock_tries : 4);
	again = due > again ? due : again;
	return again < LockAgainMs ? again : LockAgainMs;
}

static int64_t cannot_fetch(struct sync_thread *t)
{
	bool locked = t->store != NULL && !t->no_key && !t->options->offline;
	if (!locked)
		t->look_asked = false;
	if (set_busy(t, false))
		wake_ui(t, STORE_SYNC);
	return locked ? lock_again_ms(t) : LongestNapMs;
}

static bool is_quiet(const struct sync_options *o, int64_t now_ms)
{
	if (o->quiet_from == o->quiet_to)
		return false;
	struct civil now = zone_civil(o->zone, now_ms / 1000);
	int minute = now.hour * 60 + now.minute;
	if (o->quiet_from < o->quiet_to)
		return minute >= o->quiet_from && minute < o->quiet_to;
	return minute >= o->quiet_from || minute < o->quiet_to;
}

/* Milliseconds until there may be something to do. */
static int64_t step(struct sync_thread *t)
{
	if (!begin(t))
		return cannot_fetch(t);
	int64_t now = sync_clock_ms();
	sync_be_quiet(t->sync, is_quiet(t->options, now));
	if (t->look_asked)
		sync_look(t->sync);
	t->look_asked = false;
	int64_t due = sync_step(t->sync, now);
	bool busy = sync_now(t->sync) == SYNC_WORKING;
	set_trouble(t, t->unsaved != NULL ? &t->unsaved_why : disk_trouble(t->sync));
	if (!busy)
		give_lock(t);
	unsigned bits = sync_take_changes(t->sync);
	wake_ui(t, bits | (set_busy(t, busy) ? STORE_SYNC : 0));
	if (disk_trouble(t->sync)->kind != ERR_NONE) {
		t->look_asked = true; /* costs no request while the disk is in trouble */
		return LockAgainMs;
	}
	return due == INT64_MAX ? LongestNapMs : due - now;
}

/* Other programs read this file. When it cannot be written that is said once, and tried again at the next
 * change. */
static void update_calendar(struct sync_thread *t)
{
	struct error err = {.kind = ERR_NONE};
	if (!t->calendar_due || str_empty(t->options->calendar_file) || sync_thread_busy(t) || t->store == NULL)
		return;
	t->calendar_due = false;
	bool ok = calendar_file_update(t->options, &err), say = !ok && !t->calendar_failed;
	t->calendar_failed = !ok;
	if (!say)
		return;
	pthread_mutex_lock(&t->mutex);
	t->calendar_why = err;
	pthread_mutex_unlock(&t->mutex);
	wake_anyway(t, 0);
}

static void run(struct sync_thread *t)
{
	while (!atomic_load(&t->stop)) {
		save_intents(t);
		int64_t nap = step(t);
		update_calendar(t);
		int64_t again = (int64_t)SoonMs << (t->save_tries < 4 ? t->save_tries : 4);
		nap = t->unsaved != NULL && again < nap ? again : nap;
		if (nap > 0 && !atomic_load(&t->stop))
			transport_poll(t->transport, nap < LongestNapMs ? (int)nap : LongestNapMs);
	}
	save_intents(t);
	for (int i = 0; i < LastTries && t->unsaved != NULL; i++) {
		transport_poll(t->transport, LastTryMs);
		save_intents(t);
	}
	update_calendar(t);
}

static void *thread_main(void *context)
{
	struct sync_thread *t = context;
	struct error err = {.kind = ERR_NONE};
	open_store(t, &err);
	wake_ui(t, STORE_ALL);
	run(t);
	for (struct intent *i = t->unsaved, *next; i != NULL; i = next) {
		next = i->next;
		intent_free(i);
	}
	sync_free(t->sync);
	store_close(t->store);
	give_lock(t);
	return NULL;
}

struct sync_thread *sync_thread_start(const struct sync_options *o, int wake_fd, struct error *err)
{
	if (!dir_make_private(o->dir, err))
		return NULL;
	struct transport *transport = transport_curl_new(o->ca_file, err);
	if (transport == NULL)
		return NULL;
	struct sync_thread *t = xcalloc(1, sizeof *t);
	*t = (struct sync_thread){.wake_fd = wake_fd,
		.options = sync_options_copy(o),
		.rescue_path = xasprintf("%s/unsaved.txt", o->dir),
		.transport = transport,
		.lock = -1,
		.look_asked = false};
	t->last = &t->first;
	t->earlier = rescue_read(t->rescue_path);
	ensure(pthread_mutex_init(&t->mutex, NULL) == 0);
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	int code = pthread_create(&t->thread, NULL, thread_main, t);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	ensure(code == 0);
	return t;
}

unsigned sync_thread_changed(struct sync_thread *t)
{
	return atomic_exchange(&t->changed, 0);
}

uint64_t sync_thread_post(struct sync_thread *t, const struct sync_intent *i)
{
	struct intent *copy = intent_new(i, 0);
	pthread_mutex_lock(&t->mutex);
	t->busy |= i->kind == SYNC_NOW || i->kind == SYNC_FETCH_TOPIC;
	*t->last = copy;
	t->last = &copy->next;
	uint64_t number = copy->number = ++t->posted;
	pthread_mutex_unlock(&t->mutex);
	transport_wake(t->transport);
	return number;
}

uint64_t sync_thread_written(struct sync_thread *t)
{
	return atomic_load(&t->written);
}

bool sync_thread_busy(struct sync_thread *t)
{
	pthread_mutex_lock(&t->mutex);
	bool busy = t->busy;
	pthread_mutex_unlock(&t->mutex);
	return busy;
}

bool sync_thread_trouble(struct sync_thread *t, struct error *out)
{
	pthread_mutex_lock(&t->mutex);
	*out = t->trouble;
	pthread_mutex_unlock(&t->mutex);
	return out->kind != ERR_NONE;
}

bool sync_thread_calendar_trouble(struct sync_thread *t, struct error *out)
{
	static const struct error none;
	pthread_mutex_lock(&t->mutex);
	*out = t->calendar_why;
	t->calendar_why = none;
	pthread_mutex_unlock(&t->mutex);
	return out->kind != ERR_NONE;
}

void sync_thread_stop(struct sync_thread *t)
{
	atomic_store(&t->stop, true);
	transport_wake(t->transport);
	pthread_join(t->thread, NULL);
	transport_close(t->transport);
	pthread_mutex_destroy(&t->mutex);
	sync_options_free(t->options);
	free(t->rescue_path);
	free(t->earlier);
	free(t);
}
