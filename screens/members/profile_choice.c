#include "screens.h"

#include <string.h>

#include "profile_value.h"
#include "str.h"
#include "text.h"

/* A part of the member's own profile that is chosen from a list (target text: its name): one option, several, or
 * yes. Several are given with the row below them. */
enum { ROW_HEAD = 1, ROW_NONE, ROW_KEEP, ROW_OPTION };

struct profile_choice_state {
	struct profile_editing editing;
	bool *chosen;        /* by option, in s->own */
	int chosen_count;
};

/* "Open to, talks, writing": is `option` one of the joined ones? */
static bool holds(const char *joined, const char *option)
{
	size_t n = strlen(option);
	for (const char *at = joined; (at = strstr(at, option)) != NULL; at += n) {
		bool begins = at == joined || (at - joined >= 2 && strncmp(at - 2, ", ", 2) == 0);
		if (begins && (at[n] == '\0' || strncmp(at + n, ", ", 2) == 0))
			return true;
	}
	return false;
}

static void profile_choice_load(struct screen *s)
{
	struct profile_choice_state *st = s->state;
	profile_editing_load(s);
	const struct profile_value *v = st->editing.value;
	if (v == NULL)
		return;
	if (st->chosen == NULL || st->chosen_count != v->option_count) {
		st->chosen = ARENA_ARRAY(&s->own, (size_t)v->option_count + 1, bool);
		st->chosen_count = v->option_count;
		for (int i = 0; i < v->option_count; i++)
			st->chosen[i] = holds(v->value, v->option[i]);
	}
	s->count = v->kind == PROFILE_YES ? 3 : v->option_count + 2;
}

static struct row yes_row(const struct profile_value *v, bool yes)
{
	bool now = yes == !str_empty(v->value);
	return (struct row){.id = yes ? ROW_OPTION : ROW_NONE, .title = yes ? _("Yes") : _("No"),
		.state = now ? _("chosen") : NULL};
}

static struct row row_at(struct screen *s, const struct profile_choice_state *st, int at)
{
	const struct profile_value *v = st->editing.value;
	struct sbuf about = {0};
	if (at == 0) {
		profile_explain(&about, v);
		struct row row = {.id = ROW_HEAD, .title = v->label,
			.detail = arena_strdup(&s->rows_mem, sbuf_str(&about))};
		sbuf_fini(&about);
		return row;
	}
	if (v->kind == PROFILE_YES)
		return yes_row(v, at == 1);
	if (at <= v->option_count)
		return (struct row){.id = ROW_OPTION + at - 1, .title = v->option[at - 1],
			.state = !st->chosen[at - 1] ? NULL : _("chosen")};
	if (v->kind == PROFILE_SEVERAL)
		return (struct row){.id = ROW_KEEP, .title = _("Send what you chose"), .detail = profile_who(v)};
	return (struct row){.id = ROW_NONE, .title = _("Nothing"), .state = str_empty(v->value) ? _("chosen") : NULL,
		.detail = _("Then this part of your profile is empty.")};
}

static void profile_choice_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct profile_choice_state *st = s->state;
	for (int i = 0; i < n; i++)
		out[i] = row_at(s, st, first + i);
}

static void give_several(struct screen *s, const struct profile_choice_state *st)
{
	struct sbuf joined = {0};
	for (int i = 0; i < st->chosen_count; i++)
		if (st->chosen[i])
			sbuf_addf(&joined, "%s%s", joined.n > 0 ? ", " : "", st->editing.value->option[i]);
	const char *text = arena_strdup(&s->mem, sbuf_str(&joined));
	sbuf_fini(&joined);
	profile_give(s, text);
}

static void choose(struct screen *s, struct profile_choice_state *st, int option)
{
	const struct profile_value *v = st->editing.value;
	if (v->kind == PROFILE_YES) {
		profile_give(s, "true");
	} else if (v->kind == PROFILE_ONE) {
		profile_give(s, v->option[option]);
	} else {
		st->chosen[option] = !st->chosen[option];
		s->row_count = 0;
		screen_say(s, "%s", st->chosen[option] ? _("Chosen. Nothing is sent yet.")
			: _("Not chosen any more. Nothing is sent yet."));
	}
}

static void profile_choice_enter(struct screen *s, const struct row *row)
{
	struct profile_choice_state *st = s->state;
	if (row->id == ROW_HEAD)
		screen_say(s, "%s", row->detail);
	else if (row->id == ROW_NONE)
		profile_give(s, "");
	else if (row->id == ROW_KEEP)
		give_several(s, st);
	else
		choose(s, st, (int)(row->id - ROW_OPTION));
}

const struct screen_ops profile_choice_ops = {
	.name = "profile_choice", .kind = SCREEN_LIST, .item_rows = 2, .whole = true, .aggregates = STORE_MEMBERS,
	.state_size = sizeof(struct profile_choice_state), .load = profile_choice_load, .rows = profile_choice_rows,
	.choices = true, .enter = profile_choice_enter,
};
