#pragma once
#include <stdbool.h>

#include "arena.h"
#include "sbuf.h"

/* The first `[event start="..." ...]` block of a text: what Discourse makes a meeting of.
 *   [event start="2026-03-03 14:30" status="public" timezone="Europe/Amsterdam"]
 *   What it is about.
 *   [/event] */
enum {
	EVENT_MARKUP_ATTRIBUTES = 64,     /* what comes after is not read */
	EVENT_MARKUP_HEAD_MAX = 16 * 1024 /* bytes of an opening tag; a longer one is no block */
};

struct event_attribute {
	const char *name, *value; /* the name as it was written */
};

struct event_markup {
	const char *before, *after; /* the text around it, as it was written */
	const char *description;    /* the lines inside, without white space around; "" */
	struct event_attribute attribute[EVENT_MARKUP_ATTRIBUTES];
	int count;
};

/* False: the text has no block; then `before` is all of it. Texts live in the arena. */
bool event_markup_read(const char *text, struct event_markup *m, struct arena *a);
/* "" when it is not there. The case of a name does not matter. */
const char *event_markup_get(const struct event_markup *m, const char *name);
/* The value is "true". */
bool event_markup_is(const struct event_markup *m, const char *name);
/* Changes or adds one; an empty value takes it out. Quotes and line ends, which a value cannot hold, are
 * taken out of it; square brackets become round ones. */
void event_markup_set(struct event_markup *m, const char *name, const char *value, struct arena *a);
/* The text with the block in its place. Appends. */
void event_markup_write(const struct event_markup *m, struct sbuf *out);
