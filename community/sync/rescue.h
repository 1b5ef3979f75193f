#pragma once
#include <stdbool.h>

#include "intents.h"

/* Texts that the store could not take, in a private file that a person can read too. */

/* What an earlier kring left there; NULL: nothing. The caller frees it. */
char *rescue_read(const char *path);
/* Writes those of the intents behind `earlier` (may be NULL); removes the file when there are none. */
bool rescue_write(
	const char *path, const char *earlier, const struct intent *first, bool *any, struct error *err);
/* Puts what an earlier kring left into the store, as drafts and notes. What the store has by now stays beside
 * it. *bits as in store_commit. */
bool rescue_take_back(const char *earlier, struct store *s, unsigned *bits, struct error *err);
