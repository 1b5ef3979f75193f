#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "canvas.h"
#include "key.h"
#include "sbuf.h"

enum { EDITOR_BYTES = 256 * 1024 };

/* A text of many lines that a member writes. Lines wrap softly between words at the width; nothing is put
 * into the text for that. A zeroed struct is an empty text. Keys only change the text and the insertion
 * point: editor_resize brings the window after them, once for many keys. */
struct editor {
	struct sbuf text;          /* UTF-8, lines end in \n */
	size_t at;                 /* byte of the insertion point, on a grapheme border */
	size_t max_bytes;          /* 0: EDITOR_BYTES; more is not taken in */
	int width, rows;           /* columns of a line, rows of the window; set by editor_resize */
	int top;                   /* first row in view, counted in wrapped rows */
	int want_col;              /* column that Up and Down keep to; -1 none */
	bool pasting;
	bool full;                 /* something did not fit and was not taken in; who says so sets it back */
	unsigned long version;     /* grows with every change of the text */
	struct editor_history *history;
	struct editor_layout *layout;
};

void editor_fini(struct editor *e);
/* Another text: the history begins anew, the insertion point is at the end. */
void editor_set(struct editor *e, const char *text);
const char *editor_text(const struct editor *e);
/* The size of the window, with the insertion point in it. The place in the window stays when the width
 * changes. Drawing takes `width` + 1 columns: the insertion point may stand behind the last letter. */
void editor_resize(struct editor *e, int rows, int width);
/* Text, Enter (a new line), Backspace, Delete, the arrows, PageUp, PageDown, Home and C-a, End and C-e (of
 * the line as written), word back C-b, word on C-f, C-w, C-u, C-k, undo C-o, redo C-r, paste. Tab only in a
 * paste. False: not a key of an editor (Esc, Tab, function keys). */
bool editor_key(struct editor *e, const struct key *k);
/* Many typed keys at once, as one step of the history. */
void editor_type(struct editor *e, const char *text);
/* Puts text at the insertion point as one step of the history. */
void editor_insert(struct editor *e, const char *text);
/* Puts text in the place of bytes [from, to), which are grapheme borders. */
void editor_replace(struct editor *e, size_t from, size_t to, const char *text);
bool editor_undo(struct editor *e); /* false: nothing left */
bool editor_redo(struct editor *e);
/* The word before the insertion point that begins with @ or #; its length in bytes, 0 when there is none. */
size_t editor_word(const struct editor *e, const char **word);
/* Line of the insertion point in the text itself, from 1, and how many there are. */
void editor_place(const struct editor *e, int *line, int *lines);
/* The mark before the row of the insertion point takes two columns from `col` on; every row has that margin. */
void editor_draw(const struct editor *e, struct canvas *c, int row, int col);
