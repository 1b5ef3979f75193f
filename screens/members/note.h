#pragma once
#include "note_store.h"
#include "screen.h"

/* Opens the member's own note on a member or a post, to write in it. When nothing can be written, the reason
 * is said and nothing opens. */
void note_open(struct screen *s, enum note_kind kind, int64_t id);
