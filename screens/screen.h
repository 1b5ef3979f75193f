#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "account.h"
#include "arena.h"
#include "calendar_filter.h"
#include "editor.h"
#include "field.h"
#include "list.h"
#include "option.h"
#include "pager.h"
#include "store.h"
#include "styled.h"
#include "undo.h"
#include "zone.h"

/* A screen is one of four things, so that the full screen, line mode and the tests can show and drive all of
 * them in one way: a list of items, a text to read, one question, or a text to write. A screen keeps a
 * cursor, a filter and unfinished text; everything else it asks the store in load(). */
enum screen_kind { SCREEN_LIST, SCREEN_TEXT, SCREEN_ASK, SCREEN_EDIT };

struct screen;

/* Where to go: a screen by name and what it should show. */
struct target {
	const char *screen;
	int64_t id, id2;    /* of the thing; id2 where one number is not enough (the time of an occurrence) */
	int number;         /* a post number */
	const char *text;   /* a username, words to search for */
};

/* One item of a list. */
struct row {
	int64_t id, id2;    /* what stays the same when the list changes */
	const char *title, *state; /* state: one or two words ("new", "full"), NULL for none */
	const char *detail; /* the second line; NULL for none */
};

/* A key of a screen. The key line, dispatch, help and the menu of actions read the same rows. */
struct binding {
	const char *key;    /* as key_parse reads it */
	const char *verb;   /* stable, for settings and the manual: "next-unread" */
	const char *label;  /* one or two words for the key line (N_) */
	const char *says;   /* one sentence for help and menus (N_) */
	void (*run)(struct screen *s);
	bool bar;           /* in the key line */
};

/* What a SCREEN_ASK asks. */
struct question {
	const char *label;  /* "Address of the community" */
	bool secret;
	bool needed;        /* nothing is no answer to it */
	bool once;          /* a code and the like: half an answer is not kept */
};

struct screen_ops {
	const char *name;
	enum screen_kind kind;
	unsigned aggregates;      /* store bits that make it out of date */
	size_t state_size;
	int item_rows;            /* SCREEN_LIST: 1 or 2 rows an item */
	/* SCREEN_LIST: never empty lines between the items: they are seen as one, like a week */
	bool together;
	bool choices;             /* SCREEN_LIST: its items are answers: Enter chooses one of them */
	bool whole;               /* SCREEN_LIST: few items, of kring's own words: never cut in a narrow window */
	bool filter;              /* SCREEN_LIST: "/" narrows it while typing */
	const char *filter_label; /* what stands before the typed words (N_); NULL for the general one */
	const char *empty;        /* SCREEN_LIST: the sentence when there is nothing (N_); NULL for the general one */
	const struct binding *keys; /* ends with {0}; may be NULL */

	void (*open)(struct screen *s);  /* state is zeroed; target is set */
	/* A text that stays to be seen beside its list is closed twice: when it loses the focus, and at its end. */
	void (*close)(struct screen *s);
	/* Reads what everything else needs: title, item count (s->count). Called again when out of date. */
	void (*load)(struct screen *s);
	/* SCREEN_LIST: the item that is selected first; NULL: the one at the top. */
	int (*first)(struct screen *s);
	/* SCREEN_LIST: items [first, first + n) into `out` (zeroed), strings in s->rows_mem. */
	void (*rows)(struct screen *s, int first, int n, struct row *out);
	/* Where the item is now; -1 when gone. NULL: items never move. */
	int (*position)(struct screen *s, int64_t id, int64_t id2);
	/* Enter on an item. */
	void (*enter)(struct screen *s, const struct row *row);
	/* SCREEN_TEXT: the whole text, or a window of it. */
	void (*text)(struct screen *s, struct styled_builder *b);
	/* SCREEN_TEXT: the member wants to go past the last (1) or first (-1) line, or to the very end (2) or
	 * begin (-2). True when another window was set. */
	bool (*edge)(struct screen *s, int direction);
	/* SCREEN_TEXT: after the focus moved to a line with this anchor. */
	void (*seen)(struct screen *s, int anchor);
	/* SCREEN_TEXT: Enter on a line that is a fold, a spoiler or a quote. True when it did something. */
	bool (*activate)(struct screen *s, const struct styled_line *line);
	/* SCREEN_ASK: what is asked now; false when there is nothing to ask at the moment (waiting). */
	bool (*ask)(struct screen *s, struct question *q);
	void (*answer)(struct screen *s, const char *text);
	/* A key before anything else looks at it: true when the screen took it, as what it is for is to be chosen. */
	bool (*press)(struct screen *s, const struct key *k);
	/* SCREEN_EDIT, SCREEN_ASK: what is typed (s->editor, s->answer) changed since the last call: keeps it.
	 * Called at most 1.5 s after the first key that changed it, and before the screen is left in any way. */
	void (*save)(struct screen *s);
	/* SCREEN_EDIT: names that begin with `word` ("@ann", "#oproe") into out, at most max; returns how many.
	 * The texts live in s->rows_mem. NULL: nothing is completed. */
	int (*complete)(struct screen *s, const char *word, const char **out, int max);
	/* SCREEN_EDIT in line mode: the member ended the text. NULL: goes one step back. */
	void (*finish)(struct screen *s);
	/* What is going on around the position, for row 1: "post 3 of 12". Appends. */
	void (*position_text)(const struct screen *s, struct sbuf *out);
	/* Before Esc leaves the screen: true when the screen itself had something to go back from. */
	bool (*back)(struct screen *s);
};

