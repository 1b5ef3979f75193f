#include "meeting.h"

#include "draft.h"
#include "screens.h"
#include "site_store.h"
#include "str.h"
#include "text.h"

/* A meeting by its parts (target id: of the change, number: enum meeting_task), each with what is in it now. */
enum { MostParts = 90 };

struct meeting_state {
	struct composition *work; /* NULL: it is not here any more */
	struct meeting_plan plan;
	int part[MostParts];
};

static void meeting_open(struct screen *s)
{
	struct meeting_state *st = s->state;
	st->work = composition_take(s->ctx, s->target.id);
	if (st->work != NULL)
		st->work->meeting = true;
}

static bool meeting_back(struct screen *s)
{
	const struct meeting_state *st = s->state;
	composition_say_kept(s, st->work);
	return false;
}

static void meeting_close(struct screen *s)
{
	const struct meeting_state *st = s->state;
	composition_drop(s->ctx, st->work);
}

static void add_part(struct screen *s, int part)
{
	struct meeting_state *st = s->state;
	if (s->count < MostParts)
		st->part[s->count++] = part;
}

static void add_all(struct screen *s, const int *part, int count)
{
	for (int i = 0; i < count; i++)
		add_part(s, part[i]);
}

#define ADD_ALL(s, ...) \
	add_all((s), (const int[]){__VA_ARGS__}, (int)(sizeof((const int[]){__VA_ARGS__}) / sizeof(int)))

static enum meeting_news news_of(struct screen *s)
{
	const struct meeting_state *st = s->state;
	struct meeting_plan old;
	return meeting_read_old(s, st->work, &old, &s->mem) ? meeting_change_news(&old, &st->plan) : MEETING_NO_NEWS;
}

static void add_when(struct screen *s)
{
	const struct meeting_state *st = s->state;
	ADD_ALL(s, MEETING_DAY, MEETING_ALL_DAY);
	if (!event_markup_is(&st->plan.block, "allDay"))
		add_part(s, MEETING_BEGIN);
	add_part(s, MEETING_END);
}

static void add_whole(struct screen *s)
{
	const struct meeting_state *st = s->state;
	const struct site *site = s->ctx->store == NULL ? NULL : site_store_get(s->ctx->store, &s->mem);
	ADD_ALL(s, MEETING_KIND, MEETING_CATEGORY, MEETING_TITLE);
	if (*event_markup_get(&st->plan.block, "name") != '\0')
		add_part(s, MEETING_NAME);
	add_when(s);
	if (news_of(s) != MEETING_NO_NEWS)
		ADD_ALL(s, MEETING_SINCE, MEETING_WHY);
	ADD_ALL(s, MEETING_ZONE, MEETING_SERIES);
	if (*event_markup_get(&st->plan.block, "recurrence") != '\0')
		add_part(s, MEETING_SERIES_END);
	ADD_ALL(s, MEETING_PLACES, MEETING_WHO, MEETING_REMINDERS);
	if (!meeting_shape_is_online(st->plan.kind) || *event_markup_get(&st->plan.block, "location") != '\0')
		add_part(s, MEETING_PLACE);
	for (int i = 0; i < st->plan.set.count; i++)
		if (meeting_plan_asks(&st->plan, i))
			add_part(s, MEETING_FIELD + i);
	add_part(s, MEETING_TEXT);
	if (site == NULL || site->tagging)
		add_part(s, MEETING_TAGS);
	if (st->work->change.kind == CHANGE_EDIT)
		add_part(s, MEETING_RAW);
	add_part(s, MEETING_LOOK);
}

static void meeting_load(struct screen *s)
{
	struct meeting_state *st = s->state;
	s->title = _("Meeting");
	if (st->work == NULL)
		return;
	meeting_read(s, st->work, &st->plan, &s->mem);
	if (s->target.number == MEETING_MOVE) {
		s->title = _("Move a meeting");
		add_when(s);
		ADD_ALL(s, MEETING_SINCE, MEETING_WHY, MEETING_LOOK);
	} else if (s->target.number == MEETING_CANCEL) {
		s->title = _("Cancel a meeting");
		ADD_ALL(s, MEETING_WHY, MEETING_SINCE, MEETING_LOOK);
	} else {
		s->title = st->work->change.kind == CHANGE_TOPIC ? _("New meeting") : _("Change a meeting");
		add_whole(s);
	}
}

