#include "rules.h"

#include <pty.h>
#include <sys/wait.h>
#include <utmp.h>

#include "option.h"
#include "str.h"
#include "term.h"

/* What every screen really sends to a terminal: the bytes of one child in a pty, cut at marks into what came
 * while nobody did anything and what came after a key. */
enum { MarkIdle = 1, MarkKey, MarkNext, MarkEnd };

struct bytes {
	struct sbuf idle, key, all;
};

static struct term *term;

static void mark(char m)
{
	if (write(STDOUT_FILENO, &m, 1) != 1)
		_exit(3);
}

/* A minute of nothing, in which others write; then one step. */
static void show_screen(struct community *c, const struct screen_ops *ops)
{
	static int number;
	stack_draw(c->stack, c->canvas);
	term_draw(term, c->canvas);
	mark(MarkIdle);
	c->ctx.now_ms += 60000;
	put_news(c, number % 50);
	term_draw(term, c->canvas);
	stack_draw(c->stack, c->canvas);
	term_draw(term, c->canvas);
	mark(MarkKey);
	press(c, number++ % 2 == 0 ? "Down" : "F11");
	community_draw(c);
	term_draw(term, c->canvas);
	mark(MarkNext);
	c->ctx.now_ms -= 60000;
}

static void child(const char *language, int rows, int cols)
{
	struct error err;
	setenv("TERM", "xterm-256color", 1);
	test_language(language);
	term = term_open(&(struct term_options){0}, &err);
	if (term == NULL)
		_exit(4);
	struct community *c = community_new(rows, cols);
	on_every_screen_of(c, show_screen);
	community_free(c);
	term_close(term);
	mark(MarkEnd);
	char end;
	_exit(read(STDIN_FILENO, &end, 1) == 1 ? 0 : 5);
}

/* Until the mark at the end; a step in each screen may not clear it. */
static void collect(int fd, struct bytes *b)
{
	char bytes[4096], part = MarkNext;
	for (ssize_t n; (n = read(fd, bytes, sizeof bytes)) > 0;)
		for (ssize_t i = 0; i < n; i++) {
			if (bytes[i] == MarkEnd) {
				assert_int_equal(write(fd, "\n", 1), 1);
				return;
			}
			if (bytes[i] >= MarkIdle && bytes[i] <= MarkNext)
				part = bytes[i];
			else
				sbuf_addc(part == MarkIdle ? &b->idle : part == MarkKey ? &b->key : &b->all, bytes[i]);
		}
}

static void run(struct bytes *b, const char *language, int rows, int cols)
{
	struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols};
	int fd, inner, status;
	assert_int_equal(openpty(&fd, &inner, NULL, NULL, &size), 0);
	pid_t pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		close(fd);
		login_tty(inner);
		child(language, rows, cols);
	}
	close(inner);
	collect(fd, b);
	waitpid(pid, &status, 0);
	close(fd);
	CHECK_INT("the end", status, 0);
}

static bool has_sgr(const struct sbuf *b, int low, int high)
{
	for (const char *p = sbuf_str(b); (p = strstr(p, "\033[")) != NULL; p += 2) {
		const char *end = p + 2 + strspn(p + 2, "0123456789;");
		for (const char *q = p + 2; *end == 'm' && q < end; q += strcspn(q, ";m") + 1)
			if (atoi(q) >= low && atoi(q) <= high)
				return true;
	}
	return false;
}

/* A bell that is not the end of a title. */
static bool has_bell(const struct sbuf *b)
{
	for (const char *p = sbuf_str(b); (p = strchr(p, '\a')) != NULL; p++) {
		const char *title = p;
		while (title > b->p && title[0] != '\033' && p - title < 300)
			title--;
		if (title[0] != '\033' || title[1] != ']')
			return true;
	}
	return false;
}

static void on_every_terminal(void (*check)(const struct bytes *b))
{
	for (size_t l = 0; l < COUNT(languages); l++)
		for (size_t i = 0; i < COUNT(sizes); i++) {
			struct bytes b = {0};
			run(&b, languages[l], sizes[i].rows, sizes[i].cols);
			assert_true(b.all.n > 1000 && b.key.n > 100);
			check(&b);
			sbuf_fini(&b.idle);
			sbuf_fini(&b.key);
			sbuf_fini(&b.all);
		}
}

static void check_idle(const struct bytes *b)
{
	if (b->idle.n > 0)
		fail_msg("%zu bytes while nobody did anything: %.80s", b->idle.n, b->idle.p);
}

static void R1_no_byte_while_nobody_does_anything(void **state)
{
	on_every_terminal(check_idle);
}

static void check_quiet(const struct bytes *b)
{
	static const char *const loud[] = {"\033[?5h", "\033[?12h", "?12;25h", "\033g"};
	const struct sbuf *parts[] = {&b->all, &b->key};
	for (size_t i = 0; i < COUNT(parts); i++) {
		assert_false(has_bell(parts[i]));
		assert_false(has_sgr(parts[i], 5, 6));
		for (size_t k = 0; k < COUNT(loud); k++)
			if (strstr(sbuf_str(parts[i]), loud[k]) != NULL)
				fail_msg("%s is sent", loud[k] + 1);
	}
}

static void R3_no_bell_no_flash_and_no_blinking(void **state)
{
	on_every_terminal(check_quiet);
}

static void check_colours(const struct bytes *b)
{
	const struct sbuf *parts[] = {&b->all, &b->key};
	for (size_t i = 0; i < COUNT(parts); i++) {
		assert_false(has_sgr(parts[i], 2, 2));
		assert_false(has_sgr(parts[i], 30, 49));
		assert_false(has_sgr(parts[i], 90, 107));
	}
}

static void R27_no_colours_of_its_own_and_nothing_dim(void **state)
{
	on_every_terminal(check_colours);
}

/* The screen is not cleared for a step, whatever the screen. */
static void check_steps(const struct bytes *b)
{
	assert_null(strstr(sbuf_str(&b->key), "\033[2J"));
	assert_null(strstr(sbuf_str(&b->key), "\033[H\033[J"));
}

static void SR4_a_step_never_clears_the_screen(void **state)
{
	on_every_terminal(check_steps);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R1_no_byte_while_nobody_does_anything),
		cmocka_unit_test(R3_no_bell_no_flash_and_no_blinking),
		cmocka_unit_test(R27_no_colours_of_its_own_and_nothing_dim),
		cmocka_unit_test(SR4_a_step_never_clears_the_screen),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
