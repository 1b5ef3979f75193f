#include "screens.h"

#include "keys.h"
#include "note.h"
#include "str.h"
#include "text.h"
#include "view.h"
#include "when.h"

/* The member's own notes, newest first. */
static void notes_load(struct screen *s)
{
	s->title = _("My notes");
	s->count = s->ctx->store == NULL ? 0 : (int)note_store_count(s->ctx->store, screen_filter_text(s));
}

static const char *title_of(struct screen *s, const struct note_row *n)
{
	const char *where = str_empty(n->where) ? _("Not in kring any more") : n->where;
	if (n->kind == NOTE_MEMBER)
		return where;
	/* Translators: a post in a topic: the title of the topic and the number of the post. */
	return arena_printf(&s->rows_mem, _("%s, post %d"), where, n->post_number);
}

static const char *detail_of(struct screen *s, const struct note_row *n)
{
	struct sbuf b = {0};
	when_moment_day(&b, n->changed_ms, s->ctx->zone);
	sbuf_addf(&b, ": %s", n->text);
	for (size_t i = 0; i < b.n; i++)
		if (b.p[i] == '\n' || b.p[i] == '\t')
			b.p[i] = ' ';
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static void notes_rows(struct screen *s, int first, int n, struct row *out)
{
	struct note_rows list = note_store_list(s->ctx->store, screen_filter_text(s), first, n, &s->rows_mem);
	for (int i = 0; i < list.count && i < n; i++)
		out[i] = (struct row){.id = list.row[i].id, .id2 = list.row[i].kind, .title = title_of(s, &list.row[i]),
			.detail = detail_of(s, &list.row[i])};
}

static int notes_position(struct screen *s, int64_t id, int64_t id2)
{
	return (int)note_store_position(s->ctx->store, screen_filter_text(s), (enum note_kind)id2, id);
}

static void go_post(struct screen *s, int64_t id)
{
	struct arena a = {0};
	int at = notes_position(s, id, NOTE_POST);
	struct note_rows list = at < 0 ? (struct note_rows){0}
		: note_store_list(s->ctx->store, screen_filter_text(s), at, 1, &a);
	struct target to = {.screen = "topic"};
	if (list.count > 0) {
		to.id = list.row[0].topic_id;
		to.number = list.row[0].post_number;
	}
	arena_fini(&a);
	if (to.id != 0)
		screen_go(s, &to);
	else
		keys_say(s, _("This post is not in kring any more. Read the note with {note}."));
}

static void notes_enter(struct screen *s, const struct row *row)
{
	if (row->id2 == NOTE_MEMBER)
		screen_go(s, &(struct target){.screen = "member", .id = row->id});
	else
		go_post(s, row->id);
}

static void write_note(struct screen *s)
{
	const struct row *row = view_selected(s);
	if (row != NULL)
		note_open(s, (enum note_kind)row->id2, row->id);
}

static const struct binding notes_keys[] = {
	{"p", "note", N_("Note"), N_("Write in this note"), write_note, true},
	{0},
};

const struct screen_ops notes_ops = {
	.name = "notes", .kind = SCREEN_LIST, .item_rows = 2, .filter = true, .keys = notes_keys,
	.aggregates = STORE_NOTES | STORE_MEMBERS | STORE_POSTS,
	.empty = N_("You have no notes. Write one with {note}, on a member or in a topic."),
	.load = notes_load, .rows = notes_rows, .position = notes_position, .enter = notes_enter,
};
