#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emoji.h"
#include "html_render.h"
#include "str.h"
#include "text.h"

static void add_emoji(struct html *h, const GumboNode *n)
{
	struct sbuf name = {0}, shown = {0};
	if (!node_clean(n, "title", &name))
		node_clean(n, "alt", &name);
	if (h->opt->emoji_words)
		sbuf_add(&shown, sbuf_str(&name));
	else
		emoji_replace(sbuf_str(&name), &shown);
	styled_add(h->b, h->role, sbuf_str(&shown));
	sbuf_fini(&name);
	sbuf_fini(&shown);
}

/* "[image: a garden, 640x480] [2]"; a name that is only "image" says nothing. */
static void add_image(struct html *h, const GumboNode *img, const char *href)
{
	struct sbuf alt = {0};
	int width = node_attr_int(img, "width", 0), height = node_attr_int(img, "height", 0);
	bool named = node_clean(img, "alt", &alt) && strcmp(alt.p, "image") != 0;
	char size[40] = "";
	if (width > 0 && height > 0)
		snprintf(size, sizeof size, ", %dx%d", width, height);
	if (named)
		/* Translators: what the picture shows, and its size, e.g. ", 640x480". */
		styled_addf(h->b, h->role, _("[image: %s%s]"), alt.p, size);
	else
		styled_addf(h->b, h->role, _("[image%s]"), size);
	if (h->b->link == 0)
		html_link_mark(h, html_link(h, href));
	sbuf_fini(&alt);
}

void html_image(struct html *h, const GumboNode *n)
{
	if (node_has_class(n, "emoji"))
		add_emoji(h, n);
	else if (!node_has_class(n, "avatar") && !node_has_class(n, "site-icon"))
		add_image(h, n, node_attr(n, "src"));
}

void html_lightbox(struct html *h, const GumboNode *n)
{
	const GumboNode *img = node_find(n, GUMBO_TAG_IMG, NULL);
	if (img != NULL)
		add_image(h, img, node_attr(n, "href"));
	else
		html_anchor(h, n);
}

static void add_media(struct html *h, const char *kind, const char *title, const char *href)
{
	styled_addf(h->b, h->role, str_empty(title) ? "[%s]" : "[%s: %s]", kind, title);
	html_link_mark(h, html_link(h, href));
}

/* Where the film is: the element itself, its <source>, or a link inside. */
static const char *media_address(const GumboNode *n)
{
	static const char *const attrs[] = {"data-video-src", "src", NULL};
	const GumboNode *source = node_find(n, GUMBO_TAG_SOURCE, NULL), *link = node_find(n, GUMBO_TAG_A, NULL);
	for (int i = 0; attrs[i] != NULL; i++)
		if (node_attr(n, attrs[i]) != NULL)
			return node_attr(n, attrs[i]);
	if (source != NULL)
		return node_attr(source, "src");
	return link == NULL ? NULL : node_attr(link, "href");
}

void html_video(struct html *h, const GumboNode *n)
{
	struct sbuf title = {0}, url = {0};
	const char *id = node_attr(n, "data-youtube-id"), *address = media_address(n);
	if (!node_clean(n, "data-video-title", &title) && !node_clean(n, "data-youtube-title", &title))
		node_clean(n, "title", &title);
	if (address == NULL && id != NULL) {
		sbuf_addf(&url, "https://www.youtube.com/watch?v=%s", id);
		address = url.p;
	}
	add_media(h, node_tag(n) == GUMBO_TAG_AUDIO ? _("sound") : _("video"), sbuf_str(&title), address);
	if (node_tag(n) == GUMBO_TAG_DIV)
		styled_break(h->b);
	sbuf_fini(&title);
	sbuf_fini(&url);
}

void html_frame(struct html *h, const GumboNode *n)
{
	struct sbuf title = {0};
	node_clean(n, "title", &title);
	add_media(h, _("page from elsewhere"), sbuf_str(&title), node_attr(n, "src"));
	sbuf_fini(&title);
}

void html_spoiler(struct html *h, const GumboNode *n)
{
	bool block = node_tag(n) == GUMBO_TAG_DIV;
	int number = ++h->spoilers, outer = h->b->spoiler;
	if (block)
		styled_blank(h->b);
	h->b->spoiler = number;
	if (html_is_shown(h, h->opt->spoilers_shown, number))
		html_children(h, n);
	else
		/* Translators: a part of a text that its writer has hidden, with its number. */
		styled_addf(h->b, ROLE_MUTED, _("[hidden text %d]"), number);
	if (block)
		styled_blank(h->b);
	h->b->spoiler = outer;
}

/* "2026-03-03" and "14:30" or "14:30:00" in the writer's zone (data-timezone, else UTC). */
static bool read_moment(const GumboNode *n, const char *date, const char *time, int64_t *instant, bool *has_time)
{
	const char *zone_id = node_attr(n, "data-timezone");
	const struct zone *zone = zone_id == NULL ? NULL : zone_get(zone_id);
	struct civil c = {0};
	if (date == NULL || sscanf(date, "%4d-%2d-%2d", &c.year, &c.month, &c.day) != 3)
		return false;
	*has_time = time != NULL && sscanf(time, "%2d:%2d:%2d", &c.hour, &c.minute, &c.second) >= 2;
	bool real = c.year >= 1900 && c.year <= 2200 && c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= 31 &&
		c.hour >= 0 && c.hour < 24 && c.minute >= 0 && c.minute < 60 && c.second >= 0 && c.second < 61;
	if (real)
		*instant = zone_instant(zone == NULL ? zone_utc() : zone, &c, NULL);
	return real;
}

