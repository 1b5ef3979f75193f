#include <stdlib.h>
#include <string.h>

#include "cook.h"
#include "event_view.h"
#include "ics.h"
#include "str.h"

/* Events as iCalendar (RFC 5545). */
enum { FEED_ENTRIES = 500, FEED_BACK_DAYS = 91, DESCRIPTION_BYTES = 1000 };

static const char *host_of(const char *base_url)
{
	const char *rest = strstr(base_url, "://");
	return rest == NULL ? base_url : rest + 3;
}

/* How often, and when, the event was changed: that of its post. */
static void add_version(struct request *r, struct ics_item *i, int64_t id)
{
	struct sql_query *q = sql_query(r->db, "SELECT version, updated_ms FROM post WHERE id = ?", "i", id);
	if (sql_next(q)) {
		i->version = (int)sql_int(q, 0) - 1;
		i->changed_ms = sql_int(q, 1);
	}
	sql_end(q, NULL);
}

static void feed_add(struct request *r, struct ics *feed, const struct event_view *v)
{
	const struct forum_event *e = &v->e;
	const char *link = arena_printf(r->mem, "%s/t/%s/%lld", r->base_url, v->topic_slug, (long long)v->topic_id);
	const char *words = str_empty(e->description) ? cook_excerpt(r->mem, v->post_cooked, DESCRIPTION_BYTES)
		: e->description;
	struct ics_item item = {
		.uid = arena_printf(r->mem, "calendar_event_%lld@%s", (long long)v->id, host_of(r->base_url)),
		.summary = event_view_title(v), .location = e->location,
		.description = arena_printf(r->mem, "%s\n%s", words, link), .url = str_empty(e->url) ? link : e->url,
		.series = {.starts_ms = e->starts_ms, .ends_ms = e->ends_ms, .timezone = e->timezone, .all_day = e->all_day,
			.recurrence = e->recurrence, .until_ms = e->recurrence_until_ms},
		.show_local_time = e->show_local_time, .cancelled = e->closed,
	};
	add_version(r, &item, v->id);
	ics_add(feed, &item);
}

static void feed_answer(struct request *r, struct response *w, struct ics *feed, const char *file)
{
	char *text = ics_finish(feed);
	response_header(w, "Content-Disposition", arena_printf(r->mem, "attachment; filename=\"%s.ics\"", file));
	response_text(w, "text/calendar; charset=utf-8", text);
	free(text);
}

/* A name that changes with the events in it. */
static const char *feed_file(struct request *r, const struct event_view *list, int count)
{
	uint64_t hash = 0;
	for (int i = 0; i < count; i++)
		hash = hash * 31 + (uint64_t)list[i].id;
	return arena_printf(r->mem, "events-%016llx", (unsigned long long)hash);
}

void event_calendar(struct request *r, struct response *w)
{
	struct event_filter filter;
	if (!event_filter_read(r, w, &filter))
		return;
	if (filter.after_ms == 0)
		filter.after_ms = r->now_ms - FEED_BACK_DAYS * INT64_C(86400000);
	if (!filter.limited)
		filter.limit = FEED_ENTRIES;
	struct event_view *list;
	int count = event_filter_run(r, &filter, &list);
	struct ics *feed = ics_new("-//kring//kringd//EN", forum_setting(r->db, r->mem, "title", "kring"));
	for (int i = 0; i < count; i++)
		feed_add(r, feed, &list[i]);
	feed_answer(r, w, feed, feed_file(r, list, count));
}

void event_calendar_one(struct request *r, struct response *w, int64_t id)
{
	struct event_view v;
	if (!event_view_load(r, id, &v)) {
		response_not_found(r, w);
		return;
	}
	struct ics *feed = ics_new("-//kring//kringd//EN", event_view_title(&v));
	feed_add(r, feed, &v);
	feed_answer(r, w, feed, arena_printf(r->mem, "event-%lld", (long long)id));
}
