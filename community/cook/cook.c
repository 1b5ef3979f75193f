#include "cook.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "cook_writer.h"
#include "str.h"
#include "utf8.h"

/* Blocks between [tag] and [/tag]. */

struct block {
	const char *name;
	void (*cook)(struct writer *w, const struct bb_tag *t, const char *s, size_t n);
	bool text_on_line; /* text may follow the opening on its line */
};

static void cook_nested(struct writer *w, const char *s, size_t n)
{
	w->depth++;
	cook_blocks(w, s, n);
	w->depth--;
}

/* "Anna, post:3, topic:14, username:anna" */
static struct cook_quote read_quote(struct writer *w, const char *value)
{
	struct cook_quote q = {.username = ""};
	char *copy = arena_strdup(w->a, value), *save;
	bool first = true;
	for (char *part = strtok_r(copy, ",", &save); part != NULL; part = strtok_r(NULL, ",", &save)) {
		part = str_trim(part);
		int64_t number;
		if (first)
			q.username = part;
		else if (str_starts(part, "post:") && str_to_int(str_trim(part + 5), 1, INT32_MAX, &number))
			q.post_number = (int)number;
		else if (str_starts(part, "topic:") && str_to_int(str_trim(part + 6), 1, INT64_MAX, &number))
			q.topic_id = number;
		else if (str_starts(part, "username:"))
			q.username = str_trim(part + 9);
		first = false;
	}
	return q;
}

static void remember_quote(struct writer *w, const struct cook_quote *q)
{
	struct cooked *c = w->cooked;
	if (w->quote_depth > 0 || *q->username == '\0')
		return;
	if ((c->quote_count & (c->quote_count - 1)) == 0)
		c->quote =
			arena_grow(w->a, c->quote, (size_t)c->quote_count, (size_t)c->quote_count * 2 + 1, sizeof *q);
	((struct cook_quote *)c->quote)[c->quote_count++] = *q;
}

static void add_avatar(struct writer *w, const char *username)
{
	const char *template = w->c->avatar == NULL ? NULL : w->c->avatar(w->c->data, username);
	if (template == NULL)
		return;
	const char *size = strstr(template, "{size}");
	cook_add(w, "<img loading=\"lazy\" alt=\"\" width=\"24\" height=\"24\" src=\"");
	if (size != NULL) {
		cook_text(w, template, (size_t)(size - template));
		sbuf_addf(w->out, "48%s", size + 6);
	} else {
		cook_url(w, template);
	}
	cook_add(w, "\" class=\"avatar\"> ");
}

static void add_quote_title(struct writer *w, const struct cook_quote *q)
{
	const char *title = NULL;
	if (q->topic_id > 0 && q->topic_id != w->c->topic_id && w->c->topic_title != NULL)
		title = w->c->topic_title(w->c->data, q->topic_id);
	cook_add(w, "<div class=\"title\">\n<div class=\"quote-controls\"></div>\n");
	add_avatar(w, q->username);
	if (title != NULL) {
		sbuf_addf(w->out, "<a href=\"/t/%lld/%d\">", (long long)q->topic_id,
			q->post_number > 0 ? q->post_number : 1);
		cook_text(w, title, strlen(title));
		cook_add(w, "</a>");
	} else {
		cook_text(w, q->username, strlen(q->username));
		cook_add(w, ":");
	}
	cook_add(w, "</div>\n");
}

static void cook_quote_block(struct writer *w, const struct bb_tag *t, const char *s, size_t n)
{
	struct cook_quote q = read_quote(w, str_or_empty(t->value));
	cook_add(w, "<aside class=\"quote no-group\"");
	if (*q.username != '\0') {
		cook_add(w, " data-username=\"");
		cook_text(w, q.username, strlen(q.username));
		cook_add(w, "\"");
	}
	if (q.post_number > 0)
		sbuf_addf(w->out, " data-post=\"%d\"", q.post_number);
	if (q.topic_id > 0)
		sbuf_addf(w->out, " data-topic=\"%lld\"", (long long)q.topic_id);
	if (t->value != NULL && strstr(t->value, "full:true") != NULL)
		cook_add(w, " data-full=\"true\"");
	cook_add(w, ">\n");
	if (*q.username != '\0')
		add_quote_title(w, &q);
	remember_quote(w, &q);
	w->quote_depth++;
	cook_add(w, "<blockquote>\n");
	cook_nested(w, s, n);
	cook_add(w, "</blockquote>\n</aside>\n");
	w->quote_depth--;
}

static void cook_details(struct writer *w, const struct bb_tag *t, const char *s, size_t n)
{
	cook_add(w, bb_get(t, "open") != NULL ? "<details open=\"\">\n<summary>\n" : "<details>\n<summary>\n");
	if (t->value != NULL)
		cook_inline(w, t->value, false);
	cook_add(w, "</summary>\n");
	cook_nested(w, s, n);
	cook_add(w, "</details>\n");
}

static void cook_div(struct writer *w, const char *class, const char *value, const char *s, size_t n)
{
	sbuf_addf(w->out, "<div class=\"%s\"", class);
	if (value != NULL)
		cook_data_attribute(w, "wrap", value);
	cook_add(w, ">\n");
	cook_nested(w, s, n);
	cook_add(w, "</div>\n");
}

static void cook_spoiler(struct writer *w, const struct bb_tag *t, const char *s, size_t n)
{
	cook_div(w, "spoiler", NULL, s, n);
}

static void cook_grid(struct writer *w, const struct bb_tag *t, const char *s, size_t n)
{
	cook_div(w, "d-image-grid", NULL, s, n);
}

static void cook_wrap(struct writer *w, const struct bb_tag *t, const char *s, size_t n)
{
	cook_div(w, "d-wrap", str_or_empty(t->value), s, n);
}

