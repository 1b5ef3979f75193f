#include "term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>
#define NCURSES_WIDECHAR 1
#include <curses.h>

/* Of ncurses' term.h, which our header of that name hides. */
extern int setupterm(const char *name, int fd, int *code);

/* ncurses' own numbers for keys are not used: key_input.h reads the bytes. */
#undef KEY_RESIZE

#include "key_input.h"
#include "mem.h"
#include "panic.h"
#include "text.h"
#include "utf8.h"

enum { RestoreBytes = 256, StallMs = 2000, SliceMs = 100 };

/* ncurses writes a screen in many small pieces, which a screen reader at the other end of a slow line
 * speaks as fragments. So it writes to memory, and each drawing goes to the terminal in one piece. */
struct term {
	struct term_options opt;
	SCREEN *screen;
	FILE *out; /* the memory */
	struct canvas *shown; /* what the terminal shows; NULL: unknown */
	int rows, cols;       /* the last size told */
	bool colours_started, at_end;
	bool stalled; /* the terminal did not take the last drawing */
	struct {
		attr_t attributes;
		short pair;
	} look[ROLE_COUNT];
	struct key_input input;
};

/* For term_restore_raw: filled in once, then only read. */
static struct {
	volatile sig_atomic_t armed;
	int fd; /* never blocks, when the terminal is the one that started kring */
	char bytes[RestoreBytes];
	size_t n;
	struct termios mode; /* as the terminal was */
} restore = {.fd = STDOUT_FILENO};

static const char paste_on[] = "\033[?2004h", paste_off[] = "\033[?2004l";

static const char *capability(const char *name)
{
	const char *s = tigetstr(name);
	return s == (const char *)-1 ? NULL : s;
}

/* The string of a terminal capability without its delays ("$<5>"), "" when it has none. */
static void restore_add(const char *name)
{
	const char *s = capability(name);
	for (; s != NULL && *s != '\0' && restore.n < RestoreBytes; s++) {
		if (s[0] == '$' && s[1] == '<' && strchr(s, '>') != NULL)
			s = strchr(s, '>');
		else
			restore.bytes[restore.n++] = *s;
	}
}

static void restore_prepare(void)
{
	static const char *const capabilities[] = {"rmkx", "sgr0", "op", "cnorm", "rmcup"};
	memcpy(restore.bytes, paste_off, sizeof paste_off - 1);
	restore.n = sizeof paste_off - 1;
	for (size_t i = 0; i < COUNT(capabilities); i++)
		restore_add(capabilities[i]);
}

/* A description of its own, so that not waiting is for kring alone. */
static int open_output(void)
{
	int fd = open("/dev/tty", O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd >= 0 && tcgetsid(fd) == tcgetsid(STDOUT_FILENO))
		return fd;
	if (fd >= 0)
		close(fd);
	return STDOUT_FILENO;
}

static void close_output(void)
{
	if (restore.fd != STDOUT_FILENO)
		close(restore.fd);
	restore.fd = STDOUT_FILENO;
}

/* The signals that kring takes only while it waits. */
static bool must_end(void)
{
	sigset_t waiting;
	return sigpending(&waiting) == 0 && (sigismember(&waiting, SIGTERM) || sigismember(&waiting, SIGHUP) ||
		sigismember(&waiting, SIGINT) || sigismember(&waiting, SIGQUIT));
}

/* A terminal that somebody stopped takes nothing for as long as that pleases them. */
static bool takes_more(int fd)
{
	for (int waited = 0; waited < StallMs && !must_end(); waited += SliceMs)
		if (poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, SliceMs) > 0)
			return true;
	return false;
}

/* False: the terminal did not take it all. */
static bool write_all(const char *bytes, size_t n)
{
	for (size_t at = 0; at < n;) {
		ssize_t put = write(restore.fd, bytes + at, n - at);
		if (put > 0)
			at += (size_t)put;
		else if (put == 0 || (errno != EINTR && errno != EAGAIN) || (errno == EAGAIN && !takes_more(restore.fd)))
			return false;
	}
	return true;
}

