#include "event_cooked.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "sbuf.h"
#include "utf8.h"

enum { InputMax = 512 * 1024, HrefMax = 1000 };

struct walk {
	struct sbuf out;
	char href[HrefMax + 1]; /* of the link that is open; "" */
	int event_depth;        /* div elements inside the event; 0: outside */
};

static const struct {
	const char *tag, *open, *close;
} tags[] = {
	{"p", "\n", "\n"},
	{"div", "\n", "\n"},
	{"br", "\n", ""},
	{"ul", "\n", "\n"},
	{"ol", "\n", "\n"},
	{"li", "\n- ", ""},
	{"h1", "\n\n# ", "\n"},
	{"h2", "\n\n## ", "\n"},
	{"h3", "\n\n### ", "\n"},
	{"h4", "\n\n#### ", "\n"},
	{"strong", "**", "**"},
	{"b", "**", "**"},
	{"dt", "\n- **", ":** "},
	{"dd", "", "\n"},
	{"tr", "\n|", ""},
	{"td", " ", " |"},
	{"th", " ", " |"},
	{"table", "\n", "\n"},
	{"blockquote", "\n", "\n"},
	{"hr", "\n---\n", ""},
};

static const struct {
	const char *name, *text;
} entities[] = {{"amp;", "&"}, {"lt;", "<"}, {"gt;", ">"}, {"quot;", "\""}, {"apos;", "'"}, {"nbsp;", " "}};

/* Not more than one empty line. */
static void add(struct walk *w, const char *text)
{
	for (; *text != '\0'; text++)
		if (*text != '\n' || (w->out.n > 1 && !(w->out.p[w->out.n - 1] == '\n' && w->out.p[w->out.n - 2] == '\n')))
			sbuf_addc(&w->out, *text);
}

static const char *add_entity(struct walk *w, const char *at)
{
	char *end = NULL, bytes[5] = {0};
	for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
		if (strncmp(at + 1, entities[i].name, strlen(entities[i].name)) == 0) {
			add(w, entities[i].text);
			return at + 1 + strlen(entities[i].name);
		}
	bool hex = at[1] == '#' && (at[2] == 'x' || at[2] == 'X');
	unsigned long cp = at[1] != '#' ? 0 : strtoul(at + (hex ? 3 : 2), &end, hex ? 16 : 10);
	if (cp < ' ' || cp > 0x10FFFF || *end != ';') {
		add(w, "&");
		return at + 1;
	}
	utf8_encode(bytes, (uint32_t)cp);
	add(w, bytes);
	return end + 1;
}

static void keep_href(struct walk *w, const char *tag, const char *end)
{
	const char *at = memmem(tag, (size_t)(end - tag), "href=\"", 6);
	const char *quote = at == NULL ? NULL : memchr(at + 6, '"', (size_t)(end - at - 6));
	size_t n = quote == NULL ? 0 : (size_t)(quote - at - 6);
	w->href[0] = '\0';
	if (n == 0 || n > HrefMax)
		return;
	memcpy(w->href, at + 6, n);
	w->href[n] = '\0';
}

static void link_tag(struct walk *w, const char *tag, const char *end, bool closes)
{
	if (!closes) {
		keep_href(w, tag, end);
		add(w, w->href[0] == '\0' ? "" : "[");
	} else if (w->href[0] != '\0') {
		sbuf_addf(&w->out, "](%s)", w->href);
		w->href[0] = '\0';
	}
}

static bool is_tag(const char *name, size_t n, const char *tag)
{
	return strlen(tag) == n && strncasecmp(name, tag, n) == 0;
}

/* What is inside the event is not the organiser's text. */
static void event_div(struct walk *w, const char *tag, const char *end, bool closes)
{
	bool opens = memmem(tag, (size_t)(end - tag), "discourse-post-event", 20) != NULL;
	if (closes && w->event_depth > 0)
		w->event_depth--;
	else if (!closes && (w->event_depth > 0 || opens))
		w->event_depth++;
}

/* `at` stands on a <; answers what comes after the tag. */
static const char *add_tag(struct walk *w, const char *at, const char *text_end)
{
	const char *end = memchr(at, '>', (size_t)(text_end - at)), *name = at + 1;
	if (end == NULL)
		return text_end;
	bool closes = *name == '/';
	name += closes;
	size_t n = 0;
	while (isalnum((unsigned char)name[n]))
		n++;
	if (is_tag(name, n, "div"))
		event_div(w, at, end, closes);
	if (w->event_depth > 0)
		return end + 1;
	if (is_tag(name, n, "a"))
		link_tag(w, at, end, closes);
	for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (is_tag(name, n, tags[i].tag))
			add(w, closes ? tags[i].close : tags[i].open);
	return end + 1;
}

char *event_cooked_text(const char *html, struct arena *a)
{
	struct walk w = {0};
	const char *end = html + strnlen(html, InputMax);
	for (const char *at = html; at < end;) {
		if (*at == '<') {
			at = add_tag(&w, at, end);
			continue;
		}
		if (w.event_depth > 0) {
			at++;
			continue;
		}
		if (*at == '&') {
			at = add_entity(&w, at);
			continue;
		}
		if (*at != '\n' && *at != '\r')
			sbuf_addc(&w.out, *at);
		else if (w.out.n > 0 && !isspace((unsigned char)w.out.p[w.out.n - 1]))
			sbuf_addc(&w.out, ' ');
		at++;
	}
	char *text = arena_strdup(a, sbuf_str(&w.out));
	sbuf_fini(&w.out);
	return text;
}
