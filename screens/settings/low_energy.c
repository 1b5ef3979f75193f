#include "low_energy.h"

#include "event_text.h"
#include "outbox_store.h"
#include "text.h"
#include "topic_store.h"
#include "when.h"

enum { IdMeeting = 101, IdMessage, IdOutbox };

bool low_energy_is_on(const struct context *ctx)
{
	return ctx->account != NULL && ctx->config->start == START_LOW_ENERGY;
}

/* Today or tomorrow. */
static bool meeting(const struct context *ctx, struct low_energy_item *out, struct arena *a)
{
	struct event_filter f = {.zone = ctx->zone, .mine = true, .from_ms = ctx->now_ms,
		.to_ms = zone_day_start(ctx->zone, ctx->now_ms / 1000, 2) * 1000};
	struct event_rows next = event_store_list(ctx->store, &f, 0, 1, a);
	if (next.count == 0)
		return false;
	struct sbuf when = {0};
	struct when_span span = event_text_span(&next.row[0]);
	when_span(&when, &span, ctx->zone);
	*out = (struct low_energy_item){.id = IdMeeting, .detail = arena_strdup(a, sbuf_str(&when)),
		/* Translators: the name of a meeting. */
		.title = arena_printf(a, _("You have a meeting: %s"), next.row[0].title),
		.target = {.screen = "event", .id = next.row[0].id, .id2 = next.row[0].starts_ms}};
	sbuf_fini(&when);
	return true;
}

static bool message(const struct context *ctx, struct low_energy_item *out, struct arena *a)
{
	struct topic_filter f = {.messages = true, .unread = true};
	struct topic_rows unread = topic_store_list(ctx->store, &f, 0, 1, a);
	if (unread.count == 0)
		return false;
	*out = (struct low_energy_item){.id = IdMessage, .detail = unread.row[0].title,
		.title = arena_printf(a, _("A message for you from %s"), unread.row[0].last_poster),
		.target = {.screen = "topic", .id = unread.row[0].id}};
	return true;
}

static bool outbox(const struct context *ctx, struct low_energy_item *out, struct arena *a)
{
	struct outbox_filter f = {.refused = true};
	struct outbox_rows refused = outbox_store_list(ctx->store, &f, 0, 1, a);
	if (refused.count == 0)
		return false;
	*out = (struct low_energy_item){.id = IdOutbox, .title = _("Your outbox needs you"),
		.detail = _("You can look at it when you want."),
		.target = {.screen = "outbox_item", .id = refused.row[0].change.id}};
	return true;
}

int low_energy_items(const struct context *ctx, struct low_energy_item out[LOW_ENERGY_MOST], struct arena *a)
{
	int count = 0;
	if (ctx->store == NULL)
		return 0;
	count += meeting(ctx, &out[count], a);
	count += message(ctx, &out[count], a);
	count += outbox(ctx, &out[count], a);
	return count;
}
