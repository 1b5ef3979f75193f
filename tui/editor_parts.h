#pragma once
#include "editor.h"

/* What the files of the editor share. */

/* One row of the window: bytes [from, to) of the text. */
struct editor_row {
	size_t line;       /* the line it is part of, from 0 */
	int row;           /* counted from the begin of the text */
	size_t from, to;
	bool last;         /* of its line */
};

void editor_layout_free(struct editor *e);
/* Wraps everything anew at the next question. */
void editor_layout_width(struct editor *e, int width);
/* `removed` bytes at `from` were replaced by n bytes that are in the text already. */
void editor_layout_splice(struct editor *e, size_t from, size_t removed, size_t n);
struct editor_row editor_row_of(const struct editor *e, size_t at);
/* The nearest row there is. */
struct editor_row editor_row_at(const struct editor *e, int row);
int editor_row_count(const struct editor *e);
/* Columns from the begin of the row to byte `at`. */
int editor_row_col(const struct editor *e, const struct editor_row *r, size_t at);
/* The byte of the row at this column or just before it. */
size_t editor_row_byte(const struct editor *e, const struct editor_row *r, int col);
/* The row as drawn: tabs are spaces. */
void editor_row_text(const struct editor *e, const struct editor_row *r, struct sbuf *out);

/* Kinds of changes that grow into one step. */
enum editor_step_kind { STEP_TYPED, STEP_PASTED, STEP_BACK, STEP_AHEAD, STEP_OTHER };

/* Notes a change before it is made. */
void editor_history_add(struct editor *e, enum editor_step_kind kind, size_t from, size_t removed,
	const char *added, size_t n);
/* What comes next is another step. */
void editor_history_seal(struct editor *e);
void editor_history_free(struct editor *e);

/* Changes the text, not the history. The insertion point comes after what was added. */
void editor_splice(struct editor *e, size_t from, size_t removed, const char *added, size_t n);
