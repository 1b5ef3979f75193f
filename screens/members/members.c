#include "screens.h"

#include "compose.h"
#include "member_store.h"
#include "note.h"
#include "str.h"
#include "text.h"
#include "view.h"

/* The list of members, or those who go to an event (target id). */
static struct member_filter filter_of(const struct screen *s)
{
	return (struct member_filter){.text = screen_filter_text(s), .going_to = s->target.id};
}

static void members_load(struct screen *s)
{
	struct member_filter f = filter_of(s);
	s->title = _("Members");
	s->count = s->ctx->store == NULL ? 0 : (int)member_store_count(s->ctx->store, &f);
}

static const char *detail_of(struct screen *s, const struct member_row *m)
{
	struct sbuf b = {0};
	const char *part[] = {str_empty(m->what) ? m->title : m->what, m->region, m->open_for};
	for (int i = 0; i < 3; i++) {
		if (str_empty(part[i]))
			continue;
		sbuf_add(&b, b.n > 0 ? " | " : "");
		if (i == 2)
			sbuf_addf(&b, "%s: ", _("Open to"));
		sbuf_add(&b, part[i]);
	}
	const char *text = arena_strdup(&s->rows_mem, sbuf_str(&b));
	sbuf_fini(&b);
	return text;
}

static void members_rows(struct screen *s, int first, int n, struct row *out)
{
	struct member_filter f = filter_of(s);
	struct member_rows list = member_store_list(s->ctx->store, &f, first, n, &s->rows_mem);
	for (int i = 0; i < list.count && i < n; i++) {
		const struct member_row *m = &list.row[i];
		out[i] = (struct row){.id = m->id, .title = m->name, .detail = detail_of(s, m),
			.state = m->me ? _("that is you") : m->ignored ? _("not shown") : m->muted ? _("muted") : NULL};
	}
}

static int members_position(struct screen *s, int64_t id, int64_t id2)
{
	struct member_filter f = filter_of(s);
	return (int)member_store_position(s->ctx->store, &f, id);
}

static void write_message(struct screen *s)
{
	struct arena a = {0};
	const struct row *row = view_selected(s);
	const struct member *m = row == NULL ? NULL : member_store_get(s->ctx->store, row->id, &a);
	if (m != NULL)
		compose_message(s, m->username);
	arena_fini(&a);
}

static void write_note(struct screen *s)
{
	const struct row *row = view_selected(s);
	if (row != NULL)
		note_open(s, NOTE_MEMBER, row->id);
}

static void go_level(struct screen *s)
{
	const struct row *row = view_selected(s);
	if (row != NULL)
		screen_go(s, &(struct target){.screen = "member_level", .id = row->id});
}

static const struct binding members_keys[] = {
	{"c", "compose", N_("Message"), N_("Write a private message to this member"), write_message, false},
	{"p", "note", N_("Note"), N_("Write a note about this member, only for you"), write_note, false},
	{"m", "level", N_("Show or not"), N_("Choose what you see of this member"), go_level, false},
	{0},
};

static void members_enter(struct screen *s, const struct row *row)
{
	screen_go(s, &(struct target){.screen = "member", .id = row->id});
}

const struct screen_ops members_ops = {
	.name = "members", .kind = SCREEN_LIST, .item_rows = 2, .filter = true, .keys = members_keys,
	.aggregates = STORE_MEMBERS | STORE_OUTBOX,
	.empty = N_("No members have been fetched yet. Fetch them with {fetch}."),
	.load = members_load, .rows = members_rows, .position = members_position, .enter = members_enter,
};
