#include "own_keys.h"

#include <string.h>
#include <strings.h>

#include "key_choice.h"
#include "mem.h"
#include "str.h"
#include "text.h"

enum { Near = 3 };

/* Keys that kring, a text that is written or the terminal itself needs. */
static const char *const reserved[] = {"Esc", "Enter", "Up", "Down", "Left", "Right", "Tab", "S-Tab", "?", "F1",
	"Space", "PageUp", "PageDown", "Home", "End", "Backspace", "Delete", "C-Left", "C-Right", "<", "!", "C-c",
	"C-l", "C-z", "C-a", "C-b", "C-e", "C-f", "C-k", "C-o", "C-r", "C-u", "C-w"};

static bool is_one_of(const char *word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(word, list[i]) == 0)
			return true;
	return false;
}

static bool is_reserved(const struct key *k)
{
	struct key own;
	for (size_t i = 0; i < COUNT(reserved); i++)
		if (key_parse(reserved[i], &own) && key_equal(&own, k))
			return true;
	return false;
}

static bool is_for_screen_readers(const char *key)
{
	static const char *const begins[] = {"insert", "ins", "capslock", "caps", "alt-", "a-", "m-", "meta-", "c-m-"};
	for (size_t i = 0; i < COUNT(begins); i++)
		if (strncasecmp(key, begins[i], strlen(begins[i])) == 0)
			return true;
	return false;
}

/* How many letters have to change to make one word of the other. */
static size_t difference(const char *a, const char *b)
{
	size_t row[64], n = strlen(b);
	if (n >= COUNT(row))
		return n;
	for (size_t j = 0; j <= n; j++)
		row[j] = j;
	for (size_t i = 0; a[i] != '\0'; i++) {
		size_t before = row[0];
		row[0] = i + 1;
		for (size_t j = 0; j < n; j++) {
			size_t best = before + (a[i] != b[j]);
			before = row[j + 1];
			best = row[j] + 1 < best ? row[j] + 1 : best;
			row[j + 1] = before + 1 < best ? before + 1 : best;
		}
	}
	return row[n];
}

static bool unknown_action(const struct key_action *all, int n, const char *name, struct error *err)
{
	const char *nearest = NULL;
	size_t best = strlen(name) / 2 < Near ? strlen(name) / 2 : Near;
	for (int i = 0; i < n; i++) {
		bool begins = strlen(name) > 2 && str_starts(all[i].name, name);
		size_t d = begins ? 0 : difference(name, all[i].name);
		if (d < best) {
			nearest = all[i].name;
			best = d;
		}
	}
	if (nearest == NULL)
		return fail(err, ERR_INVALID, _("kring does not know this action; the names are in kring-keys(7)"));
	return fail(err, ERR_INVALID, _("kring does not know this action; perhaps you mean %s"), nearest);
}

static const struct key_action *find(const struct key_action *all, int n, const char *name)
{
	for (int i = 0; i < n; i++)
		if (strcmp(all[i].name, name) == 0)
			return &all[i];
	return NULL;
}

bool own_keys_is_fixed(const char *action)
{
	static const char *const always[] = {"back", "help", "help-2"};
	return is_one_of(action, always, COUNT(always));
}

/* Whatever the member chooses for the rest. */
static bool fits_alone(const struct key_action *all, int n, const char *action, const char *name, struct error *err)
{
	bool none = strcmp(name, KEY_CHOICE_NONE) == 0;
	struct key k = {.code = KEY_NONE};
	if (find(all, n, action) == NULL)
		return unknown_action(all, n, action, err);
	if (own_keys_is_fixed(action))
		return fail(err, ERR_INVALID, _("this action always keeps its own key"));
	if (!none && is_for_screen_readers(name))
		return fail(err, ERR_INVALID, _("programs that read aloud use this key; choose another"));
	if (!none && !key_parse(name, &k))
		return fail(err, ERR_INVALID,
			_("kring does not know the key %s; write a letter, F2 to F12 or Ctrl-G"), name);
	if (!none && is_reserved(&k))
		return fail(err, ERR_INVALID, _("%s always keeps its own meaning; choose another key"), name);
	if (strcmp(action, "actions") == 0 && (none || k.code == KEY_TEXT))
		return fail(err, ERR_INVALID, _("this action needs a key that also works without letters"));
	return true;
}