/* Without these it cannot be sent. */
static bool is_needed(int part)
{
	return part == MEETING_CATEGORY || part == MEETING_TITLE || part == MEETING_DAY || part == MEETING_BEGIN;
}

static bool is_asked(const struct meeting_plan *p, int part)
{
	return part >= MEETING_FIELD ? meeting_plan_requires(p, part - MEETING_FIELD)
		: part == MEETING_END || part == MEETING_WHY;
}

static void meeting_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct meeting_state *st = s->state;
	for (int i = 0; i < n; i++) {
		int part = st->part[first + i];
		const char *words = meeting_words(s, st->work, &st->plan, part, &s->rows_mem);
		out[i] = (struct row){.id = part, .title = meeting_label(&st->plan, part), .detail = words};
		if (!str_empty(words))
			continue;
		out[i].detail = _("Not filled in");
		out[i].state = is_needed(part) ? _("needed") : is_asked(&st->plan, part) ? _("asked for") : NULL;
	}
}

static int meeting_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct meeting_state *st = s->state;
	for (int i = 0; i < s->count; i++)
		if (st->part[i] == id)
			return i;
	return -1;
}

static void toggle_all_day(struct screen *s)
{
	struct meeting_state *st = s->state;
	meeting_plan_set_all_day(&st->plan, !event_markup_is(&st->plan.block, "allDay"), &s->mem);
	meeting_keep(s, st->work, &st->plan, NULL);
	screen_reload(s);
}

/* From here on it is a text like any other. */
static void go_raw(struct screen *s)
{
	const struct meeting_state *st = s->state;
	struct context *ctx = s->ctx;
	struct composition *w = composition_take(ctx, st->work->change.id);
	w->meeting = false;
	screen_replace(s, &(struct target){.screen = composition_screen(w), .id = w->change.id});
	composition_drop(ctx, w);
}

static const char *screen_of(const struct meeting_plan *p, int part)
{
	static const char *const screens_of[] = {[MEETING_KIND] = "meeting_choice",
		[MEETING_CATEGORY] = "draft_category", [MEETING_TITLE] = "draft_part", [MEETING_NAME] = "meeting_part",
		[MEETING_TAGS] = "draft_part", [MEETING_DAY] = "meeting_part",
		[MEETING_BEGIN] = "meeting_part", [MEETING_END] = "meeting_part", [MEETING_SINCE] = "meeting_part",
		[MEETING_WHY] = "meeting_part", [MEETING_ZONE] = "meeting_part", [MEETING_SERIES] = "meeting_choice",
		[MEETING_SERIES_END] = "meeting_part", [MEETING_PLACES] = "meeting_part", [MEETING_WHO] = "meeting_choice",
		[MEETING_REMINDERS] = "meeting_choice", [MEETING_PLACE] = "meeting_part", [MEETING_TEXT] = "compose",
		[MEETING_LOOK] = "overview"};
	if (part < MEETING_FIELD)
		return screens_of[part];
	return str_equal(p->set.field[part - MEETING_FIELD].id, "method") ? "meeting_choice" : "meeting_part";
}

static void meeting_enter(struct screen *s, const struct row *row)
{
	const struct meeting_state *st = s->state;
	int part = (int)row->id;
	if (part == MEETING_ALL_DAY) {
		toggle_all_day(s);
		return;
	}
	if (part == MEETING_RAW) {
		go_raw(s);
		return;
	}
	screen_go(s, &(struct target){.screen = screen_of(&st->plan, part), .id = s->target.id,
		.number = part == MEETING_TITLE ? PART_TITLE : part == MEETING_TAGS ? PART_TAGS : part});
}

const struct screen_ops meeting_ops = {
	.name = "meeting", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.state_size = sizeof(struct meeting_state),
	.keys = draft_keys, .aggregates = STORE_CATEGORIES, .empty = N_("This text is not here any more."),
	.open = meeting_open, .close = meeting_close, .load = meeting_load, .rows = meeting_rows,
	.position = meeting_position, .enter = meeting_enter, .position_text = draft_position_text,
	.back = meeting_back,
};
