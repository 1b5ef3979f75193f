#include "cook_writer.h"

#include <string.h>
#include <strings.h>

void cook_escape(struct sbuf *out, const char *text, size_t n)
{
	static const char *const entity[128] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
	size_t start = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];
		if (c >= 128 || entity[c] == NULL)
			continue;
		sbuf_addn(out, text + start, i - start);
		sbuf_add(out, entity[c]);
		start = i + 1;
	}
	sbuf_addn(out, text + start, n - start);
}

void cook_add(struct writer *w, const char *s)
{
	sbuf_add(w->out, s);
}

void cook_text(struct writer *w, const char *s, size_t n)
{
	cook_escape(w->out, s, n);
}

void cook_url(struct writer *w, const char *url)
{
	for (const unsigned char *p = (const unsigned char *)url; *p != '\0'; p++) {
		if (*p <= ' ' || *p >= 0x7F || strchr("\"<>\\^`{|}", *p) != NULL)
			sbuf_addf(w->out, "%%%02X", *p);
		else
			cook_text(w, (const char *)p, 1);
	}
}

bool cook_url_allowed(const char *url)
{
	static const char *const scheme[] = {"http:", "https:", "mailto:"};
	for (size_t i = 0; i < sizeof scheme / sizeof scheme[0]; i++) {
		if (strncasecmp(url, scheme[i], strlen(scheme[i])) == 0)
			return true;
	}
	size_t plain = strcspn(url, ":/?#");
	return url[plain] != ':' && *url != '\0';
}