void term_restore_raw(void)
{
	if (!restore.armed)
		return;
	restore.armed = 0;
	bool taken = write_all(restore.bytes, restore.n);
	tcsetattr(STDIN_FILENO, taken ? TCSADRAIN : TCSANOW, &restore.mode);
}

/* Keys as they are typed, none of them a signal; no line end is changed. */
static void set_modes(void)
{
	struct termios mode = restore.mode;
	mode.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | IGNCR | INLCR | ISTRIP | IXON | PARMRK);
	mode.c_oflag &= ~(tcflag_t)ONLCR;
	mode.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
	mode.c_cc[VMIN] = 1;
	mode.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSANOW, &mode);
}

/* Between what ncurses writes. */
static void put_out(struct term *t, const char *bytes)
{
	fputs(bytes, t->out);
	fflush(t->out);
}

/* Sends what ncurses has written. */
static void flush_out(struct term *t)
{
	char *bytes = NULL;
	fflush(t->out);
	off_t n = lseek(fileno(t->out), 0, SEEK_CUR);
	if (n <= 0)
		return;
	bytes = xmalloc((size_t)n);
	ssize_t got = pread(fileno(t->out), bytes, (size_t)n, 0);
	if (got > 0)
		t->stalled = !write_all(bytes, (size_t)got);
	free(bytes);
	lseek(fileno(t->out), 0, SEEK_SET);
}

static attr_t curses_attributes(unsigned attributes)
{
	return (attributes & THEME_BOLD ? A_BOLD : 0) | (attributes & THEME_UNDERLINE ? A_UNDERLINE : 0) |
		(attributes & THEME_REVERSE ? A_REVERSE : 0) | (attributes & THEME_ITALIC ? A_ITALIC : 0);
}

/* No start_color() for a theme without colours: then no colour code is ever sent. */
static void set_looks(struct term *t)
{
	bool colours = theme_has_colours(t->opt.theme) && !t->opt.no_colour && has_colors();
	if (colours && !t->colours_started) {
		start_color();
		use_default_colors();
		t->colours_started = true;
	}
	for (int role = 0; role < ROLE_COUNT; role++) {
		struct look look = theme_look(t->opt.theme, (enum role)role, colours ? COLORS : 0);
		bool pair = look.fg != THEME_DEFAULT && role + 1 < COLOR_PAIRS;
		if (pair)
			init_extended_pair(role + 1, look.fg, look.bg);
		t->look[role].attributes = curses_attributes(look.attributes);
		t->look[role].pair = pair ? (short)(role + 1) : 0;
	}
}

static void apply_options(struct term *t, const struct term_options *opt)
{
	t->opt = *opt;
	if (t->opt.theme == NULL)
		t->opt.theme = theme_default();
	set_looks(t);
	curs_set(opt->hidden_cursor ? 0 : 1);
	term_repaint(t);
}

void term_set_theme(struct term *t, const struct theme *theme)
{
	struct term_options opt = t->opt;
	opt.theme = theme;
	apply_options(t, &opt);
}

void term_set_cursor(struct term *t, bool hidden)
{
	struct term_options opt = t->opt;
	opt.hidden_cursor = hidden;
	apply_options(t, &opt);
}

static bool knows_terminal(struct error *err)
{
	const char *name = getenv("TERM");
	if (capability("cup") != NULL)
		return true;
	return fail(err, ERR_INVALID, _("This terminal (TERM=%s) cannot show full-screen programs."), name);
}

static SCREEN *open_screen(FILE *out, struct error *err)
{
	const char *name = getenv("TERM");
	SCREEN *screen = name == NULL || *name == '\0' ? NULL : newterm(NULL, out, stdin);
	if (screen == NULL) {
		fail(err, ERR_INVALID, _("This terminal (TERM=%s) is not known here."), name == NULL ? "" : name);
		return NULL;
	}
	if (knows_terminal(err))
		return screen;
	endwin();
	delscreen(screen);
	return NULL;
}

