#include "calendar_text.h"

#include <stdlib.h>

#include "calendar_filter.h"
#include "capacity.h"
#include "event_text.h"
#include "mem.h"
#include "str.h"
#include "text.h"
#include "when.h"

int64_t calendar_today(const struct screen *s)
{
	struct civil c = zone_civil(s->ctx->zone, s->ctx->now_ms / 1000);
	return civil_days(c.year, c.month, c.day);
}

int64_t calendar_day_ms(const struct zone *z, int64_t day)
{
	struct civil c = civil_from_seconds(day * 86400);
	return zone_instant(z, &c, NULL) * 1000;
}

void calendar_between(struct event_filter *f, int64_t first, int64_t last)
{
	/* A meeting by its own clock can be on another day here. */
	f->from_ms = calendar_day_ms(f->zone, first - 1);
	f->to_ms = calendar_day_ms(f->zone, last + 2);
}

static void add_places(struct sbuf *b, const struct event_row *e)
{
	if (e->max > 0 && e->going >= 0 && e->going < e->max)
		/* Translators: places that are free at a meeting. */
		sbuf_addf(b, _(" | %d free"), e->max - e->going);
}

static void add_repeats(struct sbuf *b, const struct event_row *e, const struct zone *z)
{
	struct sbuf words = {0};
	when_repeats(&words, e->recurrence, e->rrule, z);
	if (words.n > 0)
		sbuf_addf(b, " | %s", sbuf_str(&words));
	sbuf_fini(&words);
}

const char *calendar_detail(struct screen *s, const struct event_row *e, int64_t day)
{
	struct sbuf b = {0};
	struct when_span span = event_text_span(e);
	int64_t first, last;
	event_store_days(e, s->ctx->zone, &first, &last);
	if (first == day)
		when_span_in_day(&b, &span, s->ctx->zone);
	else
		when_span(&b, &span, s->ctx->zone);
	when_span_hints(&b, &span, s->ctx->now_ms, s->ctx->zone);
	if (!str_empty(e->location))
		sbuf_addf(&b, " | %s", e->location);
	else if (e->online)
		sbuf_addf(&b, " | %s", _("online"));
	add_places(&b, e);
	add_repeats(&b, e, s->ctx->zone);
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

const char *calendar_state(struct screen *s, const struct event_row *e, const struct outbox_rows *waiting)
{
	const char *state = event_text_state(e, s->ctx->now_ms);
	const char *word = pending_word(pending_find(waiting, CHANGE_ATTENDANCE, e->id, NULL));
	if (word == NULL || state == NULL)
		return state == NULL ? word : state;
	return arena_printf(&s->rows_mem, "%s, %s", state, word);
}

static void add_begin(struct sbuf *out, const struct event_row *e, const struct zone *mine)
{
	const struct zone *own = e->show_local_time ? zone_get(e->timezone) : NULL;
	struct civil c = zone_civil(own == NULL ? mine : own, e->starts_ms / 1000);
	when_time(out, &c);
	sbuf_addc(out, ' ');
}

static void add_name(struct sbuf *out, const struct event_row *e)
{
	sbuf_add(out, e->title);
	if (e->mine == ATTENDANCE_GOING || e->mine == ATTENDANCE_INTERESTED)
		sbuf_addf(out, " (%s)", e->mine == ATTENDANCE_GOING ? _("you are coming") : _("maybe"));
}

const char *calendar_day_words(struct screen *s, const struct event_rows *list, int64_t day, bool times)
{
	struct sbuf names = {0};
	int count = 0;
	for (int i = 0; i < list->count; i++) {
		int64_t first, last;
		event_store_days(&list->row[i], s->ctx->zone, &first, &last);
		if (day < first || day > last)
			continue;
		sbuf_add(&names, count++ > 0 ? ", " : "");
		if (times && !list->row[i].all_day && first == day)
			add_begin(&names, &list->row[i], s->ctx->zone);
		add_name(&names, &list->row[i]);
	}
	const char *text = count == 0 ? NULL : count == 1 ? arena_strdup(&s->rows_mem, sbuf_str(&names))
		: arena_printf(&s->rows_mem, ngettext("%d meeting: %s", "%d meetings: %s", (unsigned long)count), count,
			sbuf_str(&names));
	sbuf_fini(&names);
	return text;
}

const char *calendar_capacity(struct screen *s, int64_t day)
{
	if (!capacity_is_on(s->ctx->config) || s->ctx->store == NULL)
		return NULL;
	struct sbuf b = {0};
	struct capacity_load load = capacity_of_week(s->ctx->store, s->ctx->config,
		calendar_day_ms(s->ctx->zone, day), s->ctx->zone);
	capacity_says(&b, s->ctx->config, &load);
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

bool calendar_has_filter_row(const struct screen *s)
{
	return calendar_filter_holds(s) && calendar_filter_is_on(&s->ctx->calendar);
}

struct row calendar_filter_row(struct screen *s, bool nothing_fits)
{
	struct sbuf words = {0};
	calendar_filter_words(&words, &s->ctx->calendar);
	/* Translators: which meetings the calendar shows: "Only: intervision, online". */
	const char *title = arena_printf(&s->rows_mem, _("Only: %s"), sbuf_str(&words));
	sbuf_fini(&words);
	return (struct row){.id = CALENDAR_ROW_FILTER, .title = title,
		.detail = nothing_fits ? _("Nothing fits. Open this to choose something else")
			: _("Open this to choose something else")};
}

bool calendar_can_show(struct screen *s, int64_t day)
{
	if (day >= civil_days(CIVIL_MIN_YEAR, 2, 1) && day <= civil_days(CIVIL_MAX_YEAR, 11, 30))
		return true;
	screen_say(s, "%s", _("The calendar goes no further."));
	return false;
}

void calendar_go_view(struct screen *s, const char *view, int64_t day)
{
	/* The screen ends before the other one opens. */
	char *member = xstrdup(s->target.text);
	screen_replace(s, &(struct target){.screen = view, .id2 = day, .number = s->target.number, .text = member});
	free(member);
}
