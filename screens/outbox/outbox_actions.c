#include "outbox_actions.h"

#include "compose.h"
#include "confirm.h"
#include "keys.h"
#include "outbox_text.h"
#include "post_store.h"
#include "screens.h"
#include "profile_value.h"
#include "str.h"
#include "text.h"
#include "undo.h"
#include "view.h"
#include "writing.h"

const struct outbox_row *outbox_in_focus(struct screen *s)
{
	const struct row *marked = s->ops == &outbox_ops ? view_selected(s) : NULL;
	int64_t id = s->ops != &outbox_ops ? s->target.id : marked == NULL ? 0 : marked->id;
	return s->ctx->store == NULL || id == 0 ? NULL : outbox_store_get(s->ctx->store, id, &s->rows_mem);
}

static const struct outbox_row *row_or_say(struct screen *s)
{
	const struct outbox_row *r = outbox_in_focus(s);
	if (r == NULL)
		screen_say(s, "%s", _("There is nothing here to do that with."));
	return r;
}

/* True when it was said that the item is on its way. */
static bool is_under_way(struct screen *s, const struct outbox_row *r)
{
	if (r->change.state != CHANGE_SENDING && r->change.state != CHANGE_UNSURE)
		return false;
	screen_say(s, "%s", _("kring is sending it. First kring has to know whether it arrived."));
	return true;
}

/* Words of the member that are not in the store in another way. */
static bool has_words(const struct change *c)
{
	bool beside = c->kind == CHANGE_PROFILE || c->kind == CHANGE_BOOKMARK || c->kind == CHANGE_FLAG;
	return change_is_text(c->kind) || (beside && !str_empty(c->body));
}

/* What is a line beside something else has its own screen. */
static bool edit_line(struct screen *s, const struct change *c)
{
	if (c->kind == CHANGE_PROFILE && (c->state == CHANGE_DRAFT || c->state == CHANGE_REFUSED))
		profile_change_named(s, c->title);
	else if (c->kind == CHANGE_BOOKMARK && c->state == CHANGE_DRAFT)
		screen_go(s, &(struct target){.screen = bookmark_ops.name, .id = c->post_id});
	else if (c->kind == CHANGE_FLAG && c->state == CHANGE_DRAFT)
		screen_go(s, &(struct target){.screen = flag_words_ops.name, .id = c->post_id, .number = (int)c->number});
	else
		return false;
	return true;
}

static void edit(struct screen *s)
{
	const struct outbox_row *r = row_or_say(s);
	if (r == NULL || is_under_way(s, r) || edit_line(s, &r->change))
		return;
	if (!change_is_text(r->change.kind))
		screen_say(s, "%s", _("There is no text in it to change."));
	else if (r->change.state == CHANGE_WAITING)
		screen_say(s, "%s", _("It is waiting to be sent. Take it back first, then you can change it."));
	else if (r->change.state == CHANGE_DONE)
		screen_say(s, "%s", _("It has arrived. Go to the post to change it."));
	else
		compose_again(s, r->change.id);
}

static void try_again(struct screen *s)
{
	const struct outbox_row *r = row_or_say(s);
	const struct outbox_port *port = r == NULL ? NULL : writing_port(s);
	if (port == NULL || is_under_way(s, r))
		return;
	if (r->change.state != CHANGE_REFUSED && r->change.state != CHANGE_WAITING) {
		keys_say(s, r->change.state == CHANGE_DRAFT ? _("This is a draft. Send it with {edit}.")
			: _("It has arrived."));
		return;
	}
	if (outbox_text_is_held(r)) {
		screen_say(s, "%s", _("kring sends it after the change that it belongs to. Try that one again."));
		return;
	}
	port->try_again(s->ctx->host->self, r->change.id);
	screen_say(s, "%s", _("It is tried again now."));
}

