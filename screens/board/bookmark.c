#include "screens.h"

#include "post_words.h"
#include "str.h"
#include "text.h"

/* A post (target id) is kept to read again, with a note of the member. */
static struct change bookmark_of(const struct screen *s)
{
	return (struct change){.kind = CHANGE_BOOKMARK, .post_id = s->target.id};
}

static void bookmark_load(struct screen *s)
{
	s->title = _("Save a post");
	if (!s->loaded)
		post_words_begin(s, s->state, bookmark_of(s));
}

static void bookmark_text(struct screen *s, struct styled_builder *b)
{
	styled_line(b, ROLE_TEXT, _("You find this post again under \"Saved for reading\". Only you see that."));
	styled_blank(b);
	styled_line(b, ROLE_TEXT, _("You can add a note for yourself. Enter without words saves it without a note."));
	styled_line(b, ROLE_TEXT, _("When you go back, what you typed is kept as a draft."));
}

static bool bookmark_ask(struct screen *s, struct question *q)
{
	*q = (struct question){.label = _("Note, not needed")};
	return true;
}

static void bookmark_answer(struct screen *s, const char *text)
{
	if (post_words_send(s, s->state, bookmark_of(s), text,
			str_empty(text) ? _("This post is saved.") : _("This post is saved with your note.")))
		screen_back(s);
}

static void bookmark_open(struct screen *s)
{
	s->answer.max_bytes = 100;
}

static void bookmark_save(struct screen *s)
{
	post_words_keep(s, s->state, bookmark_of(s));
}

const struct screen_ops bookmark_ops = {
	.name = "bookmark", .kind = SCREEN_ASK, .state_size = sizeof(struct post_words), .open = bookmark_open,
	.load = bookmark_load, .text = bookmark_text, .ask = bookmark_ask, .answer = bookmark_answer,
	.save = bookmark_save,
};
