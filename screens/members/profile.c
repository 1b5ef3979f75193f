#include "screens.h"

#include "pending.h"
#include "profile_value.h"
#include "str.h"
#include "text.h"
#include "when.h"

/* What the member's own profile says and who sees each part. Enter changes one part. */
enum { ROW_HEAD = 1, ROW_VALUE, RowsSearched = 200 };

struct profile_state {
	struct profile profile;
	struct outbox_rows waiting;
	int64_t changed_ms; /* the last change from here; 0: not known */
};

/* Only the month is shown. */
static int64_t last_change(struct screen *s)
{
	struct outbox_filter every = {0};
	struct outbox_rows all = outbox_store_list(s->ctx->store, &every, 0, RowsSearched, &s->mem);
	int64_t last = 0;
	for (int i = 0; i < all.count; i++)
		if (all.row[i].change.kind == CHANGE_PROFILE && all.row[i].change.state != CHANGE_DRAFT
			&& all.row[i].change.created_ms > last)
			last = all.row[i].change.created_ms;
	return last;
}

static void profile_screen_load(struct screen *s)
{
	struct profile_state *st = s->state;
	s->title = _("My details");
	st->profile = profile_load(s, &s->mem);
	if (st->profile.member == NULL)
		return;
	st->waiting = pending_load(s, 0);
	st->changed_ms = last_change(s);
	s->count = st->profile.count + 1;
}

static struct row head_row(struct screen *s, const struct profile_state *st)
{
	struct sbuf b = {0};
	sbuf_add(&b, _("Choose the part that you want to change."));
	if (st->changed_ms != 0) {
		struct sbuf month = {0};
		when_month(&month, st->changed_ms, s->ctx->zone);
		sbuf_addc(&b, ' ');
		sbuf_addf(&b, _("Last changed in %s."), sbuf_str(&month));
		sbuf_fini(&month);
	}
	const struct member *me = st->profile.member;
	struct row row = {.id = ROW_HEAD, .title = member_display(me->name, me->username),
		.detail = arena_strdup(&s->rows_mem, sbuf_str(&b))};
	sbuf_fini(&b);
	return row;
}

static struct row value_row(struct screen *s, const struct profile_state *st, int i)
{
	const struct profile_value *v = &st->profile.value[i];
	const char *shown = str_empty(v->shown) ? _("Not filled in") : v->shown;
	return (struct row){.id = ROW_VALUE + i, .title = arena_printf(&s->rows_mem, "%s: %s", v->label, shown),
		.state = pending_word(pending_find(&st->waiting, CHANGE_PROFILE, 0, v->name)), .detail = profile_who(v)};
}

static void profile_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct profile_state *st = s->state;
	for (int i = 0; i < n; i++)
		out[i] = first + i == 0 ? head_row(s, st) : value_row(s, st, first + i - 1);
}

static void profile_enter(struct screen *s, const struct row *row)
{
	const struct profile_state *st = s->state;
	if (row->id == ROW_HEAD)
		screen_go(s, &(struct target){.screen = "member", .id = st->profile.member->id});
	else
		profile_change(s, &st->profile.value[row->id - ROW_VALUE]);
}

const struct screen_ops profile_ops = {
	.name = "profile", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.aggregates = STORE_MEMBERS | STORE_OUTBOX | STORE_SITE, .state_size = sizeof(struct profile_state),
	.empty = N_("Your profile has not been fetched yet. Fetch it with {fetch}."), .load = profile_screen_load,
	.rows = profile_rows, .enter = profile_enter,
};
