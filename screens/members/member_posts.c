#include "screens.h"

#include "post_store.h"
#include "str.h"
#include "text.h"
#include "when.h"

/* What one member wrote (target text: the username), newest first. */
static void member_posts_load(struct screen *s)
{
	s->title = _("Posts");
	s->count = s->ctx->store == NULL ? 0
		: (int)post_store_by_member_count(s->ctx->store, str_or_empty(s->target.text));
}

static const char *detail_of(struct screen *s, const struct post_line *p)
{
	struct sbuf b = {0};
	when_moment_day(&b, p->created_ms, s->ctx->zone);
	sbuf_addf(&b, ": %s", p->excerpt);
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static void member_posts_rows(struct screen *s, int first, int n, struct row *out)
{
	struct post_lines list = post_store_by_member(s->ctx->store, str_or_empty(s->target.text), first, n,
		&s->rows_mem);
	for (int i = 0; i < list.count && i < n; i++)
		out[i] = (struct row){.id = list.row[i].topic_id, .id2 = list.row[i].post_number,
			.title = list.row[i].topic_title, .detail = detail_of(s, &list.row[i])};
}

static void member_posts_enter(struct screen *s, const struct row *row)
{
	screen_go(s, &(struct target){.screen = "topic", .id = row->id, .number = (int)row->id2});
}

const struct screen_ops member_posts_ops = {
	.name = "member_posts", .kind = SCREEN_LIST, .item_rows = 2, .aggregates = STORE_POSTS,
	.load = member_posts_load, .rows = member_posts_rows, .enter = member_posts_enter,
};
