#include "draft.h"

#include <string.h>

#include "category_store.h"
#include "composition.h"
#include "poll_plan.h"
#include "screens.h"
#include "site_store.h"
#include "str.h"
#include "text.h"

/* The parts of a text that the member writes (target id: of the change), each with what is in it now. */
enum { MostParts = 40 };

struct draft_state {
	struct composition *work; /* NULL: it is not here any more */
	int part[MostParts];
	const struct form *form;
};

static void draft_open(struct screen *s)
{
	struct draft_state *st = s->state;
	st->work = composition_take(s->ctx, s->target.id);
}

static bool draft_back(struct screen *s)
{
	const struct draft_state *st = s->state;
	composition_say_kept(s, st->work);
	return false;
}

static void draft_close(struct screen *s)
{
	const struct draft_state *st = s->state;
	composition_drop(s->ctx, st->work);
}

static void add_part(struct screen *s, int part)
{
	struct draft_state *st = s->state;
	if (s->count < MostParts)
		st->part[s->count++] = part;
}

static void add_parts(struct screen *s)
{
	const struct draft_state *st = s->state;
	const struct site *site = s->ctx->store == NULL ? NULL : site_store_get(s->ctx->store, &s->mem);
	bool message = composition_is_message(s, st->work);
	if (st->work->change.kind == CHANGE_MESSAGE)
		add_part(s, PART_NAMES);
	else if (!message)
		add_part(s, PART_CATEGORY);
	add_part(s, PART_TITLE);
	if (!message && (site == NULL || site->tagging))
		add_part(s, PART_TAGS);
	for (int i = 0; st->form != NULL && i < st->form->count; i++)
		add_part(s, PART_FIELD + i);
	add_part(s, PART_TEXT);
	if (!message && (site == NULL || site->polls))
		add_part(s, PART_POLL);
	add_part(s, PART_LOOK);
}

static void draft_load(struct screen *s)
{
	struct draft_state *st = s->state;
	s->title = _("Text");
	if (st->work == NULL)
		return;
	s->title = composition_title(s, st->work, &s->mem);
	st->form = composition_form(s, st->work, &s->mem);
	add_parts(s);
}

static const char *label_of(const struct draft_state *st, int part)
{
	switch (part) {
	case PART_CATEGORY:
		return _("Category");
	case PART_NAMES:
		return _("Recipients");
	case PART_TITLE:
		return _("Title");
	case PART_TAGS:
		return _("Tags");
	case PART_TEXT:
		return _("Text");
	case PART_POLL:
		return _("Poll");
	case PART_LOOK:
		return _("Look at it before sending");
	default:
		return st->form->field[part - PART_FIELD].label;
	}
}

static const char *category_name(const struct screen *s, const struct composition *w)
{
	struct arena *a = (struct arena *)(uintptr_t)&s->rows_mem;
	const struct category *c = w->change.category_id == 0 || s->ctx->store == NULL ? NULL
		: category_store_get(s->ctx->store, w->change.category_id, a);
	return c == NULL ? "" : c->name;
}

static const char *one_line(const char *text, struct arena *a)
{
	char *line = arena_strdup(a, text);
	for (char *c = line; *c != '\0'; c++)
		if (*c == '\n')
			*c = ' ';
	return str_trim(line);
}

/* The poll has a row of its own. */
static const char *text_words(struct screen *s, const struct composition *w)
{
	struct sbuf text = {0};
	poll_plan_remove(composition_text(s, w, &s->rows_mem), &text);
	const char *line = one_line(sbuf_str(&text), &s->rows_mem);
	sbuf_fini(&text);
	return line;
}

static const char *poll_words(const struct composition *w, struct arena *a)
{
	struct poll_plan p;
	if (!poll_plan_read(sbuf_str(&w->body), &p, a))
		return "";
	return str_empty(p.question) ? _("There is a poll in this text.") : p.question;
}

static const char *value_of(struct screen *s, int part)
{
	const struct draft_state *st = s->state;
	const struct composition *w = st->work;
	switch (part) {
	case PART_CATEGORY:
		return category_name(s, w);
	case PART_NAMES:
	case PART_TAGS:
		return sbuf_str(&w->names);
	case PART_TITLE:
		return sbuf_str(&w->title);
	case PART_TEXT:
		return text_words(s, w);
	case PART_POLL:
		return poll_words(w, &s->rows_mem);
	default:
		return composition_value(s, w, part - PART_FIELD, &s->rows_mem);
	}
}

/* The lines of a form are a text too. */
static bool is_needed(const struct draft_state *st, int part)
{
	return part == PART_CATEGORY || part == PART_NAMES || part == PART_TITLE ||
		(part == PART_TEXT && st->work->body.n == 0);
}

static void draft_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct draft_state *st = s->state;
	for (int i = 0; i < n; i++) {
		int part = st->part[first + i];
		const char *value = part == PART_LOOK ? _("Nothing is sent yet.") : value_of(s, part);
		out[i] = (struct row){.id = part, .title = label_of(st, part), .detail = value};
		if (str_empty(value))
			out[i].detail = part == PART_POLL ? _("Add a poll") : _("Not filled in");
		if (str_empty(value) && is_needed(st, part))
			out[i].state = _("needed");
	}
}

static int draft_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct draft_state *st = s->state;
	for (int i = 0; i < s->count; i++)
		if (st->part[i] == id)
			return i;
	return -1;
}

static void toggle(struct screen *s, int field)
{
	const struct draft_state *st = s->state;
	bool ticked = composition_value(s, st->work, field, &s->rows_mem)[0] != '\0';
	composition_set_value(s, st->work, field, ticked ? "" : st->form->yes);
	composition_count(st->work, s->ctx->now_ms, false);
	composition_keep(s, st->work);
	screen_reload(s);
}

static void draft_enter(struct screen *s, const struct row *row)
{
	const struct draft_state *st = s->state;
	static const char *const screens_of[] = {[PART_CATEGORY] = "draft_category", [PART_NAMES] = "draft_part",
		[PART_TITLE] = "draft_part", [PART_TAGS] = "draft_part", [PART_TEXT] = "compose", [PART_POLL] = "proposal",
		[PART_LOOK] = "overview"};
	int part = (int)row->id;
	if (part >= PART_FIELD && st->form->field[part - PART_FIELD].type == FORM_TICK) {
		toggle(s, part - PART_FIELD);
		return;
	}
	screen_go(s, &(struct target){.screen = part >= PART_FIELD ? "draft_part" : screens_of[part],
		.id = s->target.id,
		.number = part});
}

void draft_position_text(const struct screen *s, struct sbuf *out)
{
	if (s->count > 0)
		sbuf_addf(out, _("step %d of %d"), s->list.cursor + 1, s->count);
}

static void go_overview(struct screen *s)
{
	screen_go(s, &(struct target){.screen = "overview", .id = s->target.id});
}

static void go_preview(struct screen *s)
{
	screen_go(s, &(struct target){.screen = "preview", .id = s->target.id});
}

const struct binding draft_keys[] = {
	{"F4", "overview", N_("Overview"), N_("Look at everything before you send it"), go_overview, true},
	{"F8", "preview", N_("Preview"), N_("See the text as it will look"), go_preview, true},
	{0},
};

const struct screen_ops draft_ops = {
	.name = "draft", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.state_size = sizeof(struct draft_state), .keys = draft_keys,
	.aggregates = STORE_CATEGORIES, .empty = N_("This text is not here any more."),
	.open = draft_open, .close = draft_close, .load = draft_load, .rows = draft_rows, .position = draft_position,
	.enter = draft_enter, .position_text = draft_position_text, .back = draft_back,
};
