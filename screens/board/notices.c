#include "screens.h"

#include "notice.h"
#include "notice_store.h"
#include "str.h"
#include "text.h"
#include "when.h"

/* What concerns the member, newest first. */
static void notices_load(struct screen *s)
{
	s->title = _("Notices");
	s->count = s->ctx->store == NULL ? 0 : (int)notice_store_count(s->ctx->store, false);
}

static struct row notice_row(struct screen *s, const struct notice *n)
{
	struct sbuf title = {0}, detail = {0};
	sbuf_addf(&title, notice_pattern(n->type), str_empty(n->username) ? _("Someone") : n->username);
	when_moment(&detail, n->created_ms, s->ctx->zone);
	if (!str_empty(n->title) || !str_empty(n->detail))
		sbuf_addf(&detail, ": %s", str_empty(n->title) ? n->detail : n->title);
	struct row r = {.id = n->id, .title = arena_strdup(&s->rows_mem, sbuf_str(&title)),
		.state = !n->read && s->ctx->config->new_word ? _("new") : NULL,
		.detail = arena_strdup(&s->rows_mem, sbuf_str(&detail))};
	sbuf_fini(&title);
	sbuf_fini(&detail);
	return r;
}

static void notices_rows(struct screen *s, int first, int n, struct row *out)
{
	struct notice_rows list = notice_store_list(s->ctx->store, false, first, n, &s->rows_mem);
	for (int i = 0; i < list.count && i < n; i++)
		out[i] = notice_row(s, &list.row[i]);
}

static int notices_position(struct screen *s, int64_t id, int64_t id2)
{
	return (int)notice_store_position(s->ctx->store, false, id);
}

static void notices_enter(struct screen *s, const struct row *row)
{
	int at = notices_position(s, row->id, 0);
	struct notice_rows list = at < 0 ? (struct notice_rows){0} : notice_store_list(s->ctx->store, false, at,
		1, &s->mem);
	const struct host *h = s->ctx->host;
	if (list.count > 0 && !list.row[0].read && h != NULL && h->read_notice != NULL)
		h->read_notice(h->self, row->id);
	if (list.count == 0 || list.row[0].topic_id == 0)
		screen_say(s, "%s", _("There is nothing to open with this notice."));
	else
		screen_go(s, &(struct target){.screen = "topic", .id = list.row[0].topic_id,
			.number = list.row[0].post_number});
}

const struct screen_ops notices_ops = {
	.name = "notices", .kind = SCREEN_LIST, .item_rows = 2, .aggregates = STORE_NOTICES,
	.empty = N_("There are no notices."),
	.load = notices_load, .rows = notices_rows, .position = notices_position, .enter = notices_enter,
};
