#include "typed.h"

#include <errno.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include "charset.h"
#include "mem.h"

static const int ending[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

struct hidden {
	bool is;
	struct termios shown;
	struct sigaction before[COUNT(ending)];
};

static volatile sig_atomic_t got_end;

static void on_end(int number)
{
	got_end = number;
}

static void hide(struct hidden *h)
{
	h->is = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &h->shown) == 0;
	if (!h->is)
		return;
	struct termios mode = h->shown;
	mode.c_lflag &= ~(tcflag_t)ECHO;
	mode.c_lflag |= ECHONL;
	got_end = 0;
	for (size_t i = 0; i < COUNT(ending); i++)
		sigaction(ending[i], &(struct sigaction){.sa_handler = on_end}, &h->before[i]);
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &mode);
}

static void show(const struct hidden *h)
{
	if (!h->is)
		return;
	tcsetattr(STDIN_FILENO, TCSAFLUSH, &h->shown);
	for (size_t i = 0; i < COUNT(ending); i++)
		sigaction(ending[i], &h->before[i], NULL);
	if (got_end != 0)
		raise(got_end);
}

bool typed_line(struct sbuf *out, size_t most, bool secret)
{
	struct hidden h = {.is = false};
	char c = '\0';
	ssize_t n;
	if (secret)
		hide(&h);
	do {
		n = read(STDIN_FILENO, &c, 1);
		if (n == 1 && c != '\n')
			charset_decode(out, &c, 1);
	} while ((n == 1 && c != '\n' && out->n < most) || (n < 0 && errno == EINTR && (!h.is || got_end == 0)));
	show(&h);
	return n == 1 || out->n > 0;
}
