#include "proposal.h"

#include <stdio.h>

#include "composition.h"
#include "poll_plan.h"
#include "screens.h"
#include "str.h"
#include "text.h"
#include "when.h"

/* A poll by its parts (target id: of the change). It stands in the text itself, so that it is kept with every
 * change. */
enum { MostParts = POLL_PLAN_OPTIONS + 12 };

struct proposal_state {
	struct composition *work; /* NULL: it is not here any more */
	struct poll_plan plan;
	int part[MostParts];
	bool made;                /* there is a poll in the text */
};

static void proposal_open(struct screen *s)
{
	struct proposal_state *st = s->state;
	st->work = composition_take(s->ctx, s->target.id);
}

static void proposal_close(struct screen *s)
{
	const struct proposal_state *st = s->state;
	composition_drop(s->ctx, st->work);
}

static void add_part(struct screen *s, int part)
{
	struct proposal_state *st = s->state;
	st->part[s->count++] = part;
}

static void add_choices(struct screen *s)
{
	const struct proposal_state *st = s->state;
	if (st->plan.type == POLL_NUMBER) {
		add_part(s, PLAN_MIN);
		add_part(s, PLAN_MAX);
		return;
	}
	for (int i = 0; i < st->plan.option_count; i++)
		add_part(s, PLAN_OPTION + i);
	if (st->plan.option_count < POLL_PLAN_OPTIONS)
		add_part(s, PLAN_OPTION + st->plan.option_count);
	if (st->plan.type == POLL_MULTIPLE)
		add_part(s, PLAN_MAX);
}

static void proposal_load(struct screen *s)
{
	static const enum proposal_part after[] = {PLAN_RESULTS, PLAN_PUBLIC, PLAN_CLOSES};
	struct proposal_state *st = s->state;
	s->title = _("Poll");
	if (st->work == NULL)
		return;
	st->made = poll_plan_read(sbuf_str(&st->work->body), &st->plan, &s->mem);
	add_part(s, PLAN_QUESTION);
	add_part(s, PLAN_KIND);
	add_choices(s);
	for (size_t i = 0; i < sizeof after / sizeof after[0]; i++)
		add_part(s, after[i]);
	if (st->made)
		add_part(s, PLAN_REMOVE);
	add_part(s, PLAN_DONE);
	if (!s->loaded)
		screen_say(s, _("There are %d steps, for about two minutes. You need a question and two answers."),
			s->count);
}

static const char *kind_words(enum poll_type type)
{
	static const char *const words[] = {N_("One choice"), N_("Several choices"), N_("A number"),
		N_("In order of preference")};
	return _(words[type]);
}

static const char *results_words(enum poll_results results)
{
	static const char *const words[] = {N_("Always"), N_("After you vote"), N_("When the poll is closed"),
		N_("Only for the organisers")};
	return _(words[results]);
}

static const char *number_words(int n, struct arena *a)
{
	return n > 0 ? arena_printf(a, "%d", n) : _("Not filled in");
}

static const char *closing_words(const struct screen *s, const struct poll_plan *p, struct arena *a)
{
	struct sbuf when = {0};
	if (p->close_ms == 0)
		return _("The poll stays open.");
	when_moment(&when, p->close_ms, s->ctx->zone);
	const char *words = arena_strdup(a, sbuf_str(&when));
	sbuf_fini(&when);
	return words;
}

static const char *option_words(const struct poll_plan *p, int i)
{
	return i < p->option_count ? p->option[i] : _("Not filled in");
}

