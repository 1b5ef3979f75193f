#include "width.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

#include "charset.h"
#include "utf8.h"

/* The width of a cluster is that of its base; a variation selector 16 or a second emoji makes it two columns. */
static int cluster_width(uint32_t base, uint32_t last)
{
	int w = utf8proc_charwidth((utf8proc_int32_t)base);
	if (base >= 0x1F1E6 && base <= 0x1F1FF)
		return last != base ? 2 : 1;
	if (last == 0xFE0F && w == 1 && base > 0xFF)
		return 2;
	return w < 0 ? 0 : w > 2 ? 2 : w;
}

/* What is shown in its place may be longer: "EUR", ":smile:". */
static bool spelled_width(const char *s, size_t n, int *cols)
{
	struct sbuf shown = {0};
	bool spelled = charset_spell(s, n, &shown);
	if (spelled)
		*cols = 0;
	for (size_t i = 0; i < shown.n; i++)
		*cols += ((unsigned char)shown.p[i] & 0xC0) != 0x80;
	sbuf_fini(&shown);
	return spelled;
}

size_t width_grapheme(const char *s, size_t n, int *cols)
{
	if (n == 0 || *s == '\0') {
		*cols = 0;
		return 0;
	}
	if ((unsigned char)s[0] >= 0x20 && (unsigned char)s[0] < 0x7F && (n == 1 || (unsigned char)s[1] < 0x80)) {
		*cols = 1;
		return 1;
	}
	uint32_t base, c, last;
	size_t at = utf8_decode(s, n, &base);
	utf8proc_int32_t state = 0;
	last = base;
	for (uint32_t before = base; at < n && s[at] != '\0'; before = c) {
		size_t used = utf8_decode(s + at, n - at, &c);
		if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)c, &state))
			break;
		at += used;
		last = c;
	}
	if (!charset_spells() || !spelled_width(s, at, cols))
		*cols = cluster_width(base, last);
	return at;
}

size_t width_grapheme_before(const char *s, size_t at)
{
	/* Clusters are found from the front: start at the last line break or plain ASCII pair before `at`. */
	size_t start = at, last = 0;
	while (start > 0 && !(at - start > 1 && (unsigned char)s[start] < 0x80 && (unsigned char)s[start - 1] < 0x80))
		start--;
	for (size_t i = start; i < at; i += last) {
		int cols;
		last = width_grapheme(s + i, at - i, &cols);
		if (last == 0)
			break;
	}
	return last;
}

int width_cols_n(const char *s, size_t n)
{
	int total = 0, cols;
	for (size_t used; (used = width_grapheme(s, n, &cols)) > 0; s += used, n -= used)
		total += cols;
	return total;
}

int width_cols(const char *s)
{
	return width_cols_n(s, strlen(s));
}

size_t width_fit(const char *s, size_t n, int cols, int *used_cols)
{
	size_t at = 0;
	int total = 0, w;
	for (size_t used; (used = width_grapheme(s + at, n - at, &w)) > 0; at += used) {
		if (total + w > cols)
			break;
		total += w;
	}
	if (used_cols != NULL)
		*used_cols = total;
	return at;
}

void width_add(struct sbuf *out, const char *s, int cols, int pad)
{
	size_t n = strlen(s);
	int used, dots = width_cols("…");
	size_t fit = width_fit(s, n, cols, &used);
	if (fit < n && cols > dots) {
		fit = width_fit(s, n, cols - dots, &used);
		sbuf_addn(out, s, fit);
		sbuf_add(out, "…");
		used += dots;
	} else {
		sbuf_addn(out, s, fit);
	}
	if (pad && used < cols)
		sbuf_repeat(out, ' ', (size_t)(cols - used));
}
