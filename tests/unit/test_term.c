/* What really goes to a terminal: the back end in a pty, its bytes in pieces between marks. */
#include "check.h"

#include <locale.h>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include "charset.h"
#include "mem.h"
#include "sbuf.h"
#include "str.h"
#include "term.h"

enum { PieceOpen, PieceSame, PieceStep, PieceCursor, PieceRepaint, PieceKeys, PieceSuspend, PieceClose,
	PieceCount };

struct session {
	struct sbuf piece[PieceCount];
	int status;
	struct termios before, after;
};

static void draw_list(struct canvas *c, int selected)
{
	canvas_clear(c);
	canvas_add(c, 0, 0, -1, ROLE_TITLE, "Leden > Zoë 宽字 🇳🇱");
	for (int i = 0; i < 10; i++)
		canvas_addf(c, 2 + i, 0, 40, i == selected ? ROLE_SELECTED : ROLE_TEXT, "%sLid nummer %d",
			i == selected ? "> " : "  ", i);
	canvas_add(c, c->rows - 1, 0, -1, ROLE_KEYS, "Enter openen  Esc terug");
	canvas_cursor(c, 2 + selected, 0);
}

static void mark(void)
{
	if (write(STDOUT_FILENO, "\001", 1) != 1)
		_exit(3);
}

/* Waits for `count` keys and writes their names. */
static void echo_keys(struct term *t, int count)
{
	struct key keys[4];
	struct sbuf names = {0};
	while (count > 0) {
		struct pollfd p = {.fd = term_fd(t), .events = POLLIN};
		poll(&p, 1, -1);
		size_t n = term_read(t, keys, COUNT(keys));
		for (size_t i = 0; i < n; i++) {
			key_says(&keys[i], &names);
			sbuf_addc(&names, ' ');
		}
		count -= (int)n;
	}
	if (write(STDOUT_FILENO, names.p, names.n) != (ssize_t)names.n)
		_exit(3);
	sbuf_fini(&names);
}

static void child(const char *term_name, const char *locale, const struct term_options *opt)
{
	struct error err;
	setenv("TERM", term_name, 1);
	if (setlocale(LC_ALL, locale) == NULL)
		_exit(4);
	charset_use(false, NULL);
	struct term *t = term_open(opt, &err);
	if (t == NULL)
		_exit(err.kind == ERR_INVALID ? 2 : 5);
	struct canvas *c = canvas_new(24, 80);
	draw_list(c, 0);
	term_draw(t, c);
	mark();
	term_draw(t, c);
	mark();
	draw_list(c, 1);
	term_draw(t, c);
	mark();
	canvas_cursor(c, 4, 7);
	term_draw(t, c);
	mark();
	term_repaint(t);
	term_draw(t, c);
	mark();
	echo_keys(t, 4);
	echo_keys(t, 1);
	mark();
	term_suspend(t);
	mark();
	term_resume(t);
	term_draw(t, c);
	term_close(t);
	canvas_free(c);
	/* What a program wrote just before its end can be lost with it: it stays until all was read. */
	char line;
	_exit(write(STDOUT_FILENO, "\002", 1) == 1 && read(STDIN_FILENO, &line, 1) == 1 ? 0 : 6);
}

/* Everything the child writes, cut at the marks. Esc goes alone, after the other keys: nothing follows it
 * that could bring it out. */
static void collect(int fd, struct session *s)
{
	char bytes[4096];
	int piece = 0;
	for (ssize_t n; (n = read(fd, bytes, sizeof bytes)) > 0;) {
		for (ssize_t i = 0; i < n; i++) {
			if (bytes[i] == '\002') {
				assert_int_equal(write(fd, "\n", 1), 1);
				return;
			}
			if (bytes[i] == '\001' && piece + 1 < PieceCount)
				piece++;
			else
				sbuf_addc(&s->piece[piece], bytes[i]);
		}
		if (str_ends(sbuf_str(&s->piece[PieceKeys]), "Enter "))
			assert_int_equal(write(fd, "\033", 1), 1);
	}
}

