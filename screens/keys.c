#include "keys.h"

#include <string.h>

#include "blank.h"
#include "key_choice.h"
#include "mem.h"
#include "panic.h"
#include "screens.h"
#include "stack.h"
#include "str.h"
#include "text.h"
#include "typed_key.h"
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
		keys_say(s, _("There is no list to make shorter here. Search with {search-2}."));
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

/* Esc and the named keys work with letters off; each letter has such a twin or stands in the menu of actions
 * (F2). */
const struct binding global_keys[] = {
	{"Esc", "back", N_("Back"), N_("Go one step back"), go_back, true},
	{"?", "help", N_("Help"), N_("Show help for this screen"), go_help, true},
	{"F1", "help-2", N_("Help"), N_("Show help for this screen"), go_help, false},
	{"F2", "actions", N_("Actions"), N_("Show what you can do here"), go_actions, false},
	{"/", "narrow", N_("Filter"), N_("Make this list shorter while you type"), narrow, false},
	{"s", "search", N_("Search"), N_("Search in everything"), go_search, false},
	{"u", "undo", N_("Undo"), N_("Undo the last thing you did"), writing_undo, false},
	{"F3", "search-2", N_("Search"), N_("Search in everything"), go_search, false},
	{"F5", "fetch", N_("Fetch"), N_("Fetch new items from the community"), fetch, false},
	{"F12", "hide", N_("Hide"), N_("Hide everything on the screen, until you press Enter"), hide, false},
	{"q", "exit", N_("Exit"), N_("Leave kring"), leave, false},
	{"F10", "exit-2", N_("Exit"), N_("Leave kring"), leave, false},
	{0},
};

static const struct {
	const char *name;
	enum key_code code;
	const char *says;
} moves[] = {
	{"up", KEY_UP, N_("Go one line up")},
	{"down", KEY_DOWN, N_("Go one line down")},
	{"earlier", KEY_LEFT, N_("Go to what is before")},
	{"later", KEY_RIGHT, N_("Go to what is next")},
	{"page-up", KEY_PAGE_UP, N_("Go to the previous page")},
	{"page-down", KEY_PAGE_DOWN, N_("Go to the next page")},
	{"first", KEY_HOME, N_("Go to the start")},
	{"last", KEY_END, N_("Go to the end")},
	{"open", KEY_ENTER, N_("Open what you chose")},
	{"next-link", KEY_TAB, N_("Go to the next link")},
	{"previous-link", KEY_BACKTAB, N_("Go to the previous link")},
};

static bool is_move(const char *name)
{
	for (size_t i = 0; i < COUNT(moves); i++)
		if (strcmp(moves[i].name, name) == 0)
			return true;
	return false;
}

bool keys_of(const struct config *c, const struct binding *b, struct key *out)
{
	const char *own = is_move(b->verb) ? NULL : key_choice_find(c->keys, b->verb);
	if (own != NULL && strcmp(own, KEY_CHOICE_NONE) == 0)
		return false;
	ensure(key_parse(own != NULL ? own : b->key, out));
	return true;
}

/* Letters with an accent too; signs and digits are none. */
static bool is_letter(const struct key *k)
{
	unsigned char c = (unsigned char)k->text[0];
	return k->code == KEY_TEXT && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80);
}

bool keys_is_letter(const struct config *c, const struct binding *b)
{
	struct key k;
	return keys_of(c, b, &k) && is_letter(&k);
}

static const struct binding *find_in(const struct config *c, const struct binding *rows, const struct key *k)
{
	for (const struct binding *b = rows; b != NULL && b->key != NULL; b++) {
		struct key own;
		if (keys_of(c, b, &own) && key_equal(&own, k))
			return b;
	}
	return NULL;
}

const struct binding *keys_find(const struct screen *s, const struct key *k)
{
	const struct config *c = s->ctx->config;
	if (is_letter(k) && !c->letters)
		return NULL;
	const struct binding *b = find_in(c, s->ops->keys, k);
	return b != NULL ? b : find_in(c, global_keys, k);
}

static bool move_key(const struct config *c, size_t i, struct key *out)
{
	const char *own = key_choice_find(c->keys, moves[i].name);
	return own != NULL && key_parse(own, out) && (c->letters || !is_letter(out));
}

struct key keys_move(const struct config *c, const struct key *k)
{
	struct key own;
	for (size_t i = 0; c->keys != NULL && i < COUNT(moves); i++)
		if (move_key(c, i, &own) && key_equal(&own, k))
			return (struct key){.code = moves[i].code};
	return *k;
}

void keys_add_moves(const struct config *c, enum key_code code, struct sbuf *out)
{
	struct key own;
	key_says(&(struct key){.code = code}, out);
	for (size_t i = 0; i < COUNT(moves); i++)
		if (moves[i].code == code && move_key(c, i, &own)) {
			sbuf_add(out, ", ");
			key_says(&own, out);
		}
}