struct term *term_open(const struct term_options *opt, struct error *err)
{
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		fail(err, ERR_INVALID, _("There is no terminal to draw on."));
		return NULL;
	}
	int memory = memfd_create("screen", MFD_CLOEXEC);
	FILE *out = memory < 0 ? NULL : fdopen(memory, "r+");
	if (out == NULL) {
		fail(err, ERR_IO, _("There is no memory for the screen."));
		return NULL;
	}
	SCREEN *screen = open_screen(out, err);
	if (screen == NULL) {
		fclose(out);
		return NULL;
	}
	struct term *t = xcalloc(1, sizeof *t);
	t->screen = screen;
	t->out = out;
	restore.fd = open_output();
	tcgetattr(STDIN_FILENO, &restore.mode);
	set_modes();
	nonl();
	typeahead(-1);
	key_input_learn(&t->input, capability);
	term_size(t, &t->rows, &t->cols);
	apply_options(t, opt);
	restore_prepare();
	restore.armed = 1;
	return t;
}

void term_close(struct term *t)
{
	if (t == NULL)
		return;
	term_suspend(t);
	close_output();
	delscreen(t->screen);
	fclose(t->out);
	canvas_free(t->shown);
	free(t);
}

void term_suspend(struct term *t)
{
	if (!restore.armed)
		return;
	put_out(t, paste_off);
	endwin();
	flush_out(t);
	tcsetattr(STDIN_FILENO, t->stalled ? TCSANOW : TCSADRAIN, &restore.mode);
	restore.armed = 0;
}

void term_resume(struct term *t)
{
	set_modes();
	term_repaint(t);
	restore.armed = 1;
}

void term_repaint(struct term *t)
{
	canvas_free(t->shown);
	t->shown = NULL;
}

void term_size(const struct term *t, int *rows, int *cols)
{
	struct winsize size;
	bool told = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0;
	*rows = told ? size.ws_row : LINES;
	*cols = told ? size.ws_col : COLS;
}

/* The wide characters of a grapheme as this terminal will count them: the base with its marks, and only as
 * wide as the canvas says, so that the rest of the row stays in place. */
static size_t grapheme_wide(const struct cell *cell, wchar_t wide[CCHARW_MAX + 1])
{
	size_t n = strlen(cell->text), count = 0;
	int width = 0;
	for (size_t at = 0; at < n && count < CCHARW_MAX;) {
		uint32_t cp;
		at += utf8_decode(cell->text + at, n - at, &cp);
		int w = wcwidth((wchar_t)cp);
		if (count == 0 ? w < 1 || w > cell->width : w != 0 || cp == 0xFE0F || cp == 0x200D)
			break;
		width += w;
		wide[count++] = (wchar_t)cp;
	}
	if (count == 0)
		wide[count++] = L'?';
	wide[count] = L'\0';
	return (size_t)(width > 0 ? width : 1);
}

static void put_wide(const struct term *t, int row, int col, const struct cell *cell, const wchar_t *wide)
{
	cchar_t out;
	setcchar(&out, wide, t->look[cell->role].attributes, t->look[cell->role].pair, NULL);
	mvadd_wch(row, col, &out);
}

/* A flag is two letters of one column each (regional indicators); anything else of two columns that this
 * terminal counts as one gets a space. */
static wchar_t second_letter(const struct cell *cell)
{
	uint32_t cp[2] = {0};
	size_t n = strlen(cell->text), used = utf8_decode(cell->text, n, &cp[0]);
	if (used < n)
		utf8_decode(cell->text + used, n - used, &cp[1]);
	bool flag = cp[0] >= 0x1F1E6 && cp[0] <= 0x1F1FF && cp[1] >= 0x1F1E6 && cp[1] <= 0x1F1FF;
	return flag ? (wchar_t)cp[1] : L' ';
}

static void put_cell(const struct term *t, int row, int col, const struct cell *cell)
{
	wchar_t wide[CCHARW_MAX + 1] = {(unsigned char)cell->text[0]};
	size_t width = 1;
	if ((unsigned char)cell->text[0] >= 0x80)
		width = grapheme_wide(cell, wide);
	put_wide(t, row, col, cell, wide);
	if (cell->width == 2 && width == 1) {
		wchar_t rest[] = {second_letter(cell), L'\0'};
		put_wide(t, row, col + 1, cell, rest);
	}
}

