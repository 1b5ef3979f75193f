#include "html_node.h"

#include <string.h>

#include "str.h"
#include "utf8.h"

enum { AttributeMax = 2000, TextMax = 512 * 1024 };

static const GumboVector no_children;

GumboTag node_tag(const GumboNode *n)
{
	return n->type == GUMBO_NODE_ELEMENT ? n->v.element.tag : GUMBO_TAG_LAST;
}

bool node_is_text(const GumboNode *n)
{
	return n->type == GUMBO_NODE_TEXT || n->type == GUMBO_NODE_WHITESPACE || n->type == GUMBO_NODE_CDATA;
}

const char *node_chars(const GumboNode *n)
{
	return n->v.text.text;
}

const GumboVector *node_children(const GumboNode *n)
{
	return n->type == GUMBO_NODE_ELEMENT ? &n->v.element.children : &no_children;
}

const char *node_attr(const GumboNode *n, const char *name)
{
	if (n->type != GUMBO_NODE_ELEMENT)
		return NULL;
	const GumboAttribute *a = gumbo_get_attribute(&n->v.element.attributes, name);
	return a == NULL ? NULL : a->value;
}

int node_attr_int(const GumboNode *n, const char *name, int other)
{
	const char *s = node_attr(n, name);
	int64_t value;
	return s != NULL && str_to_int(s, -1000000000, 1000000000, &value) ? (int)value : other;
}

/* Whether a word of the class attribute starts with `name`, and ends there when `whole`. */
static bool class_matches(const GumboNode *n, const char *name, bool whole)
{
	size_t len = strlen(name);
	for (const char *s = node_attr(n, "class"); s != NULL && *s != '\0';) {
		size_t word = strcspn(s, " \t\n");
		if (word >= len && strncmp(s, name, len) == 0 && (!whole || word == len))
			return true;
		s += word + strspn(s + word, " \t\n");
	}
	return false;
}

bool node_has_class(const GumboNode *n, const char *name)
{
	return class_matches(n, name, true);
}

bool node_class_starts(const GumboNode *n, const char *start)
{
	return class_matches(n, start, false);
}

const GumboNode *node_find(const GumboNode *n, GumboTag tag, const char *class_name)
{
	const GumboVector *children = node_children(n);
	for (unsigned i = 0; i < children->length; i++) {
		const GumboNode *child = children->data[i];
		bool tag_fits = child->type == GUMBO_NODE_ELEMENT && (tag == GUMBO_TAG_LAST || node_tag(child) == tag);
		if (tag_fits && (class_name == NULL || node_has_class(child, class_name)))
			return child;
		const GumboNode *found = node_find(child, tag, class_name);
		if (found != NULL)
			return found;
	}
	return NULL;
}

bool node_clean(const GumboNode *n, const char *attr, struct sbuf *out)
{
	const char *s = node_attr(n, attr);
	size_t before = out->n;
	sbuf_add(out, "");
	if (s != NULL)
		utf8_clean(out, s, strlen(s), 0, AttributeMax);
	return out->n > before;
}

/* White space becomes one space, none at the start of `out` from byte `start`. */
static void add_squeezed(const char *s, size_t start, struct sbuf *out)
{
	struct sbuf clean = {0};
	utf8_clean(&clean, s, strlen(s), 0, TextMax);
	for (size_t i = 0; i < clean.n; i++) {
		bool blank = clean.p[i] == ' ';
		if (!blank || (out->n > start && out->p[out->n - 1] != ' '))
			sbuf_addc(out, clean.p[i]);
	}
	sbuf_fini(&clean);
}

static void add_text(const GumboNode *n, size_t start, struct sbuf *out)
{
	if (node_is_text(n)) {
		add_squeezed(node_chars(n), start, out);
		return;
	}
	if (node_tag(n) == GUMBO_TAG_IMG) {
		if (node_attr(n, "alt") != NULL && !node_has_class(n, "avatar"))
			add_squeezed(node_attr(n, "alt"), start, out);
		return;
	}
	if (node_has_class(n, "meta") || node_has_class(n, "quote-controls"))
		return;
	if (node_tag(n) == GUMBO_TAG_BR)
		add_squeezed(" ", start, out);
	const GumboVector *children = node_children(n);
	for (unsigned i = 0; i < children->length; i++)
		add_text(children->data[i], start, out);
}

void node_text(const GumboNode *n, struct sbuf *out)
{
	size_t start = out->n;
	sbuf_add(out, "");
	add_text(n, start, out);
	while (out->n > start && out->p[out->n - 1] == ' ')
		sbuf_truncate(out, out->n - 1);
}
