#include "screens.h"

#include <stdlib.h>
#include <string.h>

#include "key_choice.h"
#include "mem.h"
#include "own_keys.h"
#include "setting_value.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "utf8.h"

/* The keys of the member's own: a list of everything that has a key, what one can become, and pressing a new
 * one. */
enum { RowRestore = KEYS_ACTIONS + 1, RowPress = 1, RowNone, RowStandard };

/* "Ctrl-G"; NULL without one. Of moving only the key that the member chose. */
static const char *key_in(const struct config *c, const struct key_action *action, struct arena *a)
{
	const char *own = key_choice_find(c->keys, action->name);
	struct sbuf says = {0};
	struct key k;
	bool any = action->binding != NULL ? keys_of(c, action->binding, &k) : own != NULL && key_parse(own, &k);
	if (any)
		key_says(&k, &says);
	const char *out = any ? arena_strdup(a, sbuf_str(&says)) : NULL;
	sbuf_fini(&says);
	return out;
}

static const char *standard_key(const struct key_action *action, struct arena *a)
{
	struct config came = {.keys = NULL};
	return key_in(&came, action, a);
}

static const struct option *keys_option(void)
{
	return config_option("keys");
}

/* A line with this key that was refused would hold at the next start, before this one. */
static const struct key_choice *without_refused(const struct key_choice *list, const char *key, struct arena *a)
{
	struct key wanted, refused;
	bool any = key != NULL && key_parse(key, &wanted);
	for (const struct key_choice *c = list; c != NULL && any; c = c->next)
		if (c->refused && key_parse(c->key, &refused) && key_equal(&refused, &wanted))
			list = key_choice_with(list, c->action, NULL, a);
	return list;
}

/* NULL: the standard one. */
static bool set_key(struct screen *s, const char *action, const char *key)
{
	struct arena a = {0};
	const char *all = key_choice_show(
		key_choice_with(without_refused(s->ctx->config->keys, key, &a), action, key, &a), &a);
	bool ok = setting_set(s, keys_option(), all);
	arena_fini(&a);
	return ok;
}

static void say(struct screen *s, const struct error *err)
{
	screen_say(s, _("This cannot be: %s."), err->what);
}

struct keys_state {
	struct key_action all[KEYS_ACTIONS];
	int shown[KEYS_ACTIONS], count; /* places in `all` that fit the filter */
};

static bool fits_filter(const struct screen *s, const struct key_action *action)
{
	const char *words = screen_filter_text(s);
	if (words == NULL)
		return true;
	char *text = utf8_fold(_(action->says)), *wanted = utf8_fold(words);
	bool fits = strstr(text, wanted) != NULL || str_starts(action->name, words);
	free(text);
	free(wanted);
	return fits;
}

static void keys_load(struct screen *s)
{
	struct keys_state *st = s->state;
	int n = keys_actions(st->all);
	s->title = _("Keys");
	st->count = 0;
	for (int i = 0; i < n; i++)
		if (!own_keys_is_fixed(st->all[i].name) && fits_filter(s, &st->all[i]))
			st->shown[st->count++] = i;
	s->count = st->count + (screen_filter_text(s) == NULL);
}

static struct row action_row(struct screen *s, const struct key_action *action, int id)
{
	const struct config *c = s->ctx->config;
	const char *key = key_in(c, action, &s->rows_mem);
	return (struct row){.id = id,
		.title = arena_printf(&s->rows_mem, "%s: %s", _(action->says), key == NULL ? _("no key") : key),
		.detail = arena_printf(&s->rows_mem, _("Its name is %s."), action->name),
		.state = key_choice_find(c->keys, action->name) == NULL ? NULL : _("your own")};
}

static void keys_rows(struct screen *s, int first, int n, struct row *out)
{
	const struct keys_state *st = s->state;
	for (int i = 0; i < n; i++) {
		int at = first + i;
		if (at < st->count)
			out[i] = action_row(s, &st->all[st->shown[at]], st->shown[at] + 1);
		else
			out[i] = (struct row){.id = RowRestore, .title = _("Restore the standard keys"),
				.detail = _("Every key becomes the standard one")};
	}
}

static int keys_position(struct screen *s, int64_t id, int64_t id2)
{
	const struct keys_state *st = s->state;
	for (int i = 0; i < st->count; i++)
		if (st->shown[i] + 1 == id)
			return i;
	return id == RowRestore && st->count < s->count ? st->count : -1;
}

static void keys_enter(struct screen *s, const struct row *row)
{
	const struct keys_state *st = s->state;
	if (row->id != RowRestore)
		screen_go(s, &(struct target){.screen = "key", .text = st->all[row->id - 1].name});
	else if (s->ctx->config->keys == NULL)
		screen_say(s, "%s", _("Every key is the standard one already."));
	else
		setting_set(s, keys_option(), NULL);
}

const struct screen_ops keys_ops = {
	.name = "keys", .kind = SCREEN_LIST, .item_rows = 2, .whole = true,
	.filter = true, .state_size = sizeof(struct keys_state),
	.load = keys_load, .rows = keys_rows, .position = keys_position, .enter = keys_enter,
};

/* What the key of one action can become (target text: its name). */
static struct key_action action_of(const struct screen *s)
{
	struct key_action all[KEYS_ACTIONS];
	int n = keys_actions(all);
	for (int i = 0; i < n; i++)
		if (str_equal(all[i].name, s->target.text))
			return all[i];
	return all[n - 1];
}