/* What screens may ask of the program around them. All may be NULL in tests. */
struct host {
	void *self;
	void (*fetch)(void *self);                       /* look at the server now */
	void (*fetch_topic)(void *self, int64_t topic_id);
	/* ms: how long these posts were in view, 0 when not known. */
	void (*read_up_to)(void *self, int64_t topic_id, int post_number, int64_t ms);
	void (*read_notice)(void *self, int64_t id);
	void (*open_url)(void *self, const char *url);   /* in the member's browser */
	void (*leave)(void *self);                       /* end the program */
	void (*demo)(void *self);                        /* end it, and open the sample community instead */
	const struct login_port *login;                  /* logging in */
	const struct outbox_port *outbox;                /* writing */
	/* A setting, here at once and then in the member's file, which is said when it is; NULL: the standard.
	 * False: *err says why, nothing changed. */
	bool (*set_option)(void *self, const char *name, const char *value, enum option_change how, struct error *err);
	/* The first questions came so far (first_run.h). */
	void (*first_step)(void *self, int step);
	/* Gives the text to the member's own editor; the screen waits. False: it cannot be started or failed
	 * (*err); the text is as it was. */
	bool (*edit_outside)(void *self, const char *text, struct sbuf *out, struct error *err);
};

/* What all screens of one program share. */
struct context {
	struct store *store;          /* NULL before the first fetch */
	const struct error *store_error; /* why there is no store, when an account has none; may be NULL */
	const struct account *account; /* NULL before the first log-in */
	const struct config *config;
	const struct config *standard; /* what holds without the member's own settings; NULL: as kring came */
	const struct zone *zone;      /* the member's */
	const struct host *host;
	struct stack *stack;
	int64_t now_ms;               /* of the key that is being handled */
	int64_t last_visit_ms;        /* when the member was last here, before this time; 0 not known */
	bool offline;                 /* the member asked to use no network */
	bool waiting;                 /* the member waits for what is being fetched */
	struct calendar_filter calendar; /* what the member chose to see of it */
	struct undo undo;             /* what the member did, newest last */
	struct composition *compositions; /* texts that open screens are writing */
};

/* The names that Tab goes through. */
struct completion {
	const char **name;            /* in rows_mem */
	int count, number;            /* number: the one that is in the text now */
	size_t begin, end;            /* where it is */
	unsigned long version;        /* of the text, with it in */
};

/* How a menu is shown in a narrow window (whole.h). */
struct whole {
	int title, detail;            /* the rows that each item has for it; title 0: items do not wrap */
	bool below;                   /* the second line stands below the list, that of the marked item */
};

struct screen {
	const struct screen_ops *ops;
	struct context *ctx;
	struct target target;         /* text is in `own` */
	struct arena own;             /* until the screen closes */
	struct arena mem;             /* until the next load */
	void *state;
	const char *title;            /* its part of the path; in mem or constant */
	const char *end;              /* SCREEN_LIST: the words after the last item, or where there is none, set by load;
	                               * NULL: the general ones */
	bool loaded, stale;

	int count;                    /* SCREEN_LIST: set by load */
	struct list list;
	struct row *row;              /* the window that is shown: items [row_first, row_first + row_count) */
	int row_first, row_count;
	struct whole whole;           /* how items wrap */
	struct arena rows_mem;
	int64_t selected, selected2;  /* ids of the item under the cursor */
	bool filtering;               /* typing goes to the filter */
	struct field filter;

	struct styled text;           /* SCREEN_TEXT */
	struct arena text_mem;
	int text_width;               /* in which it was cut */
	bool text_stale;
	struct pager pager;
	int link;                     /* index of the link with the focus, -1 none */
	struct field answer;          /* SCREEN_ASK */
	struct editor editor;         /* SCREEN_EDIT; what load() puts into it counts as kept */
	struct completion completion;
	/* of the editor, when it was kept last; a text that was sent: set it to the editor's */
	unsigned long kept_version;
	uint64_t question;            /* that is asked now, of what may be kept (asked.h) */
	uint64_t asked_with;          /* hash of the words that stood there at first */
	bool half;                    /* set by save(): what is typed is no answer yet, and was not kept */
	uint64_t kept_answer;         /* hash of the answer, when it was kept last */
	int64_t save_due_ms;          /* monotonic: when its text has to be kept; 0: it is */
};

#define SCREEN_STATE(s, type) ((struct type *)(s)->state)

/* For screens: */
void screen_go(struct screen *s, const struct target *to);
void screen_back(struct screen *s);
/* Ends this screen and opens another in its place; s is gone afterwards. */
void screen_replace(struct screen *s, const struct target *to);
/* A sentence on the status row until the next key. */
void screen_say(struct screen *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What happened, what is kept and what the member can do. */
void screen_say_error(struct screen *s, const struct error *err);
/* Load and rows again before the next draw. */
void screen_reload(struct screen *s);
/* Only the text again (a fold was opened). */
void screen_retext(struct screen *s);
/* The width of a text on this terminal, by the setting and the columns there are. */
int screen_text_width(const struct screen *s);
const char *screen_filter_text(const struct screen *s); /* NULL when empty */
