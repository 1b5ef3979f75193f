#pragma once
#include "key.h"
#include "screen.h"

/* Keys as words on a line, for text mode. */

/* What a member types for a key: "+" and "-" go further and back, as the arrows do. Else as key_parse. */
bool typed_key_parse(const char *text, struct key *out);
/* What to type for this key. False, and nothing appended: it is no word; its action stands in the list of
 * actions. */
bool typed_key_name(const struct key *k, struct sbuf *out);
/* False: on lines that stay, this action makes no sense. */
bool typed_key_works(const struct binding *b);
