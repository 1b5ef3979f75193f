#pragma once
#include <stdbool.h>

#include "sbuf.h"

struct event_filter;
struct screen;

enum { CALENDAR_PLACE_BYTES = 80 };

/* Which meetings the calendar shows, until the program ends. Zeroed: every meeting. */
struct calendar_filter {
	bool intervision, other, online, on_site, free_places, mine;
	char place[CALENDAR_PLACE_BYTES]; /* words of a place or a region */
};

bool calendar_filter_is_on(const struct calendar_filter *f);
/* "intervision, online, free places". Appends. */
void calendar_filter_words(struct sbuf *out, const struct calendar_filter *f);
/* The meetings of a screen of the calendar: by its target (text: a member who comes; number 1: those I answered),
 * else by what was chosen; and by the words that are typed. */
struct event_filter calendar_filter_of(struct screen *s);
/* Whether what was chosen counts on this screen. */
bool calendar_filter_holds(const struct screen *s);
/* Keeps what is chosen now in *seen. When it was something else the list of the screen begins anew, with what is
 * chosen in view above it. For load(). */
void calendar_filter_seen(struct screen *s, struct calendar_filter *seen);
/* Opens the list of choices, or says why there are none here. */
void calendar_filter_go(struct screen *s);
