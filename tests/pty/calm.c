#include "calm.h"

#include <stdlib.h>
#include <string.h>

#include "keyboard.h"
#include "mem.h"
#include "str.h"

static bool has_sgr(const struct sbuf *raw, bool (*is_bad)(int))
{
	for (const char *p = sbuf_str(raw); (p = strstr(p, "\033[")) != NULL; p += 2) {
		const char *q = p + 2;
		size_t n = strspn(q, "0123456789;");
		if (q[n] != 'm')
			continue;
		for (const char *d = q; d < q + n; d += strcspn(d, ";m") + 1)
			if (is_bad(atoi(d)))
				return true;
	}
	return false;
}

static bool is_blink(int sgr)
{
	return sgr == 5 || sgr == 6;
}

static bool is_colour(int sgr)
{
	return (sgr >= 30 && sgr <= 38) || (sgr >= 40 && sgr <= 48) || (sgr >= 90 && sgr <= 107);
}

/* R3 and R27 over every byte of a story. */
void calm_check(struct story *s)
{
	static const char *const never[] = {"\a", "\033[?5h", "\033[?12h", "\033[?12;25h", "\033]0;", "\033]2;",
		"\033[2J\033[2J"};
	static const char *const loud[] = {"bel", "flash", "blink", "cvvis"};
	for (size_t i = 0; i < COUNT(never); i++)
		if (s->term.raw.p != NULL && strstr(s->term.raw.p, never[i]) != NULL)
			give_up(s, "kring wrote something that is never calm (number %zu)", i);
	for (size_t i = 0; i < COUNT(loud); i++)
		if (keyboard_capability(loud[i]) != NULL
			&& strstr(sbuf_str(&s->term.raw), keyboard_capability(loud[i])) != NULL)
			give_up(s, "kring wrote the %s of this terminal", loud[i]);
	if (has_sgr(&s->term.raw, is_blink))
		give_up(s, "kring made something blink");
	if (strstr(sbuf_str(&s->config), "theme:") == NULL && has_sgr(&s->term.raw, is_colour))
		give_up(s, "kring set a colour without a theme");
}

void calm_check_given_back(struct story *s)
{
	const char *left = terminal_left(&s->term);
	if (left != NULL)
		give_up(s, "kring left the terminal with %s", left);
}
