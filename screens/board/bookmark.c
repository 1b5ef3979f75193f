#include "screens.h"

#include "post_store.h"
#include "str.h"
#include "text.h"
#include "topic_store.h"
#include "writing.h"

/* A post (target id) is kept to read again, with a note of the member. */
static void bookmark_load(struct screen *s)
{
	s->title = _("Save a post");
}

static void bookmark_text(struct screen *s, struct styled_builder *b)
{
	styled_line(b, ROLE_TEXT, _("You find this post again under \"Saved for reading\". Only you see that."));
	styled_blank(b);
	styled_line(b, ROLE_TEXT, _("You can add a note for yourself. Enter without words saves it without a note."));
}

static bool bookmark_ask(struct screen *s, struct question *q)
{
	*q = (struct question){.label = _("Note, not needed")};
	return true;
}

static void bookmark_answer(struct screen *s, const char *text)
{
	const struct post_row *p = s->ctx->store == NULL ? NULL : post_store_get(s->ctx->store, s->target.id, &s->mem);
	struct change c = {.kind = CHANGE_BOOKMARK, .post_id = s->target.id, .topic_id = p == NULL ? 0 : p->post.topic_id,
		.body = text};
	if (writing_send(s, &c, str_empty(text) ? _("This post is saved.") : _("This post is saved with your note.")))
		screen_back(s);
	else
		field_set(&s->answer, text);
}

static void bookmark_open(struct screen *s)
{
	s->answer.max_bytes = 100;
}

const struct screen_ops bookmark_ops = {
	.name = "bookmark", .kind = SCREEN_ASK, .open = bookmark_open, .load = bookmark_load, .text = bookmark_text,
	.ask = bookmark_ask, .answer = bookmark_answer,
};
