#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vterm.h>

#include "clock.h"
#include "utf8.h"

void terminal_start(struct terminal *t, int rows, int cols, char *const argv[], char *const env[])
{
	*t = (struct terminal){.rows = rows, .cols = cols};
	t->vt = vterm_new(rows, cols);
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	vterm_screen_reset(t->screen, 1);
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	t->pid = forkpty(&t->fd, NULL, NULL, &size);
	if (t->pid == 0) {
		execve(argv[0], argv, env);
		_exit(127);
	}
	if (t->pid < 0) {
		perror("forkpty");
		exit(1);
	}
	fcntl(t->fd, F_SETFD, FD_CLOEXEC);
}

/* Answers of the emulator (device attributes, cursor reports) go back as a terminal's would. */
static void send_answers(struct terminal *t)
{
	char out[256];
	size_t n = vterm_output_read(t->vt, out, sizeof out);
	if (n > 0 && write(t->fd, out, n) < 0)
		t->ended = true;
}

bool terminal_read(struct terminal *t, int wait_ms)
{
	char buf[8192];
	bool some = false;
	while (!t->ended && poll(&(struct pollfd){.fd = t->fd, .events = POLLIN}, 1, some ? 0 : wait_ms) > 0) {
		ssize_t n = read(t->fd, buf, sizeof buf);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			t->ended = true;
			break;
		}
		sbuf_addn(&t->raw, buf, (size_t)n);
		vterm_input_write(t->vt, buf, (size_t)n);
		send_answers(t);
		some = true;
	}
	return some;
}

void terminal_send(struct terminal *t, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t done = write(t->fd, bytes, n);
		if (done < 0 && errno != EINTR)
			return;
		if (done > 0) {
			bytes += done;
			n -= (size_t)done;
		}
	}
}

void terminal_resize(struct terminal *t, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	t->rows = rows;
	t->cols = cols;
	vterm_set_size(t->vt, rows, cols);
	ioctl(t->fd, TIOCSWINSZ, &size);
}

void terminal_row(const struct terminal *t, int row, struct sbuf *out)
{
	size_t start = out->n;
	for (int col = 0; col < t->cols;) {
		VTermScreenCell cell;
		vterm_screen_get_cell(t->screen, (VTermPos){row, col}, &cell);
		if (cell.chars[0] == 0)
			sbuf_addc(out, ' ');
		for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0 && cell.chars[i] != (uint32_t)-1; i++) {
			char utf8[4];
			sbuf_addn(out, utf8, utf8_encode(utf8, cell.chars[i]));
		}
		col += cell.width > 0 ? cell.width : 1;
	}
	while (out->n > start && out->p[out->n - 1] == ' ')
		sbuf_truncate(out, out->n - 1);
}

void terminal_text(const struct terminal *t, struct sbuf *out)
{
	for (int row = 0; row < t->rows; row++) {
		terminal_row(t, row, out);
		sbuf_addc(out, '\n');
	}
}

void terminal_cursor(const struct terminal *t, int *row, int *col)
{
	VTermPos pos;
	vterm_state_get_cursorpos(vterm_obtain_state(t->vt), &pos);
	*row = pos.row;
	*col = pos.col;
}

bool terminal_wait(struct terminal *t, int wait_ms)
{
	int64_t until = clock_mono_ms() + wait_ms;
	for (;;) {
		terminal_read(t, 20);
		pid_t done = waitpid(t->pid, &t->status, WNOHANG);
		if (done == t->pid) {
			terminal_read(t, 0);
			t->pid = 0;
			return true;
		}
		if (clock_mono_ms() > until)
			return false;
	}
}

void terminal_kill(struct terminal *t)
{
	if (t->pid > 0) {
		kill(t->pid, SIGKILL);
		waitpid(t->pid, &t->status, 0);
	}
	if (t->vt != NULL) {
		close(t->fd);
		vterm_free(t->vt);
	}
	sbuf_fini(&t->raw);
	*t = (struct terminal){0};
}
