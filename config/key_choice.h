#pragma once
#include "arena.h"
#include "option.h"
#include "yaml_tree.h"

/* A key of the member's own: a line below `keys:` in the file. Which actions and keys there are is known where the
 * screens are; see own_keys.h. */
struct key_choice {
	const char *action, *key; /* key: as it is written; KEY_CHOICE_NONE: the action has no key */
	const char *file;
	int line;
	bool refused;             /* it stands in the file and does not hold */
	const struct key_choice *next;
};

#define KEY_CHOICE_NONE "none"

/* Reads the lines below `keys:` over the choices in *list. What is no line of an action and its key is a
 * problem. */
void key_choice_read(const struct yaml *keys, const char *file, const struct key_choice **list, struct arena *a,
	const struct config_problem ***tail);
/* The choice for an action, refused or not; NULL: there is none. */
const struct key_choice *key_choice_of(const struct key_choice *list, const char *action);
/* The key of the member's own; NULL when it is the standard one. */
const char *key_choice_find(const struct key_choice *list, const char *action);
/* All of them as one value of a setting: "reply=z like=none help!=H", the last one refused. The text lives in the
 * arena. */
const char *key_choice_show(const struct key_choice *list, struct arena *a);
/* And back; words without "=" are left out. */
const struct key_choice *key_choice_parse(const char *text, struct arena *a);
/* The list in which this choice does not hold. */
const struct key_choice *key_choice_refuse(const struct key_choice *list, const struct key_choice *refused,
	struct arena *a);
/* The list with this choice: NULL takes it out. What stays keeps its order. */
const struct key_choice *key_choice_with(const struct key_choice *list, const char *action, const char *key,
	struct arena *a);
