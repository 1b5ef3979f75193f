#include "guide.h"

#include <stdio.h>

#include "event_topic.h"
#include "guide_text.h"
#include "look_back.h"
#include "mem.h"
#include "screens.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "writing.h"

/* One of several, kept for a meeting (target id and id2: the meeting, text: the part): a method, the answer
 * to a question, or whether the circle goes on. */
enum { MethodBytes = 100 };

struct guide_choice_state {
	struct guide_key key;
	const struct methods *all;
	const struct method_question *question;
	const char *now;      /* what was chosen before; "" */
};

static const struct {
	const char *word, *title, *detail;
} decisions[] = {
	{"continue", N_("Continue"), N_("In the same way, with the same people.")},
	{"change", N_("Change"), N_("Another method, another day, or other people.")},
	{"stop", N_("Stop"), N_("This circle is complete.")},
};

static bool is_method(const struct screen *s)
{
	return str_equal(s->target.text, "method") || str_equal(s->target.text, "prepare:method");
}

static bool is_decision(const struct screen *s)
{
	return str_equal(s->target.text, LOOK_BACK_DECISION);
}

static int choices(const struct guide_choice_state *st)
{
	int n = 0;
	while (st->question != NULL && st->question->choice[n] != NULL)
		n++;
	return n;
}

static void guide_choice_load(struct screen *s)
{
	struct guide_choice_state *st = s->state;
	st->all = methods_load(event_topic_language(), &s->mem, NULL);
	st->key = guide_target_key(s);
	st->question = guide_question(st->all, str_or_empty(s->target.text));
	st->now = is_decision(s) ? look_back_decision(s, s->target.id, s->target.id2, &s->mem)
		: guide_kept(s, st->key, str_or_empty(s->target.text), &s->mem);
	s->title = st->question != NULL ? st->question->label : is_decision(s) ? _("Continue, change or stop")
		: _("Method");
	s->count = is_method(s) ? st->all->count : is_decision(s) ? (int)COUNT(decisions) : choices(st);
}

static const char *method_detail(struct screen *s, const struct method *m)
{
	struct sbuf text = {0};
	guide_text_method(&text, m);
	sbuf_addf(&text, ". %s", m->use);
	const char *detail = arena_strdup(&s->rows_mem, sbuf_str(&text));
	sbuf_fini(&text);
	return detail;
}

static struct row row_at(struct screen *s, const struct guide_choice_state *st, int at)
{
	struct row row = {.id = at + 1};
	if (is_method(s)) {
		const struct method *m = &st->all->method[at];
		row.title = m->name;
		row.detail = method_detail(s, m);
		row.state = str_equal(m->id, st->now) ? _("chosen") : m->file != NULL ? _("your own")
			: m->for_new_groups ? _("good for new groups") : NULL;
	} else if (is_decision(s)) {
		row.title = _(decisions[at].title);
		row.detail = _(decisions[at].detail);
		row.state = str_equal(decisions[at].word, st->now) ? _("chosen") : NULL;
	} else {
		row.title = st->question->choice[at];
		row.state = str_equal(row.title, st->now) ? _("chosen") : NULL;
	}
	return row;
}

static void guide_choice_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct guide_choice_state *st = s->state;
	for (int i = 0; i < n; i++)
		out[i] = row_at(s, st, first + i);
}

/* The guide shows the method at once: what was kept arrives a moment later. */
static void choose_method(struct screen *s, const char *method)
{
	struct stack *stack = s->ctx->stack;
	char id[MethodBytes];
	snprintf(id, sizeof id, "%s", method);
	struct target to = {.screen = "guide", .id = s->target.id, .id2 = s->target.id2, .text = id};
	bool from_guide = stack->depth > 1 && str_equal(stack->screen[stack->depth - 2]->ops->name, "guide");
	guide_keep(s, SCREEN_STATE(s, guide_choice_state)->key, "step", NULL);
	if (!from_guide) {
		screen_replace(s, &to);
		return;
	}
	stack_back(stack);
	stack_replace(stack, &to);
}

static void guide_choice_enter(struct screen *s, const struct row *row)
{
	const struct guide_choice_state *st = s->state;
	int at = (int)row->id - 1;
	if (is_decision(s)) {
		if (look_back_decide(s, s->target.id, s->target.id2, decisions[at].word))
			screen_back(s);
		return;
	}
	const char *value = is_method(s) ? st->all->method[at].id : st->question->choice[at];
	bool kept = guide_keep(s, st->key, str_or_empty(s->target.text), value);
	if (str_equal(s->target.text, "method"))
		choose_method(s, value);
	else if (kept)
		screen_back(s);
}

const struct screen_ops guide_choice_ops = {
	.name = "guide_choice", .kind = SCREEN_LIST, .item_rows = 2, .whole = true, .aggregates = STORE_NOTES,
	.state_size = sizeof(struct guide_choice_state), .load = guide_choice_load, .rows = guide_choice_rows,
	.choices = true, .enter = guide_choice_enter,
};
