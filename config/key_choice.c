#include "key_choice.h"

#include <string.h>

#include "str.h"
#include "text.h"
#include "utf8.h"

const struct key_choice *key_choice_of(const struct key_choice *list, const char *action)
{
	while (list != NULL && strcmp(list->action, action) != 0)
		list = list->next;
	return list;
}

const char *key_choice_find(const struct key_choice *list, const char *action)
{
	const struct key_choice *c = key_choice_of(list, action);
	return c == NULL || c->refused ? NULL : c->key;
}

/* In the place of the one that was there, else at the end. */
static const struct key_choice *with(const struct key_choice *list, const struct key_choice *added,
	const char *action, struct arena *a)
{
	const struct key_choice *first = NULL, **tail = &first;
	for (const struct key_choice *c = list; c != NULL || added != NULL; c = c == NULL ? NULL : c->next) {
		bool here = c == NULL || strcmp(c->action, action) == 0;
		const struct key_choice *from = here ? added : c;
		if (here)
			added = NULL;
		if (from == NULL)
			continue;
		struct key_choice *copy = ARENA_NEW(a, struct key_choice);
		*copy = *from;
		copy->next = NULL;
		*tail = copy;
		tail = &copy->next;
	}
	return first;
}

static struct key_choice *choice(const char *action, const char *key, const char *file, int line,
	struct arena *a)
{
	struct key_choice *c = ARENA_NEW(a, struct key_choice);
	*c = (struct key_choice){.action = utf8_clean_arena(a, action, 0, 100), .key = utf8_clean_arena(a, key, 0, 100),
		.file = arena_strdup(a, file), .line = line};
	return c;
}

const struct key_choice *key_choice_refuse(const struct key_choice *list, const struct key_choice *refused,
	struct arena *a)
{
	struct key_choice marked = *refused;
	marked.refused = true;
	return with(list, &marked, refused->action, a);
}

const struct key_choice *key_choice_with(const struct key_choice *list, const char *action, const char *key,
	struct arena *a)
{
	const struct key_choice *added = key == NULL ? NULL : choice(action, key, "", 0, a);
	return with(list, added, added == NULL ? action : added->action, a);
}

const char *key_choice_show(const struct key_choice *list, struct arena *a)
{
	struct sbuf out = {0};
	for (const struct key_choice *c = list; c != NULL; c = c->next)
		sbuf_addf(&out, "%s%s%s=%s", out.n > 0 ? " " : "", c->action, c->refused ? "!" : "", c->key);
	const char *text = arena_strdup(a, sbuf_str(&out));
	sbuf_fini(&out);
	return text;
}

const struct key_choice *key_choice_parse(const char *text, struct arena *a)
{
	const struct key_choice *list = NULL;
	for (size_t n; *(text += strspn(text, " ")) != '\0'; text += n) {
		n = strcspn(text, " ");
		const char *word = arena_strndup(a, text, n), *key = strchr(word, '=');
		bool refused = key != NULL && key > word && key[-1] == '!';
		if (key == NULL || key[1] == '\0')
			continue;
		const char *action = arena_strndup(a, word, (size_t)(key - word) - refused);
		struct key_choice *c = choice(action, key + 1, "", 0, a);
		c->refused = refused;
		list = with(list, c, c->action, a);
	}
	return list;
}

void key_choice_read(const struct yaml *keys, const char *file, const struct key_choice **list, struct arena *a,
	const struct config_problem ***tail)
{
	if (keys->kind != YAML_MAP && !(keys->kind == YAML_TEXT && str_empty(keys->text)))
		config_problem_add(tail, file, keys->line, keys->key, _("write below it one action a line: name: key"), a);
	YAML_EACH (item, keys->kind == YAML_MAP ? keys : NULL) {
		const char *place = arena_printf(a, "%s: %s", keys->key, item->key);
		bool one = item->kind == YAML_TEXT && !str_empty(item->text);
		const struct key_choice *c = one ? choice(item->key, item->text, file, item->line, a) : NULL;
		if (!one || str_empty(c->key) || strchr(c->key, ' ') != NULL || strpbrk(c->action, " =!") != NULL)
			config_problem_add(tail, file, item->line, place, _("write one key behind it, or none"), a);
		else
			*list = with(*list, c, c->action, a);
	}
}