bool keys_name(const struct config *c, const struct screen_ops *on, const struct binding *b, struct sbuf *out)
{
	struct key k;
	if (is_move(b->verb) && key_parse(b->key, &k)) {
		keys_add_moves(c, k.code, out);
		return true;
	}
	if (!keys_of(c, b, &k) || (is_letter(&k) && !c->letters) || (on->kind == SCREEN_EDIT && k.code == KEY_TEXT))
		return false;
	key_says(&k, out);
	return true;
}

static const struct binding *named_in(const struct binding *rows, const char *action)
{
	for (const struct binding *b = rows; b != NULL && b->key != NULL; b++)
		if (strcmp(b->verb, action) == 0)
			return b;
	return NULL;
}

static const struct binding *named(const struct screen *s, const char *action)
{
	const struct binding *b = named_in(s->ops->keys, action);
	if (b == NULL)
		b = named_in(global_keys, action);
	for (int i = 0; b == NULL && screens[i] != NULL; i++)
		b = named_in(screens[i]->keys, action);
	return b;
}

bool keys_typed(const struct config *c, const struct binding *b, struct sbuf *out)
{
	struct key k;
	return keys_of(c, b, &k) && (c->letters || !is_letter(&k)) && typed_key_name(&k, out);
}

/* Leaving is q, also where letters are off, unless the member gave q to something else. */
static bool is_typed_exit(const struct screen *s)
{
	const struct key q = {.code = KEY_TEXT, .text = "q"};
	const struct binding *own = find_in(s->ctx->config, s->ops->keys, &q);
	const struct binding *b = own != NULL ? own : find_in(s->ctx->config, global_keys, &q);
	return b == NULL || strcmp(b->verb, "exit") == 0;
}

/* What to type for it in text mode. In a text keys are text; what is said behind a question is read after it. */
static const char *typed_to(const struct screen *s, const char *action, struct arena *a)
{
	static const char *const signs[][2] = {{"back", "<"}, {"help", "?"}};
	const struct binding *b = named(s, action);
	bool typed = s->ops->kind != SCREEN_EDIT;
	struct sbuf name = {0};
	for (size_t i = 0; i < COUNT(signs); i++)
		if (strcmp(signs[i][0], action) == 0)
			return signs[i][1];
	if (strcmp(action, "exit") == 0 && is_typed_exit(s))
		return "q";
	if (!typed || b == NULL || strcmp(action, "actions") == 0 || !keys_typed(s->ctx->config, b, &name))
		return "!";
	const char *out = arena_strdup(a, sbuf_str(&name));
	sbuf_fini(&name);
	return out;
}

const char *keys_to(const struct screen *s, const char *action, struct arena *a)
{
	if (s->ctx->stack->lines)
		return typed_to(s, action, a);
	const char *const tries[] = {action, arena_printf(a, "%s-2", action), "actions"};
	struct sbuf name = {0};
	for (size_t i = 0; i < COUNT(tries) && name.n == 0; i++) {
		const struct binding *b = named(s, tries[i]);
		if (b != NULL)
			keys_name(s->ctx->config, s->ops, b, &name);
	}
	const char *out = arena_strdup(a, sbuf_str(&name));
	sbuf_fini(&name);
	return out;
}

const char *keys_fill(const struct screen *s, const char *sentence, struct arena *a)
{
	struct sbuf out = {0};
	const char *open, *close;
	while ((open = strchr(sentence, '{')) != NULL && (close = strchr(open, '}')) != NULL) {
		sbuf_addn(&out, sentence, (size_t)(open - sentence));
		sbuf_add(&out, keys_to(s, arena_strndup(a, open + 1, (size_t)(close - open - 1)), a));
		sentence = close + 1;
	}
	sbuf_add(&out, sentence);
	const char *filled = arena_strdup(a, sbuf_str(&out));
	sbuf_fini(&out);
	return filled;
}

void keys_say(struct screen *s, const char *sentence)
{
	screen_say(s, "%s", keys_fill(s, sentence, &s->rows_mem));
}

void keys_line(const struct screen *s, struct styled_builder *b, enum role role, const char *sentence)
{
	styled_line(b, role, keys_fill(s, sentence, b->arena));
}

static bool is_in(const struct key_action *list, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (strcmp(list[i].name, name) == 0)
			return true;
	return false;
}

static int add_rows(const struct binding *rows, struct key_action *out, int n)
{
	for (const struct binding *b = rows; b != NULL && b->key != NULL; b++) {
		if (is_move(b->verb) || is_in(out, n, b->verb))
			continue;
		ensure(n < KEYS_ACTIONS);
		out[n++] = (struct key_action){.name = b->verb, .says = b->says, .binding = b};
	}
	return n;
}

int keys_actions(struct key_action out[KEYS_ACTIONS])
{
	int n = add_rows(global_keys, out, 0);
	for (int i = 0; screens[i] != NULL; i++)
		n = add_rows(screens[i]->keys, out, n);
	for (size_t i = 0; i < COUNT(moves); i++) {
		ensure(n < KEYS_ACTIONS);
		out[n++] = (struct key_action){.name = moves[i].name, .says = moves[i].says, .move = moves[i].code};
	}
	return n;
}
