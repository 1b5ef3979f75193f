#pragma once
#include "outbox_store.h"
#include "screen.h"

/* The member's own replies to a topic that the site does not have yet, after its last post. */
enum { TOPIC_WAITING_ANCHOR = 1 << 30 }; /* anchor of the lines of the first one; the next ones follow */

struct topic_waiting {
	const struct outbox_row **reply;
	int count;
	bool draft; /* there is a draft for this topic */
};

/* Texts are in s->mem. */
struct topic_waiting topic_waiting_load(struct screen *s, int64_t topic_id);
void topic_waiting_add(struct styled_builder *b, const struct topic_waiting *w, const struct screen *s);
/* The one that lines with this anchor belong to; NULL: none. */
const struct outbox_row *topic_waiting_at(const struct topic_waiting *w, int anchor);
