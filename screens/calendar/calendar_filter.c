#include "calendar_filter.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "event_store.h"
#include "mem.h"
#include "screens.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

enum { RowPlace = 100, RowNone };

static const struct {
	size_t offset;
	const char *title, *says, *word;
} choices[] = {
	{offsetof(struct calendar_filter, intervision), N_("Intervision"), N_("Meetings of intervision circles"),
		N_("intervision")},
	{offsetof(struct calendar_filter, other), N_("Other meetings"), N_("What is not intervision"),
		N_("other meetings")},
	{offsetof(struct calendar_filter, online), N_("Online"), N_("With a link, or online as its place"),
		N_("online")},
	{offsetof(struct calendar_filter, on_site), N_("On site"), N_("With a place to go to"), N_("on site")},
	{offsetof(struct calendar_filter, free_places), N_("Free places"), N_("Not full and not closed"),
		N_("free places")},
	{offsetof(struct calendar_filter, mine), N_("Mine"), N_("You are coming, or may come"), N_("mine")},
};

static bool is_set(const struct calendar_filter *f, size_t i)
{
	return *(const bool *)((const char *)f + choices[i].offset);
}

bool calendar_filter_is_on(const struct calendar_filter *f)
{
	for (size_t i = 0; i < COUNT(choices); i++)
		if (is_set(f, i))
			return true;
	return f->place[0] != '\0';
}

void calendar_filter_words(struct sbuf *out, const struct calendar_filter *f)
{
	const char *gap = "";
	for (size_t i = 0; i < COUNT(choices); i++)
		if (is_set(f, i)) {
			sbuf_addf(out, "%s%s", gap, _(choices[i].word));
			gap = ", ";
		}
	if (f->place[0] != '\0') {
		sbuf_add(out, gap);
		/* Translators: words of a place or region that the member typed. */
		sbuf_addf(out, _("place: %s"), f->place);
	}
}

bool calendar_filter_holds(const struct screen *s)
{
	return s->target.number == 0 && str_empty(s->target.text);
}

struct event_filter calendar_filter_of(struct screen *s)
{
	struct event_filter f = {.zone = s->ctx->zone, .attending = s->target.text, .mine = s->target.number == 1,
		.text = screen_filter_text(s)};
	const struct calendar_filter *chosen = &s->ctx->calendar;
	if (!calendar_filter_holds(s))
		return f;
	f.intervision = chosen->intervision;
	f.other = chosen->other;
	f.online = chosen->online;
	f.on_site = chosen->on_site;
	f.free_places = chosen->free_places;
	f.mine = chosen->mine;
	f.place = chosen->place;
	return f;
}

void calendar_filter_seen(struct screen *s, struct calendar_filter *seen)
{
	if (memcmp(seen, &s->ctx->calendar, sizeof *seen) != 0)
		s->loaded = false;
	*seen = s->ctx->calendar;
}

void calendar_filter_go(struct screen *s)
{
	if (calendar_filter_holds(s))
		screen_go(s, &(struct target){.screen = "calendar_filter"});
	else
		screen_say(s, "%s", _("This list shows the meetings of one member. There is nothing to choose."));
}

/* The choices; Enter puts one on or off. */
static void filter_load(struct screen *s)
{
	s->title = _("Show only");
	s->count = COUNT(choices) + 2;
}

static struct row choice_row(const struct calendar_filter *f, size_t i)
{
	return (struct row){.id = (int64_t)i + 1, .title = _(choices[i].title), .detail = _(choices[i].says),
		.state = is_set(f, i) ? _("on") : _("off")};
}

static void filter_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct calendar_filter *f = &s->ctx->calendar;
	for (int i = 0; i < n; i++) {
		size_t at = (size_t)(first + i);
		if (at < COUNT(choices))
			out[i] = choice_row(f, at);
		else if (at == COUNT(choices))
			out[i] = (struct row){.id = RowPlace, .detail = _("Words of a place or a region"),
				.title = arena_printf(&s->rows_mem, "%s: %s", _("Place"), f->place[0] == '\0' ? _("all")
				: f->place)};
		else
			out[i] = (struct row){.id = RowNone, .title = _("Show every meeting"), .detail = _("Everything off")};
	}
}

static void filter_enter(struct screen *s, const struct row *row)
{
	struct calendar_filter *f = &s->ctx->calendar;
	if (row->id == RowPlace) {
		screen_go(s, &(struct target){.screen = "calendar_place"});
		return;
	}
	if (row->id == RowNone) {
		*f = (struct calendar_filter){0};
		screen_say(s, "%s", _("The calendar shows every meeting."));
	} else {
		bool *on = (bool *)((char *)f + choices[row->id - 1].offset);
		*on = !*on;
		/* Translators: a choice ("Online") and on or off. */
		screen_say(s, _("%s: %s."), _(choices[row->id - 1].title), *on ? _("on") : _("off"));
	}
	screen_reload(s);
}

const struct screen_ops calendar_filter_ops = {
	.name = "calendar_filter", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.load = filter_load, .rows = filter_rows,
	.choices = true, .enter = filter_enter,
};

static void place_open(struct screen *s)
{
	field_set(&s->answer, s->ctx->calendar.place);
}

static void place_load(struct screen *s)
{
	s->title = _("Place");
}

static void place_text(struct screen *s, struct styled_builder *b)
{
	styled_line(b, ROLE_TEXT, _("Type a place or a region. An empty answer means every place."));
	styled_blank(b);
}

static bool place_ask(struct screen *s, struct question *q)
{
	*q = (struct question){.label = _("Place or region")};
	return true;
}

static void place_answer(struct screen *s, const char *text)
{
	char *place = s->ctx->calendar.place;
	snprintf(place, CALENDAR_PLACE_BYTES, "%s", text);
	utf8_cut_partial(place);
	screen_back(s);
}

const struct screen_ops calendar_place_ops = {
	.name = "calendar_place", .kind = SCREEN_ASK, .open = place_open, .load = place_load, .text = place_text,
	.ask = place_ask, .answer = place_answer,
};
