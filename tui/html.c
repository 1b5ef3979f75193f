#include "html.h"

#include <stdlib.h>
#include <string.h>

#include "emoji.h"
#include "html_filter.h"
#include "html_render.h"
#include "mem.h"
#include "text.h"
#include "utf8.h"

typedef void html_draw(struct html *h, const GumboNode *n);

/* Discourse's own constructs, by class; looked at before the element. */
static const struct {
	GumboTag tag;
	const char *class_name;
	html_draw *draw;
} by_class[] = {
	{GUMBO_TAG_ASIDE, "quote", html_quote},
	{GUMBO_TAG_ASIDE, "onebox", html_onebox},
	{GUMBO_TAG_A, "anchor", html_nothing},
	{GUMBO_TAG_A, "footnote-backref", html_nothing},
	{GUMBO_TAG_A, "lightbox", html_lightbox},
	{GUMBO_TAG_A, "mention", html_mention},
	{GUMBO_TAG_A, "mention-group", html_mention},
	{GUMBO_TAG_A, "hashtag", html_mention},
	{GUMBO_TAG_A, "hashtag-cooked", html_mention},
	{GUMBO_TAG_SPAN, "chcklst-box", html_checkbox},
	{GUMBO_TAG_SPAN, "discourse-local-date", html_local_date},
	{GUMBO_TAG_SPAN, "spoiler", html_spoiler},
	{GUMBO_TAG_SPAN, "spoiled", html_spoiler},
	{GUMBO_TAG_SPAN, "math", html_math},
	{GUMBO_TAG_DIV, "spoiler", html_spoiler},
	{GUMBO_TAG_DIV, "spoiled", html_spoiler},
	{GUMBO_TAG_DIV, "math", html_math},
	{GUMBO_TAG_DIV, "poll", html_poll},
	{GUMBO_TAG_DIV, "discourse-post-event", html_event},
	{GUMBO_TAG_DIV, "meta", html_nothing},
	{GUMBO_TAG_DIV, "quote-controls", html_nothing},
	{GUMBO_TAG_DIV, "calendar", html_nothing},
	{GUMBO_TAG_DIV, "discourse-calendar-header", html_nothing},
	{GUMBO_TAG_DIV, "discourse-calendar-wrap", html_nothing},
	{GUMBO_TAG_DIV, "lazyYT", html_video},
	{GUMBO_TAG_DIV, "lazy-video-container", html_video},
	{GUMBO_TAG_DIV, "video-placeholder-container", html_video},
	{GUMBO_TAG_OL, "footnotes-list", html_footnotes},
	{GUMBO_TAG_HR, "footnotes-sep", html_nothing},
};