static void keep_draft(struct screen *s)
{
	const struct outbox_row *r = row_or_say(s);
	const struct outbox_port *port = r == NULL ? NULL : writing_port(s);
	if (port == NULL || is_under_way(s, r))
		return;
	if (r->change.state == CHANGE_DRAFT)
		screen_say(s, "%s", _("It is a draft already."));
	else if (r->change.state != CHANGE_REFUSED || !change_is_text(r->change.kind))
		screen_say(s, "%s", _("Only a text that the site did not take can become a draft."));
	else {
		port->keep_draft(s->ctx->host->self, r->change.id);
		screen_say(s, "%s", _("It is a draft now. Nothing was sent."));
	}
}

static void take_back(struct screen *s)
{
	const struct outbox_row *r = row_or_say(s);
	const struct outbox_port *port = r == NULL ? NULL : writing_port(s);
	const char *why = port == NULL ? NULL : writing_no_undo(r);
	if (why != NULL)
		screen_say(s, "%s", why);
	if (port == NULL || why != NULL)
		return;
	port->undo(s->ctx->host->self, r->change.id);
	undo_forget(&s->ctx->undo, r->change.id);
	screen_say(s, "%s", r->change.state == CHANGE_DONE ? _("kring takes it back on the site.")
		: outbox_row_becomes_draft(r) ? _("Taken back. Your text is a draft now.")
		: _("Taken back. Nothing was sent."));
}

static void drop(struct screen *s, int choice, int64_t id)
{
	const struct outbox_port *port = writing_port(s);
	if (port == NULL)
		return;
	port->drop(s->ctx->host->self, id);
	undo_forget(&s->ctx->undo, id);
	screen_say(s, "%s", _("It is deleted."));
	if (s->ops != &outbox_ops)
		screen_back(s);
}

static void throw_away(struct screen *s)
{
	const struct outbox_row *r = row_or_say(s);
	if (r == NULL || is_under_way(s, r))
		return;
	if (r->change.state == CHANGE_WAITING)
		screen_say(s, "%s", _("It is waiting to be sent. Take it back first."));
	else if (r->change.state == CHANGE_DONE || !has_words(&r->change))
		drop(s, 0, r->change.id);
	else
		confirm_open(s, CONFIRM_THROW_AWAY, outbox_text_title(r, &s->rows_mem), r->change.id, drop);
}

static bool target_of(struct screen *s, const struct outbox_row *r, struct target *to)
{
	const struct change *c = &r->change;
	if (c->kind == CHANGE_MEMBER_LEVEL) {
		*to = (struct target){.screen = "member", .text = c->names};
		return true;
	}
	if (c->kind == CHANGE_ATTENDANCE) {
		*to = (struct target){.screen = "event", .id = c->post_id};
		return true;
	}
	const struct post_row *p = c->post_id == 0 ? NULL : post_store_get(s->ctx->store, c->post_id, &s->rows_mem);
	*to = (struct target){.screen = "topic", .id = r->done_topic_id, .number = r->done_post_number};
	if (to->id == 0)
		to->id = c->topic_id;
	if (to->number == 0)
		to->number = p != NULL ? p->post.post_number : c->kind == CHANGE_REPLY ? (int)c->number : 0;
	return to->id != 0;
}

void outbox_go_to(struct screen *s)
{
	struct target to;
	const struct outbox_row *r = row_or_say(s);
	if (r == NULL)
		return;
	if (target_of(s, r, &to))
		screen_go(s, &to);
	else
		screen_say(s, "%s", _("There is nothing to go to yet."));
}

const struct binding outbox_keys[] = {
	{"E", "edit", N_("Edit"), N_("Change this text, or go on writing"), edit, true},
	{"T", "try-again", N_("Try again"), N_("Send this again now"), try_again, true},
	{"D", "keep-draft", N_("Keep as draft"), N_("Keep a text that the site did not take as a draft"),
		keep_draft, false},
	{"B", "take-back", N_("Take back"), N_("Take this back"), take_back, true},
	{"x", "delete", N_("Delete"), N_("Delete this"), throw_away, true},
	{"G", "go-to", N_("Go to"), N_("Go to the post or the topic"), outbox_go_to, false},
	{0},
};
