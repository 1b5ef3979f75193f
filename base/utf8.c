#include "utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "mem.h"

size_t utf8_decode(const char *s, size_t n, uint32_t *cp)
{
	utf8proc_int32_t c;
	utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &c);
	if (used <= 0) {
		*cp = 0xFFFD;
		return 1;
	}
	*cp = (uint32_t)c;
	return (size_t)used;
}

size_t utf8_encode(char *out, uint32_t cp)
{
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp, (utf8proc_uint8_t *)out);
}

bool utf8_valid(const char *s, size_t n)
{
	while (n > 0) {
		utf8proc_int32_t c;
		utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &c);
		if (used <= 0)
			return false;
		s += used;
		n -= (size_t)used;
	}
	return true;
}

void utf8_cut_partial(char *s)
{
	size_t n = strlen(s), back = 0;
	while (back < 3 && back < n && ((unsigned char)s[n - 1 - back] & 0xC0) == 0x80)
		back++;
	if (back >= n)
		return;
	size_t lead = n - 1 - back;
	if ((unsigned char)s[lead] >= 0x80 && !utf8_valid(s + lead, n - lead))
		s[lead] = '\0';
}

/* Emoji sequences need a joiner or a selector; names and words do not. */
static bool is_emoji_base(uint32_t c)
{
	return (c >= 0x1F000 && c <= 0x1FAFF) || (c >= 0x2190 && c <= 0x2BFF) || c == 0xA9 || c == 0xAE ||
		c == 0x203C || c == 0x2049 || c == 0x3030 || c == 0x303D || c == 0x3297 || c == 0x3299 ||
		c == 0xFE0F || (c >= '0' && c <= '9') || c == '#' || c == '*';
}

/* Scripts whose spelling uses the joiners: Arabic, Syriac, the Indic blocks, Mongolian, Tibetan, Myanmar, Khmer. */
static bool is_joining_script(uint32_t c)
{
	return (c >= 0x0600 && c <= 0x07FF) || (c >= 0x0860 && c <= 0x0DFF) || (c >= 0x0F00 && c <= 0x109F) ||
		(c >= 0x1780 && c <= 0x18AF);
}

static bool is_harmful(uint32_t c)
{
	if (c < 0x20 || (c >= 0x7F && c <= 0x9F))
		return true;
	if ((c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F))
		return true;
	if (c == 0xAD || c == 0x034F || c == 0x061C || c == 0x115F || c == 0x1160 || c == 0x17B4 || c == 0x17B5 ||
		c == 0x3164 || c == 0xFFA0 || c == 0xFEFF)
		return true;
	if ((c >= 0x180B && c <= 0x180F) || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xFFF0 && c <= 0xFFFB))
		return true;
	if (c >= 0xE0000 && c <= 0xE0FFF)
		return true;
	return (c & 0xFFFE) == 0xFFFE || (c >= 0xFDD0 && c <= 0xFDEF);
}

static bool keeps_invisible(uint32_t c, uint32_t before, uint32_t after)
{
	if (c == 0x200D)
		return (is_emoji_base(before) && is_emoji_base(after)) ||
			(is_joining_script(before) && is_joining_script(after));
	if (c == 0x200C)
		return is_joining_script(before) && is_joining_script(after);
	return c == 0xFE0F && is_emoji_base(before) && before != 0xFE0F;
}

void utf8_clean(struct sbuf *out, const char *in, size_t n, unsigned flags, size_t max_bytes)
{
	const size_t limit = out->n + max_bytes;
	uint32_t before = 0;
	sbuf_addn(out, "", 0);
	for (size_t i = 0; i < n;) {
		uint32_t c, after = 0;
		size_t used = utf8_decode(in + i, n - i, &c);
		i += used;
		if (i < n)
			utf8_decode(in + i, n - i, &after);
		if (c == '\r') {
			if (after == '\n')
				continue;
			c = '\n';
		}
		if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029)
			c = flags & UTF8_LINES ? (c == '\t' ? '\t' : '\n') : ' ';
		else if (is_harmful(c) && !keeps_invisible(c, before, after))
			continue;
		char bytes[4];
		size_t m = utf8_encode(bytes, c);
		if (out->n + m > limit)
			return;
		sbuf_addn(out, bytes, m);
		before = c;
	}
}

char *utf8_clean_arena(struct arena *a, const char *in, unsigned flags, size_t max_bytes)
{
	if (in == NULL)
		return NULL;
	struct sbuf b = {0};
	utf8_clean(&b, in, strlen(in), flags, max_bytes);
	char *s = arena_strndup(a, sbuf_str(&b), b.n);
	sbuf_fini(&b);
	return s;
}

char *utf8_fold(const char *s)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s, 0, &out,
		UTF8PROC_NULLTERM | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
		UTF8PROC_IGNORE);
	if (n < 0 || out == NULL) {
		free(out);
		return xstrdup(s);
	}
	return (char *)out;
}

int utf8_compare(const char *a, const char *b)
{
	char *fa = utf8_fold(a), *fb = utf8_fold(b);
	int order = strcmp(fa, fb);
	free(fa);
	free(fb);
	return order != 0 ? order : strcmp(a, b);
}

