#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "change.h"
#include "form.h"
#include "outbox_store.h"
#include "screen.h"
#include "topic_store.h"

/* A text that the member writes. There is one for all screens that show it or its parts; it lives as long as
 * one of them is open. What is in it is kept as a draft with every change. */
struct composition {
	struct composition *next;
	int users;                /* screens */
	struct change change;     /* but for its texts */
	int64_t own_id;           /* of the draft it became when another window went on with the first; 0: it did not */
	struct sbuf title, names, body, original, was_title, was_names;
	bool written;             /* something in it is the member's own: only then it is kept */
	bool sent;
	bool meeting;             /* it is written by the parts of a meeting: see meeting.h */
	int64_t counted_ms;       /* open_ms holds the time until here */
	int64_t typed_ms;         /* last key that was counted */
};

/* Makes one out of c; it is forgotten again unless a screen takes it. */
struct composition *composition_new(struct context *ctx, const struct change *c);
/* The composition with the id of its change, from memory or from the outbox. NULL when there is none. */
struct composition *composition_take(struct context *ctx, int64_t id);
/* NULL is fine. */
void composition_drop(struct context *ctx, struct composition *w);
/* The texts are borrowed from w. */
struct change composition_change(const struct composition *w);

/* Another window, or the site, went on with the same draft: from here on this text is a draft of its own. In
 * words; NULL when that is not so. *sent: the other window sent it. */
const char *composition_split(const struct screen *s, struct composition *w, bool *sent);

/* Counts the time up to now; `typed`: a key of the text was pressed. */
void composition_count(struct composition *w, int64_t now_ms, bool typed);
/* The member changed it: keeps it as a draft. False: it could not be kept, and that was said. */
bool composition_keep(struct screen *s, struct composition *w);
/* Before Esc leaves its last screen: says where the text stays that the member typed. */
void composition_say_kept(struct screen *s, const struct composition *w);

/* The screen on which a text goes on: "meeting", "draft" or "compose". */
const char *composition_screen(const struct composition *w);
const char *composition_screen_of(const struct change *c);
/* Of the community. */
const char *composition_language(const struct screen *s, struct arena *a);

/* What the texts are about; all in the arena. */
const char *composition_title(const struct screen *s, const struct composition *w, struct arena *a);
/* NULL: this text has no form. */
const struct form *composition_form(const struct screen *s, const struct composition *w, struct arena *a);
/* The text without the lines of the form. */
const char *composition_text(const struct screen *s, const struct composition *w, struct arena *a);
void composition_set_text(const struct screen *s, struct composition *w, const char *text);
const char *composition_value(const struct screen *s, const struct composition *w, int field, struct arena *a);
void composition_set_value(const struct screen *s, struct composition *w, int field, const char *value);
/* A text that has a title of its own: a topic, a message, the first post of a topic that is edited. */
bool composition_has_title(const struct composition *w);
/* The topic it belongs to; NULL when it begins one or it is not known. */
const struct topic_row *composition_topic(const struct screen *s, const struct composition *w, struct arena *a);
/* Of a post that is edited: its text on the site now, when the member did not begin with that one; else NULL. */
const char *composition_site_text(const struct screen *s, const struct composition *w, struct arena *a);
/* A message, or a reply in one. */
bool composition_is_message(const struct screen *s, const struct composition *w);
