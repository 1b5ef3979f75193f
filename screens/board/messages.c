#include "screens.h"

#include "compose.h"
#include "text.h"
#include "topic_list.h"
#include "view.h"

/* Private messages; target number MESSAGES_ARCHIVE: those that were put away. */
static struct topic_filter filter_of(const struct screen *s)
{
	return (struct topic_filter){.messages = true, .put_away = s->target.number == MESSAGES_ARCHIVE,
		.text = screen_filter_text(s)};
}

static void messages_load(struct screen *s)
{
	struct topic_filter f = filter_of(s);
	s->title = f.put_away ? _("Archive") : _("Messages");
	s->count = topic_list_count(s, &f);
}

static void messages_rows(struct screen *s, int first, int n, struct row *out)
{
	struct topic_filter f = filter_of(s);
	topic_list_rows(s, &f, first, n, out);
}

static int messages_position(struct screen *s, int64_t id, int64_t id2)
{
	struct topic_filter f = filter_of(s);
	return topic_list_position(s, &f, id, id2);
}

static void new_message(struct screen *s)
{
	compose_message(s, NULL);
}

static void archive(struct screen *s)
{
	const struct row *row = view_selected(s);
	const struct topic_row *t = row == NULL || row->id2 == TOPIC_LIST_WAITING ? NULL
		: topic_store_row(s->ctx->store, row->id, &s->rows_mem);
	if (t == NULL)
		screen_say(s, "%s", _("There is no message here to archive."));
	else
		topic_list_archive(s, t);
}

static const struct binding messages_keys[] = {
	{"c", "compose", N_("New message"), N_("Write a private message"), new_message, true},
	{"A", "archive", N_("Archive"), N_("Archive this message, or put it back"), archive, true},
	{"M", "read-all", N_("All read"), N_("Mark everything up to now as read"), topic_list_read_all, false},
	{0},
};

const struct screen_ops messages_ops = {
	.name = "messages", .kind = SCREEN_LIST, .item_rows = 2, .filter = true,
	.aggregates = STORE_TOPICS | STORE_POSTS | STORE_MESSAGES | STORE_OUTBOX, .empty = N_("You have no messages."),
	.keys = messages_keys, .load = messages_load, .rows = messages_rows, .position = messages_position,
	.enter = topic_list_enter,
};
