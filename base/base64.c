#include "base64.h"

#include <ctype.h>
#include <stdint.h>
#include <string.h>

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void base64_encode(struct sbuf *out, const void *data, size_t n)
{
	const unsigned char *p = data;
	sbuf_addn(out, "", 0);
	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)p[i] << 16 | (i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0) | (i + 2 < n ? p[i + 2] : 0);
		char four[4] = {alphabet[v >> 18], alphabet[v >> 12 & 63], i + 1 < n ? alphabet[v >> 6 & 63] : '=',
			i + 2 < n ? alphabet[v & 63] : '='};
		sbuf_addn(out, four, 4);
	}
}

static int value(char c)
{
	if (c == '-')
		return 62;
	if (c == '_')
		return 63;
	const char *at = c == '\0' ? NULL : strchr(alphabet, c);
	return at == NULL ? -1 : (int)(at - alphabet);
}

bool base64_decode(struct sbuf *out, const char *text)
{
	uint32_t bits = 0;
	int have = 0;
	const char *s = text;
	sbuf_addn(out, "", 0);
	for (; *s != '\0' && *s != '='; s++) {
		if (isspace((unsigned char)*s))
			continue;
		int v = value(*s);
		if (v < 0)
			return false;
		bits = bits << 6 | (uint32_t)v;
		have += 6;
		if (have >= 8) {
			have -= 8;
			sbuf_addc(out, (char)(bits >> have & 0xFF));
		}
	}
	for (; *s != '\0'; s++)
		if (*s != '=' && !isspace((unsigned char)*s))
			return false;
	return have < 6 && (bits & ((1u << have) - 1)) == 0;
}
