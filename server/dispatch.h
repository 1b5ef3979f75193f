#pragma once
#include "request.h"

/* From a request that was read to an answer: limits, who asks, whether they may, the transaction, the page
 * around an error. Afterwards w->later says that the answer waits for the bus. */
void dispatch(struct request *r, struct response *w);

/* Whole, without a socket: for tests. r->mem and r->server are set; *w is filled in. */
void dispatch_source(struct request *r, const struct request_source *source, int64_t now_ms, struct response *w);
