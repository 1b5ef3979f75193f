#include "screens.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "str.h"
#include "text.h"

/* Where a link goes (target text: the address), before anything is opened. */
static void link_load(struct screen *s)
{
	s->title = _("Link");
}

/* "https://site/t/slug/12/3" of our own site is a topic we can show here. */
static bool own_topic(const struct screen *s, int64_t *topic, int *post)
{
	const char *base = s->ctx->account == NULL ? NULL : s->ctx->account->url, *url = str_or_empty(s->target.text);
	long long id = 0;
	if (base == NULL || !str_starts(url, base) || !str_starts(url + strlen(base), "/t/"))
		return false;
	const char *rest = url + strlen(base) + 3;
	*post = 0;
	if (sscanf(rest, "%lld/%d", &id, post) < 1 && sscanf(rest, "%*[^/]/%lld/%d", &id, post) < 1)
		return false;
	*topic = id;
	return id > 0;
}

static void link_text(struct screen *s, struct styled_builder *b)
{
	int64_t topic;
	int post;
	styled_line(b, ROLE_TEXT, _("This link goes to:"));
	styled_blank(b);
	styled_add(b, ROLE_LINK, str_or_empty(s->target.text));
	styled_blank(b);
	bool own = own_topic(s, &topic, &post);
	b->opens = own || !str_empty(s->ctx->config->browser);
	if (own)
		styled_line(b, ROLE_TEXT, _("It is a topic of this community. It opens here."));
	else if (!b->opens)
		styled_line(b, ROLE_TEXT,
		_("Copy the address to open it. You can choose a program for links in the settings."));
	else
		styled_line(b, ROLE_TEXT, _("It opens in your browser."));
}

static bool link_activate(struct screen *s, const struct styled_line *line)
{
	int64_t topic;
	int post;
	const struct host *h = s->ctx->host;
	if (own_topic(s, &topic, &post))
		screen_replace(s, &(struct target){.screen = "topic", .id = topic, .number = post});
	else if (!str_empty(s->ctx->config->browser) && h != NULL && h->open_url != NULL)
		h->open_url(h->self, s->target.text);
	else
		screen_say(s, "%s", _("No program for links is chosen. Copy the address to open it."));
	return true;
}

const struct screen_ops link_ops = {
	.name = "link", .kind = SCREEN_TEXT, .load = link_load, .text = link_text, .activate = link_activate,
};
