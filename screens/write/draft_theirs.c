#include "screens.h"

#include <string.h>

#include "composition.h"
#include "outbox_store.h"
#include "str.h"
#include "text.h"
#include "writing.h"

/* A draft that was changed here and on the site (target id): both texts, and the choice between them. Nothing is
 * overwritten before the member chooses. */
struct draft_theirs_state {
	const struct outbox_row *row; /* NULL: it is not here any more */
};

static void draft_theirs_load(struct screen *s)
{
	struct draft_theirs_state *st = s->state;
	s->title = _("Two texts");
	st->row = s->ctx->store == NULL ? NULL : outbox_store_get(s->ctx->store, s->target.id, &s->mem);
	if (st->row != NULL && str_empty(st->row->theirs))
		st->row = NULL;
}

static void add_text(struct styled_builder *b, const char *heading, const char *text)
{
	styled_line(b, ROLE_HEADING, heading);
	styled_blank(b);
	styled_pre(b, ROLE_TEXT, text, "");
	styled_blank(b);
}

static void draft_theirs_text(struct screen *s, struct styled_builder *b)
{
	const struct draft_theirs_state *st = s->state;
	if (st->row == NULL) {
		styled_line(b, ROLE_TEXT, _("There is nothing to choose here any more."));
		return;
	}
	styled_line(b, ROLE_TEXT, _("This draft was changed here and in the browser. Choose with 1, 2 or 3."));
	styled_blank(b);
	add_text(b, _("The text in kring"), st->row->change.body);
	add_text(b, _("The text in the browser"), st->row->theirs);
}

static void go_on(struct screen *s, const char *body)
{
	const struct draft_theirs_state *st = s->state;
	struct change c = st->row->change;
	c.body = body;
	c.state = CHANGE_DRAFT;
	struct context *ctx = s->ctx;
	struct composition *w = composition_new(ctx, &c);
	w->users++;
	w->written = true;
	w->meeting = strcmp(composition_screen_of(&c), "meeting") == 0;
	screen_replace(s, &(struct target){.screen = composition_screen(w), .id = c.id});
	composition_drop(ctx, w);
}

static void choose(struct screen *s, bool theirs)
{
	const struct draft_theirs_state *st = s->state;
	const struct outbox_port *port = st->row == NULL ? NULL : writing_port(s);
	if (port == NULL)
		return;
	port->settle(s->ctx->host->self, s->target.id, theirs);
	go_on(s, theirs ? st->row->theirs : st->row->change.body);
}

static void keep_mine(struct screen *s)
{
	choose(s, false);
}

static void keep_theirs(struct screen *s)
{
	choose(s, true);
}

static void keep_both(struct screen *s)
{
	const struct draft_theirs_state *st = s->state;
	if (st->row == NULL)
		return;
	struct change theirs = st->row->change;
	theirs.id = 0;
	theirs.state = CHANGE_DRAFT;
	theirs.body = st->row->theirs;
	if (!writing_save(s, &theirs))
		return;
	screen_say(s, "%s", _("The text in the browser is a new draft now."));
	choose(s, false);
}

static const struct binding draft_theirs_keys[] = {
	{"1", "keep-mine", N_("Text in kring"), N_("Go on with the text in kring"), keep_mine, true},
	{"2", "keep-theirs", N_("In the browser"), N_("Go on with the text in the browser"), keep_theirs, true},
	{"3", "keep-both", N_("Both"), N_("Keep both texts, each as a draft"), keep_both, true},
	{0},
};

const struct screen_ops draft_theirs_ops = {
	.name = "draft_theirs", .kind = SCREEN_TEXT, .aggregates = STORE_OUTBOX, .keys = draft_theirs_keys,
	.state_size = sizeof(struct draft_theirs_state), .load = draft_theirs_load, .text = draft_theirs_text,
};
