#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "canvas.h"
#include "key.h"
#include "sbuf.h"

/* A text of many lines that a member writes. Lines wrap softly between words at the width; nothing is put into the text
 * for that. A zeroed struct is an empty text. */
struct editor {
	struct sbuf text;          /* UTF-8, lines end in \n */
	size_t at;                 /* byte of the insertion point, on a grapheme border */
	size_t max_bytes;          /* 0: 256 KB; more is not taken in */
	int width, rows;           /* columns of a line, rows of the window; set by editor_resize */
	int top;                   /* first row in view, counted in wrapped rows */
	int want_col;              /* column that Up and Down keep to; -1 none */
	bool pasting;
	unsigned long version;     /* grows with every change of the text */
	struct editor_history *history;
};

void editor_fini(struct editor *e);
/* Another text: the history begins anew, the insertion point is at the end. */
void editor_set(struct editor *e, const char *text);
const char *editor_text(const struct editor *e);
void editor_resize(struct editor *e, int rows, int width);
/* Text, Enter (a new line), Backspace, Delete, the arrows, Home, End, PageUp, PageDown, C-a, C-e, word movement, C-w, C-u,
 * C-k, undo (C-z is the terminal's: C-u... see the help), redo, paste. False: not a key of an editor (Esc, Tab,
 * function keys). */
bool editor_key(struct editor *e, const struct key *k);
/* Puts text at the insertion point as one step of the history. */
void editor_insert(struct editor *e, const char *text);
bool editor_undo(struct editor *e); /* false: nothing left */
bool editor_redo(struct editor *e);
/* The word before the insertion point that begins with @ or #; its length in bytes, 0 when there is none. */
size_t editor_word(const struct editor *e, const char **word);
/* Puts `full` in the place of that word, with a space after it. */
void editor_complete(struct editor *e, const char *full);
/* Line and column of the insertion point in the text itself, from 1. */
void editor_place(const struct editor *e, int *line, int *lines);
/* Draws and puts the cursor on the insertion point; every line has the gutter's two columns before it. */
void editor_draw(const struct editor *e, struct canvas *c, int row, int col);
