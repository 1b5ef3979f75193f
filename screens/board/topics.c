#include "screens.h"

#include "category_store.h"
#include "compose.h"
#include "str.h"
#include "text.h"
#include "topic_list.h"

/* Topics of a category (target id), of one member (target text), with new posts (target number 1) or saved
 * ones (2). */
enum { TOPICS_UNREAD = 1, TOPICS_SAVED = 2 };

static struct topic_filter filter_of(const struct screen *s)
{
	return (struct topic_filter){
		.category_id = s->target.id, .children = true, .author = s->target.text,
		.unread = s->target.number == TOPICS_UNREAD, .bookmarked = s->target.number == TOPICS_SAVED,
		.oldest_first = s->ctx->config->topic_order == ORDER_OLDEST, .text = screen_filter_text(s),
	};
}

static const char *title_of(struct screen *s)
{
	if (s->target.number == TOPICS_UNREAD)
		return _("Topics with new posts");
	if (s->target.number == TOPICS_SAVED)
		return _("Saved for reading");
	const struct category *c = s->target.id == 0 || s->ctx->store == NULL ? NULL
		: category_store_get(s->ctx->store, s->target.id, &s->mem);
	if (c != NULL)
		return c->name;
	return s->target.text != NULL ? _("Topics") : _("All topics");
}

static void topics_load(struct screen *s)
{
	struct topic_filter f = filter_of(s);
	s->title = title_of(s);
	s->count = topic_list_count(s, &f);
}

static void topics_rows(struct screen *s, int first, int n, struct row *out)
{
	struct topic_filter f = filter_of(s);
	topic_list_rows(s, &f, first, n, out);
}

static int topics_position(struct screen *s, int64_t id, int64_t id2)
{
	struct topic_filter f = filter_of(s);
	return topic_list_position(s, &f, id, id2);
}

static void new_topic(struct screen *s)
{
	compose_topic(s, s->target.id);
}

static void follow(struct screen *s)
{
	topic_list_category_level(s, s->target.id);
}

static const struct binding topics_keys[] = {
	{"c", "compose", N_("New topic"), N_("Begin a topic in this category"), new_topic, true},
	{"m", "level", N_("Follow"), N_("Follow or mute this category"), follow, false},
	{"M", "read-all", N_("All read"), N_("Mark everything up to now as read"), topic_list_read_all, false},
	{0},
};

const struct screen_ops topics_ops = {
	.name = "topics", .kind = SCREEN_LIST, .item_rows = 2, .filter = true,
	.aggregates = STORE_TOPICS | STORE_POSTS | STORE_OUTBOX, .keys = topics_keys, .load = topics_load,
	.rows = topics_rows,
	.position = topics_position, .enter = topic_list_enter,
};