static bool read_local_date(const GumboNode *n, int64_t *instant, bool *has_time)
{
	return read_moment(n, node_attr(n, "data-date"), node_attr(n, "data-time"), instant, has_time);
}

/* The other half of a range stands a few siblings on, behind an arrow. */
static const GumboNode *range_end(const GumboNode *n)
{
	const char *range = node_attr(n, "data-range");
	if (range == NULL || strcmp(range, "from") != 0 || n->parent == NULL)
		return NULL;
	const GumboVector *siblings = node_children(n->parent);
	size_t at = n->index_within_parent;
	for (size_t i = at + 1; i < siblings->length && i <= at + 3; i++) {
		const char *other = node_attr(siblings->data[i], "data-range");
		if (other != NULL && strcmp(other, "to") == 0)
			return siblings->data[i];
	}
	return NULL;
}

static void plain_date(const struct html_date *d, struct sbuf *out)
{
	struct civil c = zone_civil(d->zone, d->start);
	sbuf_addf(out, "%04d-%02d-%02d", c.year, c.month, c.day);
	if (d->has_time)
		sbuf_addf(out, " %02d:%02d", c.hour, c.minute);
	if (d->end == 0)
		return;
	c = zone_civil(d->zone, d->end);
	sbuf_addf(out, " - %04d-%02d-%02d", c.year, c.month, c.day);
	if (d->has_time)
		sbuf_addf(out, " %02d:%02d", c.hour, c.minute);
}

static void write_date(const struct html *h, const struct html_date *d, struct sbuf *out)
{
	if (h->opt->date != NULL)
		h->opt->date(h->opt->date_data, d, out);
	else
		plain_date(d, out);
}

static void add_date(struct html *h, const struct html_date *d)
{
	struct sbuf text = {0};
	write_date(h, d, &text);
	styled_add(h->b, ROLE_STRONG, sbuf_str(&text));
	sbuf_fini(&text);
}

void html_local_date(struct html *h, const GumboNode *n)
{
	const GumboNode *to = range_end(n);
	const char *shown_in = node_attr(n, "data-displayed-timezone");
	struct html_date d = {.zone = h->zone};
	struct sbuf recurring = {0};
	bool end_has_time;
	if (!read_local_date(n, &d.start, &d.has_time)) {
		html_children(h, n);
		return;
	}
	if (shown_in != NULL && zone_get(shown_in) != NULL)
		d.zone = zone_get(shown_in);
	/* A day without a time is the same day everywhere: show it in the zone it was written in. */
	if (!d.has_time) {
		const char *written_in = node_attr(n, "data-timezone");
		const struct zone *z = written_in == NULL ? NULL : zone_get(written_in);
		d.zone = z == NULL ? zone_utc() : z;
	}
	if (to != NULL && read_local_date(to, &d.end, &end_has_time))
		h->skip_until = to;
	if (node_clean(n, "data-recurring", &recurring))
		d.recurring = recurring.p;
	add_date(h, &d);
	sbuf_fini(&recurring);
}

static bool in_slot(struct html *h, enum html_slot slot, const char *name)
{
	return h->opt->slot != NULL && h->opt->slot(h->opt->slot_data, slot, name, h->b);
}

void html_poll(struct html *h, const GumboNode *n)
{
	struct sbuf name = {0};
	node_clean(n, "data-poll-name", &name);
	styled_blank(h->b);
	if (!in_slot(h, HTML_POLL, sbuf_str(&name))) {
		const GumboNode *container = node_find(n, GUMBO_TAG_DIV, "poll-container");
		html_say(h, ROLE_STRONG, _("Poll"));
		html_children(h, container == NULL ? n : container);
	}
	styled_blank(h->b);
	sbuf_fini(&name);
}

static void event_label(struct html *h, const GumboNode *n, const char *label, const char *attr)
{
	struct sbuf value = {0};
	if (node_clean(n, attr, &value))
		styled_label(h->b, label, value.p);
	sbuf_fini(&value);
}

/* "2026-03-03 14:30"; what is written otherwise is shown as it is. */
static void event_moment(struct html *h, const GumboNode *n, const char *label, const char *attr)
{
	const char *written = node_attr(n, attr);
	struct html_date d = {.zone = h->zone};
	struct sbuf text = {0};
	if (written == NULL || strlen(written) < strlen("2026-03-03 14:30")
		|| !read_moment(n, written, written + strlen("2026-03-03 "), &d.start, &d.has_time)) {
		event_label(h, n, label, attr);
		return;
	}
	write_date(h, &d, &text);
	styled_label(h->b, label, sbuf_str(&text));
	sbuf_fini(&text);
}

void html_event(struct html *h, const GumboNode *n)
{
	struct sbuf name = {0};
	node_clean(n, "data-name", &name);
	styled_blank(h->b);
	if (!in_slot(h, HTML_EVENT, sbuf_str(&name))) {
		event_label(h, n, _("Meeting"), "data-name");
		event_moment(h, n, _("Begins"), "data-start");
		event_moment(h, n, _("Ends"), "data-end");
		event_label(h, n, _("Place"), "data-location");
		html_children(h, n);
	}
	styled_blank(h->b);
	sbuf_fini(&name);
}
