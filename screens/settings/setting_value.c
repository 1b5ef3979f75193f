#include "setting_value.h"

#include <string.h>

#include "stack.h"
#include "str.h"
#include "text.h"
#include "theme.h"
#include "undo.h"
#include "writing.h"

const char *setting_words(const struct context *ctx, const struct option *o, struct arena *a)
{
	const char *value = config_show_words(ctx->config, o, a);
	const struct theme *theme = str_equal(o->name, "theme") ? theme_find(value) : NULL;
	if (theme != NULL)
		return theme_title(theme);
	return value[0] == '\0' ? _("none") : value;
}

static bool set(struct screen *s, const struct option *o, const char *value, enum option_change how)
{
	const struct host *h = s->ctx->host;
	struct error err;
	struct arena a = {0};
	if (h == NULL || h->set_option == NULL)
		return false;
	const char *before = config_show(s->ctx->config, o, &a);
	if (how == OPTION_CHOSEN && value != NULL && strcmp(before, value) == 0) {
		/* Translators: a setting, and its value in words. */
		screen_say(s, _("%s stays: %s."), _(o->title), setting_words(s->ctx, o, &a));
		arena_fini(&a);
		return true;
	}
	bool ok = h->set_option(h->self, o->name, value, how, &err);
	if (ok)
		undo_add_setting(&s->ctx->undo, o->name, before, _(o->title));
	else
		/* Translators: a setting, why its value cannot be used, what is kept, what to do. */
		screen_say(s, _("%s: %s. %s %s"), _(o->title), err.what, error_kept(&err), error_todo(&err));
	arena_fini(&a);
	return ok;
}

bool setting_set(struct screen *s, const struct option *o, const char *value)
{
	return set(s, o, value, OPTION_CHOSEN);
}

bool setting_restore(struct screen *s, const struct option *o)
{
	return set(s, o, NULL, OPTION_RESTORED);
}

void setting_say_written(struct context *ctx, const struct option *o, enum option_change how)
{
	struct arena a = {0};
	const char *words = setting_words(ctx, o, &a), *key = writing_undo_key(stack_top(ctx->stack));
	if (how == OPTION_CHOSEN && o->kind == OPTION_KEYS)
		stack_say(ctx->stack, _("Your keys are kept. Undo it with %s."), key);
	else if (how == OPTION_CHOSEN)
		/* Translators: a setting and its value in words: "Width of a text is now 60." */
		stack_say(ctx->stack, _("%s is now: %s. Undo it with %s."), _(o->title), words, key);
	else if (how == OPTION_UNDONE)
		/* Translators: a setting and the value it has again. */
		stack_say(ctx->stack, _("%s is again: %s."), _(o->title), words);
	else
		stack_say(ctx->stack, _("Every setting has its standard value. Undo them one by one with %s."), key);
	arena_fini(&a);
}
