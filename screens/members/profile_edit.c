#include "profile_value.h"

#include "change.h"
#include "confirm.h"
#include "outbox_store.h"
#include "str.h"
#include "text.h"
#include "view_edit.h"
#include "writing.h"

enum { RowsSearched = 100 };

/* Sending a value of the profile, with the question that comes before what more people will see. */
void profile_editing_load(struct screen *s)
{
	struct profile_editing *e = s->state;
	e->profile = profile_load(s, &s->mem);
	e->value = profile_find(&e->profile, s->target.text);
	if (e->value != NULL && (!e->value->editable || e->value->value == NULL))
		e->value = NULL;
	s->title = e->value == NULL ? _("My details") : e->value->label;
}

static const struct outbox_row *unsent(struct screen *s)
{
	const struct outbox_filter filters[] = {{.drafts = true}, {.refused = true}};
	for (size_t f = 0; f < sizeof filters / sizeof filters[0]; f++) {
		struct outbox_rows rows = outbox_store_list(s->ctx->store, &filters[f], 0, RowsSearched, &s->mem);
		for (int i = 0; i < rows.count; i++)
			if (rows.row[i].change.kind == CHANGE_PROFILE && str_equal(rows.row[i].change.title, s->target.text))
				return &rows.row[i];
	}
	return NULL;
}

const char *profile_begin(struct screen *s)
{
	struct profile_editing *e = s->state;
	writing_wait(s->ctx);
	const struct outbox_row *row = unsent(s);
	e->writer = change_new_id();
	if (row == NULL)
		return e->value->value;
	e->draft = row->change.id;
	e->base = row->change.writer;
	screen_say(s, "%s", row->change.state == CHANGE_DRAFT ? _("This is your draft. It has not been sent.")
		: _("The site refused this text. Change it, and send it again."));
	return row->change.body;
}

void profile_explain(struct sbuf *out, const struct profile_value *v)
{
	sbuf_addf(out, "%s.", profile_who(v));
	if (v->required)
		sbuf_addf(out, " %s", _("This has to be filled in."));
	else
		sbuf_addf(out, " %s", _("You can leave it empty."));
	if (!str_empty(v->hint))
		sbuf_addf(out, " %s", v->hint);
}

static int count_chars(const char *text)
{
	int chars = 0;
	for (; *text != '\0'; text++)
		chars += ((unsigned char)*text & 0xc0) != 0x80;
	return chars;
}

static bool is_sound(struct screen *s, const struct profile_value *v, const char *text)
{
	int chars = count_chars(text);
	if (v->required && str_empty(text))
		screen_say(s, _("\"%s\" has to be filled in."), v->label);
	else if (chars > v->max_chars)
		screen_say(s, _("This is too long: %d characters. The maximum is %d."), chars, v->max_chars);
	else
		return true;
	return false;
}

static void send(struct screen *s, const char *text)
{
	const struct profile_editing *e = s->state;
	const struct profile_value *v = e->value;
	struct change c = {.id = e->draft, .kind = CHANGE_PROFILE, .title = v->name, .body = text,
		.original = v->value, .writer = e->writer, .base = e->base};
	struct sbuf says = {0};
	if (str_empty(text))
		sbuf_addf(&says, _("\"%s\" is empty now."), v->label);
	else
		sbuf_addf(&says, _("\"%s\" is changed."), v->label);
	if (writing_send(s, &c, sbuf_str(&says))) {
		view_edit_is_kept(s);
		screen_back(s);
	}
	sbuf_fini(&says);
}

static void send_shown(struct screen *s, int choice, int64_t id)
{
	const struct profile_editing *e = s->state;
	if (e->value != NULL && e->text != NULL)
		send(s, e->text);
}

/* A draft that says what the site has already is of no use any more. */
static void forget(struct screen *s, int64_t draft)
{
	const struct outbox_port *port = draft == 0 ? NULL : writing_port(s);
	if (port != NULL)
		port->drop(s->ctx->host->self, draft);
	view_edit_is_kept(s);
}

void profile_give(struct screen *s, const char *text)
{
	struct profile_editing *e = s->state;
	if (e->value == NULL || !is_sound(s, e->value, text))
		return;
	if (str_equal(text, e->value->value)) {
		forget(s, e->draft);
		screen_say(s, "%s", _("Nothing was changed."));
		screen_back(s);
	} else if (e->value->members_see_it && str_empty(e->value->value)) {
		e->text = arena_strdup(&s->own, text);
		confirm_open(s, CONFIRM_SHOW_TO_MEMBERS, e->value->label, 0, send_shown);
	} else {
		send(s, text);
	}
}

void profile_keep(struct screen *s, const char *text)
{
	struct profile_editing *e = s->state;
	if (e->value == NULL)
		return;
	struct change c = {.id = e->draft, .kind = CHANGE_PROFILE, .title = e->value->name, .body = text,
		.original = e->value->value, .writer = e->writer, .base = e->base};
	if (writing_save(s, &c))
		e->draft = c.id;
}
