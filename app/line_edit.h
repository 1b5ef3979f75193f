#pragma once
#include "screen.h"
#include "stack.h"

/* SCREEN_EDIT in line mode: a text is written line by line, at its end. */

/* What is written, the text with the numbers of its lines, and how to go on. Appends. */
void line_edit_show(const struct screen *s, struct sbuf *out);
/* "Line 3". Appends. */
void line_edit_prompt(const struct screen *s, struct sbuf *out);
/* Before the text is left: a line end of text mode itself goes. */
void line_edit_close(struct screen *s, unsigned long *own_end);
/* A line of the text, or a command. True: all of it has to be shown again. own_end: version of the editor
 * whose last line end is of text mode itself, and no part of the text; 0 none. */
bool line_edit_answer(struct stack *st, const char *line, unsigned long *own_end);
