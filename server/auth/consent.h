#pragma once
#include "key_request.h"

/* What a member reads before a program gets a key: its name and what it may do. Adds to the page. */
void consent_text(struct request *r, struct response *w, const struct key_request *k);
