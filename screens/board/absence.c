#include "screens.h"

#include <string.h>

#include "keys.h"
#include "str.h"
#include "sync_store.h"
#include "text.h"
#include "topic_store.h"
#include "visit_store.h"
#include "when.h"

/* What happened since the last visit in what the member takes part in: at most a page or two, with an end. */
enum { MostTopics = 20, MostNames = 3 };

struct absence_state {
	struct visit_rows list; /* in s->mem */
};

static const char *end_words(struct screen *s, bool more)
{
	struct sbuf day = {0};
	when_moment_day(&day, s->ctx->last_visit_ms, s->ctx->zone);
	const char *words = more ? _("The rest is on the board.")
		/* Translators: a day. */
		: arena_printf(&s->mem, _("Everything since %s."), sbuf_str(&day));
	sbuf_fini(&day);
	return words;
}

static void absence_load(struct screen *s)
{
	struct absence_state *st = s->state;
	s->title = _("New since last time");
	s->end = NULL;
	st->list = (struct visit_rows){0};
	if (s->ctx->store == NULL || s->ctx->last_visit_ms == 0)
		return;
	st->list = visit_store_list(s->ctx->store, s->ctx->last_visit_ms, MostTopics + 1, &s->mem);
	s->count = st->list.count > MostTopics ? MostTopics : st->list.count;
	if (s->count > 0)
		s->end = end_words(s, st->list.count > MostTopics);
	else if (sync_store_status(s->ctx->store, &s->mem).last_success_ms < s->ctx->last_visit_ms)
		s->end = keys_fill(s, _("Nothing was fetched since your last visit. Fetch with {fetch}."), &s->mem);
}

static const char *place_of(const struct visit_row *v)
{
	return v->is_message ? _("Messages") : str_empty(v->category) ? _("Board") : v->category;
}

/* The first few of "a, b, c, d". */
static const char *writers(const struct visit_row *v, struct arena *a)
{
	const char *end = v->names;
	for (int i = 0; i < MostNames && end != NULL; i++)
		end = strchr(end + 1, ',');
	/* Translators: a few names. */
	return end == NULL ? v->names : arena_printf(a, _("%.*s and others"), (int)(end - v->names), v->names);
}

static void absence_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct absence_state *st = s->state;
	for (int i = 0; i < n; i++) {
		const struct visit_row *v = &st->list.row[first + i];
		/* Translators: a category, or the word for messages, and the names of who wrote. */
		out[i] = (struct row){.id = v->topic_id, .title = v->title, .detail = arena_printf(&s->rows_mem,
			_("%s, written by %s"), place_of(v), writers(v, &s->rows_mem))};
	}
}

static int absence_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct absence_state *st = s->state;
	for (int i = 0; i < s->count; i++)
		if (st->list.row[i].topic_id == id)
			return i;
	return -1;
}

/* What was read elsewhere opens at the first post since then. */
static void absence_enter(struct screen *s, const struct row *row)
{
	const struct absence_state *st = s->state;
	const struct visit_row *v = &st->list.row[absence_position(s, row->id, 0)];
	screen_go(s, &(struct target){.screen = "topic", .id = v->topic_id, .number = v->unread ? 0 : v->first_number});
}

const struct screen_ops absence_ops = {
	.name = "absence", .kind = SCREEN_LIST, .item_rows = 2, .state_size = sizeof(struct absence_state),
	.aggregates = STORE_TOPICS | STORE_POSTS | STORE_MESSAGES | STORE_SITE,
	.empty = N_("Nothing happened in what you take part in."),
	.load = absence_load, .rows = absence_rows, .position = absence_position, .enter = absence_enter,
};