static const struct {
	uint32_t cp;
	const char *ascii;
} spellings[] = {
	{0xA0, " "}, {0xA1, "!"}, {0xA3, "GBP"}, {0xA7, "par."}, {0xA9, "(c)"}, {0xAB, "<<"}, {0xAE, "(r)"},
	{0xB0, "deg"}, {0xB1, "+/-"}, {0xB5, "u"}, {0xB7, "-"}, {0xBB, ">>"}, {0xBC, "1/4"}, {0xBD, "1/2"},
	{0xBE, "3/4"}, {0xC6, "AE"}, {0xD0, "D"}, {0xD7, "x"}, {0xD8, "O"}, {0xDE, "Th"}, {0xDF, "ss"},
	{0xE6, "ae"}, {0xF0, "d"}, {0xF7, "/"}, {0xF8, "o"}, {0xFE, "th"}, {0x110, "D"}, {0x111, "d"},
	{0x131, "i"}, {0x141, "L"}, {0x142, "l"}, {0x152, "OE"}, {0x153, "oe"}, {0x3B1, "a"}, {0x3B2, "v"},
	{0x3B3, "g"}, {0x3B4, "d"}, {0x3B5, "e"}, {0x3B6, "z"}, {0x3B7, "i"}, {0x3B8, "th"}, {0x3B9, "i"},
	{0x3BA, "k"}, {0x3BB, "l"}, {0x3BC, "m"}, {0x3BD, "n"}, {0x3BE, "x"}, {0x3BF, "o"}, {0x3C0, "p"},
	{0x3C1, "r"}, {0x3C2, "s"}, {0x3C3, "s"}, {0x3C4, "t"}, {0x3C5, "y"}, {0x3C6, "f"}, {0x3C7, "ch"},
	{0x3C8, "ps"}, {0x3C9, "o"}, {0x430, "a"}, {0x431, "b"}, {0x432, "v"}, {0x433, "g"}, {0x434, "d"},
	{0x435, "e"}, {0x436, "zh"}, {0x437, "z"}, {0x438, "i"}, {0x43A, "k"}, {0x43B, "l"}, {0x43C, "m"},
	{0x43D, "n"}, {0x43E, "o"}, {0x43F, "p"}, {0x440, "r"}, {0x441, "s"}, {0x442, "t"}, {0x443, "u"},
	{0x444, "f"}, {0x445, "kh"}, {0x446, "ts"}, {0x447, "ch"}, {0x448, "sh"}, {0x449, "shch"},
	{0x44A, "\""}, {0x44B, "y"}, {0x44C, "'"}, {0x44D, "e"}, {0x44E, "yu"}, {0x44F, "ya"}, {0x454, "ye"},
	{0x456, "i"}, {0x458, "j"}, {0x491, "g"}, {0x2010, "-"}, {0x2011, "-"}, {0x2012, "-"}, {0x2013, "-"},
	{0x2014, "-"}, {0x2015, "-"}, {0x2018, "'"}, {0x2019, "'"}, {0x201A, ","}, {0x201B, "'"},
	{0x201C, "\""}, {0x201D, "\""}, {0x201E, "\""}, {0x2022, "*"}, {0x2026, "..."}, {0x2032, "'"},
	{0x2033, "\""}, {0x2039, "<"}, {0x203A, ">"}, {0x2044, "/"}, {0x20AC, "EUR"}, {0x2190, "<-"},
	{0x2192, "->"}, {0x2194, "<->"}, {0x21D2, "=>"}, {0x2212, "-"}, {0x2248, "~"}, {0x2260, "!="},
	{0x2264, "<="}, {0x2265, ">="}, {0x2500, "-"}, {0x2502, "|"}, {0x25A0, "*"}, {0x25CB, "o"},
	{0x25CF, "*"}, {0x2605, "*"}, {0x2606, "*"}, {0x2610, "[ ]"}, {0x2611, "[x]"}, {0x2713, "v"},
	{0x2714, "v"}, {0x2717, "x"}, {0x2718, "x"}, {0xFE0F, ""}, {0x200D, ""},
};

static const char *spelling(uint32_t cp)
{
	for (size_t i = 0; i < COUNT(spellings); i++)
		if (spellings[i].cp == cp)
			return spellings[i].ascii;
	return NULL;
}

/* A capital is spelled as its small letter, beginning with a capital. */
static bool add_spelling(struct sbuf *out, uint32_t cp)
{
	const char *s = spelling(cp);
	uint32_t small = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
	if (cp < 0x80)
		sbuf_addc(out, (char)cp);
	else if (s != NULL)
		sbuf_add(out, s);
	else if (small != cp && (s = spelling(small)) != NULL)
		sbuf_addf(out, "%c%s", s[0] >= 'a' && s[0] <= 'z' ? s[0] - 'a' + 'A' : s[0], s + 1);
	return cp < 0x80 || s != NULL;
}

/* One code point without its marks, when that leaves what has a spelling. */
static bool add_plain(struct sbuf *out, uint32_t cp)
{
	utf8proc_int32_t parts[8];
	size_t start = out->n;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, 8,
		UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, NULL);
	for (utf8proc_ssize_t i = 0; i < n && i < 8; i++)
		if (!add_spelling(out, (uint32_t)parts[i])) {
			sbuf_truncate(out, start);
			return false;
		}
	return n >= 0 && n <= 8;
}

void utf8_to_ascii(struct sbuf *out, const char *s)
{
	size_t n = strlen(s);
	sbuf_addn(out, "", 0);
	for (size_t i = 0; i < n;) {
		uint32_t cp;
		i += utf8_decode(s + i, n - i, &cp);
		if (!add_spelling(out, cp) && !add_plain(out, cp))
			sbuf_addc(out, '?');
	}
}
