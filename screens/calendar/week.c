#include "screens.h"

#include "calendar_filter.h"
#include "calendar_text.h"
#include "calendar_waiting.h"
#include "meeting.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "view.h"
#include "when.h"

/* One week (target id2: a day in it): a row for each day with what is on it. */
enum { Week = 7, MostMeetings = 300 };

struct week_state {
	int64_t monday;
	struct event_rows meetings;
	struct calendar_filter seen;
};

static bool has_capacity_row(const struct screen *s)
{
	return s->ctx->config->capacity != CAPACITY_NONE && s->ctx->store != NULL;
}

static int rows_above(const struct screen *s)
{
	return calendar_has_filter_row(s) + has_capacity_row(s);
}

static void week_open(struct screen *s)
{
	if (s->target.id2 == 0)
		s->target.id2 = calendar_today(s);
}

static void week_load(struct screen *s)
{
	struct week_state *st = s->state;
	calendar_filter_seen(s, &st->seen);
	struct event_filter f = calendar_filter_of(s);
	int year, number = when_week_number(s->target.id2, &year);
	st->monday = when_week_monday(s->target.id2);
	calendar_between(&f, st->monday, st->monday + Week - 1);
	st->meetings = s->ctx->store == NULL ? (struct event_rows){0}
		: event_store_list(s->ctx->store, &f, 0, MostMeetings, &s->mem);
	st->meetings = calendar_waiting_rows(s, &f, &st->meetings);
	/* Translators: the number of a week and its year. */
	s->title = arena_printf(&s->mem, _("Week %d of %d"), number, year);
	s->count = rows_above(s) + Week;
}

static int week_first(struct screen *s)
{
	const struct week_state *st = s->state;
	int64_t day = s->target.id2 - st->monday;
	return rows_above(s) + (int)day;
}

static struct row day_row(struct screen *s, int64_t day)
{
	const struct week_state *st = s->state;
	const char *words = calendar_day_words(s, &st->meetings, day, true);
	struct sbuf b = {0};
	when_day_number(&b, day);
	struct row row = {.id = CALENDAR_ROW_DAY, .id2 = day, .title = arena_strdup(&s->rows_mem, sbuf_str(&b)),
		.state = day == calendar_today(s) ? _("today") : NULL, .detail = words == NULL ? _("nothing") : words};
	sbuf_fini(&b);
	return row;
}

static void week_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct week_state *st = s->state;
	int above = rows_above(s);
	for (int i = 0; i < n; i++) {
		int at = first + i - above;
		if (at >= 0)
			out[i] = day_row(s, st->monday + at);
		else if (at == -1 && has_capacity_row(s))
			out[i] = (struct row){.id = CALENDAR_ROW_CAPACITY, .title = _("Capacity"),
				.detail = calendar_capacity(s, st->monday)};
		else
			out[i] = calendar_filter_row(s, st->meetings.count == 0);
	}
}

static int week_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct week_state *st = s->state;
	if (id == CALENDAR_ROW_FILTER)
		return calendar_has_filter_row(s) ? 0 : -1;
	if (id == CALENDAR_ROW_CAPACITY)
		return has_capacity_row(s) ? rows_above(s) - 1 : -1;
	return id2 < st->monday || id2 >= st->monday + Week ? -1 : rows_above(s) + (int)(id2 - st->monday);
}

static void week_enter(struct screen *s, const struct row *row)
{
	if (row->id == CALENDAR_ROW_DAY)
		screen_go(s, &(struct target){.screen = "calendar", .id = 1, .id2 = row->id2, .number = s->target.number,
			.text = s->target.text});
	else if (row->id == CALENDAR_ROW_FILTER)
		calendar_filter_go(s);
	else
		screen_say(s, "%s", row->detail);
}

static int64_t day_here(const struct screen *s)
{
	const struct row *row = view_selected(s);
	return row != NULL && row->id == CALENDAR_ROW_DAY ? row->id2 : s->target.id2;
}

static void step(struct screen *s, int days)
{
	int64_t day = day_here(s) + days;
	if (!calendar_can_show(s, day))
		return;
	s->target.id2 = day;
	s->loaded = false;
}

static void week_earlier(struct screen *s)
{
	step(s, -Week);
}

static void week_later(struct screen *s)
{
	step(s, Week);
}

static void go_month(struct screen *s)
{
	calendar_go_view(s, "month", day_here(s));
}

static const struct binding week_keys[] = {
	{"d", "view", N_("Month"), N_("Show days, weeks or months"), go_month, true},
	{"c", "compose", N_("New meeting"), N_("Make a meeting, in steps"), meeting_new, true},
	{"i", "choose", N_("Show only"), N_("Choose which meetings you see"), calendar_filter_go, true},
	{"Left", "earlier", N_("Earlier"), N_("See what was earlier"), week_earlier, true},
	{"Right", "later", N_("Later"), N_("See what is later"), week_later, true},
	{0},
};

const struct screen_ops week_ops = {
	.name = "week", .kind = SCREEN_LIST, .item_rows = 2, .together = true, .filter = true,
	.aggregates = STORE_EVENTS | STORE_OUTBOX, .state_size = sizeof(struct week_state), .keys = week_keys,
	.open = week_open, .load = week_load, .first = week_first, .rows = week_rows,
	.position = week_position, .enter = week_enter,
};
