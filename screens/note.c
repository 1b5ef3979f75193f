#include "note.h"

#include "screens.h"
#include "text.h"
#include "writing.h"

/* A note of the member's own (target id; target number: enum note_kind). It is kept while it is typed and never sent. */
enum { NoteBytes = 20000 };

void note_open(struct screen *s, enum note_kind kind, int64_t id)
{
	if (writing_port(s) != NULL)
		screen_go(s, &(struct target){.screen = "note", .id = id, .number = kind});
}

static void note_begin(struct screen *s)
{
	struct arena a = {0};
	s->editor.max_bytes = NoteBytes;
	if (s->ctx->store != NULL)
		editor_set(&s->editor, note_store_get(s->ctx->store, (enum note_kind)s->target.number, s->target.id, &a));
	arena_fini(&a);
}

static void note_load(struct screen *s)
{
	s->title = s->target.number == NOTE_POST ? _("Note on a post, only on this computer")
		: _("Note on a member, only on this computer");
}

static void note_save(struct screen *s)
{
	const struct outbox_port *port = writing_port(s);
	if (port != NULL)
		port->note(s->ctx->host->self, s->target.number, s->target.id, editor_text(&s->editor));
}

const struct screen_ops note_ops = {
	.name = "note", .kind = SCREEN_EDIT, .open = note_begin, .load = note_load, .save = note_save,
};
