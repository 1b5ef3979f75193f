#include "html_text.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "entity.h"
#include "mem.h"

/* A tag that stands inside a word, so that the word stays whole. */
static bool is_inline(const char *tag)
{
	static const char *const name[] = {"b", "i", "em", "strong", "span", "mark", "u", "s", "ins", "del",
		"sub", "sup", "small", "code", "kbd", "abbr", "a"};
	tag += *tag == '/';
	size_t n = strcspn(tag, " \t\n/>");
	for (size_t i = 0; i < COUNT(name); i++)
		if (strlen(name[i]) == n && strncasecmp(name[i], tag, n) == 0)
			return true;
	return false;
}

/* The end of the tag at s ("<..."), just after ">" ; quotes inside may hold ">". */
static const char *tag_end(const char *s)
{
	char quote = '\0';
	for (; *s != '\0'; s++) {
		if (quote != '\0')
			quote = *s == quote ? '\0' : quote;
		else if (*s == '"' || *s == '\'')
			quote = *s;
		else if (*s == '>')
			return s + 1;
	}
	return s;
}

static const char *skip_element(const char *s, const char *name)
{
	const char *after = tag_end(s);
	for (const char *p = after; (p = strstr(p, "</")) != NULL; p += 2)
		if (strncasecmp(p + 2, name, strlen(name)) == 0)
			return tag_end(p);
	return after;
}

static const char *skip_tag(const char *s, bool *space)
{
	if (strncmp(s, "<!--", 4) == 0) {
		const char *end = strstr(s, "-->");
		return end == NULL ? s + strlen(s) : end + 3;
	}
	if (strncasecmp(s, "<script", 7) == 0)
		return skip_element(s, "script");
	if (strncasecmp(s, "<style", 6) == 0)
		return skip_element(s, "style");
	if (!is_inline(s + 1))
		*space = true;
	return tag_end(s);
}

void html_text(struct sbuf *out, const char *html)
{
	size_t start = out->n;
	bool space = false;
	for (const char *s = html; *s != '\0';) {
		if (*s == '<' && (isalpha((unsigned char)s[1]) || s[1] == '/' || s[1] == '!')) {
			s = skip_tag(s, &space);
			continue;
		}
		if ((unsigned char)*s <= ' ') {
			space = true;
			s++;
			continue;
		}
		if (space && out->n > start)
			sbuf_addc(out, ' ');
		space = false;
		size_t n = entity_decode(out, s);
		if (n > 0) {
			s += n;
			continue;
		}
		size_t run = 1 + strcspn(s + 1, "<& \t\r\n");
		sbuf_addn(out, s, run);
		s += run;
	}
}
