#include "note.h"

#include "screens.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "view_edit.h"
#include "writing.h"

/* A note of the member's own (target id; target number: enum note_kind). It is kept while it is typed and never
 * sent. */
enum { NoteBytes = 20000 };

void note_open(struct screen *s, enum note_kind kind, int64_t id)
{
	if (writing_port(s) != NULL)
		screen_go(s, &(struct target){.screen = "note", .id = id, .number = kind});
}

static const char *kept_note(struct screen *s)
{
	return str_or_empty(note_store_get(s->ctx->store, (enum note_kind)s->target.number, s->target.id,
		&s->rows_mem));
}

static void note_load(struct screen *s)
{
	s->title = s->target.number == NOTE_POST ? _("Note on a post") : _("Note on a member");
	if (s->loaded || s->ctx->store == NULL)
		return;
	s->editor.max_bytes = NoteBytes;
	editor_set(&s->editor, kept_note(s));
}

static void note_text(struct screen *s, struct styled_builder *b)
{
	styled_line(b, ROLE_TEXT, _("Only on this computer. Nobody else sees it. It is kept while you type."));
}

static void note_save(struct screen *s)
{
	const struct outbox_port *port = writing_port(s);
	if (port == NULL)
		return;
	undo_add_own(&s->ctx->undo, &(struct undo_own){.what = UNDO_NOTE, .id = s->target.id, 
		.kind = s->target.number, .visit = s->ctx->stack->opened}, kept_note(s), _("You changed your note."));
	port->note(s->ctx->host->self, s->target.number, s->target.id, editor_text(&s->editor));
}

static const struct binding note_keys[] = {
	{"F6", "editor", N_("Own editor"), N_("Write the text in your own editor"), view_edit_outside, true},
	{0},
};

const struct screen_ops note_ops = {
	.name = "note", .kind = SCREEN_EDIT, .load = note_load, .text = note_text, .save = note_save,
	.keys = note_keys,
};
