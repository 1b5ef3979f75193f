#include "commands.h"

#include <stdio.h>

#include "capacity.h"
#include "reminder_store.h"
#include "prepare.h"
#include "text.h"
#include "when.h"

enum { MostItems = 5 };

static int64_t day_start_ms(const struct call *c, int days_on)
{
	return zone_day_start(c->program->ctx.zone, c->program->ctx.now_ms / 1000, days_on) * 1000;
}

static void add_events(struct call *c, struct json *parent, const char *name, const char *heading,
	const struct event_filter *f)
{
	struct event_filter here = *f;
	here.zone = c->program->ctx.zone;
	struct event_rows list = event_store_list(c->program->store, &here, 0, MostItems, &c->mem);
	struct json *array = json_add_array(parent, name);
	call_line(c, "\n%s", heading);
	for (int i = 0; i < list.count; i++) {
		json_append(array, event_json(&list.row[i]));
		event_lines(c, &list.row[i]);
	}
	if (list.count == 0)
		call_line(c, "%s", _("None."));
}

static void add_reminders(struct call *c, struct json *parent)
{
	struct event_rows list = reminder_store_due(c->program->store, c->program->ctx.now_ms, MostItems, &c->mem);
	struct json *array = json_add_array(parent, "reminders");
	if (list.count > 0)
		call_line(c, "\n%s", _("Your reminders"));
	for (int i = 0; i < list.count; i++) {
		json_append(array, event_json(&list.row[i]));
		event_lines(c, &list.row[i]);
	}
}

static void add_capacity(struct call *c, struct json *parent)
{
	const struct context *ctx = &c->program->ctx;
	if (!capacity_is_on(ctx->config))
		return;
	struct sbuf says = {0};
	struct capacity_load load = capacity_of_week(c->program->store, ctx->config, ctx->now_ms, ctx->zone);
	capacity_says(&says, ctx->config, &load);
	json_add_string(parent, "capacity", sbuf_str(&says));
	call_line(c, "%s", sbuf_str(&says));
	sbuf_fini(&says);
}

static void add_topics(struct call *c, struct json *parent, const char *name, const char *heading,
	const struct topic_filter *f)
{
	struct topic_rows list = topic_store_list(c->program->store, f, 0, MostItems, &c->mem);
	struct json *array = json_add_array(parent, name);
	call_line(c, "\n%s", heading);
	for (int i = 0; i < list.count; i++) {
		json_append(array, topic_json(&list.row[i]));
		topic_lines(c, &list.row[i]);
	}
	if (list.count == 0)
		call_line(c, "%s", _("None."));
}

int today_run(struct call *c)
{
	struct sbuf date = {0};
	char iso[32];
	if (!call_rest(c, 0))
		return call_usage(c);
	int64_t start = day_start_ms(c, 0), end = day_start_ms(c, 1), later = day_start_ms(c, 15);
	struct json *o = json_add_object(c->doc, "today");
	struct civil day = zone_civil(c->program->ctx.zone, c->program->ctx.now_ms / 1000);
	when_day(&date, &day);
	snprintf(iso, sizeof iso, "%04d-%02d-%02d", day.year, day.month, day.day);
	json_add_string(o, "date", iso);
	call_line(c, "%s", sbuf_str(&date));
	const char *prepared = prepare_says(&c->program->ctx, &c->mem);
	json_add_string(o, "preparation", prepared);
	if (prepared != NULL)
		call_line(c, "\n%s", prepared);
	add_capacity(c, o);
	add_reminders(c, o);
	add_events(c, o, "events", _("Meetings today"), &(struct event_filter){.from_ms = start, .to_ms = end});
	add_events(c, o, "next", _("Your meetings in the next two weeks"),
		&(struct event_filter){.from_ms = end, .to_ms = later, .mine = true});
	add_topics(c, o, "messages", _("Messages with something new"),
		&(struct topic_filter){.messages = true, .unread = true});
	add_topics(c, o, "topics", _("Topics with something new"), &(struct topic_filter){.unread = true});
	sbuf_fini(&date);
	return EXIT_OK;
}
