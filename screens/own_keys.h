#pragma once
#include "keys.h"

/* The keys that a member chose: which can hold, so that a key means the same on every screen. */

/* Refuses those in c->keys that cannot be used; the standard holds for them. What is wrong with each is a
 * problem at the end of the list. */
void own_keys_check(struct config *c, struct arena *a, const struct config_problem **problems);
/* Back and help: these keep their key. */
bool own_keys_is_fixed(const char *action);
/* Whether the action can have this key, a name or KEY_CHOICE_NONE; false with a sentence in err. */
bool own_keys_fit(const struct config *c, const char *action, const char *key, struct error *err);
