#include "menu.h"

#include "outbox_store.h"
#include "stack.h"
#include "text.h"

void menu_rows(const struct menu_item *items, int first, int n, struct row *out)
{
	for (int i = 0; i < n; i++)
		out[i] = (struct row){.id = first + i + 1, .title = _(items[first + i].title),
			.detail = _(items[first + i].detail)};
}

void menu_enter(struct screen *s, const struct menu_item *items, const struct row *row)
{
	const struct menu_item *item = &items[row->id - 1];
	struct target to = item->target;
	if (item->screen == NULL) {
		stack_run(s->ctx->stack, item->verb);
		return;
	}
	to.screen = item->screen;
	screen_go(s, &to);
}

bool menu_outbox_needs_member(const struct screen *s)
{
	return s->ctx->store != NULL && outbox_store_count(s->ctx->store, &(struct outbox_filter){.refused = true}) > 0;
}
