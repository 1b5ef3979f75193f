#pragma once
#include "outbox_store.h"
#include "screen.h"

/* What can be done with an item of the outbox, in its list and on its own screen. */
extern const struct binding outbox_keys[];

/* The item in focus; NULL when there is none any more. In rows_mem. */
const struct outbox_row *outbox_in_focus(struct screen *s);
/* Goes where the item is about: the post it became, the topic, the member. */
void outbox_go_to(struct screen *s);
