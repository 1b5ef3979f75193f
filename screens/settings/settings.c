#include "screens.h"

#include "setting_value.h"
#include "str.h"
#include "text.h"

/* What the member can choose, the simple things first; with target number 1 the rest of it. Each is a row of
 * the option table. */
enum { MaxOptions = 64, RowMore = -1, RowRestore = -2 };

struct settings_state {
	const struct option *option[MaxOptions];
	int options;
};

static bool shows_more(const struct screen *s)
{
	return s->target.number == 1;
}

static void settings_load(struct screen *s)
{
	struct settings_state *st = s->state;
	s->title = shows_more(s) ? _("More settings") : _("Settings");
	st->options = 0;
	for (const struct option *o = options_table; o->name != NULL && st->options < MaxOptions; o++)
		if (o->more == shows_more(s))
			st->option[st->options++] = o;
	s->count = st->options + (shows_more(s) ? 0 : 2);
}

static struct row option_row(struct screen *s, const struct option *o)
{
	const char *words = setting_words(s->ctx, o, &s->rows_mem);
	return (struct row){.id = o - options_table + 1, .title = arena_printf(&s->rows_mem, "%s: %s",
		_(o->title), words),
		.detail = _(o->says)};
}

static void settings_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct settings_state *st = s->state;
	for (int i = 0; i < n; i++) {
		int at = first + i;
		if (at < st->options)
			out[i] = option_row(s, st->option[at]);
		else if (at == st->options)
			out[i] = (struct row){.id = RowMore, .title = _("More settings"),
				.detail = _("What is seldom changed")};
		else
			out[i] = (struct row){.id = RowRestore, .title = _("Restore the standard"),
				.detail = _("Every setting gets its standard value")};
	}
}

static void open_option(struct screen *s, const struct option *o)
{
	bool list = config_has_choices(o) || str_equal(o->name, "theme");
	screen_go(s, &(struct target){.screen = list ? "setting" : "setting_text", .text = o->name});
}

static void settings_enter(struct screen *s, const struct row *row)
{
	if (row->id == RowMore)
		screen_go(s, &(struct target){.screen = "settings", .number = 1});
	else if (row->id == RowRestore)
		screen_go(s, &(struct target){.screen = "restore"});
	else if (options_table[row->id - 1].kind == OPTION_KEYS)
		screen_go(s, &(struct target){.screen = "keys"});
	else
		open_option(s, &options_table[row->id - 1]);
}

const struct screen_ops settings_ops = {
	.name = "settings", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.state_size = sizeof(struct settings_state),
	.load = settings_load, .rows = settings_rows, .enter = settings_enter,
};

/* All settings back to the standard, after the question; one undo each. */
static void restore_load(struct screen *s)
{
	s->title = _("Restore the standard");
	s->count = 2;
}

static void restore_rows(struct screen *s, int first, int n, struct row *out)
{
	for (int i = 0; i < n; i++)
		out[i] = first + i == 0
			? (struct row){.id = 1, .title = _("Keep my settings"), .detail = _("Nothing changes.")}
			: (struct row){.id = 2, .title = _("Restore every setting"),
			.detail = _("You can undo it, one setting at a time.")};
}

static bool is_standard(const struct context *ctx, const struct option *o)
{
	struct config came;
	struct arena a = {0};
	config_init(&came);
	const struct config *standard = ctx->standard == NULL ? &came : ctx->standard;
	bool same = str_equal(config_show(ctx->config, o, &a), config_show(standard, o, &a));
	arena_fini(&a);
	return same;
}

static void restore_enter(struct screen *s, const struct row *row)
{
	int changed = 0;
	if (row->id == 2)
		for (const struct option *o = options_table; o->name != NULL; o++)
			changed += !is_standard(s->ctx, o) && setting_restore(s, o);
	if (row->id == 2 && changed == 0)
		screen_say(s, "%s", _("Every setting has its standard value already."));
	screen_back(s);
}

const struct screen_ops restore_ops = {
	.name = "restore", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.load = restore_load, .rows = restore_rows,
	.choices = true, .enter = restore_enter,
};
