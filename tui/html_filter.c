#include "html_filter.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "html.h"
#include "mem.h"

enum { NameMax = 31, ValueMax = 4096, AttributesMax = 24 };

enum kind {
	KIND_UNKNOWN, /* the tag is left out, its text stays */
	KIND_PAIR,
	KIND_VOID,    /* has no end tag */
	KIND_EMPTY,   /* its content is left out */
	KIND_GONE,    /* left out with its content */
};

struct name {
	char s[NameMax + 1];
	size_t n;
};

static const struct {
	const char *name;
	enum kind kind;
} elements[] = {
	{"a", KIND_PAIR}, {"abbr", KIND_PAIR}, {"article", KIND_PAIR}, {"aside", KIND_PAIR}, {"audio", KIND_PAIR},
	{"b", KIND_PAIR}, {"big", KIND_PAIR}, {"blockquote", KIND_PAIR}, {"br", KIND_VOID}, {"caption", KIND_PAIR},
	{"cite", KIND_PAIR}, {"code", KIND_PAIR}, {"dd", KIND_PAIR}, {"del", KIND_PAIR}, {"details", KIND_PAIR},
	{"dfn", KIND_PAIR}, {"div", KIND_PAIR}, {"dl", KIND_PAIR}, {"dt", KIND_PAIR}, {"em", KIND_PAIR},
	{"figcaption", KIND_PAIR}, {"figure", KIND_PAIR}, {"footer", KIND_PAIR}, {"h1", KIND_PAIR},
	{"h2", KIND_PAIR}, {"h3", KIND_PAIR}, {"h4", KIND_PAIR}, {"h5", KIND_PAIR}, {"h6", KIND_PAIR},
	{"header", KIND_PAIR}, {"hr", KIND_VOID}, {"i", KIND_PAIR}, {"iframe", KIND_EMPTY}, {"img", KIND_VOID},
	{"ins", KIND_PAIR}, {"kbd", KIND_PAIR}, {"li", KIND_PAIR}, {"mark", KIND_PAIR}, {"noembed", KIND_GONE},
	{"noframes", KIND_GONE}, {"noscript", KIND_GONE}, {"object", KIND_GONE}, {"ol", KIND_PAIR}, {"p", KIND_PAIR},
	{"plaintext", KIND_GONE}, {"pre", KIND_PAIR}, {"q", KIND_PAIR}, {"rp", KIND_PAIR}, {"rt", KIND_PAIR},
	{"ruby", KIND_PAIR}, {"s", KIND_PAIR}, {"samp", KIND_PAIR}, {"script", KIND_GONE}, {"section", KIND_PAIR},
	{"select", KIND_GONE}, {"small", KIND_PAIR}, {"source", KIND_VOID}, {"span", KIND_PAIR},
	{"strike", KIND_PAIR}, {"strong", KIND_PAIR}, {"style", KIND_GONE}, {"sub", KIND_PAIR},
	{"summary", KIND_PAIR}, {"sup", KIND_PAIR}, {"svg", KIND_GONE}, {"table", KIND_PAIR}, {"tbody", KIND_PAIR},
	{"td", KIND_PAIR}, {"template", KIND_GONE}, {"textarea", KIND_GONE}, {"tfoot", KIND_PAIR}, {"th", KIND_PAIR},
	{"thead", KIND_PAIR}, {"title", KIND_GONE}, {"tr", KIND_PAIR}, {"tt", KIND_PAIR}, {"u", KIND_PAIR},
	{"ul", KIND_PAIR}, {"var", KIND_PAIR}, {"video", KIND_PAIR}, {"xmp", KIND_GONE},
};

static const char *const attributes[] = {
	"alt", "class", "data-code-wrap", "data-countdown", "data-date", "data-displayed-timezone", "data-end",
	"data-full", "data-location", "data-name", "data-onebox-src", "data-poll-name", "data-post", "data-range",
	"data-recurring", "data-slug", "data-start", "data-time", "data-timezone", "data-topic", "data-type",
	"data-url", "data-username", "data-video-id", "data-video-src", "data-video-title", "data-wrap",
	"data-youtube-id", "data-youtube-title", "height", "href", "id", "open", "reversed", "src", "start", "style",
	"title", "value", "width",
};

static int compare_element(const void *name, const void *row)
{
	return strcmp(name, *(const char *const *)row);
}

static enum kind kind_of(const struct name *name)
{
	size_t i = 0;
	const void *row = bsearch(name->s, elements, COUNT(elements), sizeof elements[0], compare_element);
	if (row != NULL)
		i = (size_t)((const char *)row - (const char *)elements) / sizeof elements[0];
	return row == NULL ? KIND_UNKNOWN : elements[i].kind;
}

static bool known_attribute(const struct name *name)
{
	return bsearch(name->s, attributes, COUNT(attributes), sizeof attributes[0], compare_element) != NULL;
}

