#include "screens.h"

#include "search_store.h"
#include "str.h"
#include "text.h"
#include "when.h"

/* One box over everything that was fetched. The words are the filter of the list. */
static const char *words_of(const struct screen *s)
{
	return field_text(&s->filter);
}

static void search_open(struct screen *s)
{
	field_set(&s->filter, s->target.text);
	s->filtering = str_empty(s->target.text);
}

static void search_load(struct screen *s)
{
	s->title = _("Search");
	s->count = s->ctx->store == NULL || str_empty(words_of(s)) ? 0
		: (int)search_store_count(s->ctx->store, words_of(s), SEARCH_ALL);
}

static const char *kind_words(const struct search_hit *h)
{
	if (h->kind == SEARCH_MEMBER)
		return _("member");
	if (h->kind == SEARCH_EVENT)
		return _("meeting");
	if (h->is_message)
		return _("message");
	return h->kind == SEARCH_TOPIC ? _("topic") : _("post");
}

static const char *detail_of(struct screen *s, const struct search_hit *h)
{
	struct sbuf b = {0};
	if (h->time_ms != 0) {
		when_moment_day(&b, h->time_ms, s->ctx->zone);
		sbuf_add(&b, ": ");
	}
	sbuf_add(&b, h->snippet);
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

/* id2 tells the kinds apart: kind in the low bits, the post number above. */
static void search_rows(struct screen *s, int first, int n, struct row *out)
{
	struct search_rows list = search_store_list(s->ctx->store, words_of(s), SEARCH_ALL, first, n, &s->rows_mem);
	for (int i = 0; i < list.count && i < n; i++) {
		const struct search_hit *h = &list.row[i];
		out[i] = (struct row){.id = h->kind == SEARCH_POST || h->kind == SEARCH_TOPIC ? h->topic_id : h->id,
			.id2 = (int64_t)h->post_number << 8 | (int64_t)h->kind, .title = h->title, .state = kind_words(h),
			.detail = detail_of(s, h)};
	}
}

static void search_enter(struct screen *s, const struct row *row)
{
	switch (row->id2 & 0xFF) {
	case SEARCH_MEMBER:
		screen_go(s, &(struct target){.screen = "member", .id = row->id});
		break;
	case SEARCH_EVENT:
		screen_go(s, &(struct target){.screen = "event", .id = row->id});
		break;
	case SEARCH_POST:
		screen_go(s, &(struct target){.screen = "topic", .id = row->id, .number = (int)(row->id2 >> 8)});
		break;
	default:
		screen_go(s, &(struct target){.screen = "topic", .id = row->id});
	}
}

const struct screen_ops search_ops = {
	.name = "search", .kind = SCREEN_LIST, .item_rows = 2, .filter = true, .filter_label = N_("Search for"),
	.empty = N_("Type {narrow} and what you look for."),
	.open = search_open, .load = search_load, .rows = search_rows, .enter = search_enter,
};