static const struct block blocks[] = {
	{"quote", cook_quote_block, .text_on_line = true},
	{"details", cook_details},
	{"spoiler", cook_spoiler},
	{"poll", cook_poll},
	{"event", cook_event_block},
	{"wrap", cook_wrap},
	{"grid", cook_grid},
};

/* A fence of ``` or ~~~, as CommonMark 4.5 has it. */
struct fence {
	char mark;      /* 0: outside */
	size_t length;
};

static void fence_step(struct fence *f, const char *line, size_t n)
{
	size_t i = 0, length = 0;
	while (i < n && i < 3 && line[i] == ' ')
		i++;
	if (i == n || (line[i] != '`' && line[i] != '~'))
		return;
	char mark = line[i];
	while (i < n && line[i] == mark) {
		i++;
		length++;
	}
	if (length < 3)
		return;
	if (f->mark == 0) {
		if (mark == '~' || memchr(line + i, '`', n - i) == NULL)
			*f = (struct fence){mark, length};
		return;
	}
	while (i < n && isspace((unsigned char)line[i]))
		i++;
	if (mark == f->mark && length >= f->length && i == n)
		f->mark = 0;
}

static size_t line_length(const char *s, size_t n)
{
	const char *end = memchr(s, '\n', n);
	return end == NULL ? n : (size_t)(end - s);
}

static bool blank(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (!isspace((unsigned char)s[i]))
			return false;
	}
	return true;
}

/* A block that opens on this line; *content is where its text begins, counted from the line. */
static const struct block *find_opening(struct writer *w, const char *line, size_t n, struct bb_tag *t,
	size_t *content)
{
	size_t i = 0;
	while (i < n && i < 3 && line[i] == ' ')
		i++;
	if (i == n || line[i] != '[' || !bb_parse(w, line + i, n - i, t) || t->closing)
		return NULL;
	*content = i + t->length;
	for (size_t k = 0; k < sizeof blocks / sizeof blocks[0]; k++) {
		if (strcmp(blocks[k].name, t->name) == 0)
			return blocks[k].text_on_line || blank(line + *content, n - *content) ? &blocks[k] : NULL;
	}
	return NULL;
}

/* The end of "[/name]" in a line: at its beginning or as its last word. SIZE_MAX: not there. */
static size_t closing_at(const char *line, size_t n, const char *name, size_t *length)
{
	char tag[32];
	*length = (size_t)snprintf(tag, sizeof tag, "[/%s]", name);
	size_t i = 0;
	while (i < n && line[i] == ' ')
		i++;
	if (n - i >= *length && strncasecmp(line + i, tag, *length) == 0)
		return i;
	while (n > 0 && isspace((unsigned char)line[n - 1]))
		n--;
	if (n >= *length && strncasecmp(line + n - *length, tag, *length) == 0)
		return n - *length;
	return SIZE_MAX;
}

static bool opens_again(const char *line, size_t n, const char *name)
{
	size_t i = 0, length = strlen(name);
	while (i < n && i < 3 && line[i] == ' ')
		i++;
	return n - i > length + 1 && line[i] == '[' && strncasecmp(line + i + 1, name, length) == 0 &&
		strchr("]= ", line[i + 1 + length]) != NULL && memchr(line + i, ']', n - i) != NULL;
}

/* Where the block's text ends and what follows begins; blocks of the same name inside are counted. */
static bool find_end(const char *s, size_t n, const char *name, size_t *end, size_t *after)
{
	struct fence f = {0};
	int depth = 1;
	for (size_t at = 0; at < n;) {
		size_t length = line_length(s + at, n - at), tag_length;
		bool code = f.mark != 0;
		fence_step(&f, s + at, length);
		if (!code && f.mark == 0) {
			if (at > 0 && opens_again(s + at, length, name))
				depth++;
			size_t close = closing_at(s + at, length, name, &tag_length);
			if (close != SIZE_MAX && --depth == 0) {
				*end = at + close;
				*after = at + close + tag_length;
				return true;
			}
		}
		at += length + 1;
	}
	return false;
}

void cook_blocks(struct writer *w, const char *s, size_t n)
{
	struct fence f = {0};
	size_t plain = 0, at = 0;
	while (at < n) {
		size_t length = line_length(s + at, n - at), content, end, after;
		struct bb_tag t;
		const struct block *b = NULL;
		if (f.mark == 0 && w->depth < MaxDepth && w->failed_scans < MaxFailedScans)
			b = find_opening(w, s + at, length, &t, &content);
		if (b != NULL && !find_end(s + at + content, n - at - content, b->name, &end, &after)) {
			w->failed_scans++;
			b = NULL;
		}
		if (b == NULL) {
			fence_step(&f, s + at, length);
			at += length + 1;
			continue;
		}
		cook_markdown(w, s + plain, at - plain);
		b->cook(w, &t, s + at + content, end);
		at += content + after;
		plain = at;
	}
	if (plain < n)
		cook_markdown(w, s + plain, n - plain);
}

void cook_post(const struct cook_context *c, const char *raw, struct cooked *out, struct arena *a)
{
	struct sbuf clean = {0}, html = {0};
	*out = (struct cooked){0};
	struct writer w = {.c = c, .a = a, .out = &html, .cooked = out};
	utf8_clean(&clean, raw, strlen(raw), UTF8_LINES, COOK_MAX_BYTES);
	cook_blocks(&w, sbuf_str(&clean), clean.n);
	while (html.n > 0 && html.p[html.n - 1] == '\n')
		sbuf_truncate(&html, html.n - 1);
	out->html = arena_strdup(a, sbuf_str(&html));
	sbuf_fini(&clean);
	sbuf_fini(&html);
}
