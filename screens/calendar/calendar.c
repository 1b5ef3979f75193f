#include "screens.h"

#include "calendar_days.h"
#include "calendar_filter.h"
#include "calendar_text.h"
#include "calendar_waiting.h"
#include "meeting.h"
#include "outbox_text.h"
#include "reminder.h"
#include "str.h"
#include "text.h"
#include "view.h"
#include "when.h"

/* Meetings by day, under a heading for each day: from today on, of one member (target text), or those I
 * answered (target number 1); with target id 1 of one day (id2). Left and Right look at what is past and what is
 * to come, or at the day before and after. */
enum { MostTimes = 5000 };

static const int64_t NoDay = INT64_MAX;

struct calendar_state {
	bool past;
	int64_t today; /* fixed when the screen opens, so that the list does not move under the member */
	int64_t from_ms;
	struct outbox_rows waiting;
	struct calendar_waiting made; /* here, and not on the site yet */
	struct calendar_days days;
	struct calendar_filter seen;
};

static bool is_day(const struct screen *s)
{
	return s->target.id == 1;
}

static void calendar_open(struct screen *s)
{
	struct calendar_state *st = s->state;
	st->today = calendar_today(s);
	st->from_ms = calendar_day_ms(s->ctx->zone, st->today);
}

static struct event_filter filter_of(struct screen *s)
{
	const struct calendar_state *st = s->state;
	struct event_filter f = calendar_filter_of(s);
	if (is_day(s)) {
		calendar_between(&f, s->target.id2, s->target.id2);
		return f;
	}
	f.from_ms = st->past ? 0 : st->from_ms;
	f.to_ms = st->past ? st->from_ms : 0;
	f.newest_first = st->past;
	return f;
}

static const char *title_of(struct screen *s)
{
	const struct calendar_state *st = s->state;
	if (!is_day(s))
		return st->past ? _("Calendar, past") : _("Calendar");
	struct sbuf b = {0};
	when_day_number(&b, s->target.id2);
	const char *title = arena_strdup(&s->mem, sbuf_str(&b));
	sbuf_fini(&b);
	return title;
}

static void calendar_load(struct screen *s)
{
	struct calendar_state *st = s->state;
	calendar_filter_seen(s, &st->seen);
	struct event_filter f = filter_of(s);
	int64_t from = is_day(s) ? s->target.id2 : st->past ? -NoDay : st->today, to = is_day(s) ? s->target.id2
		: NoDay;
	st->waiting = pending_load(s, 0);
	st->days = (struct calendar_days){0};
	st->made = (struct calendar_waiting){0};
	s->title = title_of(s);
	if (s->ctx->store == NULL)
		return;
	struct event_times times = event_store_times(s->ctx->store, &f, MostTimes, &s->mem);
	if (times.count == MostTimes)
		s->title = arena_printf(&s->mem, st->past ? _("Calendar, the last %d before today")
			: _("Calendar, the first %d"), MostTimes);
	st->made = calendar_waiting_load(s, &f);
	times = calendar_waiting_join(s, &st->made, &times);
	st->days = calendar_days_cut(&times, from, to, st->past, &s->mem);
	s->count = st->days.count + calendar_has_filter_row(s);
}

static int calendar_first(struct screen *s)
{
	return s->count > 1 ? 1 + calendar_has_filter_row(s) : 0;
}

static const char *heading_detail(struct screen *s, int at)
{
	const struct calendar_state *st = s->state;
	const struct calendar_line *l = &st->days.line[at], *before = NULL;
	struct sbuf b = {0};
	const char *capacity = l->first_of_week ? calendar_capacity(s, l->day) : NULL;
	for (int i = at - 1; i >= 0 && before == NULL; i--)
		before = st->days.line[i].id == 0 ? &st->days.line[i] : NULL;
	if (capacity != NULL)
		sbuf_addf(&b, "%s ", capacity);
	int64_t from = before == NULL ? st->today : before->day + 1;
	bool changes = !st->past && l->day >= from && when_clock_change(&b, calendar_day_ms(s->ctx->zone, from),
		calendar_day_ms(s->ctx->zone, l->day + 1), s->ctx->zone);
	if (capacity == NULL && !changes)
		sbuf_addf(&b, ngettext("%d meeting", "%d meetings", (unsigned long)l->meetings), l->meetings);
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static struct row heading_row(struct screen *s, int at)
{
	const struct calendar_state *st = s->state;
	const struct calendar_line *l = &st->days.line[at];
	struct sbuf b = {0};
	when_day_number(&b, l->day);
	struct row row = {.id = CALENDAR_ROW_DAY, .id2 = l->day, .title = arena_strdup(&s->rows_mem, sbuf_str(&b)),
		.state = l->day == st->today ? _("today") : NULL, .detail = heading_detail(s, at)};
	sbuf_fini(&b);
	return row;
}

static struct row meeting_row(struct screen *s, const struct event_row *e, const struct calendar_line *l)
{
	const struct calendar_state *st = s->state;
	int made = calendar_waiting_find(&st->made, l->id);
	if (made >= 0)
		return (struct row){.id = l->id, .id2 = l->starts_ms, .title = st->made.event[made].title,
			.state = outbox_text_word(st->made.row[made]), .detail = calendar_detail(s, &st->made.event[made],
			l->day)};
	if (e->id == 0)
		return (struct row){.id = l->id, .id2 = l->starts_ms, .title = _("Not in kring any more")};
	return (struct row){.id = e->id, .id2 = e->starts_ms, .title = e->title,
		.state = calendar_state(s, e, &st->waiting),
		.detail = calendar_detail(s, e, l->day)};
}

static void calendar_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct calendar_state *st = s->state;
	struct event_time *want = ARENA_ARRAY(&s->rows_mem, (size_t)n + 1, struct event_time);
	int above = calendar_has_filter_row(s), wanted = 0, used = 0;
	for (int i = 0; i < n; i++) {
		int at = first + i - above;
		if (at >= 0 && st->days.line[at].id != 0)
			want[wanted++] = (struct event_time){.id = st->days.line[at].id,
				.starts_ms = st->days.line[at].starts_ms};
	}
	const struct event_row *meeting = event_store_pick(s->ctx->store, want, wanted, &s->rows_mem);
	for (int i = 0; i < n; i++) {
		int at = first + i - above;
		if (at < 0)
			out[i] = calendar_filter_row(s, st->days.count == 0);
		else if (st->days.line[at].id == 0)
			out[i] = heading_row(s, at);
		else
			out[i] = meeting_row(s, &meeting[used++], &st->days.line[at]);
	}
}

