#pragma once
#include "key.h"

/* What text mode has to know when its lines go to and come from a terminal. */

/* Columns of standard output; 0: it is no terminal, and lines stay as long as they are. */
int line_terminal_cols(void);
/* Lines that are too long go on below, at a word. Appends; cols 0: as it is. */
void line_terminal_wrap(const char *text, int cols, struct sbuf *out);
/* A line that is nothing but one key, such as F5 or an arrow, as the terminal writes it. */
bool line_terminal_key(const char *typed, size_t n, struct key *out);
