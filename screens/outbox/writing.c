#include "writing.h"

#include "keys.h"
#include "stack.h"
#include "str.h"
#include "sync_store.h"
#include "text.h"

const struct outbox_port *writing_port(struct screen *s)
{
	const struct host *h = s->ctx->host;
	if (h != NULL && h->outbox != NULL && s->ctx->store != NULL)
		return h->outbox;
	keys_say(s, s->ctx->account == NULL ? _("Log in first. Then you can write.")
		: s->ctx->store == NULL ? _("Nothing can be written yet. First fetch the community with {fetch}.")
		: _("kring cannot write. Its network part is missing."));
	return NULL;
}

void writing_wait(struct context *ctx)
{
	if (ctx->host != NULL && ctx->host->outbox != NULL && ctx->host->outbox->wait != NULL)
		ctx->host->outbox->wait(ctx->host->self);
}

static void complete(const struct screen *s, struct change *c)
{
	if (c->id == 0)
		c->id = change_new_id();
	if (c->created_ms == 0)
		c->created_ms = s->ctx->now_ms;
}

bool writing_save(struct screen *s, struct change *c)
{
	const struct outbox_port *port = writing_port(s);
	if (port == NULL)
		return false;
	complete(s, c);
	port->save(s->ctx->host->self, c);
	return true;
}

const char *writing_undo_key(struct screen *s)
{
	return keys_to(s, "undo", &s->rows_mem);
}

bool writing_send_with(struct screen *s, struct change *c)
{
	const struct outbox_port *port = writing_port(s);
	if (port == NULL)
		return false;
	complete(s, c);
	c->due_ms = s->ctx->now_ms + s->ctx->config->grace_seconds * 1000LL;
	port->send(s->ctx->host->self, c);
	return true;
}

static bool is_offline(struct screen *s)
{
	return sync_store_status(s->ctx->store, &s->rows_mem).error == ERR_OFFLINE;
}

bool writing_send(struct screen *s, struct change *c, const char *says)
{
	int grace = s->ctx->config->grace_seconds;
	if (!writing_send_with(s, c))
		return false;
	undo_add(&s->ctx->undo, c->id, says);
	if (is_offline(s))
		/* Translators: first what the member did, as a sentence, then a key. */
		screen_say(s, _("%s It waits for a connection. Take it back with %s."), says, writing_undo_key(s));
	else if (grace > 0)
		screen_say(s, _("%s Take it back with %s, for %d seconds."), says, writing_undo_key(s), grace);
	else
		screen_say(s, "%s", says);
	return true;
}

const char *writing_no_undo(const struct outbox_row *r)
{
	struct change inverse;
	switch (r->change.state) {
	case CHANGE_WAITING:
	case CHANGE_REFUSED:
		return NULL;
	case CHANGE_DRAFT:
		return _("This is a draft. Nothing was sent.");
	case CHANGE_SENDING:
	case CHANGE_UNSURE:
		return _("kring is sending it. First kring has to know whether it arrived.");
	case CHANGE_DONE:
		break;
	}
	return !r->held && change_inverse(&r->change, r->done_post_id, &inverse) ? NULL
		: _("This cannot be taken back any more.");
}

/* Of a text the member hears where it is now. */
static void say_undone(struct screen *s, const struct undo_step *step, const struct outbox_row *row)
{
	if (row == NULL || (!change_is_text(row->change.kind) && !outbox_row_becomes_draft(row)))
		/* Translators: %s is what the member did, as a sentence. */
		screen_say(s, _("Undone: %s"), step->says);
	else if (row->change.state != CHANGE_DONE)
		screen_say(s, "%s", _("Taken back. Your text is a draft now."));
	else if (!change_is_text(row->change.kind))
		screen_say(s, _("Undone: %s"), step->says);
	else if (row->change.kind == CHANGE_EDIT)
		screen_say(s, "%s", _("Your change is taken back on the site."));
	else
		screen_say(s, "%s", _("Your text is taken off the site. Others may have read it."));
}

static void undo_change(struct screen *s, const struct undo_step *step)
{
	const struct outbox_port *port = writing_port(s);
	const struct outbox_row *row = port == NULL ? NULL : outbox_store_get(s->ctx->store, step->id, &s->rows_mem);
	const char *why = row == NULL ? NULL : writing_no_undo(row);
	if (why != NULL) {
		screen_say(s, "%s", why);
		if (row->change.state == CHANGE_SENDING || row->change.state == CHANGE_UNSURE)
			undo_add(&s->ctx->undo, step->id, step->says);
	} else if (port != NULL) {
		port->undo(s->ctx->host->self, step->id);
		say_undone(s, step, row);
	}
}

static void undo_reminder(struct screen *s, const struct undo_step *step)
{
	const struct outbox_port *port = writing_port(s);
	if (port == NULL)
		return;
	port->remind(s->ctx->host->self, step->event_id, step->minutes);
	say_undone(s, step, NULL);
}

static void undo_own(struct screen *s, const struct undo_step *step)
{
	const struct undo_own *own = &step->own;
	const struct outbox_port *port = writing_port(s);
	if (port == NULL)
		return;
	if (own->what == UNDO_NOTE)
		port->note(s->ctx->host->self, own->kind, own->id, step->value);
	else if (own->what == UNDO_GUIDE)
		port->guide(s->ctx->host->self, own->id, own->starts_ms, own->part, step->value);
	else
		port->agree(s->ctx->host->self, own->id, step->value, 0);
	say_undone(s, step, NULL);
}

/* That it is undone is said when it is written. */
static void undo_setting(struct screen *s, const struct undo_step *step)
{
	const struct host *h = s->ctx->host;
	struct error err;
	if (!h->set_option(h->self, step->setting, step->value, OPTION_UNDONE, &err))
		screen_say_error(s, &err);
}

void writing_undo(struct screen *s)
{
	struct undo_step step;
	if (!undo_take(&s->ctx->undo, &step)) {
		screen_say(s, "%s", _("There is nothing to undo."));
		return;
	}
	if (step.event_id != 0)
		undo_reminder(s, &step);
	else if (step.own.what != UNDO_SENT)
		undo_own(s, &step);
	else if (step.setting != NULL)
		undo_setting(s, &step);
	else
		undo_change(s, &step);
}
