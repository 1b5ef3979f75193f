#include "screens.h"

#include "category_store.h"
#include "composition.h"
#include "form.h"
#include "str.h"
#include "text.h"

/* The categories in which the member may begin a topic (target id: of the change). */
struct draft_category_state {
	struct composition *work;
	struct category_rows list;
};

static void draft_category_open(struct screen *s)
{
	struct draft_category_state *st = s->state;
	st->work = composition_take(s->ctx, s->target.id);
}

static void draft_category_close(struct screen *s)
{
	const struct draft_category_state *st = s->state;
	composition_drop(s->ctx, st->work);
}

static void draft_category_load(struct screen *s)
{
	struct draft_category_state *st = s->state;
	s->title = _("Category");
	if (s->ctx->store == NULL)
		return;
	st->list = category_store_list(s->ctx->store, &s->mem);
	for (int i = 0; i < st->list.count; i++)
		if (category_can_post(&st->list.row[i].category))
			st->list.row[s->count++] = st->list.row[i];
}

/* Enter without looking changes nothing. */
static int draft_category_first(struct screen *s)
{
	const struct draft_category_state *st = s->state;
	for (int i = 0; st->work != NULL && i < s->count; i++)
		if (st->list.row[i].category.id == st->work->change.category_id)
			return i;
	return 0;
}

static void draft_category_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct draft_category_state *st = s->state;
	for (int i = 0; i < n; i++) {
		const struct category *c = &st->list.row[first + i].category;
		out[i] = (struct row){.id = c->id, .title = c->name, .detail = c->description,
			.state = st->work != NULL && st->work->change.category_id == c->id ? _("chosen") : NULL};
	}
}

/* A template without labelled lines is what the text begins with. */
static void begin_with_template(struct screen *s, struct composition *w)
{
	const struct category *c = category_store_get(s->ctx->store, w->change.category_id, &s->mem);
	if (w->body.n == 0 && c != NULL && !str_empty(c->topic_template) && composition_form(s, w, &s->mem) == NULL)
		composition_set_text(s, w, c->topic_template);
}

static void draft_category_enter(struct screen *s, const struct row *row)
{
	const struct draft_category_state *st = s->state;
	if (st->work != NULL) {
		st->work->change.category_id = row->id;
		begin_with_template(s, st->work);
		composition_count(st->work, s->ctx->now_ms, false);
		composition_keep(s, st->work);
	}
	screen_back(s);
}

const struct screen_ops draft_category_ops = {
	.name = "draft_category", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.state_size = sizeof(struct draft_category_state),
	.aggregates = STORE_CATEGORIES, .empty = N_("There is no category in which you may begin a topic."),
	.open = draft_category_open, .close = draft_category_close, .load = draft_category_load,
	.first = draft_category_first, .rows = draft_category_rows, .choices = true, .enter = draft_category_enter,
};
