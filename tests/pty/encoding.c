#include "encoding.h"

#include <iconv.h>

static void convert(const char *to, const char *from, const char *bytes, size_t n, struct sbuf *out)
{
	iconv_t conversion = iconv_open(to, from);
	char *in = (char *)(size_t)bytes;
	while (n > 0) {
		char piece[256], *end = piece;
		size_t room = sizeof piece, before = n;
		iconv(conversion, &in, &n, &end, &room);
		sbuf_addn(out, piece, sizeof piece - room);
		if (n == before) {
			sbuf_addc(out, '?');
			in++;
			n--;
		}
	}
	iconv_close(conversion);
}

void encoding_to_utf8(const char *charmap, const char *bytes, size_t n, struct sbuf *out)
{
	if (charmap == NULL)
		sbuf_addn(out, bytes, n);
	else
		convert("UTF-8", charmap, bytes, n, out);
}

void encoding_from_utf8(const char *charmap, const char *utf8, size_t n, struct sbuf *out)
{
	if (charmap == NULL)
		sbuf_addn(out, utf8, n);
	else
		convert(charmap, "UTF-8", utf8, n, out);
}
