#pragma once
#include "option.h"
#include "screen.h"

/* Changing one setting from a screen: at once in this kring and in the member's file, and undone with the same key as
 * everything else. */

/* The value in words: "Dutch", "Calm, dark", "none". In the arena. */
const char *setting_words(const struct screen *s, const struct option *o, struct arena *a);
/* NULL: the standard. Says what it is now, or why it cannot be changed. False: nothing changed. */
bool setting_set(struct screen *s, const struct option *o, const char *value);
