#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "cook_writer.h"
#include "json.h"
#include "str.h"

/* [poll] and [event]: what they hold goes into the HTML and, outside quotes, into struct cooked. */

enum { MaxOptions = 200, MaxPolls = 20 };

void cook_data_attribute(struct writer *w, const char *name, const char *value)
{
	cook_add(w, " data-");
	for (const char *p = name; *p != '\0'; p++) {
		if (isupper((unsigned char)*p) && p > name)
			cook_add(w, "-");
		sbuf_addc(w->out, isalnum((unsigned char)*p) ? (char)tolower((unsigned char)*p) : '-');
	}
	cook_add(w, "=\"");
	cook_text(w, value, strlen(value));
	cook_add(w, "\"");
}

static void add_event(struct writer *w, const struct bb_tag *t, const char *description)
{
	struct cooked *c = w->cooked;
	if (w->quote_depth > 0)
		return;
	c->event_count++;
	if (c->event != NULL)
		return;
	struct cook_event *e = ARENA_NEW(w->a, struct cook_event);
	e->attribute = arena_grow(w->a, t->attribute, (size_t)t->attribute_count, (size_t)t->attribute_count,
		sizeof t->attribute[0]);
	e->attribute_count = t->attribute_count;
	e->description = description;
	c->event = e;
}

void cook_event_block(struct writer *w, const struct bb_tag *t, const char *s, size_t n)
{
	add_event(w, t, str_trim(arena_strndup(w->a, s, n)));
	cook_add(w, "<div class=\"discourse-post-event\"");
	for (int i = 0; i < t->attribute_count; i++)
		cook_data_attribute(w, t->attribute[i].name, t->attribute[i].value);
	cook_add(w, ">\n");
	cook_markdown(w, s, n);
	cook_add(w, "</div>\n");
}

/* Discourse names an option after its text: MD5 of the JSON array that holds it. */
static char *option_digest(struct writer *w, const char *text)
{
	char *hex = arena_alloc(w->a, COOK_DIGEST);
	if (w->c->digest == NULL)
		return hex;
	struct json *j = json_array();
	struct sbuf b = {0};
	json_append_string(j, text);
	json_print(j, &b);
	w->c->digest(b.p, b.n, hex);
	sbuf_fini(&b);
	json_free(j);
	return hex;
}

static char *cook_line(struct writer *w, const char *text)
{
	struct sbuf html = {0}, *out = w->out;
	w->out = &html;
	cook_markdown(w, text, strlen(text));
	w->out = out;
	const char *s = sbuf_str(&html);
	while (html.n > 0 && s[html.n - 1] == '\n')
		sbuf_truncate(&html, html.n - 1);
	bool paragraph = str_starts(sbuf_str(&html), "<p>") && str_ends(sbuf_str(&html), "</p>");
	char *line =
		paragraph ? arena_strndup(w->a, html.p + 3, html.n - 7) : arena_strdup(w->a, sbuf_str(&html));
	sbuf_fini(&html);
	return line;
}

static int number_of(const struct bb_tag *t, const char *name, int otherwise)
{
	const char *s = bb_get(t, name);
	int64_t v;
	return s != NULL && str_to_int(s, 0, 100000, &v) ? (int)v : otherwise;
}

static void add_option(struct writer *w, struct poll *p, struct poll_option *list, const char *text)
{
	if (p->option_count < MaxOptions && *text != '\0')
		list[p->option_count++] = (struct poll_option){option_digest(w, text), cook_line(w, text), -1, false};
}

/* "- text", "* text", "+ text", "1. text", "2) text"; the text, NULL for any other line. */
static char *list_item(char *line)
{
	if (strchr("-*+", *line) != NULL && *line != '\0' && isspace((unsigned char)line[1]))
		return str_trim(line + 1);
	size_t digits = strspn(line, "0123456789");
	if (digits > 0 && digits < 10 && strchr(".)", line[digits]) != NULL &&
		isspace((unsigned char)line[digits + 1]))
		return str_trim(line + digits + 1);
	return NULL;
}