static void run(struct session *s, const char *term_name, const char *locale, const struct term_options *opt)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	int fd, inner;
	*s = (struct session){0};
	assert_int_equal(openpty(&fd, &inner, NULL, NULL, &size), 0);
	tcgetattr(inner, &s->before);
	s->before.c_lflag &= ~(tcflag_t)ECHO; /* the keys below may come before the child has turned it off */
	tcsetattr(inner, TCSANOW, &s->before);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(fd);
		login_tty(inner);
		child(term_name, locale, opt);
	}
	static const char keys[] = "\033[Bq\xC3\xA9\r";
	assert_int_equal(write(fd, keys, sizeof keys - 1), sizeof keys - 1);
	close(inner);
	collect(fd, s);
	tcgetattr(fd, &s->after);
	waitpid(pid, &s->status, 0);
	close(fd);
}

static void free_session(struct session *s)
{
	for (int i = 0; i < PieceCount; i++)
		sbuf_fini(&s->piece[i]);
}

static bool has(const struct session *s, const char *bytes)
{
	for (int i = 0; i < PieceCount; i++)
		if (s->piece[i].p != NULL && strstr(s->piece[i].p, bytes) != NULL)
			return true;
	return false;
}

/* Whether an SGR sequence has a parameter in [low, high]. */
static bool has_sgr(const struct session *s, int low, int high)
{
	for (int i = 0; i < PieceCount; i++) {
		for (const char *p = sbuf_str(&s->piece[i]); (p = strstr(p, "\033[")) != NULL; p += 2) {
			const char *end = p + 2 + strspn(p + 2, "0123456789;");
			for (const char *q = p + 2; *end == 'm' && q < end; q += strcspn(q, ";m") + 1)
				if (atoi(q) >= low && atoi(q) <= high)
					return true;
		}
	}
	return false;
}

static void R3_no_bell_no_blinking_and_one_write(void **state)
{
	struct session s;
	run(&s, "xterm", "C.UTF-8", &(struct term_options){0});
	CHECK_INT("left well", s.status, 0);
	CHECK_INT("nothing new, no bytes", s.piece[PieceSame].n, 0);
	if (s.piece[PieceStep].n > 90)
		fail_msg("one step in a list took %zu bytes", s.piece[PieceStep].n);
	assert_null(strstr(s.piece[PieceStep].p, "\033[2J"));
	CHECK_STRING("the cursor alone", s.piece[PieceCursor].p, "\033[5;8H");
	assert_non_null(strstr(s.piece[PieceRepaint].p, "\033[2J"));
	assert_true(str_ends(s.piece[PieceRepaint].p, "\033[5;8H"));
	CHECK_STRING("keys", s.piece[PieceKeys].p, "arrow down q é Enter Esc ");
	assert_non_null(strstr(s.piece[PieceOpen].p, "Leden > Zoë 宽字 🇳🇱"));
	assert_false(has(&s, "\a"));
	assert_false(has(&s, "\033[?5h"));
	assert_false(has(&s, "\033[?12h"));
	assert_false(has(&s, "?12;25h"));
	assert_false(has_sgr(&s, 5, 6));
	free_session(&s);
}

static void R27_no_colours_unless_the_member_wants_them(void **state)
{
	struct session s;
	run(&s, "xterm-256color", "C.UTF-8", &(struct term_options){0});
	assert_false(has_sgr(&s, 2, 2));
	assert_false(has_sgr(&s, 30, 49));
	assert_false(has_sgr(&s, 90, 107));
	free_session(&s);
	run(&s, "xterm-256color", "C.UTF-8", &(struct term_options){.theme = theme_find("zwart-wit")});
	assert_false(has_sgr(&s, 30, 49));
	free_session(&s);
}

/* On each terminal the cursor alone goes to another focus, and nothing of it is loud. */
static void SR1_the_cursor_moves_on_every_terminal(void **state)
{
	static const char *const names[] = {"xterm", "screen", "tmux", "linux", "vt100", "vt220", "rxvt", "putty"};
	for (size_t i = 0; i < COUNT(names); i++) {
		struct session s;
		run(&s, names[i], "C.UTF-8", &(struct term_options){0});
		CHECK_INT(names[i], s.status, 0);
		/* A move and nothing else; some terminals have shorter ones than an address. */
		if (s.piece[PieceCursor].n == 0 || s.piece[PieceCursor].n > 16)
			fail_msg("%s: %zu bytes to move the cursor", names[i], s.piece[PieceCursor].n);
		assert_false(has(&s, "\a"));
		assert_false(has_sgr(&s, 5, 6));
		free_session(&s);
	}
}