static void key_load(struct screen *s)
{
	s->title = _(action_of(s).says);
	s->count = 3;
}

static struct row key_row(struct screen *s, int id)
{
	struct key_action action = action_of(s);
	struct arena *a = &s->rows_mem;
	const char *own = key_choice_find(s->ctx->config->keys, action.name), *standard = standard_key(&action, a);
	bool none = own != NULL && strcmp(own, KEY_CHOICE_NONE) == 0;
	const char *now = own != NULL && !none ? key_in(s->ctx->config, &action, a) : NULL;
	struct row rows[] = {
		{.title = now == NULL ? _("A key of your own") : arena_printf(a, _("A key of your own: %s"), now),
			.detail = _("You press it on the next screen."), .state = now == NULL ? NULL : _("chosen")},
		{.title = _("No key"), .detail = keys_fill(s, _("It is still in the menu of {actions}."), a),
			.state = none ? _("chosen") : NULL},
		{.title = standard == NULL ? _("Standard: only its usual key")
			: arena_printf(a, _("Standard: %s"), standard),
			.detail = _("The standard"), .state = own == NULL ? _("chosen") : NULL},
	};
	rows[id - 1].id = id;
	return rows[id - 1];
}

static void key_rows(struct screen *s, int first, int n, struct row *out)
{
	for (int i = 0; i < n; i++)
		out[i] = key_row(s, first + i + 1);
}

static void key_enter(struct screen *s, const struct row *row)
{
	struct key_action action = action_of(s);
	bool none = row->id == RowNone || action.binding == NULL;
	const char *key = none ? KEY_CHOICE_NONE : action.binding->key;
	struct error err;
	if (row->id == RowPress)
		screen_go(s, &(struct target){.screen = "key_press", .text = action.name});
	else if (!own_keys_fit(s->ctx->config, action.name, key, &err))
		say(s, &err);
	else if (set_key(s, action.name, row->id == RowNone ? KEY_CHOICE_NONE : NULL))
		screen_reload(s);
}

const struct screen_ops key_ops = {
	.name = "key", .kind = SCREEN_LIST, .item_rows = 2, .whole = true, .load = key_load, .rows = key_rows,
	.choices = true, .enter = key_enter,
};

/* The next key: it is shown first, and holds after Enter. In text mode its name is typed. */
static void key_press_load(struct screen *s)
{
	s->title = _("New key");
}

static void key_press_text(struct screen *s, struct styled_builder *b)
{
	styled_line(b, ROLE_TEXT, _(action_of(s).says));
	styled_blank(b);
	styled_line(b, ROLE_TEXT, _("Press the key that you want. You then see its name. Enter keeps it."));
	if (s->ctx->stack->lines)
		styled_line(b, ROLE_TEXT, _("In text mode you type its name, such as z, F11 or Ctrl-G."));
	styled_blank(b);
}

static bool key_press_ask(struct screen *s, struct question *q)
{
	*q = (struct question){.label = _("New key"), .needed = true};
	return true;
}

/* Also keys that do something on every screen, such as F12: they still do it here. */
static bool is_used_here(const struct screen *s, const struct key *k)
{
	static const enum key_code codes[] = {KEY_ESC, KEY_ENTER, KEY_F1, KEY_UP, KEY_DOWN, KEY_LEFT, KEY_RIGHT,
		KEY_TAB, KEY_BACKTAB, KEY_PAGE_UP, KEY_PAGE_DOWN, KEY_HOME, KEY_END, KEY_PASTE_BEGIN, KEY_PASTE_END};
	for (size_t i = 0; i < COUNT(codes); i++)
		if (codes[i] == k->code)
			return true;
	return k->code != KEY_TEXT && keys_find(s, k) != NULL;
}

static bool key_press_press(struct screen *s, const struct key *k)
{
	struct sbuf name = {0};
	struct error err;
	if (is_used_here(s, k))
		return false;
	if (k->code != KEY_BACKSPACE && k->code != KEY_DELETE)
		key_add_name(k, &name);
	field_set(&s->answer, sbuf_str(&name));
	if (name.n > 0 && !own_keys_fit(s->ctx->config, action_of(s).name, sbuf_str(&name), &err))
		say(s, &err);
	sbuf_fini(&name);
	return true;
}

static void key_press_answer(struct screen *s, const char *text)
{
	const char *name = action_of(s).name;
	struct sbuf key = {0};
	struct key k;
	struct error err;
	if (key_parse(text, &k))
		key_add_name(&k, &key);
	else
		sbuf_add(&key, text);
	if (key.n == 0) {
		screen_say(s, "%s", _("Press a key first, or press Esc to go back."));
	} else if (!own_keys_fit(s->ctx->config, name, sbuf_str(&key), &err)) {
		say(s, &err);
		field_set(&s->answer, text);
	} else if (set_key(s, name, sbuf_str(&key))) {
		screen_back(s);
	}
	sbuf_fini(&key);
}

const struct screen_ops key_press_ops = {
	.name = "key_press", .kind = SCREEN_ASK, .load = key_press_load, .text = key_press_text, .ask = key_press_ask,
	.press = key_press_press, .answer = key_press_answer,
};
