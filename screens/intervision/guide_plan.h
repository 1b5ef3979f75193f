#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "event.h"
#include "guide_store.h"
#include "method.h"
#include "screen.h"
#include "when.h"

/* A meeting with the steps of its method. All texts are in the arena. */
struct guide {
	const struct event *event;   /* NULL: not in kring; then the rest but `key` and `all` is empty */
	const char *title;
	struct guide_key key;
	struct when_span span;       /* as it was planned; starts_ms 0: no time is known */
	int64_t began_ms;            /* it began at another moment; 0: as planned */
	const struct methods *all;
	const struct method *method; /* NULL: none was chosen */
	struct method_plan plan;     /* with the lengths that the topic says */
	const char *agreements;      /* one a line */
	const char *facilitator;     /* as the topic names them; "" */
};

/* The key of what is kept of a meeting, or of one of a series that begins at starts_ms (0: the next one). */
struct guide_key guide_key_of(const struct event *e, int64_t starts_ms);
/* `method` (may be NULL or ""): a name; else the one the member chose, else the one the topic names. */
struct guide guide_of(const struct context *ctx, int64_t event_id, int64_t starts_ms, const char *method,
	struct arena *a);
/* The clock times of a step, or its dates, or its length when no time is known. Appends. */
void guide_add_when(struct sbuf *out, const struct guide *g, int step, const struct zone *zone);
/* The moments of a step; false: no time is known. */
bool guide_step_times(const struct guide *g, int step, const struct zone *zone, int64_t *from_ms, int64_t *to_ms);
/* "5 minutes", "3 days". Appends. */
void guide_add_length(struct sbuf *out, const struct guide *g, int length);
/* The name under which the note on a step is kept. */
const char *guide_note_part(const struct guide *g, int step, struct arena *a);
