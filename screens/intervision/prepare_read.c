#include "prepare.h"

#include <string.h>

#include "draft_day.h"
#include "event_store.h"
#include "event_topic.h"
#include "labelled_list.h"
#include "site_store.h"
#include "str.h"
#include "text.h"

enum { DaysBefore = 7, MostKept = 100, DayMs = 86400000 };

static const char *value_of(const struct preparation *p, const char *id)
{
	for (int i = 0; p->all->preparation[i].id != NULL; i++)
		if (strcmp(p->all->preparation[i].id, id) == 0)
			return p->value[i];
	return "";
}

static int64_t begin_of(const struct event *e, int64_t starts_ms)
{
	return e == NULL ? 0 : starts_ms != 0 ? starts_ms : e->starts_ms;
}

static int64_t proposed(const struct context *ctx, int64_t begins_ms)
{
	int64_t today = zone_day_start(ctx->zone, ctx->now_ms / 1000, 0);
	int64_t day = begins_ms == 0 ? 0 : zone_day_start(ctx->zone, begins_ms / 1000, -DaysBefore);
	return day != 0 && day < today ? today : day;
}

int64_t prepare_day(const struct context *ctx, int64_t event_id, int64_t starts_ms)
{
	struct arena a = {0};
	const struct event *e = ctx->store == NULL ? NULL : event_store_get(ctx->store, event_id, &a);
	int64_t day = proposed(ctx, begin_of(e, starts_ms));
	arena_fini(&a);
	return day;
}

/* A day that was chosen may be long ago by now. */
static int64_t chosen_day(const struct context *ctx, const char *text)
{
	enum { Year = 366 };
	return *text == '\0' ? 0 : draft_day_read(text, ctx->zone, ctx->now_ms - Year * (int64_t)DayMs);
}

struct preparation prepare_read(const struct context *ctx, int64_t event_id, int64_t starts_ms, struct arena *a)
{
	struct preparation p = {.key = {event_id, starts_ms}, .all = methods_load(event_topic_language(), a, NULL)};
	int n = 0;
	while (p.all->preparation[n].id != NULL)
		n++;
	p.value = ARENA_ARRAY(a, (size_t)n + 1, const char *);
	p.event = ctx->store == NULL ? NULL : event_store_get(ctx->store, event_id, a);
	if (p.event != NULL)
		p.key = guide_key_of(p.event, starts_ms);
	for (int i = 0; i < n; i++)
		p.value[i] = ctx->store == NULL ? "" : guide_store_get(ctx->store, p.key,
			arena_printf(a, "prepare:%s", p.all->preparation[i].id), a);
	p.day = chosen_day(ctx, value_of(&p, "day"));
	int64_t begins_ms = begin_of(p.event, starts_ms);
	if (p.day == 0 && begins_ms != 0)
		p.day = zone_day_start(ctx->zone, begins_ms / 1000, -DaysBefore);
	if (ctx->store == NULL ||
		!str_to_int(guide_store_get(ctx->store, p.key, "posted", a), 1, INT64_MAX, &p.posted_ms))
		p.posted_ms = 0;
	return p;
}

const char *prepare_missing(const struct preparation *p)
{
	for (int i = 0; p->all->preparation[i].id != NULL; i++)
		if (p->all->preparation[i].required && *p->value[i] == '\0')
			return p->all->preparation[i].label;
	return NULL;
}

const char *prepare_title(const struct preparation *p)
{
	const char *title = value_of(p, "title");
	return *title != '\0' || p->event == NULL ? title : str_or_empty(event_title(p->event));
}

static const char *posted_value(const struct methods *all, const struct method_question *q, const char *value,
	bool dutch)
{
	const struct method *m = q->answer == ANSWER_METHOD ? method_named(all, value) : NULL;
	if (q->answer == ANSWER_TICK && *value != '\0')
		return dutch ? "ja" : "yes";
	return m == NULL ? value : m->name;
}

/* Answers without a line of their own in the text: the title has its own place, the day is for the member. */
static bool is_posted(const struct method_question *q)
{
	return strcmp(q->id, "title") != 0 && q->answer != ANSWER_DAY;
}

void prepare_write(const struct context *ctx, const struct preparation *p, struct sbuf *out)
{
	struct arena a = {0};
	const struct site *site = ctx->store == NULL ? NULL : site_store_get(ctx->store, &a);
	const char *language = site == NULL || str_empty(site->locale) ? "nl" : site->locale;
	const struct methods *all = methods_load(language, &a, NULL);
	for (int i = 0; all->preparation[i].id != NULL; i++) {
		const struct method_question *q = &all->preparation[i];
		if (is_posted(q))
			labelled_list_add(out, q->label, posted_value(all, q, p->value[i], str_starts(language, "nl")));
	}
	arena_fini(&a);
}

static bool is_due(const struct context *ctx, const struct guide_meeting *m, struct arena *a)
{
	int64_t day = chosen_day(ctx, guide_store_get(ctx->store, m->key, "prepare:day", a));
	if (day == 0)
		day = zone_day_start(ctx->zone, m->starts_ms / 1000, -DaysBefore);
	return day * 1000 <= ctx->now_ms && *guide_store_get(ctx->store, m->key, "posted", a) == '\0';
}

const char *prepare_says(const struct context *ctx, struct arena *a)
{
	struct guide_meetings kept = ctx->store == NULL ? (struct guide_meetings){0}
		: guide_store_list(ctx->store, "prepare:question", 0, MostKept, a);
	for (int i = 0; i < kept.count && kept.row[i].starts_ms > ctx->now_ms - DayMs; i++)
		if (is_due(ctx, &kept.row[i], a))
			return arena_printf(a, _("Your preparation for \"%s\" can be shared now."), kept.row[i].title);
	return NULL;
}
