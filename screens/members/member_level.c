#include "screens.h"

#include "change.h"
#include "member.h"
#include "member_store.h"
#include "pending.h"
#include "str.h"
#include "text.h"
#include "writing.h"

/* What the member sees of another member (target id). The other one is not told. */
enum { ROW_HEAD = 1, ROW_LEVEL, LEVELS = 3 };

struct member_level_state {
	const struct member *member; /* NULL: not in kring */
	const struct outbox_row *waiting;
};

static const struct {
	const char *title, *detail, *says;
} levels[LEVELS] = {
	[MEMBER_NORMAL] = {N_("Show everything"), N_("You see the posts, and you get notices."),
		N_("You see everything of this member again.")},
	[MEMBER_MUTED] = {N_("No notices"), N_("You see the posts. You get no notices about this member."),
		N_("You get no notices about this member.")},
	[MEMBER_IGNORED] = {N_("Do not show"), N_("For 4 months you see no posts. Then this ends by itself."),
		N_("You see no posts of this member for 4 months.")},
};

static enum member_level level_of(const struct member *m)
{
	return m->ignored ? MEMBER_IGNORED : m->muted ? MEMBER_MUTED : MEMBER_NORMAL;
}

static void member_level_load(struct screen *s)
{
	struct member_level_state *st = s->state;
	*st = (struct member_level_state){0};
	s->title = _("What you see");
	st->member = s->ctx->store == NULL ? NULL : member_store_get(s->ctx->store, s->target.id, &s->mem);
	s->count = 1;
	if (st->member == NULL)
		return;
	s->count += LEVELS;
	struct outbox_rows rows = pending_load(s, 0);
	for (int i = 0; i < rows.count; i++) {
		const struct change *c = &rows.row[i].change;
		if (c->kind == CHANGE_MEMBER_LEVEL && str_equal(c->names, st->member->username))
			st->waiting = &rows.row[i];
	}
}

static const char *state_of(struct screen *s, const struct member_level_state *st, int level)
{
	if ((int)level_of(st->member) != level)
		return NULL;
	if (pending_word(st->waiting) == NULL)
		return _("chosen");
	return arena_printf(&s->rows_mem, "%s, %s", _("chosen"), pending_word(st->waiting));
}

static void member_level_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct member_level_state *st = s->state;
	for (int i = 0; i < n; i++) {
		int level = first + i - 1;
		if (level >= 0)
			out[i] = (struct row){.id = ROW_LEVEL + level, .title = _(levels[level].title),
				.detail = _(levels[level].detail), .state = state_of(s, st, level)};
		else if (st->member == NULL)
			out[i] = (struct row){.id = ROW_HEAD,
				.title = _("This member is not in kring. The profile may be gone.")};
		else
			out[i] = (struct row){.id = ROW_HEAD, .title = member_display(st->member->name, st->member->username),
				.detail = _("This member is not told what you choose.")};
	}
}

static void member_level_enter(struct screen *s, const struct row *row)
{
	const struct member_level_state *st = s->state;
	int64_t level = row->id - ROW_LEVEL;
	if (row->id == ROW_HEAD) {
		screen_say(s, "%s", row->detail == NULL ? row->title : row->detail);
		return;
	}
	if (level == (int64_t)level_of(st->member)) {
		screen_say(s, "%s", _("You chose this already."));
		return;
	}
	struct change c = {.kind = CHANGE_MEMBER_LEVEL, .names = st->member->username, .number = level,
		.before = level_of(st->member)};
	if (writing_send(s, &c, _(levels[level].says)))
		screen_back(s);
}

const struct screen_ops member_level_ops = {
	.name = "member_level", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.aggregates = STORE_MEMBERS | STORE_OUTBOX,
	.state_size = sizeof(struct member_level_state), .load = member_level_load, .rows = member_level_rows,
	.choices = true, .enter = member_level_enter,
};
