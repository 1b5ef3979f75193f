#include "match.h"

#include <ctype.h>
#include <string.h>

/* FTS5's unicode61 keeps letters and digits only; a word without any would match nothing. */
static bool has_token(const char *word, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (isalnum((unsigned char)word[i]) || (unsigned char)word[i] >= 0x80)
			return true;
	return false;
}

static void add_quoted(struct sbuf *out, const char *word, size_t n)
{
	sbuf_addc(out, '"');
	for (size_t i = 0; i < n; i++) {
		if (word[i] == '"')
			sbuf_addc(out, '"');
		sbuf_addc(out, word[i]);
	}
	sbuf_addc(out, '"');
}

bool match_expression(struct sbuf *out, const char *typed, bool prefixes)
{
	static const char space[] = " \t\r\n";
	bool any = false;
	for (const char *p = typed + strspn(typed, space); *p != '\0';) {
		size_t n = strcspn(p, space);
		const char *next = p + n + strspn(p + n, space);
		if (has_token(p, n)) {
			if (any)
				sbuf_addc(out, ' ');
			add_quoted(out, p, n);
			if (prefixes || (*next == '\0' && p[n] == '\0' && n > 1))
				sbuf_addc(out, '*');
			any = true;
		}
		p = next;
	}
	return any;
}
