#pragma once
#include "event_store.h"
#include "outbox_store.h"
#include "screen.h"

/* New meetings of the member that the site does not have yet. */
struct calendar_waiting {
	const struct outbox_row **row;
	struct event_row *event; /* as far as the text says it; its id is that in the outbox */
	int count;
};

/* Those that a list with this filter would show; nothing when it shows a choice out of all. In s->mem. */
struct calendar_waiting calendar_waiting_load(struct screen *s, const struct event_filter *f);
/* The times of the list and of what waits, in any order. */
struct event_times calendar_waiting_join(struct screen *s, const struct calendar_waiting *w,
	const struct event_times *times);
/* The meetings of a week or a month with what waits among them, each after the word for its state.
 * In s->mem. */
struct event_rows calendar_waiting_rows(struct screen *s, const struct event_filter *f,
	const struct event_rows *list);
/* -1: it is no such meeting. */
int calendar_waiting_find(const struct calendar_waiting *w, int64_t id);
