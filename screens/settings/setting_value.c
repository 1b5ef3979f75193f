#include "setting_value.h"

#include "str.h"
#include "text.h"
#include "theme.h"
#include "undo.h"
#include "writing.h"

const char *setting_words(const struct screen *s, const struct option *o, struct arena *a)
{
	const char *value = config_show_words(s->ctx->config, o, a);
	const struct theme *theme = str_equal(o->name, "theme") ? theme_find(value) : NULL;
	if (theme != NULL)
		return theme_title(theme);
	return value[0] == '\0' ? _("none") : value;
}

bool setting_set(struct screen *s, const struct option *o, const char *value)
{
	const struct host *h = s->ctx->host;
	struct error err;
	struct arena a = {0};
	if (h == NULL || h->set_option == NULL)
		return false;
	const char *before = config_show(s->ctx->config, o, &a);
	bool ok = h->set_option(h->self, o->name, value, &err);
	if (ok) {
		undo_add_setting(&s->ctx->undo, o->name, before, _(o->title));
		/* Translators: a setting and its value in words: "Width of a text is now 60." */
		screen_say(s, _("%s is now: %s. Undo it with %s."), _(o->title), setting_words(s, o, &a), writing_undo_key(s));
	} else {
		screen_say(s, "%s %s %s", err.what, error_kept(&err), error_todo(&err));
	}
	arena_fini(&a);
	return ok;
}
