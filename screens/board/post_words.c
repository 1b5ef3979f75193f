#include "post_words.h"

#include "post_store.h"
#include "str.h"
#include "text.h"
#include "view_edit.h"
#include "writing.h"

static void place(struct screen *s, struct change *c)
{
	const struct post_row *p = s->ctx->store == NULL ? NULL : post_store_get(s->ctx->store, c->post_id, &s->mem);
	c->topic_id = p == NULL ? 0 : p->post.topic_id;
}

void post_words_begin(struct screen *s, struct post_words *w, struct change c)
{
	place(s, &c);
	const struct outbox_row *row = s->ctx->store == NULL ? NULL : outbox_store_draft_for(s->ctx->store, &c,
		&s->mem);
	if (row == NULL)
		return;
	w->draft = row->change.id;
	field_set(&s->answer, row->change.body);
	screen_say(s, "%s", _("This is your draft. It has not been sent."));
}

static void forget(struct screen *s, struct post_words *w)
{
	const struct outbox_port *port = w->draft == 0 ? NULL : writing_port(s);
	if (port != NULL)
		port->drop(s->ctx->host->self, w->draft);
	w->draft = 0;
}

void post_words_keep(struct screen *s, struct post_words *w, struct change c)
{
	c.id = w->draft;
	c.body = field_text(&s->answer);
	place(s, &c);
	if (str_empty(c.body))
		forget(s, w);
	else if (writing_save(s, &c))
		w->draft = c.id;
}

bool post_words_send(struct screen *s, struct post_words *w, struct change c, const char *text, const char *says)
{
	c.id = w->draft;
	c.body = text;
	place(s, &c);
	if (writing_send(s, &c, says))
		return true;
	field_set(&s->answer, text);
	return false;
}
