#pragma once
#include "change.h"
#include "outbox_port.h"
#include "outbox_store.h"
#include "screen.h"

/* What screens do with the outbox. The functions that answer false have said why on the status row. */

/* NULL when nothing can be written (not logged in, the store cannot be written); it was said. */
const struct outbox_port *writing_port(struct screen *s);
/* What was kept and sent before is in the store now: to read it as it is. */
void writing_wait(struct context *ctx);
/* Fills in the id and the time when they are 0, and keeps the text as a draft. */
bool writing_save(struct screen *s, struct change *c);
/* Sends after the grace time of the settings, can be undone, and says `says` ("You like this post."), how
 * long it can be taken back, and with which key. */
bool writing_send(struct screen *s, struct change *c, const char *says);
/* Sends what goes out after another change, and is undone with it; nothing is said. */
bool writing_send_with(struct screen *s, struct change *c);
/* Why it cannot be undone; NULL: it can. */
const char *writing_no_undo(const struct outbox_row *r);
/* The key for undoing, as it is called where letters are on or off. */
const char *writing_undo_key(struct screen *s);
/* Undoes the newest thing, or says that there is nothing. */
void writing_undo(struct screen *s);