struct filter {
	const char *at, *end;
	struct sbuf *out;
	struct name open[HTML_DEPTH_MAX];
	size_t depth, skipped; /* elements open, and start tags left out because the depth was reached */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* Lower case, up to a character of `stop`; too long is empty, so unknown. */
static void read_name(struct filter *f, const char *stop, struct name *name)
{
	*name = (struct name){0};
	bool too_long = false;
	for (; f->at < f->end && !is_blank(*f->at) && strchr(stop, *f->at) == NULL; f->at++) {
		if (name->n < NameMax)
			name->s[name->n++] = (char)tolower((unsigned char)*f->at);
		else
			too_long = true;
	}
	if (too_long)
		name->n = 0;
	name->s[name->n] = '\0';
}

static void skip_blanks(struct filter *f)
{
	while (f->at < f->end && (is_blank(*f->at) || *f->at == '/'))
		f->at++;
}

/* The value after "=", without its quotes. */
static void read_value(struct filter *f, const char **value, size_t *n)
{
	while (f->at < f->end && is_blank(*f->at))
		f->at++;
	char quote = f->at < f->end && (*f->at == '"' || *f->at == '\'') ? *f->at++ : '\0';
	*value = f->at;
	while (f->at < f->end && (quote != '\0' ? *f->at != quote : !is_blank(*f->at) && *f->at != '>'))
		f->at++;
	*n = (size_t)(f->at - *value);
	if (quote != '\0' && f->at < f->end)
		f->at++;
}

static void add_attribute(struct sbuf *out, const struct name *name, const char *value, size_t n)
{
	bool twice = memchr(value, '"', n) != NULL, once = memchr(value, '\'', n) != NULL;
	if (n > ValueMax || (twice && once))
		return;
	sbuf_addf(out, " %s=%c", name->s, twice ? '\'' : '"');
	sbuf_addn(out, value, n);
	sbuf_addc(out, twice ? '\'' : '"');
}

/* From behind the name to behind ">"; with `out` the known attributes are copied. False: the tag never
 * ends. */
static bool read_attributes(struct filter *f, struct sbuf *out)
{
	for (int count = 0;; ) {
		struct name name;
		const char *value = "";
		size_t n = 0;
		skip_blanks(f);
		if (f->at >= f->end)
			return false;
		if (*f->at == '>') {
			f->at++;
			return true;
		}
		const char *before = f->at;
		read_name(f, "=/>", &name);
		while (f->at < f->end && is_blank(*f->at))
			f->at++;
		if (f->at < f->end && *f->at == '=') {
			f->at++;
			read_value(f, &value, &n);
		}
		if (f->at == before)
			f->at++;
		if (out != NULL && known_attribute(&name) && count++ < AttributesMax)
			add_attribute(out, &name, value, n);
	}
}

/* To behind the end tag of an element whose content is not wanted. */
static void skip_content(struct filter *f, const struct name *name)
{
	while (f->at < f->end) {
		const char *p = memchr(f->at, '<', (size_t)(f->end - f->at));
		if (p == NULL)
			break;
		f->at = p + 1;
		if ((size_t)(f->end - p) > name->n + 2 && p[1] == '/' && strncasecmp(p + 2, name->s, name->n) == 0) {
			f->at = p + 2 + name->n;
			read_attributes(f, NULL);
			return;
		}
	}
	f->at = f->end;
}

static void close_tag(struct sbuf *out, const struct name *name)
{
	sbuf_add(out, "</");
	sbuf_addn(out, name->s, name->n);
	sbuf_addc(out, '>');
}

static void start_tag(struct filter *f)
{
	struct name name;
	read_name(f, "/>", &name);
	enum kind kind = kind_of(&name);
	bool deep = kind == KIND_PAIR && f->depth == HTML_DEPTH_MAX;
	bool copy = !deep && kind != KIND_UNKNOWN && kind != KIND_GONE;
	size_t start = f->out->n;
	if (copy) {
		sbuf_addc(f->out, '<');
		sbuf_addn(f->out, name.s, name.n);
	}
	if (!read_attributes(f, copy ? f->out : NULL)) {
		sbuf_truncate(f->out, start);
		return;
	}
	if (copy)
		sbuf_addc(f->out, '>');
	if (deep)
		f->skipped++;
	else if (kind == KIND_PAIR)
		f->open[f->depth++] = name;
	else if (kind == KIND_GONE || kind == KIND_EMPTY)
		skip_content(f, &name);
	if (kind == KIND_EMPTY)
		close_tag(f->out, &name);
}

/* Closes what stands open inside it first; an end tag without a start is left out. */
static void end_tag(struct filter *f)
{
	struct name name;
	read_name(f, "/>", &name);
	read_attributes(f, NULL);
	if (kind_of(&name) != KIND_PAIR)
		return;
	if (f->skipped > 0) {
		f->skipped--;
		return;
	}
	size_t i = f->depth;
	while (i > 0 && strcmp(f->open[i - 1].s, name.s) != 0)
		i--;
	if (i == 0)
		return;
	while (f->depth >= i)
		close_tag(f->out, &f->open[--f->depth]);
}

static void skip_comment(struct filter *f)
{
	size_t left = (size_t)(f->end - f->at);
	const char *end = left >= 3 && memcmp(f->at, "!--", 3) == 0 ?
		memmem(f->at + 1, left - 1, "-->", 3) : memchr(f->at, '>', left);
	if (end == NULL)
		f->at = f->end;
	else
		f->at = *end == '-' ? end + 3 : end + 1;
}

static void tag(struct filter *f)
{
	char c = f->at + 1 < f->end ? f->at[1] : '\0';
	f->at++;
	if (isalpha((unsigned char)c)) {
		start_tag(f);
	} else if (c == '/') {
		f->at++;
		end_tag(f);
	} else if (c == '!' || c == '?') {
		skip_comment(f);
	} else {
		sbuf_add(f->out, "&lt;");
	}
}

void html_filter(const char *in, size_t n, struct sbuf *out)
{
	struct filter f = {.at = in, .end = in + n, .out = out};
	sbuf_add(out, "");
	while (f.at < f.end) {
		const char *p = memchr(f.at, '<', (size_t)(f.end - f.at));
		size_t text = (size_t)((p == NULL ? f.end : p) - f.at);
		sbuf_addn(out, f.at, text);
		f.at += text;
		if (p != NULL)
			tag(&f);
	}
	while (f.depth > 0)
		close_tag(out, &f.open[--f.depth]);
}
