#include "draft.h"

#include "compose_check.h"
#include "composition.h"
#include "draft_day.h"
#include "draft_names.h"
#include "screens.h"
#include "str.h"
#include "text.h"
#include "topic_store.h"

/* One part of a text as a question (target id: of the change, number: the part). */
struct draft_part_state {
	struct composition *work; /* NULL: it is not here any more */
	const struct form *form;
};

static int part_of(const struct screen *s)
{
	return s->target.number;
}

static const struct form_field *field_of(const struct screen *s)
{
	const struct draft_part_state *st = s->state;
	int at = part_of(s) - PART_FIELD;
	return st->form == NULL || at < 0 || at >= st->form->count ? NULL : &st->form->field[at];
}

/* What stands in the field to begin with. */
static void show_value(struct screen *s)
{
	const struct draft_part_state *st = s->state;
	const struct form_field *f = field_of(s);
	struct sbuf text = {0};
	struct arena a = {0};
	if (part_of(s) == PART_TITLE)
		sbuf_add(&text, sbuf_str(&st->work->title));
	else if (f == NULL)
		sbuf_add(&text, sbuf_str(&st->work->names));
	else
		sbuf_add(&text, composition_value(s, st->work, part_of(s) - PART_FIELD, &a));
	if (f != NULL && text.n == 0 && f->type == FORM_DATE && f->days > 0)
		draft_day_add(zone_day_start(s->ctx->zone, s->ctx->now_ms / 1000, f->days), s->ctx->zone, &text);
	else if (f != NULL && text.n == 0)
		sbuf_add(&text, f->start);
	field_set(&s->answer, sbuf_str(&text));
	sbuf_fini(&text);
	arena_fini(&a);
}

static void draft_part_open(struct screen *s)
{
	struct draft_part_state *st = s->state;
	st->work = composition_take(s->ctx, s->target.id);
	if (st->work == NULL)
		return;
	st->form = composition_form(s, st->work, &s->own);
	show_value(s);
}

static void draft_part_close(struct screen *s)
{
	const struct draft_part_state *st = s->state;
	composition_drop(s->ctx, st->work);
}

static const char *label_of(const struct screen *s)
{
	const struct form_field *f = field_of(s);
	if (f != NULL)
		return f->label;
	return part_of(s) == PART_NAMES ? _("Recipients") : part_of(s) == PART_TAGS ? _("Tags") : _("Title");
}

static void draft_part_load(struct screen *s)
{
	s->title = label_of(s);
}

static void title_text(struct screen *s, struct styled_builder *b)
{
	const struct draft_part_state *st = s->state;
	int min, max;
	compose_title_lengths(s, st->work, &min, &max);
	styled_line(b, ROLE_TEXT, _("A good title says in one line what it is about."));
	if (max > 0)
		styled_addf(b, ROLE_TEXT, _("The title has %d to %d characters."), min, max);
	styled_break(b);
}

static void tags_text(struct screen *s, struct styled_builder *b)
{
	int count = 0;
	const struct tag_count *tag = s->ctx->store == NULL ? NULL : topic_store_tags(s->ctx->store, &s->text_mem,
		&count);
	struct sbuf all = {0};
	for (int i = 0; i < count; i++)
		sbuf_addf(&all, "%s%s", i > 0 ? ", " : "", tag[i].tag);
	styled_line(b, ROLE_TEXT, _("Tags help others to find this topic. Put a comma between them."));
	styled_label(b, _("Tags in use"), sbuf_str(&all));
	sbuf_fini(&all);
}

static void draft_part_text(struct screen *s, struct styled_builder *b)
{
	const struct draft_part_state *st = s->state;
	const struct form_field *f = field_of(s);
	if (st->work == NULL)
		styled_line(b, ROLE_TEXT, _("This text is not here any more."));
	else if (f != NULL && f->type == FORM_DATE)
		styled_line(b, ROLE_TEXT, _("Write the date like this: 3-3-2026."));
	else if (f != NULL)
		styled_line(b, ROLE_TEXT, str_empty(f->hint) ? _("You can leave this empty.") : f->hint);
	else if (part_of(s) == PART_NAMES)
		styled_line(b, ROLE_TEXT,
			_("Type usernames or groups with a comma between them. The start of a name is enough."));
	else if (part_of(s) == PART_TAGS)
		tags_text(s, b);
	else
		title_text(s, b);
}

