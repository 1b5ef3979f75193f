#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "canvas.h"
#include "error.h"
#include "key.h"
#include "theme.h"

/* The one terminal of the program. Not thread-safe: the thread that opens it draws and reads. */
struct term;

struct term_options {
	const struct theme *theme;  /* NULL: theme_default() */
	bool no_colour;             /* NO_COLOR is set, or the member said so */
	bool hidden_cursor;         /* the member does not want to see the cursor; it still moves */
};

/* Call setlocale and charset_use first. NULL with ERR_INVALID when the terminal cannot do full-screen (TERM
 * unknown or dumb, no terminal on stdin or stdout): use line mode. Set your handlers for SIGINT, SIGTERM,
 * SIGTSTP and SIGWINCH before this: ncurses takes the ones that are still default. Ctrl-C, Ctrl-Z, Ctrl-S and
 * Ctrl-\ arrive as keys. */
struct term *term_open(const struct term_options *opt, struct error *err);
/* Restores the terminal. NULL is allowed. */
void term_close(struct term *t);
/* Another theme, or another choice for the cursor, from the next term_draw on. */
void term_set_theme(struct term *t, const struct theme *theme);
void term_set_cursor(struct term *t, bool hidden);

/* The size now, asked of the terminal. */
void term_size(const struct term *t, int *rows, int *cols);
/* Shows the canvas: one write, only what changed since the last call, the cursor last. Nothing changed: no
 * bytes. */
void term_draw(struct term *t, const struct canvas *c);
/* A terminal that takes nothing for two seconds gets the rest later, so that kring goes on: poll this for
 * output, then draw again. -1: all was taken. */
int term_owed_fd(const struct term *t);
/* Ctrl-L: the next term_draw writes everything again. */
void term_repaint(struct term *t);

/* The descriptor to poll for input. */
int term_fd(const struct term *t);
/* All keys typed so far, at most max; returns how many, 0 when there are none. Does not wait, except shortly
 * for the rest of a function key. Call it also after SIGWINCH: a new size gives KEY_RESIZE.
 * The end of the input gives KEY_EOF. When `max` is returned, call again before polling. */
size_t term_read(struct term *t, struct key *keys, size_t max);

/* Gives the terminal to another program, and takes it back (all is drawn again). */
void term_suspend(struct term *t);
void term_resume(struct term *t);

/* For a report, while no terminal is open: whether terminfo knows this terminal with what a full screen
 * needs, and how many colours it has. */
bool term_known(const char *name, int *colours);

/* For a panic or a fatal signal: puts the open terminal back with write(2) and tcsetattr(3) only, so it may
 * be called in a signal handler. Does nothing when no terminal is open, or the second time. */
void term_restore_raw(void);
