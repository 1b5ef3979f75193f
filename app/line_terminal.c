#include "line_terminal.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "key_input.h"
#include "width.h"

enum { LeastCols = 20, Indent = 3 };

int line_terminal_cols(void)
{
	struct winsize size = {0};
	bool known = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
	return known && size.ws_col >= LeastCols ? size.ws_col : 0;
}

/* Bytes of the text that go on this line; a word that is longer than a line is cut. */
static size_t fitting(const char *text, size_t n, int cols)
{
	int used;
	size_t fits = width_fit(text, n, cols, &used), at = fits;
	if (fits >= n)
		return n;
	while (at > 0 && text[at] != ' ')
		at--;
	return at > 0 ? at : fits;
}

static void wrap_line(const char *line, size_t n, int cols, struct sbuf *out)
{
	size_t fits = fitting(line, n, cols);
	sbuf_addn(out, line, fits);
	for (line += fits, n -= fits; n > 0; line += fits, n -= fits) {
		for (; n > 0 && *line == ' '; n--)
			line++;
		fits = fitting(line, n, cols - Indent);
		sbuf_addc(out, '\n');
		sbuf_repeat(out, ' ', Indent);
		sbuf_addn(out, line, fits);
	}
}

void line_terminal_wrap(const char *text, int cols, struct sbuf *out)
{
	while (*text != '\0') {
		size_t n = strcspn(text, "\n");
		if (cols == 0)
			sbuf_addn(out, text, n);
		else
			wrap_line(text, n, cols, out);
		text += n;
		if (*text == '\n')
			sbuf_addc(out, *text++);
	}
}

bool line_terminal_key(const char *typed, size_t n, struct key *out)
{
	struct key_input in = {.own_count = 0};
	struct key next;
	size_t room;
	int wait_ms;
	unsigned char *to = key_input_room(&in, &room);
	if (n == 0 || typed[0] != '\033' || n > room)
		return false;
	memcpy(to, typed, n);
	key_input_fed(&in, n);
	return key_input_next(&in, true, out, &wait_ms) && !key_input_next(&in, true, &next, &wait_ms);
}