static void read_options(struct writer *w, struct poll *p, struct poll_option *list, const char *s, size_t n)
{
	char *copy = arena_strndup(w->a, s, n), *save;
	for (char *line = strtok_r(copy, "\n", &save); line != NULL; line = strtok_r(NULL, "\n", &save)) {
		line = str_trim(line);
		char *text = list_item(line);
		if (text != NULL)
			add_option(w, p, list, text);
		else if (*line == '#' && p->title == NULL)
			p->title = cook_line(w, str_trim(line + strspn(line, "#")));
	}
}

static void read_numbers(struct writer *w, struct poll *p, struct poll_option *list)
{
	for (int v = p->min; v <= p->max && p->option_count < MaxOptions; v += p->step) {
		char text[16];
		snprintf(text, sizeof text, "%d", v);
		add_option(w, p, list, text);
	}
}

static struct poll read_poll(struct writer *w, const struct bb_tag *t, const char *s, size_t n)
{
	struct poll_option *list = ARENA_ARRAY(w->a, MaxOptions, struct poll_option);
	int64_t close = 0;
	const char *name = bb_get(t, "name"), *status = bb_get(t, "status"), *public = bb_get(t, "public");
	if (bb_get(t, "close") == NULL || !time_parse(bb_get(t, "close"), &close, NULL))
		close = 0;
	struct poll p = {
		.name = str_empty(name) ? "poll" : name,
		.type = poll_type_from(str_or_empty(bb_get(t, "type"))),
		.results = poll_results_from(str_or_empty(bb_get(t, "results"))),
		.open = !str_equal(status, "closed"), .public_votes = str_equal(public, "true"),
		.groups = bb_get(t, "groups"),
		.step = number_of(t, "step", 1), .close_ms = close, .option = list,
	};
	if (p.step < 1)
		p.step = 1;
	p.min = number_of(t, "min", 1);
	read_options(w, &p, list, s, n);
	if (p.type == POLL_NUMBER) {
		p.option_count = 0;
		p.max = number_of(t, "max", 20);
		read_numbers(w, &p, list);
	} else {
		p.max = number_of(t, "max", p.type == POLL_MULTIPLE ? p.option_count : 1);
	}
	return p;
}

static void add_poll_html(struct writer *w, const struct bb_tag *t, const struct poll *p)
{
	sbuf_addf(w->out,
		"<div class=\"poll\" data-poll-status=\"%s\" data-poll-type=\"%s\" data-poll-results=\"%s\"",
		p->open ? "open" : "closed", poll_type_word(p->type), poll_results_word(p->results));
	cook_add(w, " data-poll-name=\"");
	cook_text(w, p->name, strlen(p->name));
	cook_add(w, "\"");
	static const char *const kept[] = {"min", "max", "step", "public", "close", "chartType", "groups"};
	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++) {
		if (bb_get(t, kept[i]) != NULL)
			cook_data_attribute(w, arena_printf(w->a, "poll-%s", kept[i]), bb_get(t, kept[i]));
	}
	cook_add(w, ">\n<div class=\"poll-container\">\n");
	if (p->title != NULL)
		sbuf_addf(w->out, "<div class=\"poll-title\">%s</div>\n", p->title);
	cook_add(w, "<ul>\n");
	for (int i = 0; i < p->option_count; i++)
		sbuf_addf(w->out, "<li data-poll-option-id=\"%s\">%s</li>\n", p->option[i].id, p->option[i].html);
	cook_add(w, "</ul>\n</div>\n<div class=\"poll-info\">\n<div class=\"poll-info_counts\">\n"
		"<div class=\"poll-info_counts-count\">\n<span class=\"info-number\">0</span>\n"
		"<span class=\"info-label\">voters</span>\n</div>\n</div>\n</div>\n</div>\n");
}

void cook_poll(struct writer *w, const struct bb_tag *t, const char *s, size_t n)
{
	struct cooked *c = w->cooked;
	struct poll p = read_poll(w, t, s, n);
	add_poll_html(w, t, &p);
	if (w->quote_depth > 0 || c->poll_count == MaxPolls)
		return;
	if (c->poll == NULL)
		c->poll = ARENA_ARRAY(w->a, MaxPolls, struct poll);
	((struct poll *)c->poll)[c->poll_count++] = p;
}
