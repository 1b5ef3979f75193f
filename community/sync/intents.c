#include "intents.h"

#include <stdlib.h>

#include "agreement_store.h"
#include "guide_store.h"
#include "mem.h"
#include "note_store.h"
#include "notice_store.h"
#include "outbox_store.h"
#include "place_store.h"
#include "read_store.h"
#include "reminder_store.h"
#include "round_drafts.h"
#include "str.h"
#include "sync_access.h"
#include "sync_store.h"

struct intent *intent_new(const struct sync_intent *i, uint64_t number)
{
	struct intent *copy = xcalloc(1, sizeof *copy);
	copy->what = *i;
	copy->number = number;
	copy->what.name = xstrdup(i->name);
	copy->what.value = xstrdup(i->value);
	copy->what.change.title = xstrdup(i->change.title);
	copy->what.change.body = xstrdup(i->change.body);
	copy->what.change.original = xstrdup(i->change.original);
	copy->what.change.names = xstrdup(i->change.names);
	copy->what.change.was_title = xstrdup(i->change.was_title);
	copy->what.change.was_names = xstrdup(i->change.was_names);
	return copy;
}

void intent_free(struct intent *i)
{
	struct change *c = &i->what.change;
	const char *text[] = {i->what.name, i->what.value, c->title, c->body, c->original, c->names,
		c->was_title, c->was_names};
	for (size_t k = 0; k < COUNT(text); k++)
		free((char *)(uintptr_t)text[k]);
	free(i);
}

static bool drop(struct store *s, int64_t id, struct error *err)
{
	struct arena a = {0};
	bool ok = draft_is_dropped(s, outbox_store_get(s, id, &a), err) && outbox_store_drop(s, id, err);
	arena_fini(&a);
	return ok;
}

static bool put(struct store *s, const struct sync_intent *i, struct error *err)
{
	switch (i->kind) {
	case SYNC_READ:
		return read_store_put_time(s, i->id, i->number, i->time_ms, err)
			&& read_store_put(s, i->id, i->number, err);
	case SYNC_UNREAD:
		return read_store_reset(s, i->id, i->number, err);
	case SYNC_PLACE:
		return place_store_put(s, i->name, i->value, err);
	case SYNC_FETCH_TOPIC:
		return sync_store_take_back(s, i->id, err) && sync_store_queue(s, i->id, 0, 0, err);
	case SYNC_DRAFT:
		return outbox_store_put_draft(s, &i->change, err);
	case SYNC_SEND:
		return outbox_store_send(s, &i->change, err);
	case SYNC_UNDO:
		return outbox_store_undo(s, i->id, sync_clock_ms(), NULL, err);
	case SYNC_TRY_AGAIN:
		return outbox_store_try_again(s, i->id, sync_clock_ms(), err);
	case SYNC_KEEP_DRAFT:
		return outbox_store_keep_draft(s, i->id, err);
	case SYNC_DROP:
		return drop(s, i->id, err);
	case SYNC_SETTLE_DRAFT:
		return outbox_store_settle_draft(s, i->id, i->number != 0, err);
	case SYNC_REMINDER:
		return reminder_store_put(s, i->id, i->number, err);
	case SYNC_NOTE:
		return note_store_put(s, (enum note_kind)i->number, i->id, i->value, sync_clock_ms(), err);
	case SYNC_GUIDE:
		return guide_store_put(s, (struct guide_key){i->id, i->time_ms}, i->name, i->value, sync_clock_ms(), err);
	case SYNC_NOTICE_READ:
		return notice_store_read(s, i->id, err);
	case SYNC_AGREE:
		return agreement_store_put(s, i->id, i->value, i->time_ms, err);
	case SYNC_NOW:
		break;
	}
	return true;
}

bool intent_store(struct store *s, const struct sync_intent *i, unsigned *bits, struct error *err)
{
	if (i->kind == SYNC_NOW)
		return true;
	if (store_begin(s, err) && put(s, i, err) && store_commit(s, bits, err))
		return true;
	store_rollback(s);
	return false;
}

static bool is_replaced(const struct intent *i)
{
	if (i->what.kind != SYNC_DRAFT)
		return false;
	for (const struct intent *later = i->next; later != NULL; later = later->next)
		if (later->what.kind == SYNC_DRAFT && later->what.change.id == i->what.change.id)
			return true;
	return false;
}

void intents_shorten(struct intent **first)
{
	for (struct intent **at = first; *at != NULL;) {
		struct intent *i = *at;
		if (!is_replaced(i)) {
			at = &i->next;
			continue;
		}
		*at = i->next;
		intent_free(i);
	}
}