static void a_theme_with_colours(void **state)
{
	struct session s;
	run(&s, "xterm-256color", "C.UTF-8", &(struct term_options){.theme = theme_find("rustig-donker")});
	CHECK_INT("left well", s.status, 0);
	assert_true(has(&s, "38;5;250"));
	assert_true(has(&s, "48;5;235"));
	CHECK_INT("nothing new, no bytes", s.piece[PieceSame].n, 0);
	free_session(&s);
	run(&s, "xterm-256color", "C.UTF-8", &(struct term_options){.theme = theme_find("rustig"), .no_colour = true});
	assert_false(has_sgr(&s, 30, 49));
	free_session(&s);
}

static void a_terminal_without_utf8(void **state)
{
	struct session s;
	run(&s, "vt100", "C", &(struct term_options){0});
	CHECK_INT("left well", s.status, 0);
	assert_non_null(strstr(s.piece[PieceOpen].p, "Leden > Zoe [?][?] [?]"));
	for (int i = 0; i < PieceCount; i++)
		for (size_t k = 0; k < s.piece[i].n && i != PieceKeys; k++)
			assert_true((unsigned char)s.piece[i].p[k] < 0x80);
	free_session(&s);
}

static void R30_the_terminal_is_left_as_it_was(void **state)
{
	struct session s;
	run(&s, "xterm", "C.UTF-8", &(struct term_options){0});
	CHECK_INT("input modes", s.after.c_iflag, s.before.c_iflag);
	CHECK_INT("local modes", s.after.c_lflag, s.before.c_lflag);
	CHECK_INT("output modes", s.after.c_oflag, s.before.c_oflag);
	assert_non_null(strstr(s.piece[PieceClose].p, "\033[?2004l"));
	assert_non_null(strstr(s.piece[PieceClose].p, "\033[?1049l"));
	assert_non_null(strstr(s.piece[PieceSuspend].p, "\033[?1049l"));
	free_session(&s);
}

/* The bytes without what shows and hides the cursor. */
static void without_cursor(const struct sbuf *piece, struct sbuf *out)
{
	sbuf_reset(out);
	for (const char *s = sbuf_str(piece); *s != '\0'; s++) {
		if (str_starts(s, "\033[?25l") || str_starts(s, "\033[?25h"))
			s += 5;
		else if (str_starts(s, "\033[?12l\033[?25h"))
			s += 11;
		else
			sbuf_addc(out, *s);
	}
}

static void SR1_a_hidden_cursor_goes_to_the_same_places(void **state)
{
	struct session shown, hidden;
	struct sbuf a = {0}, b = {0};
	run(&shown, "xterm", "C.UTF-8", &(struct term_options){0});
	run(&hidden, "xterm", "C.UTF-8", &(struct term_options){.hidden_cursor = true});
	assert_non_null(strstr(sbuf_str(&hidden.piece[PieceOpen]), "\033[?25l"));
	for (int i = PieceOpen; i <= PieceRepaint; i++) {
		assert_null(strstr(sbuf_str(&hidden.piece[i]), "\033[?25h"));
		without_cursor(&shown.piece[i], &a);
		without_cursor(&hidden.piece[i], &b);
		CHECK_STRING("bytes", sbuf_str(&b), sbuf_str(&a));
	}
	assert_non_null(strstr(sbuf_str(&hidden.piece[PieceClose]), "\033[?25h"));
	sbuf_fini(&a);
	sbuf_fini(&b);
	free_session(&shown);
	free_session(&hidden);
}

static void terminals_that_cannot(void **state)
{
	static const char *const names[] = {"dumb", "no-such-terminal", ""};
	for (size_t i = 0; i < COUNT(names); i++) {
		struct session s;
		run(&s, names[i], "C.UTF-8", &(struct term_options){0});
		CHECK_INT(names[i], WEXITSTATUS(s.status), 2);
		free_session(&s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R3_no_bell_no_blinking_and_one_write),
		cmocka_unit_test(R27_no_colours_unless_the_member_wants_them),
		cmocka_unit_test(SR1_the_cursor_moves_on_every_terminal),
		cmocka_unit_test(a_theme_with_colours),
		cmocka_unit_test(a_terminal_without_utf8),
		cmocka_unit_test(R30_the_terminal_is_left_as_it_was),
		cmocka_unit_test(SR1_a_hidden_cursor_goes_to_the_same_places),
		cmocka_unit_test(terminals_that_cannot),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
