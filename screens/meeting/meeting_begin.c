#include "meeting.h"

#include "compose.h"
#include "outbox_store.h"
#include "screens.h"
#include "site_store.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "when.h"
#include "writing.h"

/* Where a meeting begins: its kinds, each with how many steps there are, how long they take and what is needed. */
enum { MostDrafts = 20, DraftRow = 100 };

struct meeting_new_state {
	const struct change *draft[MostDrafts]; /* meetings that were begun, newest first */
	int drafts;
	int steps[SHAPES];
};

static const char *zone_of_member(const struct screen *s)
{
	return str_empty(zone_name(s->ctx->zone)) ? "Europe/Amsterdam" : zone_name(s->ctx->zone);
}

/* The questions of the list that are always there. */
static int count_steps(const struct screen *s, enum meeting_shape kind)
{
	enum { AlwaysAsked = 15 };
	struct arena a = {0};
	struct sbuf body = {0};
	struct meeting_plan p;
	const char *language = composition_language(s, &a);
	meeting_plan_begin(kind, language, "", &body);
	meeting_plan_read(sbuf_str(&body), language, &p, &a);
	int n = AlwaysAsked + !meeting_shape_is_online(kind);
	for (int i = 0; i < p.set.count; i++)
		n += meeting_plan_asks(&p, i);
	sbuf_fini(&body);
	arena_fini(&a);
	return n;
}

static void find_drafts(struct screen *s)
{
	struct meeting_new_state *st = s->state;
	struct outbox_filter f = {.drafts = true};
	struct outbox_rows rows = outbox_store_list(s->ctx->store, &f, 0, 200, &s->mem);
	st->drafts = 0;
	for (int i = 0; i < rows.count && st->drafts < MostDrafts; i++) {
		const struct change *c = &rows.row[i].change;
		if (c->kind == CHANGE_TOPIC && str_equal(composition_screen_of(c), "meeting"))
			st->draft[st->drafts++] = c;
	}
}

static void meeting_new_load(struct screen *s)
{
	struct meeting_new_state *st = s->state;
	const struct session *me = s->ctx->store == NULL ? NULL : session_store_get(s->ctx->store, &s->mem);
	s->title = _("New meeting");
	if (me == NULL || !(me->can_create_event || me->admin || me->moderator))
		return;
	find_drafts(s);
	s->count = st->drafts + SHAPES - 1;
	for (int kind = 1; kind < SHAPES; kind++)
		st->steps[kind] = count_steps(s, kind);
}

static int minutes_of(enum meeting_shape kind)
{
	return meeting_shape_is_online(kind) ? 15 : 25;
}

static const char *needs_of(const struct screen *s, enum meeting_shape kind, struct arena *a)
{
	const struct meeting_new_state *st = s->state;
	int minutes = minutes_of(kind);
	/* Translators: how many steps, how many minutes. */
	return arena_printf(
		a, _("%d steps, about %d minutes. Needed: category, title, date, time."), st->steps[kind], minutes);
}

static const char *draft_words(const struct screen *s, const struct change *c, struct arena *a)
{
	struct sbuf words = {0};
	when_moment(&words, c->created_ms, s->ctx->zone);
	if (!str_empty(c->title))
		sbuf_addf(&words, ": %s", c->title);
	const char *text = arena_strdup(a, sbuf_str(&words));
	sbuf_fini(&words);
	return text;
}

static void meeting_new_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct meeting_new_state *st = s->state;
	for (int i = 0; i < n; i++) {
		int at = first + i, kind = at - st->drafts + 1;
		if (at < st->drafts)
			out[i] = (struct row){.id = DraftRow + at, .title = _("Go on with this draft"),
				.detail = draft_words(s, st->draft[at], &s->rows_mem)};
		else
			out[i] = (struct row){.id = kind, .title = meeting_shape_words(kind),
				.detail = needs_of(s, kind, &s->rows_mem)};
	}
}

