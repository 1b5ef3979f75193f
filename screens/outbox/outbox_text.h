#pragma once
#include "outbox_store.h"
#include "styled.h"
#include "zone.h"

/* What stands in the outbox, in words for the member. */

/* What it is and where: "Reply in Meeting in May". */
const char *outbox_text_title(const struct outbox_row *r, struct arena *a);
/* It goes out after another change, which did not arrive yet. */
bool outbox_text_is_held(const struct outbox_row *r);
/* One or two words: "waiting". */
const char *outbox_text_word(const struct outbox_row *r);
/* One or two sentences about how far it is. Appends. */
void outbox_text_state(struct sbuf *out, const struct outbox_row *r, int64_t now_ms, const struct zone *z);
/* What the member wrote, line by line as it was typed. */
void outbox_text_written(struct styled_builder *b, const char *text);
