#include <cmark-gfm.h>
#include <cmark-gfm-core-extensions.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cook_writer.h"
#include "str.h"

/* Markdown by cmark-gfm; its tree is written here, because Discourse's HTML differs from cmark's in many
 * places. */

enum { MaxNesting = 40 };

struct render {
	struct writer *w;
	int nesting;        /* lists and quotes around the node */
	int in_link;        /* links and image texts: names and emoji stay plain */
	int in_image;
	int cell;           /* column of the table */
	bool header;
	int first_footnote; /* numbers of this piece begin after it */
	bool footnotes_open;
};

typedef void render_fn(struct render *r, cmark_node *node, bool enter);

static void add_pair(struct render *r, bool enter, const char *open, const char *close)
{
	cook_add(r->w, enter ? open : close);
}

static bool in_tight_list(cmark_node *node)
{
	cmark_node *item = cmark_node_parent(node), *list = item == NULL ? NULL : cmark_node_parent(item);
	return list != NULL && cmark_node_get_type(list) == CMARK_NODE_LIST && cmark_node_get_list_tight(list);
}

static void count_closers(struct render *r, cmark_node *top)
{
	memset(r->w->closers, 0, sizeof r->w->closers);
	cmark_iter *it = cmark_iter_new(top);
	for (cmark_event_type ev; (ev = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
		cmark_node *node = cmark_iter_get_node(it);
		if (ev == CMARK_EVENT_ENTER && cmark_node_get_type(node) == CMARK_NODE_TEXT)
			cook_inline_count(r->w, str_or_empty(cmark_node_get_literal(node)));
	}
	cmark_iter_free(it);
}

static void paragraph(struct render *r, cmark_node *node, bool enter)
{
	if (enter)
		count_closers(r, node);
	if (in_tight_list(node)) {
		if (!enter && cmark_node_next(node) != NULL)
			cook_add(r->w, "\n");
		return;
	}
	bool note_end = !enter && cmark_node_next(node) == NULL &&
		cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_FOOTNOTE_DEFINITION;
	if (note_end)
		sbuf_addf(r->w->out, " <a href=\"#footnote-ref-%d\" class=\"footnote-backref\">↩︎</a>",
			r->w->footnotes);
	add_pair(r, enter, "<p>", "</p>\n");
}

/* The name of a heading's anchor: its text in small letters with hyphens, and a number. */
static void add_anchor(struct render *r, cmark_node *node)
{
	char *text = cmark_render_plaintext(node, 0, 0), *p = text;
	struct sbuf name = {0};
	for (; *p != '\0' && name.n < 60; p++) {
		if (isalnum((unsigned char)*p))
			sbuf_addc(&name, (char)tolower((unsigned char)*p));
		else if (name.n > 0 && name.p[name.n - 1] != '-')
			sbuf_addc(&name, '-');
	}
	if (name.n > 0 && name.p[name.n - 1] == '-')
		sbuf_truncate(&name, name.n - 1);
	r->w->headings++;
	sbuf_addf(&name, "%sh-%d", name.n > 0 ? "-" : "", r->w->headings);
	sbuf_addf(r->w->out, "<a name=\"%s\" class=\"anchor\" href=\"#%s\"></a>", name.p, name.p);
	sbuf_fini(&name);
	free(text);
}

static void heading(struct render *r, cmark_node *node, bool enter)
{
	int level = cmark_node_get_heading_level(node);
	sbuf_addf(r->w->out, enter ? "<h%d>" : "</h%d>\n", level);
	if (enter) {
		count_closers(r, node);
		add_anchor(r, node);
	}
}

static void block_quote(struct render *r, cmark_node *node, bool enter)
{
	if (enter)
		r->nesting++;
	if (r->nesting <= MaxNesting)
		add_pair(r, enter, "<blockquote>\n", "</blockquote>\n");
	if (!enter)
		r->nesting--;
}

static void list(struct render *r, cmark_node *node, bool enter)
{
	if (enter)
		r->nesting++;
	if (r->nesting <= MaxNesting) {
		bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
		int start = cmark_node_get_list_start(node);
		if (enter && ordered && start != 1)
			sbuf_addf(r->w->out, "<ol start=\"%d\">\n", start);
		else if (enter)
			cook_add(r->w, ordered ? "<ol>\n" : "<ul>\n");
		else
			cook_add(r->w, ordered ? "</ol>\n" : "</ul>\n");
	}
	if (!enter)
		r->nesting--;
}

static void item(struct render *r, cmark_node *node, bool enter)
{
	if (r->nesting <= MaxNesting)
		add_pair(r, enter, "<li>", "</li>\n");
	else if (!enter)
		cook_add(r->w, "\n");
}

static void code_block(struct render *r, cmark_node *node, bool enter)
{
	const char *info = str_or_empty(cmark_node_get_fence_info(node));
	char language[32] = "";
	for (size_t i = 0; i < sizeof language - 1 && (isalnum((unsigned char)info[i]) || (info[i] != '\0' &&
			strchr("_+#.-", info[i]) != NULL)); i++)
		language[i] = info[i];
	if (*language != '\0')
		sbuf_addf(r->w->out, "<pre data-code-wrap=\"%s\"><code class=\"lang-%s\">", language, language);
	else
		cook_add(r->w, "<pre><code class=\"lang-auto\">");
	const char *text = str_or_empty(cmark_node_get_literal(node));
	cook_text(r->w, text, strlen(text));
	cook_add(r->w, "</code></pre>\n");
}

static void code(struct render *r, cmark_node *node, bool enter)
{
	const char *text = str_or_empty(cmark_node_get_literal(node));
	if (r->in_image > 0)
		return;
	cook_add(r->w, "<code>");
	cook_text(r->w, text, strlen(text));
	cook_add(r->w, "</code>");
}

static void line_break(struct render *r, cmark_node *node, bool enter)
{
	if (r->in_image == 0)
		cook_add(r->w, "<br>\n");
}

static void rule(struct render *r, cmark_node *node, bool enter)
{
	cook_add(r->w, "<hr>\n");
}

static void emphasis(struct render *r, cmark_node *node, bool enter)
{
	if (r->in_image == 0)
		add_pair(r, enter, "<em>", "</em>");
}

static void strong(struct render *r, cmark_node *node, bool enter)
{
	if (r->in_image == 0)
		add_pair(r, enter, "<strong>", "</strong>");
}

static void strikethrough(struct render *r, cmark_node *node, bool enter)
{
	if (r->in_image == 0)
		add_pair(r, enter, "<s>", "</s>");
}

/* How many of the writer's tags were open when the node began. */
static void set_mark(struct render *r, cmark_node *node)
{
	cmark_node_set_user_data(node, (void *)(intptr_t)r->w->open_count);
}

static int mark_of(cmark_node *node)
{
	return (int)(intptr_t)cmark_node_get_user_data(node);
}

static void text(struct render *r, cmark_node *node, bool enter)
{
	r->w->mark = mark_of(cmark_node_parent(node));
	if (r->in_image == 0)
		cook_inline(r->w, str_or_empty(cmark_node_get_literal(node)), r->in_link == 0);
}

/* HTML of the writer: a few tags, always without attributes. */

struct html_tag {
	const char *name;
	bool block; /* only where a block can stand */
	bool empty;
};
static const struct html_tag html_tags[] = {
	{"b"},
	{"i"},
	{"u"},
	{"s"},
	{"del"},
	{"ins"},
	{"kbd"},
	{"mark"},
	{"small"},
	{"big"},
	{"sub"},
	{"sup"},
	{"abbr"},
	{"ruby"},
	{"rt"},
	{"rp"},
	{"hr", .empty = true},
	{"br", .empty = true},
	{"details", .block = true},
	{"summary", .block = true},
};

static const struct html_tag *find_html_tag(const char *name, size_t n)
{
	for (size_t i = 0; i < sizeof html_tags / sizeof html_tags[0]; i++) {
		if (strlen(html_tags[i].name) == n && strncasecmp(html_tags[i].name, name, n) == 0)
			return &html_tags[i];
	}
	return NULL;
}

/* "<kbd>" or "</kbd>"; anything else is left out. */
static void add_html_tag(struct render *r, const char *s, size_t n, bool block, int mark)
{
	bool closing = n > 1 && s[1] == '/';
	const char *name = s + (closing ? 2 : 1);
	size_t length = 0;
	while (name + length < s + n && isalnum((unsigned char)name[length]))
		length++;
	const struct html_tag *t = find_html_tag(name, length);
	if (t == NULL || (t->block && !block))
		return;
	if (t->empty)
		sbuf_addf(r->w->out, "<%s>", t->name);
	else if (closing)
		cook_close(r->w, t->name, mark);
	else
		cook_open(r->w, t->name, arena_printf(r->w->a, "<%s>", t->name),
			arena_printf(r->w->a, "</%s>", t->name));
}

static void html_inline(struct render *r, cmark_node *node, bool enter)
{
	const char *s = str_or_empty(cmark_node_get_literal(node));
	if (r->in_image == 0)
		add_html_tag(r, s, strlen(s), false, mark_of(cmark_node_parent(node)));
}

/* Text of an HTML block: character references stay. */
static void add_html_text(struct writer *w, const char *s, size_t n)
{
	size_t start = 0;
	for (size_t i = 0; i < n; i++) {
		size_t length = 1;
		if (s[i] != '&')
			continue;
		while (i + length < n && length < 12 &&
			(isalnum((unsigned char)s[i + length]) || s[i + length] == '#'))
			length++;
		if (length < 3 || i + length >= n || s[i + length] != ';')
			continue;
		cook_text(w, s + start, i - start);
		sbuf_addn(w->out, s + i, length + 1);
		start = i + length + 1;
		i += length;
	}
	cook_text(w, s + start, n - start);
}

static void html_block(struct render *r, cmark_node *node, bool enter)
{
	static const char *const dropped[] = {"<script", "<style", "<iframe", "<object", "<!--", "<!", "<?"};
	const char *s = str_or_empty(cmark_node_get_literal(node));
	size_t skip = strspn(s, " ");
	for (size_t i = 0; i < sizeof dropped / sizeof dropped[0]; i++) {
		if (strncasecmp(s + skip, dropped[i], strlen(dropped[i])) == 0)
			return;
	}
	int open = r->w->open_count;
	while (*s != '\0') {
		size_t length = strcspn(s, "<");
		add_html_text(r->w, s, length);
		s += length;
		if (*s == '\0')
			break;
		const char *end = strchr(s, '>');
		if (end == NULL) {
			add_html_text(r->w, s, strlen(s));
			break;
		}
		add_html_tag(r, s, (size_t)(end - s), true, mark_of(cmark_node_parent(node)));
		s = end + 1;
	}
	/* Only tags that hold blocks stay open for the blocks that follow. */
	while (r->w->open_count > open && !find_html_tag(r->w->open[r->w->open_count - 1].name,
			strlen(r->w->open[r->w->open_count - 1].name))->block)
		cook_close_to(r->w, r->w->open_count - 1);
}

/* Links and images. */

static const char *upload_path(struct writer *w, const char *url)
{
	return str_starts(url, "upload://")
		? arena_printf(w->a, "/uploads/short-url/%s", url + strlen("upload://"))
		: url;
}

static bool is_break(cmark_node *node)
{
	/* cmark leaves empty texts beside the addresses it finds. */
	return node == NULL ||
		(cmark_node_get_type(node) == CMARK_NODE_TEXT && str_empty(cmark_node_get_literal(node))) ||
		cmark_node_get_type(node) == CMARK_NODE_SOFTBREAK ||
		cmark_node_get_type(node) == CMARK_NODE_LINEBREAK;
}

/* A web address alone on its line, which Discourse would unfold. */
static bool stands_alone(cmark_node *node, const char *url)
{
	cmark_node *child = cmark_node_first_child(node), *up = cmark_node_parent(node);
	return child != NULL && cmark_node_next(child) == NULL && cmark_node_get_type(child) == CMARK_NODE_TEXT &&
		str_equal(cmark_node_get_literal(child), url) && str_starts(url, "http") &&
		cmark_node_get_type(up) == CMARK_NODE_PARAGRAPH && !in_tight_list(up) &&
		is_break(cmark_node_previous(node)) && is_break(cmark_node_next(node));
}

/* "[name|attachment](upload://x.pdf)": the name without the bar; NULL when it is no attachment. */
static char *attachment_name(struct writer *w, cmark_node *node)
{
	cmark_node *child = cmark_node_first_child(node);
	if (child == NULL || cmark_node_get_type(child) != CMARK_NODE_TEXT)
		return NULL;
	const char *s = cmark_node_get_literal(child), *bar = s == NULL ? NULL : strrchr(s, '|');
	return bar != NULL && str_equal(bar, "|attachment") ? arena_strndup(w->a, s, (size_t)(bar - s)) : NULL;
}

static void open_link(struct render *r, cmark_node *node, const char *url)
{
	struct writer *w = r->w;
	char *name = attachment_name(w, node);
	if (name != NULL)
		cmark_node_set_literal(cmark_node_first_child(node), name);
	cook_add(w, name != NULL ? "<a class=\"attachment\" href=\"" : "<a href=\"");
	cook_url(w, upload_path(w, url));
	cook_add(w, "\"");
	if (stands_alone(node, url))
		cook_add(w, " class=\"onebox\" target=\"_blank\"");
	if (strchr(url, ':') != NULL && !str_starts(url, "upload://"))
		cook_add(w, " rel=\"noopener nofollow ugc\"");
	cook_add(w, ">");
}

static void link_node(struct render *r, cmark_node *node, bool enter)
{
	const char *url = str_or_empty(cmark_node_get_url(node));
	bool shown = r->in_image == 0 && (cook_url_allowed(url) || str_starts(url, "upload://"));
	if (enter && shown)
		open_link(r, node, url);
	else if (shown)
		cook_add(r->w, "</a>");
	r->in_link += enter ? 1 : -1;
}

struct picture {
	const char *url, *alt;
	int width, height; /* 0: not given */
};

/* "alt|690x388,50%" */
static void read_alt(struct writer *w, char *alt, struct picture *p)
{
	p->alt = alt;
	for (char *bar = strchr(alt, '|'); bar != NULL; bar = strchr(bar + 1, '|')) {
		int width, height, used = 0;
		if (sscanf(bar, "|%5dx%5d%n", &width, &height, &used) < 2 || width <= 0 || height <= 0)
			continue;
		*p = (struct picture){p->url, arena_strndup(w->a, alt, (size_t)(bar - alt)), width, height};
		int percent;
		if (sscanf(bar + used, ",%3d%%", &percent) == 1 && percent > 0 && percent < 100) {
			p->width = width * percent / 100;
			p->height = height * percent / 100;
		}
		return;
	}
	char *bar = strchr(alt, '|');
	if (bar != NULL)
		p->alt = arena_strndup(w->a, alt, (size_t)(bar - alt));
}

static void add_img(struct writer *w, const struct picture *p)
{
	cook_add(w, "<img src=\"");
	cook_url(w, p->url);
	cook_add(w, "\" alt=\"");
	cook_text(w, p->alt, strlen(p->alt));
	cook_add(w, "\"");
	if (p->width > 0)
		sbuf_addf(w->out, " width=\"%d\" height=\"%d\"", p->width, p->height);
	cook_add(w, ">");
}

static void add_lightbox(struct writer *w, const struct picture *p)
{
	cook_add(w, "<div class=\"lightbox-wrapper\"><a class=\"lightbox\" href=\"");
	cook_url(w, p->url);
	cook_add(w, "\" title=\"");
	cook_text(w, p->alt, strlen(p->alt));
	cook_add(w, "\" rel=\"noopener nofollow ugc\">");
	add_img(w, p);
	cook_add(w, "<div class=\"meta\"><span class=\"filename\">");
	cook_text(w, p->alt, strlen(p->alt));
	sbuf_addf(w->out, "</span><span class=\"informations\">%d×%d</span></div></a></div>", p->width,
		p->height);
}

static char *plain_of(struct writer *w, cmark_node *node)
{
	struct sbuf b = {0};
	cmark_iter *it = cmark_iter_new(node);
	for (cmark_event_type ev; (ev = cmark_iter_next(it)) != CMARK_EVENT_DONE;) {
		cmark_node *at = cmark_iter_get_node(it);
		cmark_node_type type = cmark_node_get_type(at);
		if (ev == CMARK_EVENT_ENTER && (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE))
			sbuf_add(&b, str_or_empty(cmark_node_get_literal(at)));
		else if (ev == CMARK_EVENT_ENTER && is_break(at))
			sbuf_addc(&b, ' ');
	}
	cmark_iter_free(it);
	char *s = arena_strdup(w->a, sbuf_str(&b));
	sbuf_fini(&b);
	return s;
}

static void image(struct render *r, cmark_node *node, bool enter)
{
	const char *url = str_or_empty(cmark_node_get_url(node));
	bool upload = str_starts(url, "upload://");
	bool shown = upload || (cook_url_allowed(url) && strncasecmp(url, "mailto:", 7) != 0);
	if (enter && shown && r->in_image == 0) {
		struct picture p = {.url = upload_path(r->w, url)};
		read_alt(r->w, plain_of(r->w, node), &p);
		if (p.width > 0 && r->in_link == 0)
			add_lightbox(r->w, &p);
		else
			add_img(r->w, &p);
	}
	/* The text in the brackets has been written as alt; without a picture it is all that is left. */
	if (shown || r->in_image > 0)
		r->in_image += enter ? 1 : -1;
}

/* Tables and footnotes. */

static void table(struct render *r, cmark_node *node, bool enter)
{
	bool body = cmark_node_next(cmark_node_first_child(node)) != NULL;
	if (enter)
		cook_add(r->w, "<div class=\"md-table\">\n<table>\n");
	else
		cook_add(r->w, body ? "</tbody>\n</table>\n</div>\n" : "</table>\n</div>\n");
}

static void table_row(struct render *r, cmark_node *node, bool enter)
{
	bool header = cmark_gfm_extensions_get_table_row_is_header(node);
	if (enter) {
		r->header = header;
		r->cell = 0;
		cook_add(r->w, header ? "<thead>\n<tr>\n" : "<tr>\n");
		return;
	}
	cook_add(r->w, header ? "</tr>\n</thead>\n" : "</tr>\n");
	if (header && cmark_node_next(node) != NULL)
		cook_add(r->w, "<tbody>\n");
}

static void table_cell(struct render *r, cmark_node *node, bool enter)
{
	if (!enter) {
		cook_add(r->w, r->header ? "</th>\n" : "</td>\n");
		r->cell++;
		return;
	}
	count_closers(r, node);
	cmark_node *top = cmark_node_parent(cmark_node_parent(node));
	const uint8_t *align = cmark_gfm_extensions_get_table_alignments(top);
	char a =
		align != NULL && r->cell < cmark_gfm_extensions_get_table_columns(top) ? (char)align[r->cell] : 0;
	cook_add(r->w, r->header ? "<th" : "<td");
	if (a != 0)
		sbuf_addf(r->w->out, " style=\"text-align:%s\"", a == 'l' ? "left" : a == 'r' ? "right" : "center");
	cook_add(r->w, ">");
}

static void footnote_reference(struct render *r, cmark_node *node, bool enter)
{
	int64_t number;
	if (!enter || r->in_image > 0 ||
		!str_to_int(str_or_empty(cmark_node_get_literal(node)), 1, 100000, &number))
		return;
	int n = r->first_footnote + (int)number;
	sbuf_addf(r->w->out,
		"<sup class=\"footnote-ref\"><a href=\"#footnote-%d\" id=\"footnote-ref-%d\">[%d]</a></sup>", n, n,
		n);
}

static void footnote_definition(struct render *r, cmark_node *node, bool enter)
{
	if (!enter) {
		cook_add(r->w, "</li>\n");
		return;
	}
	if (!r->footnotes_open) {
		cook_close_to(r->w, mark_of(cmark_node_parent(node)));
		set_mark(r, node);
		cook_add(r->w, "<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n");
	}
	r->footnotes_open = true;
	sbuf_addf(r->w->out, "<li id=\"footnote-%d\" class=\"footnote-item\">\n", ++r->w->footnotes);
}

static const struct rendering {
	const char *type;
	render_fn *render;
} renderings[] = {
	{"paragraph", paragraph},
	{"text", text},
	{"softbreak", line_break},
	{"linebreak", line_break},
	{"list", list},
	{"item", item},
	{"strong", strong},
	{"emph", emphasis},
	{"link", link_node},
	{"image", image},
	{"code", code},
	{"heading", heading},
	{"block_quote", block_quote},
	{"code_block", code_block},
	{"thematic_break", rule},
	{"html_block", html_block},
	{"html_inline", html_inline},
	{"table", table},
	{"table_header", table_row},
	{"table_row", table_row},
	{"table_cell", table_cell},
	{"strikethrough", strikethrough},
	{"footnote_reference", footnote_reference},
	{"footnote_definition", footnote_definition},
};

static const char *type_name(cmark_node *node)
{
	if (cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_REFERENCE)
		return "footnote_reference";
	if (cmark_node_get_type(node) == CMARK_NODE_FOOTNOTE_DEFINITION)
		return "footnote_definition";
	return cmark_node_get_type_string(node);
}

static void render_node(struct render *r, cmark_node *node, bool enter)
{
	const char *type = type_name(node);
	/* What the writer left open ends with what it stands in. */
	if (enter)
		set_mark(r, node);
	else
		cook_close_to(r->w, mark_of(node));
	for (size_t i = 0; i < sizeof renderings / sizeof renderings[0]; i++) {
		if (strcmp(renderings[i].type, type) == 0) {
			renderings[i].render(r, node, enter);
			return;
		}
	}
}

static cmark_node *parse(const char *s, size_t n)
{
	static const char *const extension[] = {"table", "strikethrough", "autolink"};
	cmark_gfm_core_extensions_ensure_registered();
	cmark_parser *p = cmark_parser_new(CMARK_OPT_FOOTNOTES | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE);
	for (size_t i = 0; i < sizeof extension / sizeof extension[0]; i++)
		cmark_parser_attach_syntax_extension(p, cmark_find_syntax_extension(extension[i]));
	cmark_parser_feed(p, s, n);
	cmark_node *root = cmark_parser_finish(p);
	cmark_parser_free(p);
	cmark_consolidate_text_nodes(root);
	return root;
}

void cook_markdown(struct writer *w, const char *s, size_t n)
{
	struct render r = {.w = w, .first_footnote = w->footnotes};
	int open = w->open_count;
	cmark_node *root = parse(s, n);
	cmark_iter *it = cmark_iter_new(root);
	for (cmark_event_type ev; (ev = cmark_iter_next(it)) != CMARK_EVENT_DONE;)
		render_node(&r, cmark_iter_get_node(it), ev == CMARK_EVENT_ENTER);
	cmark_iter_free(it);
	cook_close_to(w, open);
	if (r.footnotes_open)
		cook_add(w, "</ol>\n</section>\n");
	cmark_node_free(root);
}
