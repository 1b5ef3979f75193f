#include "screens.h"

#include "setting_value.h"
#include "str.h"
#include "text.h"
#include "theme.h"

/* The choices of one setting (target text: its name). What is chosen holds at once, so that its effect is seen. */
static const struct option *option_of(const struct screen *s)
{
	const struct option *o = config_option(str_or_empty(s->target.text));
	return o == NULL ? &options_table[0] : o;
}

static bool is_theme(const struct option *o)
{
	return str_equal(o->name, "theme");
}

static const char *value_at(const struct option *o, int i, struct arena *a)
{
	return is_theme(o) ? theme_name(theme_at((size_t)i)) : config_choice_value(o, i, a);
}

static void setting_load(struct screen *s)
{
	const struct option *o = option_of(s);
	s->title = _(o->title);
	s->count = is_theme(o) ? (int)theme_count() : config_choice_count(o);
}

/* Enter without looking changes nothing. */
static int setting_first(struct screen *s)
{
	const struct option *o = option_of(s);
	const char *now = config_show(s->ctx->config, o, &s->mem);
	int at = s->count - 1;
	while (at > 0 && !str_equal(now, value_at(o, at, &s->mem)))
		at--;
	return at;
}

static void setting_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct option *o = option_of(s);
	const char *now = config_show(s->ctx->config, o, &s->rows_mem);
	for (int i = 0; i < n; i++) {
		int at = first + i;
		/* What it is about stands there once. */
		out[i] = (struct row){.id = at + 1, .detail = at == 0 ? _(o->says) : NULL,
			.title = is_theme(o) ? theme_title(theme_at((size_t)at)) : config_choice_words(o, at, &s->rows_mem)};
		if (str_equal(now, value_at(o, at, &s->rows_mem)))
			out[i].state = _("chosen");
	}
}

static void setting_enter(struct screen *s, const struct row *row)
{
	const struct option *o = option_of(s);
	struct arena a = {0};
	setting_set(s, o, value_at(o, (int)row->id - 1, &a));
	screen_reload(s);
	arena_fini(&a);
}

const struct screen_ops setting_ops = {
	.name = "setting", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.load = setting_load, .first = setting_first, .rows = setting_rows,
	.choices = true, .enter = setting_enter,
};

/* A setting that is typed: a number or a text. */
static void setting_text_open(struct screen *s)
{
	struct arena a = {0};
	field_set(&s->answer, config_show(s->ctx->config, option_of(s), &a));
	arena_fini(&a);
}

static void setting_text_load(struct screen *s)
{
	s->title = _(option_of(s)->title);
}

static void setting_text_text(struct screen *s, struct styled_builder *b)
{
	const struct option *o = option_of(s);
	styled_line(b, ROLE_TEXT, _(o->says));
	if (o->kind == OPTION_INT)
		styled_addf(b, ROLE_TEXT, _("Type a number from %d to %d."), o->min, o->max);
	else
		styled_add(b, ROLE_TEXT, _("An empty answer means none."));
	styled_blank(b);
}

static bool setting_text_ask(struct screen *s, struct question *q)
{
	*q = (struct question){.label = _(option_of(s)->title)};
	return true;
}

static void setting_text_answer(struct screen *s, const char *text)
{
	if (setting_set(s, option_of(s), text))
		screen_back(s);
	else
		field_set(&s->answer, text);
}

const struct screen_ops setting_text_ops = {
	.name = "setting_text", .kind = SCREEN_ASK, .open = setting_text_open, .load = setting_text_load,
	.text = setting_text_text, .ask = setting_text_ask, .answer = setting_text_answer,
};
