#pragma once
#include "command.h"
#include "outbox_store.h"

/* What commands do with the outbox. */

/* The text on standard input, clean, without blank lines at its end; "" when there is none. In c->mem; NULL:
 * *err says why it cannot be read. */
const char *outbox_call_text(struct call *c, struct error *err);
/* One transaction on the store, beside other krings that read and write it. */
bool outbox_call_write(
	struct call *c, bool (*write)(struct store *s, void *what, struct error *err), void *what, struct error *err);
/* Into the queue, out to the site unless the member stays offline, and says how it went. The exit code. */
int outbox_call_send(struct call *c, struct change *change);
/* The same for what is in the queue already. */
int outbox_call_push(struct call *c, int64_t id);
struct json *outbox_call_json(struct call *c, const struct outbox_row *r);
/* One item as the lists show it. */
void outbox_call_show(struct call *c, const struct outbox_row *r, struct json *list);
