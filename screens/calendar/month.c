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
#include "width.h"

/* One month (target id2: a day in it): a row for each week with the days that have something. Where the terminal
 * is wide the days stand under each other. */
enum { Week = 7, MostMeetings = 500, GridCols = 110, WeekCols = 10, Gap = 2 };

struct month_state {
	int64_t first_monday;
	int weeks;
	struct event_rows meetings;
	struct calendar_filter seen;
};

static void month_open(struct screen *s)
{
	if (s->target.id2 == 0)
		s->target.id2 = calendar_today(s);
}

static void month_load(struct screen *s)
{
	struct month_state *st = s->state;
	calendar_filter_seen(s, &st->seen);
	struct event_filter f = calendar_filter_of(s);
	struct civil c = civil_from_seconds(s->target.id2 * 86400);
	int64_t first = civil_days(c.year, c.month, 1);
	int64_t next = c.month == 12 ? civil_days(c.year + 1, 1, 1) : civil_days(c.year, c.month + 1, 1);
	st->first_monday = when_week_monday(first);
	st->weeks = (int)((when_week_monday(next - 1) - st->first_monday) / Week) + 1;
	calendar_between(&f, st->first_monday, st->first_monday + st->weeks * Week - 1);
	st->meetings = s->ctx->store == NULL ? (struct event_rows){0}
		: event_store_list(s->ctx->store, &f, 0, MostMeetings, &s->mem);
	st->meetings = calendar_waiting_rows(s, &f, &st->meetings);
	struct sbuf title = {0};
	when_month(&title, s->target.id2 * 86400000, zone_utc());
	s->title = arena_strdup(&s->mem, sbuf_str(&title));
	sbuf_fini(&title);
	s->count = calendar_has_filter_row(s) + st->weeks;
}

static int month_first(struct screen *s)
{
	const struct month_state *st = s->state;
	return calendar_has_filter_row(s) + (int)((when_week_monday(s->target.id2) - st->first_monday) / Week);
}

static const char *names_of_week(struct screen *s, int64_t monday)
{
	const struct month_state *st = s->state;
	struct sbuf b = {0};
	for (int64_t day = monday; day < monday + Week; day++) {
		const char *words = calendar_day_words(s, &st->meetings, day, true);
		if (words == NULL)
			continue;
		sbuf_add(&b, b.n > 0 ? " | " : "");
		when_day_short(&b, day);
		sbuf_addf(&b, ": %s", words);
	}
	const char *text = b.n == 0 ? _("nothing") : arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static const char *state_of(const struct screen *s, int64_t monday)
{
	return when_week_monday(calendar_today(s)) == monday ? _("this week") : NULL;
}

static struct row week_row(struct screen *s, int64_t monday)
{
	struct sbuf b = {0};
	const char *capacity = calendar_capacity(s, monday), *names = names_of_week(s, monday);
	when_week(&b, monday);
	struct row row = {.id = CALENDAR_ROW_DAY, .id2 = monday, .title = arena_strdup(&s->rows_mem, sbuf_str(&b)),
		.state = state_of(s, monday),
		.detail = capacity == NULL ? names : arena_printf(&s->rows_mem, "%s %s", capacity, names)};
	sbuf_fini(&b);
	return row;
}

static void add_cell(struct sbuf *line, const char *text, int cols)
{
	struct sbuf fit = {0};
	width_add(&fit, str_or_empty(text), cols - Gap, 0);
	sbuf_add(line, sbuf_str(&fit));
	sbuf_repeat(line, ' ', (size_t)(cols - width_cols(sbuf_str(&fit))));
	sbuf_fini(&fit);
}

static struct row grid_row(struct screen *s, int64_t monday)
{
	const struct month_state *st = s->state;
	struct sbuf days = {0}, names = {0}, week = {0};
	int year, cols = (s->ctx->stack->cols - Gap - WeekCols) / Week;
	/* Translators: the number of a week, in at most eight letters. */
	sbuf_addf(&week, _("Week %d"), when_week_number(monday, &year));
	add_cell(&days, sbuf_str(&week), WeekCols);
	add_cell(&names, "", WeekCols);
	for (int64_t day = monday; day < monday + Week; day++) {
		struct sbuf name = {0};
		when_day_short(&name, day);
		if (day == calendar_today(s))
			sbuf_addf(&name, ", %s", _("today"));
		add_cell(&days, sbuf_str(&name), cols);
		add_cell(&names, calendar_day_words(s, &st->meetings, day, false), cols);
		sbuf_fini(&name);
	}
	struct row row = {.id = CALENDAR_ROW_DAY, .id2 = monday, .title = arena_strdup(&s->rows_mem, sbuf_str(&days)),
		.detail = arena_strdup(&s->rows_mem, sbuf_str(&names))};
	sbuf_fini(&days);
	sbuf_fini(&names);
	sbuf_fini(&week);
	return row;
}

/* What the member counts in a week needs the words of the list. */
static bool is_grid(const struct screen *s)
{
	return s->ctx->stack->cols >= GridCols && s->ctx->config->capacity == CAPACITY_NONE;
}

static void month_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct month_state *st = s->state;
	for (int i = 0; i < n; i++) {
		int at = first + i - calendar_has_filter_row(s);
		int64_t monday = st->first_monday + at * Week;
		if (at < 0)
			out[i] = calendar_filter_row(s, st->meetings.count == 0);
		else
			out[i] = is_grid(s) ? grid_row(s, monday) : week_row(s, monday);
	}
}

static int month_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct month_state *st = s->state;
	if (id == CALENDAR_ROW_FILTER)
		return calendar_has_filter_row(s) ? 0 : -1;
	int64_t week = (id2 - st->first_monday) / Week;
	return id2 < st->first_monday || week >= st->weeks ? -1 : calendar_has_filter_row(s) + (int)week;
}

static void month_enter(struct screen *s, const struct row *row)
{
	if (row->id == CALENDAR_ROW_FILTER)
		calendar_filter_go(s);
	else
		screen_go(s, &(struct target){.screen = "week", .id2 = row->id2, .number = s->target.number,
			.text = s->target.text});
}

/* The same day of another month, or its last one. */
static void step(struct screen *s, int months)
{
	struct civil c = civil_from_seconds(s->target.id2 * 86400);
	int month = c.year * 12 + c.month - 1 + months;
	int64_t day = civil_days(month / 12, month % 12 + 1, c.day < 28 ? c.day : 28);
	if (!calendar_can_show(s, day))
		return;
	s->target.id2 = day;
	s->loaded = false;
}

static void month_earlier(struct screen *s)
{
	step(s, -1);
}

static void month_later(struct screen *s)
{
	step(s, 1);
}

static void go_days(struct screen *s)
{
	calendar_go_view(s, "calendar", 0);
}

static const struct binding month_keys[] = {
	{"d", "view", N_("Days"), N_("Show days, weeks or months"), go_days, true},
	{"c", "compose", N_("New meeting"), N_("Make a meeting, in steps"), meeting_new, true},
	{"i", "choose", N_("Show only"), N_("Choose which meetings you see"), calendar_filter_go, true},
	{"Left", "earlier", N_("Earlier"), N_("See what was earlier"), month_earlier, true},
	{"Right", "later", N_("Later"), N_("See what is later"), month_later, true},
	{0},
};

const struct screen_ops month_ops = {
	.name = "month", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.filter = true, .aggregates = STORE_EVENTS | STORE_OUTBOX,
	.state_size = sizeof(struct month_state), .keys = month_keys, .open = month_open, .load = month_load,
	.first = month_first, .rows = month_rows, .position = month_position, .enter = month_enter,
};
