#pragma once
#include "html.h"
#include "html_node.h"

/* What the html_*.c files share while one post is rendered. */

struct html_url {
	const char *url;
	int number;
	bool shown; /* the whole address stands in the text: not listed again */
};

struct html {
	const struct html_options *opt;
	struct styled_builder *b;
	struct arena *arena;         /* of the result */
	const struct zone *zone;
	enum role role;              /* of running text */
	int depth, list_depth;
	const GumboNode *skip_until; /* siblings up to this one are drawn already */
	int folds, spoilers;
	struct html_url *url;
	size_t url_count, url_cap;
};

/* html.c: the contents of an element, and one node. */
void html_children(struct html *h, const GumboNode *n);
void html_node(struct html *h, const GumboNode *n);
/* The contents in another role. */
void html_in_role(struct html *h, const GumboNode *n, enum role role);
bool html_is_shown(const struct html *h, uint64_t set, int number);
/* Appends one line of text in the current role, cleaned already. */
void html_say(struct html *h, enum role role, const char *text);

/* html_link.c: the number of an address (0: not one that may be opened), made absolute. */
int html_link(struct html *h, const char *href);
/* Appends " [3]" as part of link 3; nothing for 0. */
void html_link_mark(struct html *h, int number);
/* "[3] https://..." for every link that the text does not show. */
void html_link_list(struct html *h);
void html_anchor(struct html *h, const GumboNode *n);

/* Drawing by element; each is a row in html.c's tables. */
void html_paragraph(struct html *h, const GumboNode *n);
void html_container(struct html *h, const GumboNode *n);
void html_heading(struct html *h, const GumboNode *n);
void html_list(struct html *h, const GumboNode *n);
void html_definition_term(struct html *h, const GumboNode *n);
void html_definition(struct html *h, const GumboNode *n);
void html_quoted(struct html *h, const GumboNode *n);
void html_blockquote(struct html *h, const GumboNode *n);
void html_pre(struct html *h, const GumboNode *n);
void html_rule(struct html *h, const GumboNode *n);
void html_table(struct html *h, const GumboNode *n);
void html_details(struct html *h, const GumboNode *n);
void html_footnotes(struct html *h, const GumboNode *n);
void html_math(struct html *h, const GumboNode *n);

void html_break(struct html *h, const GumboNode *n);
void html_strong(struct html *h, const GumboNode *n);
void html_emphasis(struct html *h, const GumboNode *n);
void html_strike(struct html *h, const GumboNode *n);
void html_code(struct html *h, const GumboNode *n);
void html_sup(struct html *h, const GumboNode *n);
void html_sub(struct html *h, const GumboNode *n);
void html_abbr(struct html *h, const GumboNode *n);
void html_ruby_text(struct html *h, const GumboNode *n);
void html_q(struct html *h, const GumboNode *n);
void html_nothing(struct html *h, const GumboNode *n);

void html_quote(struct html *h, const GumboNode *n);
void html_onebox(struct html *h, const GumboNode *n);
void html_image(struct html *h, const GumboNode *n);
void html_lightbox(struct html *h, const GumboNode *n);
void html_video(struct html *h, const GumboNode *n);
void html_frame(struct html *h, const GumboNode *n);
void html_mention(struct html *h, const GumboNode *n);
void html_checkbox(struct html *h, const GumboNode *n);
void html_spoiler(struct html *h, const GumboNode *n);
void html_local_date(struct html *h, const GumboNode *n);
void html_poll(struct html *h, const GumboNode *n);
void html_event(struct html *h, const GumboNode *n);
