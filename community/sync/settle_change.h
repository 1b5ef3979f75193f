#pragma once
#include <stdbool.h>

#include "answer.h"
#include "change_request.h"
#include "outbox_store.h"
#include "sync_private.h"

/* What becomes of a change. All inside a transaction. */

/* What the request of this change has to know; texts in s->arena. *c is the change as it is to be asked: a
 * copy in which ids that came later are filled in. */
struct change_site settle_site(struct sync *s, const struct outbox_row *row, struct change *c);
/* The site has it: the row, what the site made of it (post may be NULL), and what has to be looked at again.
 */
bool settle_done(struct sync *s, const struct outbox_row *row, const struct outbox_result *r,
	const struct post *post, struct error *err);
/* The answer to a step of it was good. False with ERR_PROTOCOL when the answer makes no sense. */
bool settle_answer(struct sync *s, const struct outbox_row *row, const struct answer *a, struct error *err);
/* The site said no. `a` may be empty. */
bool settle_refused(struct sync *s, const struct outbox_row *row, const struct answer *a,
	const struct error *why, struct error *err);
/* The thing was looked at after the site said no: *why in other words, when what is known of it now tells more. */
void settle_explain_again(struct sync *s, const struct outbox_row *row, struct error *why);
/* The site asks to wait: with this kind of change, or with everything. */
bool settle_limited(struct sync *s, const struct outbox_row *row, const struct answer *a,
	const struct error *why, struct error *err);
/* Back in the queue: to be sent (again). */
bool settle_waiting(struct sync *s, const struct outbox_row *row, int64_t next_ms, const struct error *why,
	struct error *err);
/* When a change that did not go well is tried again. */
int64_t settle_later(struct sync *s, const struct outbox_row *row);
/* Whether the thing on the site can be read and compared; else the same may simply be sent again. */
bool settle_can_look(enum change_kind kind);
