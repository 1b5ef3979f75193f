#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include "sbuf.h"

/* A program in a pseudo-terminal, read through a real terminal emulator (libvterm). */
struct terminal {
	struct VTerm *vt;
	struct VTermScreen *screen;
	int fd, rows, cols;
	pid_t pid;
	struct sbuf raw;     /* every byte the program wrote */
	const char *charmap; /* what the bytes are; NULL: UTF-8 */
	struct termios mode; /* before the program */
	bool other_screen, cursor_hidden; /* what the program asked for last */
	bool ended;          /* the program closed its end */
	int status;          /* of waitpid, once it ended */
};

void terminal_start(struct terminal *t, int rows, int cols, char *const argv[], char *const env[]);
/* Reads what is there; waits at most wait_ms for the first byte. False: nothing came. */
bool terminal_read(struct terminal *t, int wait_ms);
void terminal_send(struct terminal *t, const char *bytes, size_t n);
void terminal_resize(struct terminal *t, int rows, int cols);
/* One row without trailing spaces; the whole screen, row by row. Append. */
void terminal_row(const struct terminal *t, int row, struct sbuf *out);
void terminal_text(const struct terminal *t, struct sbuf *out);
/* In what the terminal is not as it was before the program: a word, or NULL. */
const char *terminal_left(struct terminal *t);
void terminal_cursor(const struct terminal *t, int *row, int *col);
/* Waits for the end; false when it does not come in time. */
bool terminal_wait(struct terminal *t, int wait_ms);
void terminal_kill(struct terminal *t);
