#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "store.h"

/* What the member agreed with before they joined a circle: the words, and when. A circle is a category; other
 * words are another agreement. It stays on this computer. */

/* When the member agreed with these words; 0: they did not. */
int64_t agreement_store_when(struct store *s, int64_t category_id, const char *text);
/* The words they agreed with last in this circle; NULL: none. *agreed_ms says when. */
const char *agreement_store_last(struct store *s, int64_t category_id, int64_t *agreed_ms, struct arena *a);
/* agreed_ms 0: they do not agree any more. */
bool agreement_store_put(struct store *s, int64_t category_id, const char *text, int64_t agreed_ms,
	struct error *err);

/* Everything they agreed with, oldest first. */
struct agreement {
	int64_t category_id, agreed_ms;
	const char *text;
};
struct agreement *agreement_store_list(struct store *s, struct arena *a, int *count);