static bool has_key(const struct config *c, const struct key_action *action, const struct key *k)
{
	struct key own;
	if (action->binding != NULL)
		return keys_of(c, action->binding, &own) && key_equal(&own, k);
	const char *name = key_choice_find(c->keys, action->name);
	return name != NULL && key_parse(name, &own) && key_equal(&own, k);
}

static bool is_standard(const struct key_action *action, const struct key *k)
{
	struct key own;
	return action->binding != NULL && key_parse(action->binding->key, &own) && key_equal(&own, k);
}

/* The action that has the key of another one; NULL: nothing has. Its standard key is always its own. Of two
 * that chose one key the first keeps it. */
static const struct key_action *taken_by(const struct config *c, const struct key_action *all, int n,
	const char *action, const char *key)
{
	struct key k;
	bool later = false;
	if (!key_parse(key, &k) || is_standard(find(all, n, action), &k))
		return NULL;
	for (const struct key_choice *own = c->keys; own != NULL; own = own->next) {
		if (own->refused)
			continue;
		const struct key_action *other = find(all, n, own->action);
		later = later || strcmp(own->action, action) == 0;
		bool first = !later || (strcmp(own->action, action) != 0 && is_standard(other, &k));
		if (first && has_key(c, other, &k))
			return other;
	}
	for (int i = 0; i < n; i++)
		if (strcmp(all[i].name, action) != 0 && key_choice_find(c->keys, all[i].name) == NULL
			&& has_key(c, &all[i], &k))
			return &all[i];
	return NULL;
}

static bool is_taken(const struct key_action *by, const char *key, struct error *err)
{
	return fail(err, ERR_INVALID, _("%s is the key of %s; choose another, or give that one another first"), key,
		by->name);
}

static bool alone(const struct config *c, const struct key_action *all, int n, const struct key_choice *own,
	struct error *err)
{
	return fits_alone(all, n, own->action, own->key, err);
}

static bool beside_others(const struct config *c, const struct key_action *all, int n, const struct key_choice *own,
	struct error *err)
{
	const struct key_action *by = taken_by(c, all, n, own->action, own->key);
	return by == NULL || is_taken(by, own->key, err);
}

/* What is refused gets its standard key back, which another one may have chosen: all are looked at again. */
static bool refuse_one(struct config *c, const struct key_action *all, int n,
	bool (*fits)(const struct config *c, const struct key_action *all, int n, const struct key_choice *own,
	struct error *err), struct arena *a, const struct config_problem ***tail)
{
	struct error err;
	for (const struct key_choice *own = c->keys; own != NULL; own = own->next) {
		if (own->refused || fits(c, all, n, own, &err))
			continue;
		config_problem_add(tail, own->file, own->line, arena_printf(a, "keys: %s", own->action), err.what, a);
		c->keys = key_choice_refuse(c->keys, own, a);
		return true;
	}
	return false;
}

void own_keys_check(struct config *c, struct arena *a, const struct config_problem **problems)
{
	struct key_action all[KEYS_ACTIONS];
	if (c->keys == NULL)
		return;
	int n = keys_actions(all);
	while (*problems != NULL)
		problems = (const struct config_problem **)(uintptr_t)&(*problems)->next;
	while (refuse_one(c, all, n, alone, a, &problems) || refuse_one(c, all, n, beside_others, a, &problems))
		continue;
}

bool own_keys_fit(const struct config *c, const char *action, const char *key, struct error *err)
{
	struct key_action all[KEYS_ACTIONS];
	int n = keys_actions(all);
	if (!fits_alone(all, n, action, key, err))
		return false;
	struct key k;
	for (int i = 0; i < n && key_parse(key, &k); i++)
		if (strcmp(all[i].name, action) != 0 && has_key(c, &all[i], &k))
			return is_taken(&all[i], key, err);
	return true;
}
