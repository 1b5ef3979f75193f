#include "screens.h"

#include <string.h>

#include "keys.h"
#include "stack.h"
#include "text.h"
#include "typed_key.h"

/* What can be done on the screen below, as a list: every key is also reachable with arrows and Enter. */
enum { MaxActions = 64 };

struct actions_state {
	const struct binding *binding[MaxActions];
};

static bool is_twin(const struct binding *b)
{
	return strcmp(b->verb, "back") == 0 || strcmp(b->verb, "actions") == 0 || strchr(b->verb, '-') != NULL;
}

static void add_bindings(struct screen *s, const struct screen *below, const struct binding *rows, bool own)
{
	struct actions_state *st = s->state;
	for (const struct binding *b = rows; b != NULL && b->key != NULL && s->count < MaxActions; b++)
		if (s->ctx->stack->lines && !typed_key_works(b))
			continue;
		else if (own || (!is_twin(b) && (below->ops->filter || strcmp(b->verb, "narrow") != 0)))
			st->binding[s->count++] = b;
}

static void actions_load(struct screen *s)
{
	const struct stack *st = s->ctx->stack;
	s->title = _("Actions");
	if (st->depth < 2)
		return;
	const struct screen *below = st->screen[st->depth - 2];
	add_bindings(s, below, below->ops->keys, true);
	add_bindings(s, below, global_keys, false);
}

/* In text mode it is what the member types. */
static bool name_key(const struct screen *s, const struct screen_ops *on, const struct binding *b, struct sbuf *out)
{
	if (!s->ctx->stack->lines)
		return keys_name(s->ctx->config, on, b, out);
	return (on->kind == SCREEN_LIST || on->kind == SCREEN_TEXT) && keys_typed(s->ctx->config, b, out);
}

static void actions_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct actions_state *st = s->state;
	const struct stack *stack = s->ctx->stack;
	for (int i = 0; i < n; i++) {
		const struct binding *b = st->binding[first + i];
		struct sbuf key = {0};
		out[i] = (struct row){.id = first + i + 1, .title = _(b->says), .detail = NULL};
		if (name_key(s, stack->screen[stack->depth - 2]->ops, b, &key))
			out[i].title = arena_printf(&s->rows_mem, "%s (%s)", _(b->says), sbuf_str(&key));
		sbuf_fini(&key);
	}
}

static void actions_enter(struct screen *s, const struct row *row)
{
	const struct actions_state *st = s->state;
	const struct binding *b = st->binding[row->id - 1];
	struct stack *stack = s->ctx->stack;
	stack_back(stack);
	b->run(stack_top(stack));
}

const struct screen_ops actions_ops = {
	.name = "actions", .kind = SCREEN_LIST, .item_rows = 1, .whole = true,
	.state_size = sizeof(struct actions_state),
	.load = actions_load, .rows = actions_rows, .choices = true, .enter = actions_enter,
};