static html_draw *const by_tag[GUMBO_TAG_LAST + 1] = {
	[GUMBO_TAG_P] = html_paragraph,
	[GUMBO_TAG_DIV] = html_container,
	[GUMBO_TAG_SECTION] = html_container,
	[GUMBO_TAG_ARTICLE] = html_container,
	[GUMBO_TAG_ASIDE] = html_container,
	[GUMBO_TAG_HEADER] = html_container,
	[GUMBO_TAG_FOOTER] = html_container,
	[GUMBO_TAG_FIGURE] = html_container,
	[GUMBO_TAG_FIGCAPTION] = html_container,
	[GUMBO_TAG_CAPTION] = html_container,
	[GUMBO_TAG_DL] = html_container,
	[GUMBO_TAG_DT] = html_definition_term,
	[GUMBO_TAG_DD] = html_definition,
	[GUMBO_TAG_H1] = html_heading,
	[GUMBO_TAG_H2] = html_heading,
	[GUMBO_TAG_H3] = html_heading,
	[GUMBO_TAG_H4] = html_heading,
	[GUMBO_TAG_H5] = html_heading,
	[GUMBO_TAG_H6] = html_heading,
	[GUMBO_TAG_UL] = html_list,
	[GUMBO_TAG_OL] = html_list,
	[GUMBO_TAG_BLOCKQUOTE] = html_blockquote,
	[GUMBO_TAG_PRE] = html_pre,
	[GUMBO_TAG_HR] = html_rule,
	[GUMBO_TAG_TABLE] = html_table,
	[GUMBO_TAG_DETAILS] = html_details,
	[GUMBO_TAG_BR] = html_break,
	[GUMBO_TAG_A] = html_anchor,
	[GUMBO_TAG_B] = html_strong,
	[GUMBO_TAG_STRONG] = html_strong,
	[GUMBO_TAG_MARK] = html_strong,
	[GUMBO_TAG_I] = html_emphasis,
	[GUMBO_TAG_EM] = html_emphasis,
	[GUMBO_TAG_CITE] = html_emphasis,
	[GUMBO_TAG_VAR] = html_emphasis,
	[GUMBO_TAG_DEL] = html_strike,
	[GUMBO_TAG_S] = html_strike,
	[GUMBO_TAG_STRIKE] = html_strike,
	[GUMBO_TAG_CODE] = html_code,
	[GUMBO_TAG_KBD] = html_code,
	[GUMBO_TAG_SAMP] = html_code,
	[GUMBO_TAG_TT] = html_code,
	[GUMBO_TAG_SUP] = html_sup,
	[GUMBO_TAG_SUB] = html_sub,
	[GUMBO_TAG_ABBR] = html_abbr,
	[GUMBO_TAG_RT] = html_ruby_text,
	[GUMBO_TAG_RP] = html_nothing,
	[GUMBO_TAG_Q] = html_q,
	[GUMBO_TAG_IMG] = html_image,
	[GUMBO_TAG_VIDEO] = html_video,
	[GUMBO_TAG_AUDIO] = html_video,
	[GUMBO_TAG_IFRAME] = html_frame,
};

static html_draw *drawer(const GumboNode *n)
{
	GumboTag tag = node_tag(n);
	if (n->type != GUMBO_NODE_ELEMENT)
		return NULL;
	if (node_attr(n, "class") != NULL)
		for (size_t i = 0; i < COUNT(by_class); i++)
			if (by_class[i].tag == tag && node_has_class(n, by_class[i].class_name))
				return by_class[i].draw;
	return by_tag[tag] != NULL ? by_tag[tag] : html_children;
}

static bool is_plain(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if ((unsigned char)s[i] >= 0x7F || ((unsigned char)s[i] < 0x20 && s[i] != '\n' && s[i] != '\t'))
			return false;
	return true;
}

static void draw_text(struct html *h, const char *s)
{
	size_t n = strlen(s);
	if (is_plain(s, n)) {
		styled_addn(h->b, h->role, s, n);
		return;
	}
	struct sbuf clean = {0};
	utf8_clean(&clean, s, n, UTF8_LINES, HTML_INPUT_MAX);
	styled_addn(h->b, h->role, clean.p, clean.n);
	sbuf_fini(&clean);
}

void html_node(struct html *h, const GumboNode *n)
{
	html_draw *draw = drawer(n);
	if (node_is_text(n))
		draw_text(h, node_chars(n));
	/* Gumbo adds a few elements of its own to the HTML_DEPTH_MAX that the filter lets through. */
	if (draw == NULL || h->depth > 2 * HTML_DEPTH_MAX)
		return;
	h->depth++;
	draw(h, n);
	h->depth--;
}

void html_children(struct html *h, const GumboNode *n)
{
	const GumboVector *children = node_children(n);
	for (unsigned i = 0; i < children->length; i++) {
		if (h->skip_until == NULL)
			html_node(h, children->data[i]);
		else if (h->skip_until == children->data[i])
			h->skip_until = NULL;
	}
}

void html_in_role(struct html *h, const GumboNode *n, enum role role)
{
	enum role before = h->role;
	h->role = role;
	html_children(h, n);
	h->role = before;
}

