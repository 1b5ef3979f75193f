#include "calendar_waiting.h"

#include <stdlib.h>
#include <string.h>

#include "calendar_filter.h"
#include "composition.h"
#include "meeting_plan.h"
#include "outbox_text.h"
#include "str.h"
#include "topic_store.h"
#include "zone.h"

enum { Most = 100 };

static int64_t instant(const struct zone *z, const struct meeting_time *t)
{
	return t->has_day ? zone_instant(z, &t->at, NULL) * 1000 : 0;
}

/* False: the text has no meeting, or one without a day. */
static bool read_event(const struct outbox_row *r, const char *language, struct event_row *out, struct arena *a)
{
	struct meeting_plan p;
	if (!meeting_plan_read(r->change.body, language, &p, a))
		return false;
	struct meeting_time start = meeting_plan_time(&p, "start"), end = meeting_plan_time(&p, "end");
	const char *name = event_markup_get(&p.block, "timezone");
	const struct zone *z = zone_get(name) == NULL ? zone_utc() : zone_get(name);
	bool all_day = event_markup_is(&p.block, "allDay");
	*out = (struct event_row){.id = r->change.id, .category_id = r->change.category_id,
		.starts_ms = instant(all_day ? zone_utc() : z, &start), .ends_ms = instant(all_day ? zone_utc() : z, &end),
		.title = r->change.title, .location = event_markup_get(&p.block, "location"), .timezone = name,
		.category = r->where,
		.creator = "", .url = "", .starts_wall = event_markup_get(&p.block, "start"),
		.ends_wall = event_markup_get(&p.block, "end"), .recurrence = "", .rrule = "", .all_day = all_day,
		.going = -1,
		.interested = -1};
	return start.has_day;
}

static bool shows_all(const struct event_filter *f)
{
	return f->category_id == 0 && !f->mine && !f->intervision && !f->other && !f->online && !f->on_site
		&& !f->free_places
		&& str_empty(f->attending) && str_empty(f->creator) && str_empty(f->place);
}

static bool is_within(const struct event_filter *f, const struct event_row *e)
{
	int64_t ends_ms = e->ends_ms > e->starts_ms ? e->ends_ms : e->starts_ms;
	return (f->from_ms == 0 || ends_ms >= f->from_ms) && (f->to_ms == 0 || e->starts_ms < f->to_ms);
}

struct calendar_waiting calendar_waiting_load(struct screen *s, const struct event_filter *f)
{
	struct calendar_waiting w = {0};
	if (s->ctx->store == NULL || !shows_all(f))
		return w;
	struct topic_filter topics = {.text = f->text};
	struct outbox_rows rows = outbox_store_topics(s->ctx->store, &topics, 0, Most, &s->mem);
	const char *language = rows.count == 0 ? "" : composition_language(s, &s->mem);
	w.row = ARENA_ARRAY(&s->mem, (size_t)rows.count + 1, const struct outbox_row *);
	w.event = ARENA_ARRAY(&s->mem, (size_t)rows.count + 1, struct event_row);
	for (int i = 0; i < rows.count; i++) {
		w.row[w.count] = &rows.row[i];
		w.count += read_event(&rows.row[i], language, &w.event[w.count], &s->mem)
			&& is_within(f, &w.event[w.count]);
	}
	return w;
}

struct event_times calendar_waiting_join(
	struct screen *s, const struct calendar_waiting *w, const struct event_times *times)
{
	struct event_times out = {.row = ARENA_ARRAY(&s->mem, (size_t)(times->count + w->count) + 1,
		struct event_time)};
	for (int i = 0; i < times->count; i++)
		out.row[out.count++] = times->row[i];
	for (int i = 0; i < w->count; i++) {
		struct event_time t = {.id = w->event[i].id, .starts_ms = w->event[i].starts_ms};
		event_store_days(&w->event[i], s->ctx->zone, &t.first_day, &t.last_day);
		out.row[out.count++] = t;
	}
	return out;
}

static int by_begin(const void *a, const void *b)
{
	const struct event_row *x = a, *y = b;
	return x->starts_ms != y->starts_ms ? (x->starts_ms > y->starts_ms) - (x->starts_ms < y->starts_ms)
		: (x->id > y->id) - (x->id < y->id);
}

struct event_rows calendar_waiting_rows(struct screen *s, const struct event_filter *f,
	const struct event_rows *list)
{
	struct calendar_waiting w = calendar_waiting_load(s, f);
	if (w.count == 0)
		return *list;
	struct event_rows out = {.row = ARENA_ARRAY(&s->mem, (size_t)(list->count + w.count), struct event_row)};
	for (int i = 0; i < list->count; i++)
		out.row[out.count++] = list->row[i];
	for (int i = 0; i < w.count; i++) {
		struct event_row e = w.event[i];
		e.title = arena_printf(&s->mem, "%s: %s", outbox_text_word(w.row[i]), e.title);
		out.row[out.count++] = e;
	}
	qsort(out.row, (size_t)out.count, sizeof *out.row, by_begin);
	return out;
}

int calendar_waiting_find(const struct calendar_waiting *w, int64_t id)
{
	for (int i = 0; i < w->count; i++)
		if (w->event[i].id == id)
			return i;
	return -1;
}
