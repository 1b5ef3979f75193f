#pragma once
#include "arena.h"
#include "event.h"

/* The text without the lines for day, begin and end that say what the event itself says. A line that says
 * something else stays, with the others. */
const char *event_rest(const struct event *e, const char *text, struct arena *a);