void html_say(struct html *h, enum role role, const char *text)
{
	styled_line(h->b, role, text);
}

bool html_is_shown(const struct html *h, uint64_t set, int number)
{
	return h->opt->show_all || number > 64 || (set >> (number - 1) & 1) != 0;
}

static void *gumbo_alloc(void *arena, size_t bytes)
{
	return arena_alloc(arena, bytes);
}

static void gumbo_free(void *arena, void *p)
{
}

/* A fragment in a DIV: no html, head and body around it. */
static GumboOutput *parse(const struct sbuf *html, struct arena *scratch)
{
	GumboOptions opt = kGumboDefaultOptions;
	opt.allocator = gumbo_alloc;
	opt.deallocator = gumbo_free;
	opt.userdata = scratch;
	opt.max_errors = 0;
	opt.fragment_context = GUMBO_TAG_DIV;
	return gumbo_parse_with_options(&opt, html->p, html->n);
}

static bool has_markup(const char *s, size_t n)
{
	return memchr(s, '<', n) != NULL || memchr(s, '&', n) != NULL;
}

static void draw_markup(struct html *h, const char *cooked, size_t n)
{
	struct arena scratch = {0};
	struct sbuf filtered = {0};
	html_filter(cooked, n, &filtered);
	html_children(h, parse(&filtered, &scratch)->root);
	sbuf_fini(&filtered);
	arena_fini(&scratch);
}

void html_render_into(const char *cooked, const struct html_options *opt, struct styled_builder *b)
{
	struct html h = {
		.opt = opt,
		.b = b,
		.arena = b->arena,
		.zone = opt->zone != NULL ? opt->zone : zone_local(),
		.role = ROLE_TEXT,
	};
	size_t n = cooked == NULL ? 0 : strnlen(cooked, HTML_INPUT_MAX + 1);
	bool cut = n > HTML_INPUT_MAX;
	n = cut ? HTML_INPUT_MAX : n;
	b->anchor = opt->anchor;
	if (n > 0 && has_markup(cooked, n))
		draw_markup(&h, cooked, n);
	else if (n > 0)
		draw_text(&h, arena_strndup(b->arena, cooked, n));
	if (cut) {
		styled_blank(b);
		html_say(&h, ROLE_ERROR, _("This text is too long to show here. The rest is left out."));
		b->out->cut = true;
	}
	if (!opt->no_link_list)
		html_link_list(&h);
	styled_break(b);
	b->out->fold_count = h.folds;
	b->out->spoiler_count = h.spoilers;
	free(h.url);
}

void html_render(const char *cooked, const struct html_options *opt, struct arena *arena, struct styled *out)
{
	struct styled_builder b = {0};
	int width = opt->width == 0 ? HTML_WIDTH_DEFAULT : opt->width < HTML_WIDTH_MIN ? HTML_WIDTH_MIN : opt->width;
	styled_begin(&b, out, arena, width);
	html_render_into(cooked, opt, &b);
	styled_end(&b);
}

void html_line(const char *html, struct sbuf *out, size_t max_bytes)
{
	struct sbuf text = {0}, shown = {0};
	size_t n = html == NULL ? 0 : strnlen(html, HTML_INPUT_MAX);
	if (n > 0 && has_markup(html, n)) {
		struct arena scratch = {0};
		struct sbuf filtered = {0};
		html_filter(html, n, &filtered);
		node_text(parse(&filtered, &scratch)->root, &text);
		sbuf_fini(&filtered);
		arena_fini(&scratch);
	} else if (n > 0) {
		sbuf_addn(&text, html, n);
	}
	emoji_replace(sbuf_str(&text), &shown);
	utf8_clean(out, sbuf_str(&shown), shown.n, 0, max_bytes);
	sbuf_fini(&text);
	sbuf_fini(&shown);
}