static bool same_cell(const struct cell *a, const struct cell *b)
{
	return memcmp(a, b, sizeof *a) == 0;
}

static void put_row(const struct term *t, const struct canvas *c, int row)
{
	const struct cell *now = canvas_cell(c, row, 0);
	const struct cell *before = canvas_cell(t->shown, row, 0);
	for (int col = 0; col < c->cols; col++)
		if (now[col].width > 0 && !same_cell(&now[col], &before[col]))
			put_cell(t, row, col, &now[col]);
}

/* Spaces that look like an empty canvas. The background is only for erasing: else its looks would mix with
 * all others. */
static void erase_screen(const struct term *t)
{
	cchar_t blank, plain;
	setcchar(&blank, L" ", t->look[ROLE_TEXT].attributes, t->look[ROLE_TEXT].pair, NULL);
	setcchar(&plain, L" ", 0, 0, NULL);
	bkgrndset(&blank);
	erase();
	bkgrndset(&plain);
}

/* All cells are written again after a resize, a change of looks, Ctrl-L or another program. */
static void start_over(struct term *t, const struct canvas *c)
{
	resize_term(c->rows, c->cols);
	erase_screen(t);
	clearok(stdscr, TRUE);
	put_out(t, paste_on);
	t->shown = canvas_new(c->rows, c->cols);
}

int term_owed_fd(const struct term *t)
{
	return t->stalled ? restore.fd : -1;
}

void term_draw(struct term *t, const struct canvas *c)
{
	if (t->stalled && poll(&(struct pollfd){.fd = restore.fd, .events = POLLOUT}, 1, 0) == 0)
		return;
	if (t->shown != NULL && canvas_equal(t->shown, c))
		return;
	if (t->shown != NULL && (t->shown->rows != c->rows || t->shown->cols != c->cols))
		term_repaint(t);
	if (t->shown == NULL)
		start_over(t, c);
	for (int row = 0; row < c->rows; row++)
		put_row(t, c, row);
	move(c->cursor_row, c->cursor_col);
	wnoutrefresh(stdscr);
	doupdate();
	flush_out(t);
	if (t->stalled) {
		term_repaint(t);
		return;
	}
	memcpy(t->shown->cell, c->cell, sizeof *c->cell * (size_t)c->rows * (size_t)c->cols);
	t->shown->cursor_row = c->cursor_row;
	t->shown->cursor_col = c->cursor_col;
}

int term_fd(const struct term *t)
{
	return STDIN_FILENO;
}

/* Reads what is there within wait_ms; false when nothing was. */
static bool feed(struct term *t, int wait_ms)
{
	struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
	size_t room;
	unsigned char *to = key_input_room(&t->input, &room);
	if (t->at_end || room == 0 || poll(&p, 1, wait_ms) <= 0)
		return false;
	ssize_t n = read(STDIN_FILENO, to, room);
	if (n > 0)
		key_input_fed(&t->input, (size_t)n);
	else if (n == 0 || (errno != EINTR && errno != EAGAIN))
		t->at_end = true;
	return n > 0;
}

static bool next_key(struct term *t, struct key *key)
{
	int wait_ms;
	do {
		if (key_input_next(&t->input, false, key, &wait_ms))
			return true;
	} while (feed(t, wait_ms));
	return wait_ms > 0 && key_input_next(&t->input, true, key, &wait_ms);
}

size_t term_read(struct term *t, struct key *keys, size_t max)
{
	size_t n = 0;
	int rows, cols;
	term_size(t, &rows, &cols);
	if (max > 0 && (rows != t->rows || cols != t->cols)) {
		t->rows = rows;
		t->cols = cols;
		keys[n++] = (struct key){.code = KEY_RESIZE};
	}
	while (n < max && next_key(t, &keys[n]))
		n++;
	if (n < max && t->at_end)
		keys[n++] = (struct key){.code = KEY_EOF};
	return n;
}

bool term_known(const char *name, int *colours)
{
	int code = 0;
	if (setupterm(name, STDOUT_FILENO, &code) != OK)
		return false;
	int found = tigetnum("colors");
	*colours = found < 0 ? 0 : found;
	return capability("cup") != NULL;
}
