#include "screens.h"

#include "mem.h"
#include "outbox_actions.h"
#include "outbox_text.h"
#include "str.h"
#include "text.h"
#include "when.h"

/* One item of the outbox (target id): its text, how far it is and what happened. */
struct outbox_item_state {
	const struct outbox_row *row; /* NULL: gone */
};

static void item_load(struct screen *s)
{
	struct outbox_item_state *st = s->state;
	st->row = s->ctx->store == NULL ? NULL : outbox_store_get(s->ctx->store, s->target.id, &s->mem);
	s->title = st->row == NULL ? _("Outbox") : outbox_text_title(st->row, &s->mem);
}

static void add_moment(struct styled_builder *b, const char *label, int64_t ms, const struct zone *z)
{
	struct sbuf when = {0};
	if (ms == 0)
		return;
	when_moment(&when, ms, z);
	styled_label(b, label, sbuf_str(&when));
	sbuf_fini(&when);
}

static const char *what_can_be_done(const struct outbox_row *r)
{
	switch (r->change.state) {
	case CHANGE_DRAFT:
		return str_empty(r->theirs) ? _("You can go on writing, or delete it.")
			: _("Read both texts below. To choose, edit it.");
	case CHANGE_WAITING:
		return outbox_text_is_held(r) ? _("You can take it back.") : _("You can take it back, or try it now.");
	case CHANGE_SENDING:
	case CHANGE_UNSURE:
		return _("You do not have to do anything. It is not sent twice.");
	case CHANGE_DONE:
		return r->held ? _("You do not have to do anything.")
			: _("You can go to it, or take it back if the site allows that.");
	case CHANGE_REFUSED:
		break;
	}
	return change_is_text(r->change.kind) ? _("You can change it, try it again, or keep it as a draft.")
		: _("You can try it again, or delete it.");
}

static void add_state(struct screen *s, struct styled_builder *b, const struct outbox_row *r)
{
	struct sbuf state = {0};
	outbox_text_state(&state, r, s->ctx->now_ms, s->ctx->zone);
	styled_line(b, ROLE_STRONG, sbuf_str(&state));
	sbuf_fini(&state);
	if (r->change.state != CHANGE_DONE && !str_empty(r->error_what))
		styled_label(b, r->change.state == CHANGE_REFUSED ? _("Reason") : _("At the last try"), r->error_what);
	if (r->change.state == CHANGE_WAITING && r->resend)
		styled_line(b, ROLE_TEXT, _("The site was asked and does not have it. It is sent again."));
	if (r->followers > 0)
		styled_line(b, ROLE_TEXT, _("A reply belongs to it. It is sent after this, and taken back with it."));
	styled_line(b, ROLE_TEXT, what_can_be_done(r));
	styled_blank(b);
}

/* What was chosen, by the number of the change; NULL: nothing is chosen with this kind. */
static const char *choice_of(const struct change *c)
{
	static const struct {
		enum change_kind kind;
		int count;
		const char *word[5];
	} choices[] = {
		{CHANGE_ATTENDANCE, 4, {N_("Withdraw my answer"), N_("I am coming"), N_("Maybe"), N_("I am not coming")}},
		{CHANGE_MEMBER_LEVEL, 3, {N_("Show everything"), N_("No notices"), N_("Do not show")}},
		{CHANGE_TOPIC_LEVEL, 4, {N_("Mute"), N_("Normal"), N_("Follow"), N_("Watch")}},
		{CHANGE_CATEGORY_LEVEL, 5, {N_("Mute"), N_("Normal"), N_("Follow"), N_("Watch"), N_("Watch new topics")}},
	};
	for (size_t i = 0; i < COUNT(choices); i++)
		if (choices[i].kind == c->kind && c->number >= 0 && c->number < choices[i].count)
			return _(choices[i].word[c->number]);
	return NULL;
}

static void add_place(struct styled_builder *b, const struct outbox_row *r)
{
	const struct change *c = &r->change;
	styled_label(b, _("Chosen"), choice_of(c));
	if (c->kind == CHANGE_TOPIC)
		styled_label(b, _("Category"), r->where);
	if (c->kind == CHANGE_TOPIC || c->kind == CHANGE_EDIT) {
		styled_label(b, _("Title"), c->title);
		styled_label(b, _("Tags"), c->names);
	} else if (c->kind == CHANGE_MESSAGE) {
		styled_label(b, _("Recipients"), c->names);
		styled_label(b, _("Title"), c->title);
	}
}

static void add_texts(struct styled_builder *b, const struct outbox_row *r)
{
	if (!str_empty(r->theirs))
		styled_line(b, ROLE_STRONG, _("The text of this computer"));
	styled_blank(b);
	outbox_text_written(b, r->change.body);
	styled_blank(b);
	if (str_empty(r->theirs))
		return;
	styled_line(b, ROLE_STRONG, _("The text of the site"));
	styled_blank(b);
	outbox_text_written(b, r->theirs);
	styled_blank(b);
}

static void item_text(struct screen *s, struct styled_builder *b)
{
	const struct outbox_item_state *st = s->state;
	const struct outbox_row *r = st->row;
	if (r == NULL) {
		styled_line(b, ROLE_TEXT, _("This is not in the outbox any more."));
		return;
	}
	styled_line(b, ROLE_HEADING, s->title);
	add_state(s, b, r);
	add_place(b, r);
	add_texts(b, r);
	add_moment(b, _("Begun"), r->change.created_ms, s->ctx->zone);
	add_moment(b, _("Last try"), r->sent_ms, s->ctx->zone);
	add_moment(b, _("Arrived"), r->done_ms, s->ctx->zone);
	styled_line(b, ROLE_MUTED, _("The actions show what you can do."));
}

const struct screen_ops outbox_item_ops = {
	.name = "outbox_item", .kind = SCREEN_TEXT, .state_size = sizeof(struct outbox_item_state), .keys = outbox_keys,
	.aggregates = STORE_OUTBOX, .load = item_load, .text = item_text,
};
