#pragma once
#include "key.h"
#include "screen.h"

/* Keys that mean the same on every screen. */
extern const struct binding global_keys[];

/* The binding of a key on a screen: its own first, then the global ones. NULL: the key does nothing here. Letters are
 * left out when the member has turned them off. */
const struct binding *keys_find(const struct screen *s, const struct key *k);
/* The key's name for a person. Appends. */
void keys_name(const struct binding *b, struct sbuf *out);
/* False where letters are text. */
bool keys_works(const struct screen_ops *on, const struct binding *b);
bool keys_is_letter(const struct binding *b);
