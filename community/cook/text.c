#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cook.h"
#include "entity.h"
#include "str.h"
#include "utf8.h"

/* HTML of Discourse to plain text, in one pass and without a tree: it runs over whole forums. */

static const char *const block_tags[] = {
	"p",
	"br",
	"li",
	"div",
	"tr",
	"h1",
	"h2",
	"h3",
	"h4",
	"h5",
	"h6",
	"pre",
	"blockquote",
	"ul",
	"ol",
	"table",
	"aside",
	"hr",
	"dt",
	"dd",
	"details",
	"summary",
	"section",
	"article",
	"header",
};

struct scan {
	struct sbuf *out;
	const char *p;
	bool quotes_out;  /* leave out aside.quote */
	size_t max;       /* stop when this much has been written */
	bool breaks;      /* line breaks between blocks; else one space */
};

static bool name_is(const char *p, const char *name)
{
	size_t n = strlen(name);
	return strncasecmp(p, name, n) == 0 && !isalnum((unsigned char)p[n]);
}

static void add_break(struct scan *s)
{
	struct sbuf *b = s->out;
	while (b->n > 0 && b->p[b->n - 1] == ' ')
		sbuf_truncate(b, b->n - 1);
	if (b->n > 0 && b->p[b->n - 1] != '\n')
		sbuf_addc(b, s->breaks ? '\n' : ' ');
}

static void add_char(struct scan *s, char c)
{
	struct sbuf *b = s->out;
	if (!isspace((unsigned char)c)) {
		sbuf_addc(b, c);
		return;
	}
	if (b->n > 0 && b->p[b->n - 1] != ' ' && b->p[b->n - 1] != '\n')
		sbuf_addc(b, ' ');
}

static const char *add_entity(struct scan *s)
{
	size_t n = entity_decode(s->out, s->p);
	if (n == 0)
		sbuf_addc(s->out, '&');
	return s->p + (n == 0 ? 1 : n);
}

/* Past the tag that begins at p. */
static const char *tag_end(const char *p)
{
	if (strncmp(p, "<!--", 4) == 0) {
		const char *end = strstr(p, "-->");
		return end == NULL ? p + strlen(p) : end + 3;
	}
	char quote = 0;
	for (; *p != '\0'; p++) {
		if (quote != 0)
			quote = *p == quote ? 0 : quote;
		else if (*p == '"' || *p == '\'')
			quote = *p;
		else if (*p == '>')
			return p + 1;
	}
	return p;
}

/* Past the end of the element whose tag begins at p, elements of the same name inside counted. */
static const char *element_end(const char *p, const char *name)
{
	int depth = 0;
	for (;;) {
		if (*p == '<' && name_is(p + 1, name))
			depth++;
		if (*p == '<' && p[1] == '/' && name_is(p + 2, name) && --depth == 0)
			return tag_end(p);
		const char *next = strchr(p + 1, '<');
		if (next == NULL)
			return p + strlen(p);
		p = next;
	}
}

static bool has_class(const char *tag, const char *end, const char *class)
{
	const char *at = memmem(tag, (size_t)(end - tag), "class=\"", 7);
	return at != NULL && str_starts(at + 7, class);
}

/* The alt of a picture, which names emoji too. */
static void add_alt(struct scan *s, const char *tag, const char *end)
{
	const char *at = memmem(tag, (size_t)(end - tag), " alt=\"", 6),
			   *q = at == NULL ? NULL : strchr(at + 6, '"');
	if (q != NULL && q < end && q > at + 6 && has_class(tag, end, "emoji"))
		sbuf_addn(s->out, at + 6, (size_t)(q - at - 6));
}

static const char *step_tag(struct scan *s)
{
	static const char *const silent[] = {"svg", "script", "style"};
	const char *p = s->p, *end = tag_end(p), *name = p + 1 + (p[1] == '/');
	bool closing = p[1] == '/';
	for (size_t i = 0; !closing && i < sizeof silent / sizeof silent[0]; i++) {
		if (name_is(name, silent[i]))
			return element_end(p, silent[i]);
	}
	if (!closing && name_is(name, "div") && has_class(p, end, "meta"))
		return element_end(p, "div");
	if (!closing && s->quotes_out && name_is(name, "aside") && has_class(p, end, "quote"))
		return element_end(p, "aside");
	if (!closing && name_is(name, "img"))
		add_alt(s, p, end);
	for (size_t i = 0; i < sizeof block_tags / sizeof block_tags[0]; i++) {
		if (name_is(name, block_tags[i])) {
			add_break(s);
			break;
		}
	}
	return end;
}

static void scan(struct scan *s)
{
	while (*s->p != '\0' && s->out->n < s->max) {
		if (*s->p == '<' && (isalpha((unsigned char)s->p[1]) || s->p[1] == '/' || s->p[1] == '!')) {
			s->p = step_tag(s);
		} else if (*s->p == '&') {
			s->p = add_entity(s);
		} else {
			add_char(s, *s->p++);
		}
	}
	while (s->out->n > 0 && isspace((unsigned char)s->out->p[s->out->n - 1]))
		sbuf_truncate(s->out, s->out->n - 1);
}

void cook_plain(struct sbuf *out, const char *html)
{
	struct scan s = {.out = out, .p = html, .max = SIZE_MAX, .breaks = true};
	scan(&s);
}

void cook_own_words(struct sbuf *out, const char *html)
{
	struct scan s = {.out = out, .p = html, .quotes_out = true, .max = SIZE_MAX, .breaks = true};
	scan(&s);
}

char *cook_excerpt(struct arena *a, const char *html, size_t max_bytes)
{
	struct sbuf b = {0};
	struct scan s = {.out = &b, .p = html, .quotes_out = true, .max = max_bytes + 1};
	scan(&s);
	bool cut = b.n > max_bytes;
	if (cut) {
		sbuf_truncate(&b, max_bytes);
		utf8_cut_partial(b.p);
	}
	char *text = cut ? arena_printf(a, "%s…", str_trim(b.p)) : arena_strdup(a, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}
