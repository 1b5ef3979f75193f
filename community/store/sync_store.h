#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "store.h"

/* How the fetching is doing, for the status line. */
struct sync_status {
	bool running, complete;      /* complete: the first fill was finished once */
	int64_t last_success_ms;     /* 0: never */
	enum error_kind error;       /* of the last try; ERR_NONE when it went well */
	const char *error_what;      /* "" when none */
	int64_t wait_until_ms;       /* the server asked to wait; 0 no */
	const char *phase;           /* "site", "members", "categories", "topics", "posts", "events", "messages", "notices", "" */
	int64_t done, total;         /* of the phase; total 0: not known */
};
struct sync_status sync_store_status(struct store *s, struct arena *a);

/* Cursors: whole numbers by name. */
int64_t sync_store_get(struct store *s, const char *name, int64_t otherwise);
bool sync_store_put(struct store *s, const char *name, int64_t value, struct error *err);
bool sync_store_forget(struct store *s, const char *name, struct error *err);
bool sync_store_put_progress(struct store *s, const char *phase, int64_t done, int64_t total, struct error *err);
/* Also clears the error when `failure` is NULL. */
bool sync_store_put_result(struct store *s, int64_t now_ms, bool complete, const struct error *failure,
	int64_t wait_until_ms, struct error *err);

/* Positions on the server's message bus. */
struct bus_cursor {
	const char *channel;
	int64_t last_id;
};
struct bus_cursor *sync_store_bus(struct store *s, struct arena *a, int *count);
bool sync_store_put_bus(struct store *s, const char *channel, int64_t last_id, struct error *err);
bool sync_store_forget_bus(struct store *s, const char *channel, struct error *err);

/* Topics to look at again (edited, changed, opened): a small queue of ids. post_id 0: the whole topic. */
bool sync_store_queue(struct store *s, int64_t topic_id, int64_t post_id, struct error *err);
bool sync_store_unqueue(struct store *s, int64_t topic_id, int64_t post_id, struct error *err);
/* The topic with the oldest entry and its post ids (one 0 for the whole topic); 0 when the queue is empty. */
int64_t sync_store_queued(struct store *s, int64_t *post_id, int max, int *count);
int64_t sync_store_queued_count(struct store *s);
