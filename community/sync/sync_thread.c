#include "sync_thread.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "credentials.h"
#include "file.h"
#include "mem.h"
#include "note_store.h"
#include "outbox_store.h"
#include "panic.h"
#include "place_store.h"
#include "read_store.h"
#include "sync.h"
#include "sync_access.h"
#include "sync_store.h"
#include "text.h"
#include "transport_curl.h"

enum { LockAgainMs = 30 * 1000, LongestNapMs = 10 * 60 * 1000 };

struct item {
	struct sync_intent intent;
	uint64_t number;
	struct item *next;
};

struct sync_thread {
	pthread_t thread;
	pthread_mutex_t mutex; /* of the queue, busy and trouble */
	struct item *first, **last;
	uint64_t posted;       /* intents so far */
	bool busy;
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
	int lock;
	bool look_asked;
	bool no_key; /* not tried again until somebody asks */
};

static void wake_ui(struct sync_thread *t, unsigned bits)
{
	if (bits == 0)
		return;
	atomic_fetch_or(&t->changed, bits);
	ssize_t n = write(t->wake_fd, "!", 1);
	(void)n; /* a full pipe already means "look at the store" */
}

static struct item *take_items(struct sync_thread *t)
{
	pthread_mutex_lock(&t->mutex);
	struct item *first = t->first;
	t->first = NULL;
	t->last = &t->first;
	pthread_mutex_unlock(&t->mutex);
	return first;
}

static bool store_intent(struct store *s, const struct sync_intent *i)
{
	switch (i->kind) {
	case SYNC_READ:
		return read_store_put(s, i->id, i->number, NULL);
	case SYNC_UNREAD:
		return read_store_reset(s, i->id, i->number, NULL);
	case SYNC_PLACE:
		return place_store_put(s, i->name, i->value, NULL);
	case SYNC_FETCH_TOPIC:
		return sync_store_queue(s, i->id, 0, 0, NULL);
	case SYNC_DRAFT:
		return outbox_store_put_draft(s, &i->change, NULL);
	case SYNC_SEND:
		return outbox_store_send(s, &i->change, NULL);
	case SYNC_UNDO:
		return outbox_store_undo(s, i->id, sync_clock_ms(), NULL, NULL);
	case SYNC_TRY_AGAIN:
		return outbox_store_try_again(s, i->id, sync_clock_ms(), NULL);
	case SYNC_KEEP_DRAFT:
		return outbox_store_keep_draft(s, i->id, NULL);
	case SYNC_DROP:
		return outbox_store_drop(s, i->id, NULL);
	case SYNC_SETTLE_DRAFT:
		return outbox_store_settle_draft(s, i->id, i->number != 0, NULL);
	case SYNC_NOTE:
		return note_store_put(s, (enum note_kind)i->number, i->id, i->value, sync_clock_ms(), NULL);
	case SYNC_NOW:
		break;
	}
	return true;
}

static void apply(struct sync_thread *t, const struct sync_intent *i)
{
	unsigned bits = 0;
	if (i->kind == SYNC_NOW)
		t->look_asked = true;
	if (i->kind == SYNC_NOW || t->store == NULL)
		return;
	if (store_begin(t->store, NULL) && store_intent(t->store, i) && store_commit(t->store, &bits, NULL))
		wake_ui(t, bits | STORE_SYNC);
	else
		store_rollback(t->store);
	if (i->kind != SYNC_PLACE && i->kind != SYNC_NOTE && t->sync != NULL)
		sync_resume(t->sync);
}

static void free_item(struct item *item)
{
	struct change *c = &item->intent.change;
	const char *text[] = {item->intent.name, item->intent.value, c->title, c->body, c->original, c->names};
	for (size_t i = 0; i < COUNT(text); i++)
		free((char *)(uintptr_t)text[i]);
	free(item);
}

static void apply_all(struct sync_thread *t)
{
	for (struct item *item = take_items(t), *next; item != NULL; item = next) {
		next = item->next;
		apply(t, &item->intent);
		atomic_store(&t->written, item->number);
		wake_ui(t, STORE_SYNC);
		free_item(item);
	}
}

static void set_trouble(struct sync_thread *t, const struct error *why)
{
	pthread_mutex_lock(&t->mutex);
	t->trouble = *why;
	pthread_mutex_unlock(&t->mutex);
}

