#include "screens.h"

#include "event_store.h"
#include "event_text.h"
#include "pending.h"
#include "str.h"
#include "text.h"
#include "view.h"
#include "when.h"

/* Meetings by day from today on; of one member (target text), or those I answered (target number 1). Right and Left look
 * at what is past and what is to come. */
struct calendar_state {
	bool past;
	int64_t from_ms; /* fixed when the screen opens, so that the list does not move under the member */
	struct outbox_rows waiting;
};

static void calendar_open(struct screen *s)
{
	struct calendar_state *st = s->state;
	st->from_ms = zone_day_start(s->ctx->zone, s->ctx->now_ms / 1000, 0) * 1000;
}

static struct event_filter filter_of(const struct screen *s)
{
	const struct calendar_state *st = s->state;
	return (struct event_filter){
		.from_ms = st->past ? 0 : st->from_ms, .to_ms = st->past ? st->from_ms : 0, .newest_first = st->past,
		.zone = s->ctx->zone, .attending = s->target.text, .mine = s->target.number == 1, .text = screen_filter_text(s),
	};
}

static void calendar_load(struct screen *s)
{
	struct calendar_state *st = s->state;
	struct event_filter f = filter_of(s);
	st->waiting = pending_load(s, 0);
	s->title = st->past ? _("Calendar, past") : _("Calendar");
	s->count = s->ctx->store == NULL ? 0 : (int)event_store_count(s->ctx->store, &f);
}

static const char *detail_of(struct screen *s, const struct event_row *e)
{
	struct sbuf b = {0};
	struct when_span span = event_text_span(e);
	when_span(&b, &span, s->ctx->zone);
	if (!str_empty(e->location))
		sbuf_addf(&b, " | %s", e->location);
	else if (!str_empty(e->category))
		sbuf_addf(&b, " | %s", e->category);
	if (e->max > 0 && e->going >= 0 && e->going < e->max)
		/* Translators: places that are free at a meeting. */
		sbuf_addf(&b, _(" | %d free"), e->max - e->going);
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static const char *state_of(struct screen *s, const struct event_row *e)
{
	const struct calendar_state *st = s->state;
	const char *state = event_text_state(e, s->ctx->now_ms);
	const char *waiting = pending_word(pending_find(&st->waiting, CHANGE_ATTENDANCE, e->id, NULL));
	if (waiting == NULL || state == NULL)
		return state == NULL ? waiting : state;
	return arena_printf(&s->rows_mem, "%s, %s", state, waiting);
}

static void calendar_rows(struct screen *s, int first, int n, struct row *out)
{
	struct event_filter f = filter_of(s);
	struct event_rows list = event_store_list(s->ctx->store, &f, first, n, &s->rows_mem);
	for (int i = 0; i < list.count && i < n; i++)
		out[i] = (struct row){.id = list.row[i].id, .id2 = list.row[i].starts_ms, .title = list.row[i].title,
			.state = state_of(s, &list.row[i]), .detail = detail_of(s, &list.row[i])};
}

static int calendar_position(struct screen *s, int64_t id, int64_t id2)
{
	struct event_filter f = filter_of(s);
	return (int)event_store_position(s->ctx->store, &f, id, id2);
}

static void calendar_enter(struct screen *s, const struct row *row)
{
	screen_go(s, &(struct target){.screen = "event", .id = row->id, .id2 = row->id2});
}

static void look(struct screen *s, bool past)
{
	struct calendar_state *st = s->state;
	st->past = past;
	s->loaded = false;
}

static void look_past(struct screen *s)
{
	look(s, true);
}

static void look_ahead(struct screen *s)
{
	look(s, false);
}

static void go_sign_up(struct screen *s)
{
	const struct row *row = view_selected(s);
	if (row != NULL)
		screen_go(s, &(struct target){.screen = "sign_up", .id = row->id});
	else
		screen_say(s, "%s", _("There is no meeting to sign up for."));
}

static const struct binding calendar_keys[] = {
	{"Left", "earlier", N_("Past"), N_("See what is past"), look_past, true},
	{"Right", "later", N_("To come"), N_("See what is to come"), look_ahead, true},
	{"y", "sign-up", N_("Sign up"), N_("Say that you come, maybe come or do not come"), go_sign_up, true},
	{0},
};

const struct screen_ops calendar_ops = {
	.name = "calendar", .kind = SCREEN_LIST, .item_rows = 2, .filter = true, .aggregates = STORE_EVENTS | STORE_OUTBOX,
	.state_size = sizeof(struct calendar_state), .keys = calendar_keys, .empty = N_("There are no meetings here."),
	.open = calendar_open, .load = calendar_load, .rows = calendar_rows, .position = calendar_position,
	.enter = calendar_enter,
};
