#include "screens.h"

#include "outbox_actions.h"
#include "outbox_text.h"
#include "text.h"

/* Everything the member wrote and changed, and how far it is; target number OUTBOX_DRAFTS: only drafts. */
static struct outbox_filter filter_of(const struct screen *s)
{
	return (struct outbox_filter){.drafts = s->target.number == OUTBOX_DRAFTS};
}

static void outbox_load(struct screen *s)
{
	struct outbox_filter f = filter_of(s);
	s->title = f.drafts ? _("Drafts") : _("Outbox");
	s->count = s->ctx->store == NULL ? 0 : (int)outbox_store_count(s->ctx->store, &f);
}

static void outbox_rows(struct screen *s, int first, int n, struct row *out)
{
	struct outbox_filter f = filter_of(s);
	struct outbox_rows list = outbox_store_list(s->ctx->store, &f, first, n, &s->rows_mem);
	for (int i = 0; i < list.count && i < n; i++) {
		const struct outbox_row *r = &list.row[i];
		struct sbuf state = {0};
		outbox_text_state(&state, r, s->ctx->now_ms, s->ctx->zone);
		out[i] = (struct row){.id = r->change.id, .title = outbox_text_title(r, &s->rows_mem),
			.state = outbox_text_word(r), .detail = arena_strdup(&s->rows_mem, sbuf_str(&state))};
		sbuf_fini(&state);
	}
}

static int outbox_position(struct screen *s, int64_t id, int64_t id2)
{
	struct outbox_filter f = filter_of(s);
	return (int)outbox_store_position(s->ctx->store, &f, id);
}

static void outbox_enter(struct screen *s, const struct row *row)
{
	screen_go(s, &(struct target){.screen = "outbox_item", .id = row->id});
}

const struct screen_ops outbox_ops = {
	.name = "outbox", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.aggregates = STORE_OUTBOX, .keys = outbox_keys,
	.empty = N_("There is nothing here. What you write and send is shown here."),
	.load = outbox_load, .rows = outbox_rows, .position = outbox_position, .enter = outbox_enter,
};