static void begin_new(struct screen *s, enum meeting_shape kind)
{
	struct arena a = {0};
	struct sbuf body = {0};
	struct stack *stack = s->ctx->stack;
	int steps = SCREEN_STATE(s, meeting_new_state)->steps[kind];
	meeting_plan_begin(kind, composition_language(s, &a), zone_of_member(s), &body);
	struct change c = {.kind = CHANGE_TOPIC, .body = sbuf_str(&body)};
	struct composition *w = composition_new(s->ctx, &c);
	w->meeting = true;
	sbuf_fini(&body);
	arena_fini(&a);
	screen_replace(s, &(struct target){.screen = "meeting", .id = w->change.id});
	stack_say(stack, _("There are %d steps, for about %d minutes. You need a category, a title, a date and a time."
		" You may stop at any step. What you filled in is kept as a draft."), steps, minutes_of(kind));
}

static void meeting_new_enter(struct screen *s, const struct row *row)
{
	const struct meeting_new_state *st = s->state;
	if (row->id < DraftRow)
		begin_new(s, (enum meeting_shape)row->id);
	else
		screen_replace(s, &(struct target){.screen = "meeting", .id = st->draft[row->id - DraftRow]->id});
}

const struct screen_ops meeting_new_ops = {
	.name = "meeting_new", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.state_size = sizeof(struct meeting_new_state),
	.aggregates = STORE_SITE | STORE_OUTBOX,
	.empty = N_("You may not make meetings in this community. Ask its organiser for this right."),
	.load = meeting_new_load, .rows = meeting_new_rows, .choices = true, .enter = meeting_new_enter,
};

void meeting_new(struct screen *s)
{
	if (writing_port(s) != NULL)
		screen_go(s, &(struct target){.screen = "meeting_new"});
}

/* The text of a cancelled meeting. */
static const char *cancelled(const struct screen *s, const char *body, struct arena *a)
{
	struct meeting_plan old, now;
	struct sbuf text = {0};
	const char *language = composition_language(s, a);
	meeting_plan_read(body, language, &old, a);
	meeting_plan_read(body, language, &now, a);
	event_markup_set(&now.block, "closed", "true", a);
	meeting_change_say(&old, &now, &(struct meeting_reason){.why = "", .since = meeting_today(s)}, a);
	meeting_plan_write(&now, &text);
	const char *out = arena_strdup(a, sbuf_str(&text));
	sbuf_fini(&text);
	return out;
}

/* What the member needs, before they begin. */
static const char *const says[] = {
	[MEETING_WHOLE] = N_("Open only the steps that you want to change. The rest stays as it is."),
	[MEETING_MOVE] = N_("This takes about two minutes. You need the new day or time, and the reason."),
	[MEETING_CANCEL] = N_("This takes about one minute. You need the reason."),
};

static void open_edit(struct screen *s, struct change *c, enum meeting_task task, struct arena *a)
{
	const struct outbox_row *old = outbox_store_draft_for(s->ctx->store, c, a);
	if (task == MEETING_CANCEL)
		c->body = cancelled(s, c->body, a);
	struct composition *w = composition_new(s->ctx, c);
	w->meeting = true;
	struct target to = {.screen = "meeting", .id = w->change.id, .number = task};
	struct stack *stack = s->ctx->stack;
	if (old != NULL)
		to = (struct target){.screen = "draft_offer", .id = old->change.id, .id2 = w->change.id, .number = task};
	screen_go(s, &to);
	if (old == NULL)
		stack_say(stack, "%s", _(says[task]));
}

void meeting_edit(struct screen *s, int64_t post_id, enum meeting_task task)
{
	struct arena a = {0};
	struct change c;
	struct meeting_plan p;
	if (!compose_edit_begin(s, post_id, &c, &a)) {
		arena_fini(&a);
		return;
	}
	if (!meeting_plan_read(c.body, composition_language(s, &a), &p, &a))
		screen_say(s, "%s", _("There is no meeting in this post."));
	else if (task == MEETING_CANCEL && event_markup_is(&p.block, "closed"))
		screen_say(s, "%s", _("This meeting is closed already."));
	else
		open_edit(s, &c, task, &a);
	arena_fini(&a);
}
