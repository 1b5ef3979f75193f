#include "guide_plan.h"

#include "agreements.h"
#include "event_field.h"
#include "event_store.h"
#include "event_topic.h"
#include "guide_steps.h"
#include "post_store.h"
#include "str.h"
#include "text.h"

static bool is_series(const struct event *e)
{
	return !str_empty(e->recurrence) || !str_empty(e->rrule) || e->occurrence_count > 1;
}

struct guide_key guide_key_of(const struct event *e, int64_t starts_ms)
{
	return (struct guide_key){e->id, !is_series(e) ? 0 : starts_ms != 0 ? starts_ms : e->starts_ms};
}

static struct when_span span_of(const struct event *e, int64_t starts_ms)
{
	struct when_span span = {.starts_ms = e->starts_ms, .ends_ms = e->ends_ms, .all_day = e->all_day,
		.local = e->show_local_time, .timezone = e->timezone};
	for (int i = 0; i < e->occurrence_count; i++)
		if (e->occurrence[i].starts_ms == starts_ms) {
			span.starts_ms = starts_ms;
			span.ends_ms = e->occurrence[i].ends_ms;
		}
	return span;
}

static const struct method *method_of(const struct context *ctx, const struct guide *g, const char *name,
	const struct event_topic *topic, struct arena *a)
{
	const struct method *m = method_named(g->all, name);
	if (m == NULL)
		m = method_named(g->all, guide_store_get(ctx->store, g->key, "method", a));
	return m != NULL ? m : method_named(g->all, event_topic_value(topic, "method"));
}

static int minutes_of(const struct when_span *s)
{
	int64_t minutes = (s->ends_ms - s->starts_ms) / 60000;
	return s->all_day || s->ends_ms <= s->starts_ms || minutes > INT32_MAX ? 0 : (int)minutes;
}

static const char *agreements_text(const struct context *ctx, const struct event *e, struct arena *a)
{
	const char *text = agreements_of(ctx, e, a).text;
	return str_empty(text) ? event_field_agreements(event_topic_language(), a) : text;
}

struct guide guide_of(const struct context *ctx, int64_t event_id, int64_t starts_ms, const char *method,
	struct arena *a)
{
	struct guide g = {.key = {event_id, starts_ms}, .title = "", .agreements = "", .facilitator = "",
		.all = methods_load(event_topic_language(), a, NULL)};
	g.event = ctx->store == NULL ? NULL : event_store_get(ctx->store, event_id, a);
	if (g.event == NULL)
		return g;
	g.title = str_or_empty(event_title(g.event));
	g.key = guide_key_of(g.event, starts_ms);
	g.span = span_of(g.event, starts_ms);
	g.agreements = agreements_text(ctx, g.event, a);
	const struct event_topic *topic = event_topic_read(ctx->store, g.event,
		post_store_get(ctx->store, event_id, a), a);
	g.method = method_of(ctx, &g, method, topic, a);
	g.facilitator = event_topic_value(topic, "facilitator");
	if (!str_to_int(guide_store_get(ctx->store, g.key, "began", a), 1, INT64_MAX, &g.began_ms))
		g.began_ms = 0;
	if (g.method == NULL)
		return g;
	g.plan = method_plan_of(g.all, g.method, minutes_of(&g.span), a);
	if (method_named(g.all, event_topic_value(topic, "method")) == g.method)
		guide_steps_read(g.all, g.method, event_topic_value(topic, "steps"), minutes_of(&g.span), &g.plan, a);
	return g;
}

static bool times_in_days(const struct guide *g, const struct method_step *step, const struct zone *zone,
	int64_t *from_ms, int64_t *to_ms)
{
	const struct zone *z = g->span.all_day ? zone_utc() : zone;
	int64_t start = (g->began_ms != 0 ? g->began_ms : g->span.starts_ms) / 1000;
	*from_ms = zone_day_start(z, start, step->from) * 1000;
	*to_ms = zone_day_start(z, start, step->to - 1) * 1000;
	return true;
}

bool guide_step_times(const struct guide *g, int step, const struct zone *zone, int64_t *from_ms, int64_t *to_ms)
{
	const struct method_step *at = &g->plan.step[step];
	int64_t start = g->began_ms != 0 ? g->began_ms : g->span.starts_ms;
	bool days = g->method->unit == METHOD_DAYS;
	if (start == 0 || (g->span.all_day && g->began_ms == 0 && !days))
		return false;
	if (days)
		return times_in_days(g, at, zone, from_ms, to_ms);
	*from_ms = start + at->from * 60000LL;
	*to_ms = start + at->to * 60000LL;
	return true;
}

void guide_add_length(struct sbuf *out, const struct guide *g, int length)
{
	when_duration(out, g->method->unit == METHOD_DAYS ? length * 24LL * 60 : length);
}

static void add_days(struct sbuf *out, const struct guide *g, const struct zone *zone, int64_t from_ms,
	int64_t to_ms)
{
	const struct zone *z = g->span.all_day ? zone_utc() : zone;
	when_moment_day(out, from_ms, z);
	if (to_ms > from_ms) {
		sbuf_addf(out, " %s ", _("to"));
		when_moment_day(out, to_ms, z);
	}
}

void guide_add_when(struct sbuf *out, const struct guide *g, int step, const struct zone *zone)
{
	int64_t from_ms, to_ms;
	if (!guide_step_times(g, step, zone, &from_ms, &to_ms)) {
		guide_add_length(out, g, g->plan.step[step].to - g->plan.step[step].from);
		return;
	}
	if (g->method->unit == METHOD_DAYS) {
		add_days(out, g, zone, from_ms, to_ms);
		return;
	}
	struct when_span span = {.starts_ms = from_ms, .ends_ms = to_ms, .local = g->span.local,
		.timezone = g->span.timezone};
	when_span_times(out, &span, zone);
}

const char *guide_note_part(const struct guide *g, int step, struct arena *a)
{
	return arena_printf(a, "note:%s:%02d", g->method->id, step);
}
