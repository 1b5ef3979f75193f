#include "screens.h"

#include "text.h"
#include "topic_list.h"

static struct topic_filter filter_of(const struct screen *s)
{
	return (struct topic_filter){.messages = true, .text = screen_filter_text(s)};
}

static void messages_load(struct screen *s)
{
	struct topic_filter f = filter_of(s);
	s->title = _("Messages");
	s->count = s->ctx->store == NULL ? 0 : (int)topic_store_count(s->ctx->store, &f);
}

static void messages_rows(struct screen *s, int first, int n, struct row *out)
{
	struct topic_filter f = filter_of(s);
	struct topic_rows list = topic_store_list(s->ctx->store, &f, first, n, &s->rows_mem);
	for (int i = 0; i < list.count && i < n; i++)
		out[i] = topic_list_row(s, &list.row[i]);
}

static int messages_position(struct screen *s, int64_t id, int64_t id2)
{
	struct topic_filter f = filter_of(s);
	return (int)topic_store_position(s->ctx->store, &f, id);
}

static void messages_enter(struct screen *s, const struct row *row)
{
	screen_go(s, &(struct target){.screen = "topic", .id = row->id});
}

const struct screen_ops messages_ops = {
	.name = "messages", .kind = SCREEN_LIST, .item_rows = 2, .filter = true,
	.aggregates = STORE_TOPICS | STORE_POSTS | STORE_MESSAGES, .empty = N_("You have no messages."),
	.load = messages_load, .rows = messages_rows, .position = messages_position, .enter = messages_enter,
};
