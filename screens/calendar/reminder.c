#include "reminder.h"

#include "event_text.h"
#include "mem.h"
#include "reminder_store.h"
#include "screens.h"
#include "str.h"
#include "text.h"
#include "when.h"
#include "writing.h"

/* A reminder on a meeting (target id): said at the first screen and by "kring today". Only on this computer. */
static const struct {
	int minutes;
	const char *title, *says;
} choices[] = {
	{0, N_("None"), N_("There is no reminder on this meeting.")},
	{60, N_("1 hour before"), N_("You see a reminder from 1 hour before.")},
	{1440, N_("1 day before"), N_("You see a reminder from 1 day before.")},
	{10080, N_("1 week before"), N_("You see a reminder from 1 week before.")},
};

void reminder_open(struct screen *s, int64_t event_id)
{
	if (writing_port(s) != NULL)
		screen_go(s, &(struct target){.screen = "reminder", .id = event_id});
}

const char *reminder_says(const struct context *ctx, struct arena *a)
{
	struct event_rows due = ctx->store == NULL ? (struct event_rows){0}
		: reminder_store_due(ctx->store, ctx->now_ms, 2, a);
	if (due.count == 0)
		return NULL;
	struct sbuf when = {0};
	struct when_span span = event_text_span(&due.row[0]);
	when_span(&when, &span, ctx->zone);
	/* Translators: the title of a meeting and when it is. */
	const char *text = arena_printf(a, due.count > 1 ? _("Reminder: %s, %s. There are more.")
		: _("Reminder: %s, %s."), due.row[0].title, sbuf_str(&when));
	sbuf_fini(&when);
	return text;
}

static void reminder_load(struct screen *s)
{
	s->title = _("Reminder");
	s->count = COUNT(choices);
}

static void reminder_rows(struct screen *s, int first, int n, struct row *out)
{
	int now = s->ctx->store == NULL ? 0 : reminder_store_get(s->ctx->store, s->target.id);
	for (int i = 0; i < n; i++)
		out[i] = (struct row){.id = first + i + 1, .title = _(choices[first + i].title),
			.state = choices[first + i].minutes == now ? _("chosen") : NULL, .detail = _(choices[first + i].says)};
}

static void reminder_enter(struct screen *s, const struct row *row)
{
	const struct outbox_port *port = writing_port(s);
	if (port == NULL)
		return;
	int before = reminder_store_get(s->ctx->store, s->target.id), now = choices[row->id - 1].minutes;
	port->remind(s->ctx->host->self, s->target.id, now);
	if (now != before)
		undo_add_reminder(&s->ctx->undo, s->target.id, before, _(choices[row->id - 1].says));
	screen_say(s, "%s", _(choices[row->id - 1].says));
	screen_back(s);
}

const struct screen_ops reminder_ops = {
	.name = "reminder", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.aggregates = STORE_EVENTS, .load = reminder_load,
	.rows = reminder_rows, .choices = true, .enter = reminder_enter,
};