static bool draft_part_ask(struct screen *s, struct question *q)
{
	const struct draft_part_state *st = s->state;
	*q = (struct question){.label = label_of(s)};
	return st->work != NULL;
}

static void set(struct sbuf *b, const char *text)
{
	sbuf_reset(b);
	sbuf_add(b, text);
}

/* "3-3-2026" becomes the date with its weekday; other words stay as they are. */
static void set_date(struct screen *s, const char *text)
{
	const struct draft_part_state *st = s->state;
	int64_t day = draft_day_read(text, s->ctx->zone, s->ctx->now_ms);
	struct sbuf words = {0};
	if (day != 0)
		draft_day_write(day, s->ctx->zone, &words);
	else
		sbuf_add(&words, text);
	composition_set_value(s, st->work, part_of(s) - PART_FIELD, sbuf_str(&words));
	sbuf_fini(&words);
}

static void set_value(struct screen *s, const char *text, struct sbuf *remark)
{
	const struct draft_part_state *st = s->state;
	const struct form_field *f = field_of(s);
	struct sbuf names = {0};
	if (f != NULL && f->type == FORM_DATE)
		set_date(s, text);
	else if (f != NULL)
		composition_set_value(s, st->work, part_of(s) - PART_FIELD, text);
	else if (part_of(s) == PART_TITLE)
		set(&st->work->title, text);
	else {
		if (part_of(s) == PART_NAMES)
			draft_names_people(s, text, &names, remark);
		else
			draft_names_tags(text, &names);
		set(&st->work->names, sbuf_str(&names));
	}
	sbuf_fini(&names);
}

static void title_remark(const struct screen *s, struct sbuf *remark)
{
	const struct draft_part_state *st = s->state;
	int min, max, n = compose_characters(sbuf_str(&st->work->title));
	compose_title_lengths(s, st->work, &min, &max);
	if (n > 0 && n < min)
		sbuf_addf(remark, _("The title is too short: %d characters. At least %d are needed."), n, min);
	else if (max > 0 && n > max)
		sbuf_addf(remark, _("The title is too long: %d characters. The maximum is %d."), n, max);
}

/* Line mode answers without the field: an empty answer there leaves what stands in it. */
static bool is_untouched(const struct screen *s, const char *text)
{
	return str_empty(text) && !str_empty(field_text(&s->answer));
}

static void draft_part_answer(struct screen *s, const char *given)
{
	const struct draft_part_state *st = s->state;
	struct sbuf remark = {0};
	char *copy = arena_strdup(&s->mem, is_untouched(s, given) ? field_text(&s->answer) : given);
	set_value(s, str_trim(copy), &remark);
	if (part_of(s) == PART_TITLE)
		title_remark(s, &remark);
	composition_count(st->work, s->ctx->now_ms, true);
	bool kept = composition_keep(s, st->work);
	if (kept && remark.n > 0)
		screen_say(s, "%s", sbuf_str(&remark));
	sbuf_fini(&remark);
	screen_back(s);
}

static void draft_part_save(struct screen *s)
{
	const struct draft_part_state *st = s->state;
	struct sbuf remark = {0};
	struct arena a = {0};
	if (st->work == NULL)
		return;
	set_value(s, str_trim(arena_strdup(&a, field_text(&s->answer))), &remark);
	composition_count(st->work, s->ctx->now_ms, true);
	composition_keep(s, st->work);
	sbuf_fini(&remark);
	arena_fini(&a);
}

const struct screen_ops draft_part_ops = {
	.name = "draft_part", .kind = SCREEN_ASK, .state_size = sizeof(struct draft_part_state),
	.open = draft_part_open, .close = draft_part_close, .load = draft_part_load, .text = draft_part_text,
	.ask = draft_part_ask, .answer = draft_part_answer, .save = draft_part_save,
};