static void open_store(struct sync_thread *t)
{
	struct error err = {.kind = ERR_NONE};
	t->store = store_open(t->options->dir, STORE_READ | STORE_WRITE, &err);
	set_trouble(t, &err);
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
	return t->lock >= 0;
}

static void give_lock(struct sync_thread *t)
{
	if (t->lock >= 0)
		close(t->lock);
	t->lock = -1;
}

/* What was asked since the queue was taken is still to be done. True when the answer of sync_thread_busy changed. */
static bool set_busy(struct sync_thread *t, bool busy)
{
	pthread_mutex_lock(&t->mutex);
	bool before = t->busy;
	t->busy = busy || (before && t->first != NULL);
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

static bool begin(struct sync_thread *t)
{
	struct error err = {.kind = ERR_NONE};
	struct sbuf key = {0};
	t->no_key &= !t->look_asked;
	if (t->look_asked)
		forget_refused_key(t);
	if (t->store == NULL && t->look_asked)
		open_store(t);
	if (t->store == NULL || t->no_key || t->options->offline || !take_lock(t))
		return false;
	if (t->sync != NULL)
		return true;
	bool ok = sync_key_read(t->options, &key, &err);
	if (ok)
		t->sync = sync_new(t->store, t->transport,
			&(struct sync_settings){.base_url = t->options->base_url,
				.key = sbuf_str(&key),
				.client_id = t->options->client_id,
				.history_months = t->options->history_months,
				.interval_s = t->options->interval_minutes * 60,
				.no_limits = t->options->no_limits,
				.seed = (uint64_t)clock_mono_ms() ^ ((uint64_t)getpid() << 32)});
	else
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

/* Milliseconds until there may be something to do. */
static int64_t step(struct sync_thread *t)
{
	if (!begin(t)) {
		bool never = t->no_key || t->store == NULL || t->options->offline;
		if (never)
			t->look_asked = false;
		if (set_busy(t, false))
			wake_ui(t, STORE_SYNC);
		return never ? LongestNapMs : LockAgainMs;
	}
	if (t->look_asked)
		sync_look(t->sync);
	t->look_asked = false;
	int64_t now = sync_clock_ms(), due = sync_step(t->sync, now);
	bool busy = sync_now(t->sync) == SYNC_WORKING;
	set_trouble(t, disk_trouble(t->sync));
	if (!busy)
		give_lock(t);
	unsigned bits = sync_take_changes(t->sync);
	if (set_busy(t, busy) || bits != 0)
		wake_ui(t, bits | STORE_SYNC);
	return due == INT64_MAX ? LongestNapMs : due - now;
}

static void run(struct sync_thread *t)
{
	while (!atomic_load(&t->stop)) {
		apply_all(t);
		int64_t nap = step(t);
		if (nap > 0 && !atomic_load(&t->stop))
			transport_poll(t->transport, nap < LongestNapMs ? (int)nap : LongestNapMs);
	}
	apply_all(t);
}

static void *thread_main(void *context)
{
	struct sync_thread *t = context;
	open_store(t);
	wake_ui(t, STORE_ALL);
	run(t);
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
		.transport = transport,
		.lock = -1,
		.look_asked = false};
	t->last = &t->first;
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
	struct item *item = xcalloc(1, sizeof *item);
	item->intent = *i;
	item->intent.name = xstrdup(i->name);
	item->intent.value = xstrdup(i->value);
	item->intent.change.title = xstrdup(i->change.title);
	item->intent.change.body = xstrdup(i->change.body);
	item->intent.change.original = xstrdup(i->change.original);
	item->intent.change.names = xstrdup(i->change.names);
	pthread_mutex_lock(&t->mutex);
	t->busy |= i->kind == SYNC_NOW || i->kind == SYNC_FETCH_TOPIC;
	*t->last = item;
	t->last = &item->next;
	uint64_t number = item->number = ++t->posted;
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

void sync_thread_stop(struct sync_thread *t)
{
	atomic_store(&t->stop, true);
	transport_wake(t->transport);
	pthread_join(t->thread, NULL);
	transport_close(t->transport);
	pthread_mutex_destroy(&t->mutex);
	sync_options_free(t->options);
	free(t);
}