static int calendar_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct calendar_state *st = s->state;
	int above = calendar_has_filter_row(s);
	if (id == CALENDAR_ROW_FILTER)
		return above ? 0 : -1;
	int at = id == CALENDAR_ROW_DAY ? calendar_days_find(&st->days, 0, 0, id2)
		: calendar_days_find(&st->days, id, id2, 0);
	return at < 0 ? -1 : at + above;
}

static const struct calendar_line *line_here(const struct screen *s)
{
	const struct calendar_state *st = s->state;
	int at = s->list.cursor - calendar_has_filter_row(s);
	return at < 0 || at >= st->days.count ? NULL : &st->days.line[at];
}

/* Headings do not count: on one it is the meeting below. */
static void calendar_position_text(const struct screen *s, struct sbuf *out)
{
	const struct calendar_state *st = s->state;
	const struct calendar_line *l = line_here(s);
	if (l != NULL && l->id == 0)
		l++;
	if (st->days.meetings > 0)
		sbuf_addf(out, _("%d of %d"), l == NULL ? 1 : l->meetings, st->days.meetings);
}

static void calendar_enter(struct screen *s, const struct row *row)
{
	const struct calendar_state *st = s->state;
	if (row->id == CALENDAR_ROW_FILTER)
		calendar_filter_go(s);
	else if (calendar_waiting_find(&st->made, row->id) >= 0)
		screen_go(s, &(struct target){.screen = "outbox_item", .id = row->id});
	else if (row->id != CALENDAR_ROW_DAY)
		screen_go(s, &(struct target){.screen = "event", .id = row->id, .id2 = row->id2});
	else if (is_day(s))
		screen_say(s, "%s", _("You see this day already."));
	else
		screen_go(s, &(struct target){.screen = "calendar", .id = 1, .id2 = row->id2, .number = s->target.number,
			.text = s->target.text});
}

static void look(struct screen *s, int step)
{
	struct calendar_state *st = s->state;
	if (is_day(s) && !calendar_can_show(s, s->target.id2 + step))
		return;
	if (is_day(s))
		s->target.id2 += step;
	else
		st->past = step < 0;
	s->loaded = false;
}

static void look_past(struct screen *s)
{
	look(s, -1);
}

static void look_ahead(struct screen *s)
{
	look(s, 1);
}

/* The meeting under the cursor, or below the heading under it. */
static int64_t meeting_here(struct screen *s)
{
	const struct calendar_state *st = s->state;
	const struct calendar_line *l = line_here(s);
	int64_t id = l == NULL ? 0 : l->id == 0 ? l[1].id : l->id;
	if (l == NULL)
		screen_say(s, "%s", _("Go to a meeting first."));
	else if (calendar_waiting_find(&st->made, id) >= 0)
		screen_say(s, "%s", _("This meeting is not on the site yet. First it has to be sent."));
	else
		return id;
	return 0;
}

static void go_sign_up(struct screen *s)
{
	int64_t id = meeting_here(s);
	if (id != 0)
		screen_go(s, &(struct target){.screen = "sign_up", .id = id});
}

static void go_remind(struct screen *s)
{
	int64_t id = meeting_here(s);
	if (id != 0)
		reminder_open(s, id);
}

static void go_view(struct screen *s)
{
	const struct calendar_state *st = s->state;
	const struct calendar_line *l = line_here(s);
	calendar_go_view(s, "week", l != NULL ? l->day : is_day(s) ? s->target.id2 : st->today);
}

static const struct binding calendar_keys[] = {
	{"d", "view", N_("Week"), N_("Show days, weeks or months"), go_view, true},
	{"c", "compose", N_("New meeting"), N_("Make a meeting, in steps"), meeting_new, true},
	{"i", "choose", N_("Show only"), N_("Choose which meetings you see"), calendar_filter_go, true},
	{"y", "sign-up", N_("Sign up"), N_("Say that you are coming, may come or are not coming"), go_sign_up, true},
	{"Left", "earlier", N_("Past"), N_("See what is past"), look_past, true},
	{"Right", "later", N_("To come"), N_("See what is to come"), look_ahead, true},
	{"R", "remind", N_("Reminder"), N_("Set a reminder for this meeting"), go_remind, false},
	{0},
};

const struct screen_ops calendar_ops = {
	.name = "calendar", .kind = SCREEN_LIST, .item_rows = 2, .filter = true,
	.aggregates = STORE_EVENTS | STORE_OUTBOX,
	.state_size = sizeof(struct calendar_state), .keys = calendar_keys, .empty = N_("There are no meetings here."),
	.open = calendar_open, .load = calendar_load, .first = calendar_first, .rows = calendar_rows,
	.position = calendar_position, .position_text = calendar_position_text, .enter = calendar_enter,
};
