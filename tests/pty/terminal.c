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
#include <termios.h>
#include <unistd.h>
#include <utmp.h>
#include <vterm.h>

#include "clock.h"
#include "encoding.h"
#include "utf8.h"

static int note_property(VTermProp property, VTermValue *value, void *self)
{
	struct terminal *t = self;
	if (property == VTERM_PROP_ALTSCREEN)
		t->other_screen = value->boolean;
	else if (property == VTERM_PROP_CURSORVISIBLE)
		t->cursor_hidden = !value->boolean;
	return 1;
}

void terminal_start(struct terminal *t, int rows, int cols, char *const argv[], char *const env[])
{
	*t = (struct terminal){.rows = rows, .cols = cols};
	t->vt = vterm_new(rows, cols);
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_enable_altscreen(t->screen, 1);
	static const VTermScreenCallbacks callbacks = {.settermprop = note_property};
	vterm_screen_set_callbacks(t->screen, &callbacks, t);
	vterm_screen_reset(t->screen, 1);
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	int inner = -1;
	if (openpty(&t->fd, &inner, NULL, NULL, &size) != 0 || tcgetattr(inner, &t->mode) != 0) {
		perror("openpty");
		exit(1);
	}
	t->pid = fork();
	if (t->pid == 0) {
		close(t->fd);
		login_tty(inner);
		execve(argv[0], argv, env);
		_exit(127);
	}
	if (t->pid < 0) {
		perror("fork");
		exit(1);
	}
	close(inner);
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

static void show(struct terminal *t, const char *bytes, size_t n)
{
	struct sbuf utf8 = {0};
	encoding_to_utf8(t->charmap, bytes, n, &utf8);
	vterm_input_write(t->vt, utf8.p, utf8.n);
	sbuf_fini(&utf8);
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
		show(t, buf, (size_t)n);
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

/* What the emulator would send for a key or a paste tells the modes it is in. */
static bool sends(struct terminal *t, void (*act)(VTerm *vt), const char *bytes)
{
	char out[64];
	act(t->vt);
	size_t n = vterm_output_read(t->vt, out, sizeof out);
	return n == strlen(bytes) && memcmp(out, bytes, n) == 0;
}

static void press_up(VTerm *vt)
{
	vterm_keyboard_key(vt, VTERM_KEY_UP, VTERM_MOD_NONE);
}

static bool drawn_plainly(const struct terminal *t)
{
	VTermValue bold, reverse, underline;
	VTermState *state = vterm_obtain_state(t->vt);
	vterm_state_get_penattr(state, VTERM_ATTR_BOLD, &bold);
	vterm_state_get_penattr(state, VTERM_ATTR_REVERSE, &reverse);
	vterm_state_get_penattr(state, VTERM_ATTR_UNDERLINE, &underline);
	return !bold.boolean && !reverse.boolean && underline.number == 0;
}

static bool has_modes(const struct terminal *t)
{
	struct termios mode;
	return tcgetattr(t->fd, &mode) != 0 || (mode.c_iflag == t->mode.c_iflag && mode.c_oflag == t->mode.c_oflag &&
		mode.c_cflag == t->mode.c_cflag && mode.c_lflag == t->mode.c_lflag &&
		memcmp(mode.c_cc, t->mode.c_cc, sizeof mode.c_cc) == 0);
}

const char *terminal_left(struct terminal *t)
{
	if (!has_modes(t))
		return "other modes";
	if (t->other_screen)
		return "the screen of the program";
	if (t->cursor_hidden)
		return "no cursor";
	if (!drawn_plainly(t))
		return "bold or reverse";
	if (!sends(t, press_up, "\033[A"))
		return "the keys of the program";
	if (!sends(t, vterm_keyboard_start_paste, ""))
		return "pastes between marks";
	return NULL;
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
