#include "guide.h"
#include "screens.h"
#include "str.h"
#include "text.h"

/* The meetings that the member looked back on, the last one first. */
#define PART "look_back:"

static void looks_back_load(struct screen *s)
{
	s->title = _("Earlier meetings");
	s->count = s->ctx->store == NULL ? 0 : (int)guide_store_count(s->ctx->store, PART);
}

static const char *detail_of(struct screen *s, const struct guide_meeting *m)
{
	struct sbuf b = {0};
	if (m->starts_ms != 0) {
		when_moment_day(&b, m->starts_ms, s->ctx->zone);
		sbuf_add(&b, ": ");
	}
	sbuf_add(&b, m->text);
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] == '\n' || b.p[i] == '\t')
			b.p[i] = ' ';
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static void looks_back_rows(struct screen *s, int first, int n, struct row *out)
{
	struct guide_meetings list = guide_store_list(s->ctx->store, PART, first, n, &s->rows_mem);
	for (int i = 0; i < list.count && i < n; i++)
		out[i] = (struct row){.id = list.row[i].key.event_id, .id2 = list.row[i].key.starts_ms,
			.title = str_empty(list.row[i].title) ? _("Not in kring any more") : list.row[i].title,
			.detail = detail_of(s, &list.row[i])};
}

static int looks_back_position(struct screen *s, int64_t id, int64_t id2)
{
	return (int)guide_store_position(s->ctx->store, PART, (struct guide_key){id, id2});
}

static void looks_back_enter(struct screen *s, const struct row *row)
{
	look_back_open(s, row->id, row->id2);
}

const struct screen_ops looks_back_ops = {
	.name = "looks_back", .kind = SCREEN_LIST, .item_rows = 2, .aggregates = STORE_EVENTS | STORE_NOTES,
	.empty = N_("You have not looked back on a meeting yet. Do it with {look-back}, on a meeting."),
	.load = looks_back_load, .rows = looks_back_rows, .position = looks_back_position, .enter = looks_back_enter,
};
