#pragma once
#include "event.h"
#include "screen.h"

/* Sends the member's answer to an event, says what was done and goes one step back; when it cannot be sent, the reason is
 * said and nothing closes. */
void sign_up_send(struct screen *s, const struct event *e, enum attendance a);
