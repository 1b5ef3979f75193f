#pragma once
#include <stdbool.h>

#include "asked.h"
#include "canvas.h"
#include "key.h"
#include "key_guard.h"
#include "said.h"
#include "screen.h"

/* The screens that are open, one upon the other; the first is Start and never closes. No terminal and no
 * waiting here: keys come in, cells go out, so the full screen, line mode and the tests use the same. */
enum { STACK_DEPTH = 32, STACK_MIN_ROWS = 10, STACK_MIN_COLS = 40 };

struct stack {
	struct context *ctx;
	struct screen *screen[STACK_DEPTH];
	int depth, rows, cols;
	/* the text that was opened last from a list and is still to be seen beside it */
	struct screen *beside, *beside_of;
	unsigned opened;     /* how many screens ever were */
	char message[800];   /* of the status row, until the next key */
	char status[800];    /* what is going on, as of the last settle */
	struct said said;
	struct asked_all asked;
	bool pasting;
	bool hidden;         /* nothing is shown: blank.h */
	bool lines;          /* text mode: what was written stays above */
	struct key_guard guard;
};

/* The context must outlive the stack; its `stack` is set. Opens Start. */
struct stack *stack_new(struct context *ctx, int rows, int cols);
void stack_free(struct stack *st);
void stack_resize(struct stack *st, int rows, int cols);
struct screen *stack_top(const struct stack *st);

/* Opens a screen. A name that does not exist is a broken invariant. */
void stack_go(struct stack *st, const struct target *to);
/* Closes the top screen (not Start) and opens another in its place. */
void stack_replace(struct stack *st, const struct target *to);
/* One step back; on Start nothing happens. */
void stack_back(struct stack *st);
void stack_say(struct stack *st, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* What happened, what is kept and what the member can do. */
void stack_say_error(struct stack *st, const struct error *err);
/* What the store changed (STORE_*): the screens that show it are read again before the next key or draw. */
void stack_changed(struct stack *st, unsigned aggregates);

/* Another language or setting holds: what can be read is read again, also on the screens below, whose names
 * are in the path. */
void stack_renew(struct stack *st);

/* One key. What was out of date is read first, so that the key works on what will be on the screen. */
void stack_key(struct stack *st, const struct key *k);
/* Takes as many of these keys as are letters of a text that is being written, in one step (a paste, a burst).
 * Answers how many; for all others there is stack_key. */
size_t stack_typed(struct stack *st, const struct key *keys, size_t n);
/* When (monotonic) texts have to be kept at the latest; 0: there is nothing to keep. */
int64_t stack_due_ms(const struct stack *st);
/* Keeps every text that changed. Also done when a screen closes or another opens. */
void stack_save_texts(struct stack *st);
/* Brings the top screen up to date; call before stack_draw. */
void stack_settle(struct stack *st);
void stack_draw(const struct stack *st, struct canvas *c);

/* The path as text of kring's own making, and back: to open the same place again. What cannot be opened is
 * left out. Typed text is not part of it. */
void stack_save(const struct stack *st, struct sbuf *out);
void stack_restore(struct stack *st, const char *saved);

/* "Board > Assignments > Title". Appends. */
void stack_path(const struct stack *st, struct sbuf *out);
/* Runs a binding of the top screen by its verb; false when it has none. */
bool stack_run(struct stack *st, const char *verb);
