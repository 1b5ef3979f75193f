#include "emoji.h"

#include <string.h>

#include "utf8.h"

/* Lines "name character", sorted by bytes. Names as on Discourse, which follows gemoji (MIT,
 * github.com/github/gemoji). One string: a table of pointers would cost thousands of relocations at every
 * start. */
static const char table[] =
#include "data/emoji.inc"
	;

enum { EmojiNameMax = 64 };

static const char *line_start(const char *at)
{
	while (at > table && at[-1] != '\n')
		at--;
	return at;
}

/* Order of the name in the line against name[0..n). */
static int compare_line(const char *line, const char *name, size_t n)
{
	size_t have = strcspn(line, " ");
	int order = memcmp(line, name, have < n ? have : n);
	return order != 0 ? order : have < n ? -1 : have > n;
}

/* The line of a name, or NULL. */
static const char *find_line(const char *name, size_t n)
{
	const char *low = table, *high = table + sizeof table - 1;
	while (low < high) {
		const char *line = line_start(low + (high - low) / 2);
		int order = compare_line(line, name, n);
		if (order == 0)
			return line;
		if (order < 0)
			low = line + strcspn(line, "\n") + 1;
		else
			high = line;
	}
	return NULL;
}

/* "wave:t3" is wave in another skin tone: kring shows the plain one. */
static size_t without_tone(const char *name, size_t n)
{
	return n > 3 && name[n - 3] == ':' && name[n - 2] == 't' ? n - 3 : n;
}

bool emoji_find(const char *name, size_t n, struct sbuf *out)
{
	n = without_tone(name, n);
	const char *line = n == 0 || n > EmojiNameMax ? NULL : find_line(name, n);
	if (line != NULL)
		sbuf_addn(out, line + n + 1, strcspn(line + n + 1, "\n"));
	return line != NULL;
}

static size_t name_bytes(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_+-");
	if (s[n] == ':' && s[n + 1] == 't' && s[n + 2] >= '1' && s[n + 2] <= '6' && s[n + 3] == ':')
		n += 3;
	return s[n] == ':' && n <= EmojiNameMax ? n : 0;
}

void emoji_replace(const char *text, struct sbuf *out)
{
	sbuf_add(out, "");
	for (const char *s = text; *s != '\0';) {
		size_t n = *s == ':' ? name_bytes(s + 1) : 0;
		if (n > 0 && emoji_find(s + 1, n, out)) {
			s += n + 2;
		} else {
			size_t plain = 1 + strcspn(s + 1, ":");
			sbuf_addn(out, s, plain);
			s += plain;
		}
	}
}

static bool add_name(const char *s, size_t n, struct sbuf *out)
{
	const char *at = table;
	while ((at = memmem(at, (size_t)(table + sizeof table - 1 - at), s, n)) != NULL) {
		if (at > table && at[-1] == ' ' && at[n] == '\n') {
			const char *line = line_start(at);
			sbuf_addf(out, ":%.*s:", (int)(at - 1 - line), line);
			return true;
		}
		at += n;
	}
	return false;
}

/* A skin tone or another kind of person has the name of what it begins with. */
bool emoji_word(const char *s, size_t n, struct sbuf *out)
{
	static const char selector[] = "\uFE0F";
	uint32_t first;
	size_t base = utf8_decode(s, n, &first);
	if (first < 0x2000 && base == n)
		return false;
	char with[8];
	memcpy(with, s, base);
	memcpy(with + base, selector, sizeof selector);
	return add_name(s, n, out) || add_name(with, base + sizeof selector - 1, out) || add_name(s, base, out);
}
