#include "charset.h"

#include <langinfo.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include "utf8.h"
#include "width.h"

enum { MostColumns = 24 };

static struct {
	bool spells;       /* not everything is shown as it is */
	bool ascii;        /* nothing but ASCII is shown */
	bool single_bytes; /* a character set of single bytes: ISO 8859-1 and its kin */
	bool (*word)(const char *s, size_t n, struct sbuf *out);
} charset;

void charset_use(bool ascii, bool (*word)(const char *s, size_t n, struct sbuf *out))
{
	const char *name = nl_langinfo(CODESET);
	bool utf8 = strcmp(name, "UTF-8") == 0, plain = strcmp(name, "ANSI_X3.4-1968") == 0;
	charset.spells = ascii || !utf8;
	charset.ascii = ascii || plain;
	charset.single_bytes = !utf8 && !plain && MB_CUR_MAX == 1;
	charset.word = word;
}

bool charset_spells(void)
{
	return charset.spells;
}

/* The code point of a grapheme that has one: "e" with a mark is "é". 0 when it has more. */
static uint32_t composed(const char *s, size_t n)
{
	utf8proc_uint8_t *whole = NULL;
	uint32_t cp = 0;
	utf8proc_ssize_t bytes = utf8proc_map((const utf8proc_uint8_t *)s, (utf8proc_ssize_t)n, &whole,
		UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (bytes > 0 && utf8_decode((const char *)whole, (size_t)bytes, &cp) != (size_t)bytes)
		cp = 0;
	free(whole);
	return cp;
}

static bool terminal_has(uint32_t cp)
{
	char bytes[MB_LEN_MAX];
	mbstate_t state = {0};
	return cp >= 0xA0 && !charset.ascii && wcrtomb(bytes, (wchar_t)cp, &state) == 1;
}

static bool add_word(struct sbuf *out, const char *s, size_t n)
{
	size_t start = out->n;
	if (charset.word != NULL && charset.word(s, n, out) && out->n - start <= MostColumns)
		return true;
	sbuf_truncate(out, start);
	return false;
}

/* A sign without a plain spelling is told apart from a question mark. */
static void add_ascii(struct sbuf *out, const char *s, size_t n)
{
	struct sbuf text = {0}, plain = {0};
	sbuf_addn(&text, s, n);
	utf8_to_ascii(&plain, sbuf_str(&text));
	if (strchr(sbuf_str(&plain), '?') == NULL)
		sbuf_add(out, sbuf_str(&plain));
	else if (!add_word(out, s, n))
		sbuf_add(out, "[?]");
	sbuf_fini(&plain);
	sbuf_fini(&text);
}

bool charset_spell(const char *s, size_t n, struct sbuf *out)
{
	if (!charset.spells || n == 0 || (n == 1 && (unsigned char)s[0] < 0x80))
		return false;
	char whole[4];
	uint32_t cp = composed(s, n);
	if (terminal_has(cp))
		sbuf_addn(out, whole, utf8_encode(whole, cp));
	else
		add_ascii(out, s, n);
	return true;
}

static void add_bytes(struct sbuf *out, const char *utf8, size_t n)
{
	for (size_t i = 0; i < n;) {
		char bytes[MB_LEN_MAX];
		mbstate_t state = {0};
		uint32_t cp;
		i += utf8_decode(utf8 + i, n - i, &cp);
		size_t count = wcrtomb(bytes, (wchar_t)cp, &state);
		sbuf_addn(out, count == (size_t)-1 ? "?" : bytes, count == (size_t)-1 ? 1 : count);
	}
}

void charset_encode(struct sbuf *out, const char *utf8, size_t n)
{
	struct sbuf shown = {0};
	int cols;
	sbuf_addn(out, "", 0);
	if (!charset.spells) {
		sbuf_addn(out, utf8, n);
		return;
	}
	for (size_t at = 0, used; at < n; at += used) {
		used = width_grapheme(utf8 + at, n - at, &cols);
		if (used == 0)
			break;
		sbuf_reset(&shown);
		if (charset_spell(utf8 + at, used, &shown))
			add_bytes(out, sbuf_str(&shown), shown.n);
		else
			sbuf_addn(out, utf8 + at, used);
	}
	sbuf_fini(&shown);
}

uint32_t charset_typed(unsigned char byte)
{
	wchar_t wide;
	mbstate_t state = {0};
	char c = (char)byte;
	if (byte < 0x80 || !charset.single_bytes || mbrtowc(&wide, &c, 1, &state) != 1)
		return 0;
	return wide < 0xA0 ? 0 : (uint32_t)wide;
}

void charset_decode(struct sbuf *out, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char utf8[4];
		uint32_t cp = charset_typed((unsigned char)bytes[i]);
		if (cp == 0)
			sbuf_addc(out, bytes[i]);
		else
			sbuf_addn(out, utf8, utf8_encode(utf8, cp));
	}
}
