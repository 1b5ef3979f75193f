#pragma once
#include "event.h"
#include "screen.h"

/* What the members of a circle agree on. */
struct agreements {
	bool is_circle;          /* the meeting is in a category for intervision: whoever joins agrees first */
	bool own; /* the words stand in the topic, as Markdown; else they are kring's own, one a line */
	const char *text;        /* "" when there are none */
	int64_t category_id;
	int64_t agreed_ms;       /* when the member agreed with these words; 0: not yet */
	int64_t earlier_ms;      /* when they agreed with other words; 0: never */
};

struct agreements agreements_of(const struct context *ctx, const struct event *e, struct arena *a);
