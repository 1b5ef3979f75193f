#include <stdlib.h>
#include <string.h>

#include "html_render.h"
#include "text.h"
#include "utf8.h"

/* Before the rest of a line of code that did not fit. */
static const char code_goes_on[] = "\\ ";

void html_container(struct html *h, const GumboNode *n)
{
	styled_break(h->b);
	html_children(h, n);
	styled_break(h->b);
}

void html_paragraph(struct html *h, const GumboNode *n)
{
	styled_blank(h->b);
	html_children(h, n);
	styled_blank(h->b);
}

void html_heading(struct html *h, const GumboNode *n)
{
	styled_blank(h->b);
	html_in_role(h, n, ROLE_HEADING);
	styled_blank(h->b);
}

void html_rule(struct html *h, const GumboNode *n)
{
	styled_blank(h->b);
	html_say(h, ROLE_MUTED, "---");
	styled_blank(h->b);
}

/* Items that hold paragraphs are set apart, as their writer did. */
static bool is_loose(const GumboNode *list)
{
	const GumboVector *items = node_children(list);
	for (unsigned i = 0; i < items->length; i++) {
		const GumboVector *parts = node_children(items->data[i]);
		for (unsigned k = 0; k < parts->length; k++)
			if (node_tag(parts->data[k]) == GUMBO_TAG_P)
				return true;
	}
	return false;
}

static int count_items(const GumboNode *list)
{
	const GumboVector *items = node_children(list);
	int count = 0;
	for (unsigned i = 0; i < items->length; i++)
		count += node_tag(items->data[i]) == GUMBO_TAG_LI;
	return count;
}

static void item(struct html *h, const GumboNode *n, const char *mark)
{
	static const char spaces[] = "            ";
	const size_t most = sizeof spaces - 1;
	size_t indent = strlen(mark) < most ? strlen(mark) : most;
	styled_push(h->b, h->role, mark, spaces + most - indent);
	size_t before = h->b->out->count;
	html_children(h, n);
	styled_break(h->b);
	if (h->b->out->count == before)
		styled_newline(h->b);
	styled_pop(h->b);
}

void html_list(struct html *h, const GumboNode *n)
{
	bool ordered = node_tag(n) == GUMBO_TAG_OL, reversed = node_attr(n, "reversed") != NULL;
	bool loose = is_loose(n);
	int number = node_attr_int(n, "start", reversed ? count_items(n) : 1);
	const GumboVector *items = node_children(n);
	h->list_depth == 0 ? styled_blank(h->b) : styled_break(h->b);
	h->list_depth++;
	for (unsigned i = 0; i < items->length; i++) {
		if (node_tag(items->data[i]) != GUMBO_TAG_LI) {
			html_node(h, items->data[i]);
			continue;
		}
		number = node_attr_int(items->data[i], "value", number);
		item(h, items->data[i], ordered ? arena_printf(h->arena, "%d. ", number) : "- ");
		number += reversed ? -1 : 1;
		if (loose)
			styled_blank(h->b);
	}
	h->list_depth--;
	h->list_depth == 0 ? styled_blank(h->b) : styled_break(h->b);
}

void html_definition_term(struct html *h, const GumboNode *n)
{
	styled_break(h->b);
	html_in_role(h, n, ROLE_STRONG);
	styled_break(h->b);
}

void html_definition(struct html *h, const GumboNode *n)
{
	styled_push(h->b, h->role, "  ", "  ");
	html_children(h, n);
	styled_pop(h->b);
}

void html_quoted(struct html *h, const GumboNode *n)
{
	enum role before = h->role;
	int lists = h->list_depth;
	styled_push(h->b, ROLE_QUOTE, "> ", "> ");
	h->role = ROLE_QUOTE;
	h->list_depth = 0;
	html_children(h, n);
	h->role = before;
	h->list_depth = lists;
	styled_pop(h->b);
}

void html_blockquote(struct html *h, const GumboNode *n)
{
	styled_blank(h->b);
	html_quoted(h, n);
	styled_blank(h->b);
}

static void add_source(const GumboNode *n, struct sbuf *out)
{
	if (node_is_text(n))
		sbuf_add(out, node_chars(n));
	else if (node_tag(n) == GUMBO_TAG_BR)
		sbuf_addc(out, '\n');
	const GumboVector *children = node_children(n);
	for (unsigned i = 0; i < children->length; i++)
		add_source(children->data[i], out);
}

/* The text as it is, cleaned, without empty lines at both ends. */
static char *source_text(struct html *h, const GumboNode *n)
{
	struct sbuf raw = {0};
	sbuf_add(&raw, "");
	add_source(n, &raw);
	while (raw.n > 0 && strchr("\n\r\t ", raw.p[raw.n - 1]) != NULL)
		sbuf_truncate(&raw, raw.n - 1);
	char *text = utf8_clean_arena(h->arena, raw.p + strspn(raw.p, "\n\r"), UTF8_LINES, HTML_INPUT_MAX);
	sbuf_fini(&raw);
	return text;
}

static void source_block(struct html *h, const GumboNode *n)
{
	styled_push(h->b, ROLE_CODE, "  ", "  ");
	styled_pre(h->b, ROLE_CODE, source_text(h, n), code_goes_on);
	styled_pop(h->b);
}

void html_pre(struct html *h, const GumboNode *n)
{
	const char *wrap = node_attr(n, "data-code-wrap");
	styled_blank(h->b);
	if (wrap != NULL && strcmp(wrap, "mermaid") == 0)
		html_say(h, ROLE_MUTED, _("[drawing, as its source]"));
	source_block(h, n);
	styled_blank(h->b);
}

void html_math(struct html *h, const GumboNode *n)
{
	if (node_tag(n) == GUMBO_TAG_SPAN) {
		html_in_role(h, n, ROLE_CODE);
		return;
	}
	styled_blank(h->b);
	source_block(h, n);
	styled_blank(h->b);
}

static void fold_summary(struct html *h, const GumboNode *summary, bool open, int number)
{
	styled_blank(h->b);
	h->b->fold = number;
	styled_add(h->b, ROLE_STRONG, open ? "[-] " : "[+] ");
	if (summary != NULL)
		html_in_role(h, summary, ROLE_STRONG);
	else
		styled_add(h->b, ROLE_STRONG, _("Details"));
	styled_break(h->b);
	h->b->fold = 0;
}

void html_details(struct html *h, const GumboNode *n)
{
	int number = ++h->folds;
	bool open = html_is_shown(h, h->opt->folds_open, number);
	const GumboNode *summary = NULL;
	const GumboVector *children = node_children(n);
	for (unsigned i = 0; i < children->length && summary == NULL; i++)
		if (node_tag(children->data[i]) == GUMBO_TAG_SUMMARY)
			summary = children->data[i];
	fold_summary(h, summary, open, number);
	if (open) {
		styled_push(h->b, h->role, "  ", "  ");
		for (unsigned i = 0; i < children->length; i++)
			if (children->data[i] != summary)
				html_node(h, children->data[i]);
		styled_pop(h->b);
	}
	styled_blank(h->b);
}

void html_footnotes(struct html *h, const GumboNode *n)
{
	styled_blank(h->b);
	html_say(h, ROLE_HEADING, _("Notes"));
	html_list(h, n);
}
