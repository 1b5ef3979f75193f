#pragma once
#include <stdbool.h>

#include "arena.h"
#include "clock.h"
#include "event_field.h"
#include "event_markup.h"
#include "sbuf.h"

/* A meeting as its topic says it: a short sentence, the [event] block, a labelled list, and free text. */
enum meeting_shape {
	SHAPE_UNKNOWN, SHAPE_CIRCLE_ONLINE, SHAPE_CIRCLE, SHAPE_ON_SITE, SHAPE_ONLINE, SHAPES
};

struct meeting_plan {
	enum meeting_shape kind;      /* by the sentence, else by what is filled in */
	const char *language;        /* of the community: that of the labels */
	struct event_markup block;
	struct event_field_set set;  /* the fields of the data, and those that only a changed meeting or a circle has */
	const char **value;          /* one a field, "" when not there */
	const char *intro, *text;    /* what else stands before and behind the block */
};

/* False: there is no meeting in the text. All in the arena. */
bool meeting_plan_read(const char *body, const char *language, struct meeting_plan *p, struct arena *a);
/* The whole text in kring's own order. Appends. */
void meeting_plan_write(const struct meeting_plan *p, struct sbuf *out);
/* The text as it was, with only the block renewed. Appends. */
void meeting_plan_write_block(const struct meeting_plan *p, struct sbuf *out);
/* The text of a meeting that begins. Appends. */
void meeting_plan_begin(enum meeting_shape kind, const char *language, const char *timezone, struct sbuf *out);
/* Another kind: what it proposes comes in, nothing goes out. */
void meeting_plan_set_kind(struct meeting_plan *p, enum meeting_shape kind);

bool meeting_shape_is_circle(enum meeting_shape kind);
bool meeting_shape_is_online(enum meeting_shape kind);
/* The field is asked for a meeting like this one. */
bool meeting_plan_asks(const struct meeting_plan *p, int field);
/* Members look for it. The steps of a circle are its programme too. */
bool meeting_plan_requires(const struct meeting_plan *p, int field);
/* "" when there is no such field. */
const char *meeting_plan_value(const struct meeting_plan *p, const char *id);
void meeting_plan_set(struct meeting_plan *p, const char *id, const char *value);

/* When it is: the wall clock of its own zone. */
struct meeting_time {
	struct civil at;
	bool has_day, has_time;
};
/* name: "start", "end" or "recurrenceUntil". */
struct meeting_time meeting_plan_time(const struct meeting_plan *p, const char *name);
void meeting_plan_set_time(struct meeting_plan *p, const char *name, const struct meeting_time *t, struct arena *a);
/* The day of the begin; the end moves along. */
void meeting_plan_set_day(struct meeting_plan *p, const struct civil *day, struct arena *a);
void meeting_plan_set_all_day(struct meeting_plan *p, bool all_day, struct arena *a);
/* Begin and end in words of the community's language; nothing when there is no day. Appends. */
void meeting_plan_add_span(const struct meeting_plan *p, struct sbuf *out);
/* Minutes of the steps of a circle, as its text says them; 0: it does not say. */
int meeting_plan_steps(const struct meeting_plan *p);
