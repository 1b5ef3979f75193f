#pragma once
#include "option.h"
#include "screen.h"

/* Changing one setting from a screen: at once in this kring and in the member's file, and undone with the
 * same key as everything else. */

/* The value in words: "Dutch", "Calm, dark", "none". In the arena. */
const char *setting_words(const struct context *ctx, const struct option *o, struct arena *a);
/* False: nothing changed, and it was said why. */
bool setting_set(struct screen *s, const struct option *o, const char *value);
/* The same with the standard value. */
bool setting_restore(struct screen *s, const struct option *o);
/* It is in the member's file: says so. */
void setting_say_written(struct context *ctx, const struct option *o, enum option_change how);
