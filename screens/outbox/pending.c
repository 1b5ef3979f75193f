#include "pending.h"

#include "str.h"
#include "text.h"

enum { PendingMost = 500 };

struct outbox_rows pending_load(struct screen *s, int64_t topic_id)
{
	struct outbox_filter f = {.open = true, .topic_id = topic_id};
	if (s->ctx->store == NULL)
		return (struct outbox_rows){0};
	return outbox_store_list(s->ctx->store, &f, 0, PendingMost, &s->mem);
}

const struct outbox_row *pending_find(
	const struct outbox_rows *rows, enum change_kind kind, int64_t post_id, const char *title)
{
	const struct outbox_row *found = NULL;
	for (int i = 0; i < rows->count; i++) {
		const struct change *c = &rows->row[i].change;
		bool fits = c->kind == kind && (post_id == 0 || c->post_id == post_id)
			&& (title == NULL || str_equal(c->title, title));
		if (fits && (found == NULL || c->created_ms >= found->change.created_ms))
			found = &rows->row[i];
	}
	return found;
}

const char *pending_word(const struct outbox_row *row)
{
	if (row == NULL)
		return NULL;
	return row->change.state == CHANGE_REFUSED ? _("needs you") : _("waiting");
}
