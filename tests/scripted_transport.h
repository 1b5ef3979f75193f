#pragma once
#include <stdint.h>

#include "transport.h"

/* A transport that answers from a list. Each request must be the next one of the list, or the test fails. Its clock
 * moves only when somebody polls with nothing under way. */
struct transport *scripted_new(void);
/* The next request: its method, a part of its URL, and a part of its headers or body that must be there
 * (NULL: any). Status 0: no answer, with this error kind. Header lines end in \n. */
void scripted_answer(struct transport *t, const char *method, const char *url, const char *part, int status,
	const char *header, const char *body);
void scripted_failure(struct transport *t, const char *method, const char *url, enum error_kind kind);
/* Another body for the request that is under way. */
void scripted_reply(struct transport *t, const char *body);
/* What the last request was made of. */
const char *scripted_url(struct transport *t);
const char *scripted_sent(struct transport *t); /* headers, an empty line, the body */
/* Fails the test when something of the list was not asked. */
void scripted_done(struct transport *t);
int64_t scripted_now_ms(void);
void scripted_set_now(int64_t ms);
