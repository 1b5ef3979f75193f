#include "entity.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "utf8.h"

enum { MaxReference = 12 }; /* bytes between "&" and ";" */

static const struct {
	const char *name, *text;
} entities[] = {
	{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}, {"hellip", "…"},
		{"ndash", "–"},
	{"mdash", "—"}, {"lsquo", "‘"}, {"rsquo", "’"}, {"ldquo", "“"}, {"rdquo", "”"}, {"euro", "€"}, {"copy", "©"},
	{"reg", "®"}, {"times", "×"}, {"deg", "°"}, {"eacute", "é"}, {"euml", "ë"}, {"iuml", "ï"}, {"ouml", "ö"},
		{"uuml", "ü"},
	{"shy", ""},
};

static bool add_number(struct sbuf *out, const char *digits, const char *end)
{
	bool hex = *digits == 'x' || *digits == 'X';
	char *stop, raw[4];
	unsigned long cp = strtoul(digits + hex, &stop, hex ? 16 : 10);
	if (stop != end || cp < 32 || cp > 0x10FFFF || (cp >= 0xD800 && cp < 0xE000))
		return false;
	utf8_clean(out, raw, utf8_encode(raw, cp == 0xA0 ? ' ' : (uint32_t)cp), 0, sizeof raw);
	return true;
}

size_t entity_decode(struct sbuf *out, const char *s)
{
	const char *end = *s == '&' ? memchr(s, ';', strnlen(s, MaxReference)) : NULL;
	if (end == NULL || end - s < 3)
		return 0;
	size_t n = (size_t)(end - s) + 1;
	if (s[1] == '#')
		return add_number(out, s + 2, end) ? n : 0;
	for (size_t i = 0; i < COUNT(entities); i++)
		if (strlen(entities[i].name) == n - 2 && memcmp(s + 1, entities[i].name, n - 2) == 0) {
			sbuf_add(out, entities[i].text);
			return n;
		}
	return 0;
}
