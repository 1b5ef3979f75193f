#include "proposal.h"

#include <stdio.h>
#include <string.h>

#include "draft_day.h"
#include "screens.h"
#include "str.h"
#include "text.h"

/* One part of a poll as a question (target id: of the change, number: the part). */
struct proposal_part_state {
	struct composition *work; /* NULL: it is not here any more */
};

static int option_of(const struct screen *s)
{
	return s->target.number - PLAN_OPTION;
}

/* A proposal says in its form until when opinions can be given: then the poll closes. */
static int64_t closing_day(const struct screen *s, const struct composition *w)
{
	struct arena a = {0};
	const struct form *f = composition_form(s, w, &a);
	int64_t day = 0;
	for (int i = 0; f != NULL && i < f->count && day == 0; i++)
		if (f->field[i].closes)
			day = draft_day_read(composition_value(s, w, i, &a), s->ctx->zone, s->ctx->now_ms);
	arena_fini(&a);
	return day;
}

static void show_value(struct screen *s, const struct composition *w)
{
	struct poll_plan p;
	struct arena a = {0};
	struct sbuf text = {0};
	poll_plan_read(sbuf_str(&w->body), &p, &a);
	int64_t closes = p.close_ms != 0 ? p.close_ms / 1000 : closing_day(s, w);
	int number = s->target.number == PLAN_MIN ? p.min : s->target.number == PLAN_MAX ? p.max : 0;
	if (s->target.number == PLAN_QUESTION)
		sbuf_add(&text, p.question);
	else if (s->target.number == PLAN_CLOSES && closes != 0)
		draft_day_add(closes, s->ctx->zone, &text);
	else if (number > 0)
		sbuf_addf(&text, "%d", number);
	else if (option_of(s) >= 0 && option_of(s) < p.option_count)
		sbuf_add(&text, p.option[option_of(s)]);
	field_set(&s->answer, sbuf_str(&text));
	sbuf_fini(&text);
	arena_fini(&a);
}

static void proposal_part_open(struct screen *s)
{
	struct proposal_part_state *st = s->state;
	st->work = composition_take(s->ctx, s->target.id);
	if (st->work != NULL)
		show_value(s, st->work);
}

static void proposal_part_close(struct screen *s)
{
	const struct proposal_part_state *st = s->state;
	composition_drop(s->ctx, st->work);
}

static const char *label_of(const struct screen *s)
{
	switch (s->target.number) {
	case PLAN_QUESTION:
		return _("Question");
	case PLAN_CLOSES:
		return _("Closes on");
	case PLAN_MIN:
	case PLAN_MAX:
		return _("Number");
	default:
		return _("Answer");
	}
}

static void proposal_part_load(struct screen *s)
{
	s->title = label_of(s);
}

static void proposal_part_text(struct screen *s, struct styled_builder *b)
{
	const struct proposal_part_state *st = s->state;
	if (st->work == NULL)
		styled_line(b, ROLE_TEXT, _("This text is not here any more."));
	else if (s->target.number == PLAN_CLOSES)
		styled_line(b, ROLE_TEXT, _("Write the date like this: 3-3-2026. The poll closes at the end of that day."));
	else if (s->target.number == PLAN_QUESTION)
		styled_line(b, ROLE_TEXT, _("Ask one thing. The answers come after this."));
	else
		styled_line(b, ROLE_TEXT, _("Leave it empty to take it away."));
}

static bool proposal_part_ask(struct screen *s, struct question *q)
{
	const struct proposal_part_state *st = s->state;
	*q = (struct question){.label = label_of(s)};
	return st->work != NULL;
}

static void set_option(struct poll_plan *p, int i, const char *text)
{
	if (i < p->option_count && *text == '\0') {
		memmove(&p->option[i], &p->option[i + 1], (size_t)(p->option_count - i - 1) * sizeof p->option[0]);
		p->option_count--;
	} else if (*text != '\0' && i < POLL_PLAN_OPTIONS) {
		p->option[i] = text;
		p->option_count += i == p->option_count;
	}
}

static bool set_number(int *out, const char *text)
{
	int64_t n = 0;
	if (!str_empty(text) && !str_to_int(text, 1, 100, &n))
		return false;
	*out = (int)n;
	return true;
}

static bool set_closing(const struct screen *s, struct poll_plan *p, const char *text)
{
	enum { DayMs = 24 * 3600 * 1000 };
	int64_t day = draft_day_read(text, s->ctx->zone, s->ctx->now_ms);
	p->close_ms = 0;
	if (str_empty(text))
		return true;
	p->close_ms = zone_day_start(s->ctx->zone, day, 1) * 1000 - 1000;
	return day != 0;
}

/* False: it cannot be used, and why was said. */
static bool set_value(struct screen *s, struct poll_plan *p, const char *text)
{
	bool good = true;
	if (s->target.number == PLAN_QUESTION)
		p->question = text;
	else if (option_of(s) >= 0)
		set_option(p, option_of(s), text);
	else if (s->target.number == PLAN_CLOSES)
		good = set_closing(s, p, text);
	else
		good = set_number(s->target.number == PLAN_MIN ? &p->min : &p->max, text);
	if (!good)
		screen_say(s, "%s", s->target.number == PLAN_CLOSES ? _("Write the date like this: 3-3-2026.")
			: _("Type a number from 1 to 100."));
	return good;
}

static void proposal_part_answer(struct screen *s, const char *given)
{
	const struct proposal_part_state *st = s->state;
	struct poll_plan p;
	struct arena a = {0};
	char *text = str_trim(arena_strdup(&a, given));
	poll_plan_read(sbuf_str(&st->work->body), &p, &a);
	bool good = set_value(s, &p, text);
	if (good)
		proposal_keep(s, st->work, &p);
	else
		field_set(&s->answer, text);
	arena_fini(&a);
	if (good)
		screen_back(s);
}

/* Words are kept while they are typed; half a date or number is not one yet. */
static void proposal_part_save(struct screen *s)
{
	const struct proposal_part_state *st = s->state;
	struct poll_plan p;
	struct arena a = {0};
	s->half = st->work == NULL || (s->target.number != PLAN_QUESTION && option_of(s) < 0);
	if (s->half)
		return;
	const char *text = str_trim(arena_strdup(&a, field_text(&s->answer)));
	poll_plan_read(sbuf_str(&st->work->body), &p, &a);
	s->half = text[0] == '\0' || !set_value(s, &p, text);
	if (!s->half)
		proposal_keep(s, st->work, &p);
	arena_fini(&a);
}

const struct screen_ops proposal_part_ops = {
	.name = "proposal_part", .kind = SCREEN_ASK, .state_size = sizeof(struct proposal_part_state),
	.open = proposal_part_open, .close = proposal_part_close, .load = proposal_part_load,
	.text = proposal_part_text, .ask = proposal_part_ask, .answer = proposal_part_answer,
	.save = proposal_part_save,
};
