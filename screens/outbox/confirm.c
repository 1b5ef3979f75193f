#include "confirm.h"

#include "screens.h"
#include "stack.h"
#include "text.h"

const struct confirm confirm_table[CONFIRM_KINDS] = {
	[CONFIRM_THROW_AWAY] = {N_("Delete this?"), true,
		{{N_("Delete it"), N_("The text is then gone. You cannot undo this. Nobody else sees this.")}}},
	[CONFIRM_SHOW_TO_MEMBERS] = {N_("Show this to all members?"), true,
		{{N_("Yes, show it"), N_("All members see it. You can empty it again at any time.")}}},
	[CONFIRM_SHARE_PREPARATION] = {N_("Where do you want to share your preparation?"), false,
		{{N_("In a message to those who are coming"), N_("Only they can read it. You see their names first.")},
			{N_("In the topic of the meeting"), N_("You see first who can read it.")},
			{N_("In the category of the circle"), N_("It begins a topic. You see first who can read it.")}}},
};

struct confirm_state {
	const struct confirm *asked; /* NULL: nothing is asked any more */
	const char *thing;
	void (*run)(struct screen *asker, int choice, int64_t id);
};

void confirm_open(struct screen *s, enum confirm_kind kind, const char *thing, int64_t id,
	void (*run)(struct screen *asker, int choice, int64_t id))
{
	struct stack *stack = s->ctx->stack;
	screen_go(s, &(struct target){.screen = confirm_ops.name, .id = id});
	struct screen *asking = stack_top(stack);
	*SCREEN_STATE(asking, confirm_state) = (struct confirm_state){.asked = &confirm_table[kind],
		.thing = arena_strdup(&asking->own, thing), .run = run};
	screen_reload(asking);
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

static struct row choice_row(struct screen *s, int number)
{
	const struct confirm_state *st = s->state;
	const struct confirm_choice *c = &st->asked->choice[number];
	struct row row = {.id = number + 2, .title = _(c->title), .detail = _(c->detail)};
	if (st->asked->named && st->thing != NULL)
		row.title = arena_printf(&s->rows_mem, "%s: %s", _(c->title), st->thing);
	return row;
}

static void confirm_rows(struct screen *s, int first, int n, struct row *out)
{
	for (int i = 0; i < n; i++)
		out[i] = first + i > 0 ? choice_row(s, first + i - 1)
			: (struct row){.id = 1, .title = _("No, do nothing"), .detail = _("Everything stays as it is")};
}

static void confirm_enter(struct screen *s, const struct row *row)
{
	struct confirm_state st = *SCREEN_STATE(s, confirm_state);
	struct stack *stack = s->ctx->stack;
	int64_t id = s->target.id;
	int choice = (int)row->id - 2;
	stack_back(stack);
	if (choice >= 0)
		st.run(stack_top(stack), choice, id);
	else
		stack_say(stack, "%s", _("Nothing was changed."));
}

const struct screen_ops confirm_ops = {
	.name = "confirm", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.state_size = sizeof(struct confirm_state),
	.load = confirm_load, .rows = confirm_rows, .choices = true, .enter = confirm_enter,
};
