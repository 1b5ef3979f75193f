#include <string.h>

#include "html_render.h"
#include "str.h"
#include "text.h"
#include "width.h"

/* Quotes of posts, and the boxes that Discourse makes of a link alone on a line. */

static void quote_header(struct html *h, const GumboNode *n, const GumboNode *title)
{
	struct sbuf name = {0}, topic = {0};
	const GumboNode *link = title == NULL ? NULL : node_find(title, GUMBO_TAG_A, NULL);
	bool named = node_clean(n, "data-username", &name);
	if (link != NULL)
		node_text(link, &topic);
	h->b->quote_topic = node_attr_int(n, "data-topic", 0);
	h->b->quote_post = node_attr_int(n, "data-post", 0);
	if (named && topic.n > 0)
		/* Translators: a member, and the title of the topic that is quoted. */
		styled_addf(h->b, ROLE_MUTED, _("%s wrote in \"%s\":"), name.p, topic.p);
	else if (named)
		styled_addf(h->b, ROLE_MUTED, _("%s wrote:"), name.p);
	else if (title != NULL)
		html_in_role(h, title, ROLE_MUTED);
	styled_break(h->b);
	h->b->quote_topic = h->b->quote_post = 0;
	sbuf_fini(&name);
	sbuf_fini(&topic);
}

void html_quote(struct html *h, const GumboNode *n)
{
	const GumboNode *title = node_find(n, GUMBO_TAG_DIV, "title");
	const GumboVector *children = node_children(n);
	styled_blank(h->b);
	quote_header(h, n, title);
	for (unsigned i = 0; i < children->length; i++)
		if (node_tag(children->data[i]) == GUMBO_TAG_BLOCKQUOTE)
			html_quoted(h, children->data[i]);
	styled_blank(h->b);
}

/* The heading of the box: the first link in h3, h4, else any link that has text. */
static const GumboNode *onebox_link(const GumboNode *n)
{
	const GumboNode *heading = node_find(n, GUMBO_TAG_H3, NULL);
	if (heading == NULL)
		heading = node_find(n, GUMBO_TAG_H4, NULL);
	const GumboNode *body = node_find(n, GUMBO_TAG_ARTICLE, NULL);
	const GumboNode *link = heading == NULL ? NULL : node_find(heading, GUMBO_TAG_A, NULL);
	if (link == NULL && body != NULL)
		link = node_find(body, GUMBO_TAG_A, NULL);
	return link != NULL ? link : node_find(n, GUMBO_TAG_A, NULL);
}

/* On one line, with room for its number. */
static void add_title(struct html *h, const GumboNode *link, const char *url, int number)
{
	struct sbuf title = {0}, line = {0};
	if (link != NULL)
		node_text(link, &title);
	width_add(&line, title.n > 0 ? title.p : str_or_empty(url), styled_room(h->b) - 6, 0);
	h->b->link = number;
	styled_add(h->b, ROLE_LINK, sbuf_str(&line));
	h->b->link = 0;
	html_link_mark(h, number);
	sbuf_fini(&title);
	sbuf_fini(&line);
}

/* What the box says of the page, cut to one line. */
static void add_description(struct html *h, const GumboNode *n)
{
	const GumboNode *p = node_find(n, GUMBO_TAG_P, NULL);
	struct sbuf text = {0}, line = {0};
	if (p != NULL)
		node_text(p, &text);
	if (text.n > 0) {
		width_add(&line, text.p, styled_room(h->b) - 2, 0);
		styled_push(h->b, h->role, "  ", "  ");
		html_say(h, h->role, line.p);
		styled_pop(h->b);
	}
	sbuf_fini(&text);
	sbuf_fini(&line);
}

static bool source_name(const GumboNode *n, struct sbuf *out)
{
	const GumboNode *source = node_find(n, GUMBO_TAG_HEADER, "source");
	if (source != NULL)
		node_text(source, out);
	return out->n > 0;
}

void html_onebox(struct html *h, const GumboNode *n)
{
	const GumboNode *link = onebox_link(n);
	const char *url = node_attr(n, "data-onebox-src");
	struct sbuf source = {0}, clean = {0};
	if (url == NULL && link != NULL)
		url = node_attr(link, "href");
	styled_blank(h->b);
	if (link == NULL && url != NULL)
		node_clean(n, "data-onebox-src", &clean);
	add_title(h, link, sbuf_str(&clean), html_link(h, url));
	if (source_name(n, &source))
		styled_addf(h->b, ROLE_MUTED, " (%s)", source.p);
	styled_break(h->b);
	add_description(h, n);
	styled_blank(h->b);
	sbuf_fini(&source);
	sbuf_fini(&clean);
}
