#include "guide.h"

#include <string.h>

#include "event_topic.h"
#include "screens.h"
#include "str.h"
#include "text.h"
#include "view_edit.h"
#include "writing.h"

/* A text of the member about a meeting (target id and id2: the meeting, text: the part): a note on a step, an
 * answer of the preparation, or of looking back. It is kept while it is typed, and never sent by itself. */
enum { TextBytes = 20000 };

struct guide_write_state {
	struct guide_key key;
	const struct method_question *question; /* NULL: a note */
};

static void guide_write_load(struct screen *s)
{
	struct guide_write_state *st = s->state;
	const struct methods *all = methods_load(event_topic_language(), &s->mem, NULL);
	st->key = guide_target_key(s);
	st->question = guide_question(all, str_or_empty(s->target.text));
	s->title = st->question != NULL ? st->question->label : _("Note on this step");
	if (s->loaded || s->ctx->store == NULL)
		return;
	s->editor.max_bytes = TextBytes;
	editor_set(&s->editor, guide_kept(s, st->key, str_or_empty(s->target.text), &s->mem));
}

static void guide_write_text(struct screen *s, struct styled_builder *b)
{
	const struct guide_write_state *st = s->state;
	if (st->question != NULL)
		styled_line(b, ROLE_TEXT, str_empty(st->question->hint) ? _("You can leave this empty.")
			: st->question->hint);
	styled_line(b, ROLE_TEXT, _("Only on this computer. Nobody else sees it. It is kept while you type."));
}

static void guide_write_save(struct screen *s)
{
	const struct guide_write_state *st = s->state;
	guide_keep(s, st->key, str_or_empty(s->target.text), editor_text(&s->editor));
}

static const struct binding guide_write_keys[] = {
	{"F6", "editor", N_("Own editor"), N_("Write the text in your own editor"), view_edit_outside, true},
	{0},
};

const struct screen_ops guide_write_ops = {
	.name = "guide_write", .kind = SCREEN_EDIT, .state_size = sizeof(struct guide_write_state),
	.keys = guide_write_keys, .load = guide_write_load, .text = guide_write_text, .save = guide_write_save,
};
