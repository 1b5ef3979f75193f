#pragma once
#include "event.h"
#include "screen.h"

/* Sends the member's answer to an event, says what was done and goes one step back; when it cannot be sent,
 * the reason is said and nothing closes. */
void sign_up_send(struct screen *s, const struct event *e, enum attendance a);
/* Why nobody can answer, also for an event that is NULL; NULL: the member can. */
const char *sign_up_closed(const struct context *ctx, const struct event *e);
/* The member did not yet say yes or no. */
bool sign_up_chooses(const struct event *e);