static struct row row_of(struct screen *s, int part)
{
	const struct proposal_state *st = s->state;
	const struct poll_plan *p = &st->plan;
	struct arena *a = &s->rows_mem;
	switch (part) {
	case PLAN_QUESTION:
		return (struct row){.title = _("Question"),
			.detail = str_empty(p->question) ? _("Not filled in") : p->question};
	case PLAN_KIND:
		return (struct row){.title = _("Kind of answer"), .detail = kind_words(p->type)};
	case PLAN_MIN:
		return (struct row){.title = _("Lowest number"), .detail = number_words(p->min, a)};
	case PLAN_MAX:
		return (struct row){.title = p->type == POLL_NUMBER ? _("Highest number") : _("How many may be chosen"),
			.detail = number_words(p->max, a)};
	case PLAN_RESULTS:
		return (struct row){.title = _("When members see the result"), .detail = results_words(p->results)};
	case PLAN_PUBLIC:
		return (struct row){.title = _("Members see who chose what"), .detail = p->is_public ? _("Yes") : _("No")};
	case PLAN_CLOSES:
		return (struct row){.title = _("Closes on"), .detail = closing_words(s, p, a)};
	case PLAN_REMOVE:
		return (struct row){.title = _("Take the poll out of the text"), .detail = _("Your other text stays.")};
	case PLAN_DONE:
		return (struct row){.title = _("Back to the text"), .detail = _("What you filled in is kept.")};
	default:
		return (struct row){.title = arena_printf(a, _("Answer %d"), part - PLAN_OPTION + 1),
			.detail = option_words(p, part - PLAN_OPTION)};
	}
}

static void proposal_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct proposal_state *st = s->state;
	for (int i = 0; i < n; i++) {
		out[i] = row_of(s, st->part[first + i]);
		out[i].id = st->part[first + i];
	}
}

static int proposal_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct proposal_state *st = s->state;
	for (int i = 0; i < s->count; i++)
		if (st->part[i] == id)
			return i;
	return -1;
}

void proposal_keep(struct screen *s, struct composition *w, const struct poll_plan *p)
{
	struct sbuf body = {0};
	poll_plan_write(sbuf_str(&w->body), p, &body);
	sbuf_fini(&w->body);
	w->body = body;
	composition_count(w, s->ctx->now_ms, false);
	composition_keep(s, w);
}

static void next_kind(struct poll_plan *p)
{
	p->type = p->type == POLL_REGULAR ? POLL_MULTIPLE : p->type == POLL_MULTIPLE ? POLL_NUMBER : POLL_REGULAR;
	p->min = p->type == POLL_REGULAR ? 0 : 1;
	p->max = p->type == POLL_NUMBER ? 10 : p->type == POLL_MULTIPLE ? p->option_count : 0;
}

static void take_out(struct screen *s, struct composition *w)
{
	struct sbuf body = {0};
	poll_plan_remove(sbuf_str(&w->body), &body);
	sbuf_fini(&w->body);
	w->body = body;
	composition_keep(s, w);
	screen_back(s);
}

static void proposal_enter(struct screen *s, const struct row *row)
{
	const struct proposal_state *st = s->state;
	struct poll_plan p = st->plan;
	switch (row->id) {
	case PLAN_DONE:
		screen_back(s);
		return;
	case PLAN_REMOVE:
		take_out(s, st->work);
		return;
	case PLAN_KIND:
		next_kind(&p);
		break;
	case PLAN_RESULTS:
		p.results = p.results >= POLL_ON_CLOSE ? POLL_ALWAYS : p.results + 1;
		break;
	case PLAN_PUBLIC:
		p.is_public = !p.is_public;
		break;
	default:
		screen_go(s, &(struct target){.screen = "proposal_part", .id = s->target.id, .number = (int)row->id});
		return;
	}
	proposal_keep(s, st->work, &p);
	screen_reload(s);
}

static void proposal_position_text(const struct screen *s, struct sbuf *out)
{
	if (s->count > 0)
		sbuf_addf(out, _("step %d of %d"), s->list.cursor + 1, s->count);
}

const struct screen_ops proposal_ops = {
	.name = "proposal", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.state_size = sizeof(struct proposal_state),
	.empty = N_("This text is not here any more."), .open = proposal_open, .close = proposal_close,
	.load = proposal_load, .rows = proposal_rows, .position = proposal_position, .enter = proposal_enter,
	.position_text = proposal_position_text,
};
