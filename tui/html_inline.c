#include <string.h>

#include "html_render.h"
#include "text.h"

void html_nothing(struct html *h, const GumboNode *n)
{
}

void html_break(struct html *h, const GumboNode *n)
{
	if (h->b->started || h->b->word.text.n > 0)
		styled_break(h->b);
	else
		styled_blank(h->b);
}

void html_strong(struct html *h, const GumboNode *n)
{
	html_in_role(h, n, ROLE_STRONG);
}

void html_emphasis(struct html *h, const GumboNode *n)
{
	html_in_role(h, n, ROLE_EMPHASIS);
}

/* A line through text is a shape that no reader aloud tells: the tildes are Markdown's. */
void html_strike(struct html *h, const GumboNode *n)
{
	styled_add(h->b, ROLE_STRIKE, "~");
	html_in_role(h, n, ROLE_STRIKE);
	styled_add(h->b, ROLE_STRIKE, "~");
}

void html_code(struct html *h, const GumboNode *n)
{
	html_in_role(h, n, ROLE_CODE);
}

/* "[1]" of a footnote would look like the number of a link. */
static void footnote_mark(struct html *h, const GumboNode *n)
{
	struct sbuf text = {0};
	node_text(n, &text);
	const char *digits = strpbrk(sbuf_str(&text), "0123456789");
	if (digits != NULL) {
		styled_add(h->b, h->role, " ");
		/* Translators: mark in a text for a footnote, e.g. "(note 2)". */
		styled_addf(h->b, ROLE_MUTED, _("(note %.*s)"), (int)strspn(digits, "0123456789:"), digits);
	}
	sbuf_fini(&text);
}

void html_sup(struct html *h, const GumboNode *n)
{
	if (node_has_class(n, "footnote-ref")) {
		footnote_mark(h, n);
		return;
	}
	styled_add(h->b, h->role, "^");
	html_children(h, n);
}

void html_sub(struct html *h, const GumboNode *n)
{
	styled_add(h->b, h->role, "_");
	html_children(h, n);
}

static void in_brackets(struct html *h, const char *text)
{
	styled_add(h->b, h->role, " (");
	styled_add(h->b, h->role, text);
	styled_add(h->b, h->role, ")");
}

void html_abbr(struct html *h, const GumboNode *n)
{
	struct sbuf title = {0};
	html_children(h, n);
	if (node_clean(n, "title", &title))
		in_brackets(h, title.p);
	sbuf_fini(&title);
}

void html_ruby_text(struct html *h, const GumboNode *n)
{
	struct sbuf text = {0};
	node_text(n, &text);
	if (text.n > 0)
		in_brackets(h, text.p);
	sbuf_fini(&text);
}

void html_q(struct html *h, const GumboNode *n)
{
	styled_add(h->b, h->role, "\"");
	html_children(h, n);
	styled_add(h->b, h->role, "\"");
}

/* A mention may end in an emoji of the member's status: that is left out. */
void html_mention(struct html *h, const GumboNode *n)
{
	struct sbuf text = {0};
	node_text(n, &text);
	bool hashtag = node_class_starts(n, "hashtag");
	if (!hashtag)
		sbuf_truncate(&text, strcspn(sbuf_str(&text), " :"));
	if (hashtag && text.n > 0 && text.p[0] != '#')
		styled_add(h->b, ROLE_STRONG, "#");
	styled_add(h->b, ROLE_STRONG, sbuf_str(&text));
	sbuf_fini(&text);
}

void html_checkbox(struct html *h, const GumboNode *n)
{
	bool checked = node_has_class(n, "checked") || node_class_starts(n, "fa-check");
	styled_add(h->b, h->role, checked ? "[x] " : "[\xC2\xA0] ");
}
