#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "html_render.h"
#include "mem.h"
#include "str.h"
#include "utf8.h"

enum { UrlMax = 2000, LinksMax = 999 };

static bool opens(const char *url)
{
	return strncasecmp(url, "https://", 8) == 0 || strncasecmp(url, "http://", 7) == 0 ||
		strncasecmp(url, "mailto:", 7) == 0;
}

/* Scheme and host of the site, without the slash. */
static size_t origin_bytes(const char *base)
{
	const char *host = base == NULL ? NULL : strstr(base, "://");
	return host == NULL ? 0 : (size_t)(host - base) + 3 + strcspn(host + 3, "/");
}

/* Clean and absolute, in the result's arena; NULL for anything that must not be opened ("javascript:",
 * "data:"). */
static const char *absolute(struct html *h, const char *href)
{
	struct sbuf url = {0};
	const char *base = h->opt->base_url;
	size_t origin = origin_bytes(base);
	href += strspn(href, " \t\n\r");
	if (str_starts(href, "//"))
		sbuf_add(&url, "https:");
	else if (href[0] == '/' && origin > 0)
		sbuf_addn(&url, base, origin);
	utf8_clean(&url, href, strlen(href), 0, UrlMax);
	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] == ' ')
			sbuf_truncate(&url, i);
	const char *made = opens(sbuf_str(&url)) ? arena_strndup(h->arena, url.p, url.n) : NULL;
	sbuf_fini(&url);
	return made;
}

static struct html_url *find(struct html *h, const char *url)
{
	for (size_t i = 0; i < h->url_count; i++)
		if (strcmp(h->url[i].url, url) == 0)
			return &h->url[i];
	return NULL;
}

static struct html_url *add(struct html *h, const char *url)
{
	int first = h->opt->first_link > 0 ? h->opt->first_link : 1;
	if (h->url_count == LinksMax)
		return NULL;
	if (h->url_count == h->url_cap) {
		h->url_cap = h->url_cap == 0 ? 16 : h->url_cap * 2;
		h->url = xreallocarray(h->url, h->url_cap, sizeof *h->url);
	}
	struct html_url *u = &h->url[h->url_count++];
	*u = (struct html_url){.url = url, .number = first + (int)h->url_count - 1};
	styled_link_add(h->b, url, u->number);
	return u;
}

static struct html_url *url_of(struct html *h, const char *href)
{
	const char *url = href == NULL || *href == '\0' || *href == '#' ? NULL : absolute(h, href);
	struct html_url *found = url == NULL ? NULL : find(h, url);
	return url == NULL || found != NULL ? found : add(h, url);
}

int html_link(struct html *h, const char *href)
{
	const struct html_url *u = url_of(h, href);
	return u == NULL ? 0 : u->number;
}

/* The space before the mark may end a line; the mark itself stays whole. */
void html_link_mark(struct html *h, int number)
{
	int before = h->b->link;
	if (number == 0)
		return;
	styled_add(h->b, h->role, " ");
	h->b->link = number;
	styled_addf(h->b, ROLE_LINK, "[%d]", number);
	h->b->link = before;
}

void html_link_list(struct html *h)
{
	bool any = false;
	for (size_t i = 0; i < h->url_count; i++) {
		const struct html_url *u = &h->url[i];
		if (u->shown)
			continue;
		if (!any)
			styled_blank(h->b);
		any = true;
		char mark[16];
		snprintf(mark, sizeof mark, "[%d] ", u->number);
		styled_push(h->b, ROLE_MUTED, arena_strdup(h->arena, mark), "    ");
		h->b->link = u->number;
		styled_add(h->b, ROLE_LINK, u->url);
		h->b->link = 0;
		styled_pop(h->b);
	}
}

static bool shows_whole(const GumboNode *n, const char *url)
{
	struct sbuf text = {0};
	node_text(n, &text);
	bool whole = strcmp(sbuf_str(&text), url) == 0 ||
		(str_starts(url, "mailto:") && strcmp(sbuf_str(&text), url + 7) == 0);
	sbuf_fini(&text);
	return whole;
}

void html_anchor(struct html *h, const GumboNode *n)
{
	struct html_url *u = url_of(h, node_attr(n, "href"));
	int outer = h->b->link;
	if (u == NULL || outer != 0) {
		html_children(h, n);
		return;
	}
	int number = u->number;
	u->shown = u->shown || shows_whole(n, u->url);
	h->b->link = number;
	html_in_role(h, n, ROLE_LINK);
	h->b->link = 0;
	html_link_mark(h, number);
}
