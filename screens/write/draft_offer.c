#include "screens.h"

#include <string.h>

#include "composition.h"
#include "outbox_store.h"
#include "str.h"
#include "text.h"
#include "when.h"

/* A draft for the same place is here already (target id); the member begins with id2 when they do not want
 * it. The number goes to the screen that comes. */
enum { OFFER_GO_ON = 1, OFFER_ANEW };

struct draft_offer_state {
	struct composition *fresh;
	const struct outbox_row *old;
};

static void draft_offer_open(struct screen *s)
{
	struct draft_offer_state *st = s->state;
	st->fresh = composition_take(s->ctx, s->target.id2);
}

static void draft_offer_close(struct screen *s)
{
	const struct draft_offer_state *st = s->state;
	composition_drop(s->ctx, st->fresh);
}

static void draft_offer_load(struct screen *s)
{
	struct draft_offer_state *st = s->state;
	s->title = _("There is a draft");
	st->old = s->ctx->store == NULL ? NULL : outbox_store_get(s->ctx->store, s->target.id, &s->mem);
	s->count = st->old == NULL || st->fresh == NULL ? 0 : 2;
}

/* By what they wrote the member knows a reply, not by what it answers. */
static const char *after_quotes(const char *body)
{
	static const char end[] = "[/quote]";
	const char *at = body, *close;
	while (str_starts(at, "[quote") && (close = strstr(at, end)) != NULL)
		at = close + strlen(end) + strspn(close + strlen(end), " \n");
	return at;
}

static const char *words_of(const struct screen *s, const struct change *c, struct arena *a)
{
	struct sbuf words = {0};
	when_moment(&words, c->created_ms, s->ctx->zone);
	if (!str_empty(c->title))
		sbuf_addf(&words, ": %s", c->title);
	else if (!str_empty(after_quotes(str_or_empty(c->body))))
		sbuf_addf(&words, ": %s", after_quotes(c->body));
	char *line = arena_strdup(a, sbuf_str(&words));
	for (char *at = line; *at != '\0'; at++)
		if (*at == '\n')
			*at = ' ';
	sbuf_fini(&words);
	return line;
}

static void draft_offer_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct draft_offer_state *st = s->state;
	const struct row rows[] = {
		{.id = OFFER_GO_ON, .title = _("Go on with this draft"),
			.detail = words_of(s, &st->old->change, &s->rows_mem)},
		{.id = OFFER_ANEW, .title = _("Begin a new text"), .detail = _("The draft stays in your drafts.")},
	};
	for (int i = 0; i < n; i++)
		out[i] = rows[first + i];
}

static void draft_offer_enter(struct screen *s, const struct row *row)
{
	const struct draft_offer_state *st = s->state;
	bool anew = row->id == OFFER_ANEW;
	struct target to = {.screen = anew ? composition_screen(st->fresh) : composition_screen_of(&st->old->change),
		.id = anew ? s->target.id2 : s->target.id, .number = s->target.number};
	if (row->id == OFFER_GO_ON && !str_empty(st->old->theirs))
		to.screen = "draft_theirs";
	/* The new one has to outlive this screen. */
	struct context *ctx = s->ctx;
	struct composition *keep = composition_take(ctx, to.id);
	screen_replace(s, &to);
	composition_drop(ctx, keep);
}

const struct screen_ops draft_offer_ops = {
	.name = "draft_offer", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.state_size = sizeof(struct draft_offer_state),
	.aggregates = STORE_OUTBOX, .empty = N_("This text is not here any more."),
	.open = draft_offer_open, .close = draft_offer_close, .load = draft_offer_load, .rows = draft_offer_rows,
	.choices = true, .enter = draft_offer_enter,
};
