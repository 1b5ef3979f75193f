#pragma once
#include <stdbool.h>

#include "post.h"
#include "store.h"

/* What the labelled list of a meeting's topic says of it, beside what the calendar of the site knows. */
enum { EVENT_SAID_ON_SITE = 1, EVENT_SAID_ONLINE = 2, EVENT_SAID_CANCELLED = 4 };

/* The first post of a topic, with its event, was put: its list is read. */
bool event_said_put(struct store *s, const struct post *p, struct error *err);
