#include "confirm.h"

#include "screens.h"
#include "stack.h"
#include "text.h"

struct confirm_state {
	const struct confirm *asked; /* NULL: nothing is asked any more */
};

void confirm_open(struct screen *s, const struct confirm *c, int64_t id)
{
	struct stack *stack = s->ctx->stack;
	screen_go(s, &(struct target){.screen = confirm_ops.name, .id = id});
	SCREEN_STATE(stack_top(stack), confirm_state)->asked = c;
	screen_reload(stack_top(stack));
	stack_settle(stack);
}

static void confirm_load(struct screen *s)
{
	const struct confirm_state *st = s->state;
	s->title = _("Question");
	s->count = 1;
	if (st->asked == NULL)
		return;
	s->title = _(st->asked->question);
	for (const struct confirm_choice *c = st->asked->choice; c->title != NULL; c++)
		s->count++;
}

static void confirm_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct confirm_state *st = s->state;
	for (int i = 0; i < n; i++) {
		const struct confirm_choice *c = first + i == 0 ? NULL : &st->asked->choice[first + i - 1];
		out[i] = c == NULL ? (struct row){.id = 1, .title = _("No, do nothing"), .detail = _("Everything stays as it is")}
			: (struct row){.id = first + i + 1, .title = _(c->title), .detail = _(c->detail)};
	}
}

static void confirm_enter(struct screen *s, const struct row *row)
{
	const struct confirm_state *st = s->state;
	const struct confirm_choice *chosen = row->id > 1 ? &st->asked->choice[row->id - 2] : NULL;
	struct stack *stack = s->ctx->stack;
	int64_t id = s->target.id;
	stack_back(stack);
	if (chosen != NULL)
		chosen->run(stack_top(stack), id);
	else
		stack_say(stack, "%s", _("Nothing was changed."));
}

const struct screen_ops confirm_ops = {
	.name = "confirm", .kind = SCREEN_LIST, .item_rows = 2, .state_size = sizeof(struct confirm_state),
	.load = confirm_load, .rows = confirm_rows, .enter = confirm_enter,
};
