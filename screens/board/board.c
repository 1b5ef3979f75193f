#include "screens.h"

#include "category_store.h"
#include "compose.h"
#include "html.h"
#include "str.h"
#include "text.h"
#include "topic_list.h"
#include "topic_store.h"
#include "view.h"

/* The categories; the first item is all of them together. */
struct board_state {
	struct category_rows list;
	int64_t all;
};

static void board_load(struct screen *s)
{
	struct board_state *st = s->state;
	*st = (struct board_state){0};
	s->title = _("Board");
	if (s->ctx->store == NULL)
		return;
	st->list = category_store_list(s->ctx->store, &s->mem);
	st->all = topic_store_count(s->ctx->store, &(struct topic_filter){0});
	s->count = st->all == 0 && st->list.count == 0 ? 0 : st->list.count + 1;
}

static struct row category_row_of(struct screen *s, const struct category_row *c)
{
	struct sbuf line = {0};
	html_line(str_or_empty(c->category.description), &line, 300);
	struct row r = {
		.id = c->category.id,
		.title = c->category.parent_id != 0 ? arena_printf(&s->rows_mem, "- %s", c->category.name)
		: c->category.name,
		.state = c->unread && s->ctx->config->new_word ? _("new") : NULL,
		.detail = arena_strdup(&s->rows_mem, sbuf_str(&line)),
	};
	sbuf_fini(&line);
	return r;
}

static void board_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct board_state *st = s->state;
	for (int i = 0; i < n; i++)
		out[i] = first + i == 0 ? (struct row){.id = -1, .title = _("All topics"),
			.detail = _("Everything on the board")}
			: category_row_of(s, &st->list.row[first + i - 1]);
}

static int board_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct board_state *st = s->state;
	for (int i = 0; i < st->list.count; i++)
		if (st->list.row[i].category.id == id)
			return i + 1;
	return 0;
}

static void board_enter(struct screen *s, const struct row *row)
{
	screen_go(s, &(struct target){.screen = "topics", .id = row->id > 0 ? row->id : 0});
}

/* 0: all of them together. */
static int64_t category_in_focus(const struct screen *s)
{
	const struct row *row = view_selected(s);
	return row == NULL || row->id < 0 ? 0 : row->id;
}

static void new_topic(struct screen *s)
{
	compose_topic(s, category_in_focus(s));
}

static void follow(struct screen *s)
{
	topic_list_category_level(s, category_in_focus(s));
}

static const struct binding board_keys[] = {
	{"c", "compose", N_("New topic"), N_("Begin a topic in this category"), new_topic, true},
	{"m", "level", N_("Follow"), N_("Follow or mute this category"), follow, true},
	{"M", "read-all", N_("All read"), N_("Mark everything up to now as read"), topic_list_read_all, true},
	{0},
};

const struct screen_ops board_ops = {
	.name = "board", .kind = SCREEN_LIST, .item_rows = 2, .aggregates = STORE_CATEGORIES | STORE_TOPICS,
	.state_size = sizeof(struct board_state),
	.empty = N_("The board has not been fetched yet. Fetch it with {fetch}."),
	.keys = board_keys, .load = board_load, .rows = board_rows, .position = board_position, .enter = board_enter,
};
