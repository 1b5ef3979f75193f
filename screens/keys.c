#include "keys.h"

#include <string.h>

#include "blank.h"
#include "panic.h"
#include "screens.h"
#include "stack.h"
#include "text.h"
#include "writing.h"

static void go_help(struct screen *s)
{
	if (strcmp(s->ops->name, "help") != 0)
		screen_go(s, &(struct target){.screen = "help", .text = s->ops->name});
}

static void fetch(struct screen *s)
{
	const struct host *h = s->ctx->host;
	if (h == NULL || h->fetch == NULL)
		screen_say(s, "%s", _("You are not logged in, so there is nothing to fetch."));
	else
		h->fetch(h->self);
}

static void go_search(struct screen *s)
{
	screen_go(s, &(struct target){.screen = "search"});
}

static void leave(struct screen *s)
{
	const struct host *h = s->ctx->host;
	if (h != NULL && h->leave != NULL)
		h->leave(h->self);
}

static void narrow(struct screen *s)
{
	if (s->ops->kind == SCREEN_LIST && s->ops->filter)
		s->filtering = true;
	else
		screen_say(s, "%s", _("There is no list to narrow here. Search with F3."));
}

static void go_back(struct screen *s)
{
	screen_back(s);
}

static void go_actions(struct screen *s)
{
	if (strcmp(s->ops->name, "actions") != 0)
		screen_go(s, &(struct target){.screen = "actions"});
}

static void hide(struct screen *s)
{
	blank_hide(s->ctx->stack);
}

/* Esc and the named keys work with letters off; each letter has such a twin or stands in the menu of actions (F2). */
const struct binding global_keys[] = {
	{"Esc", "back", N_("Back"), N_("Go one step back"), go_back, true},
	{"?", "help", N_("Help"), N_("Show help for this screen"), go_help, true},
	{"F1", "help-f1", N_("Help"), N_("Show help for this screen"), go_help, false},
	{"F2", "actions", N_("Actions"), N_("Show what you can do here"), go_actions, false},
	{"/", "narrow", N_("Filter"), N_("Make this list shorter while you type"), narrow, false},
	{"s", "search", N_("Search"), N_("Search in everything"), go_search, false},
	{"u", "undo", N_("Undo"), N_("Undo the last thing you did"), writing_undo, false},
	{"F3", "search-f3", N_("Search"), N_("Search in everything"), go_search, false},
	{"F5", "fetch", N_("Fetch"), N_("Fetch new items from the server"), fetch, false},
	{"F12", "hide", N_("Hide"), N_("Hide everything on the screen, until you press Enter"), hide, false},
	{"q", "exit", N_("Exit"), N_("Leave kring"), leave, false},
	{"F10", "exit-f10", N_("Exit"), N_("Leave kring"), leave, false},
	{0},
};

bool keys_is_letter(const struct binding *b)
{
	struct key k;
	ensure(key_parse(b->key, &k));
	return k.code == KEY_TEXT && ((k.text[0] >= 'a' && k.text[0] <= 'z') || (k.text[0] >= 'A' && k.text[0] <= 'Z'));
}

bool keys_works(const struct screen_ops *on, const struct binding *b)
{
	struct key k;
	ensure(key_parse(b->key, &k));
	return on->kind != SCREEN_EDIT || k.code != KEY_TEXT;
}

static const struct binding *find_in(const struct binding *rows, const struct key *k, bool letters)
{
	for (const struct binding *b = rows; b != NULL && b->key != NULL; b++) {
		struct key own;
		ensure(key_parse(b->key, &own));
		if (key_equal(&own, k) && (letters || !keys_is_letter(b)))
			return b;
	}
	return NULL;
}

const struct binding *keys_find(const struct screen *s, const struct key *k)
{
	bool letters = s->ctx->config->letters;
	const struct binding *b = find_in(s->ops->keys, k, letters);
	return b != NULL ? b : find_in(global_keys, k, letters);
}

void keys_name(const struct binding *b, struct sbuf *out)
{
	struct key k;
	ensure(key_parse(b->key, &k));
	key_says(&k, out);
}
