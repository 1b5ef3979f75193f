#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "error.h"
#include "json.h"
#include "transport.h"

/* What a site answered, understood. A zeroed struct is empty. */
struct answer {
	int status;
	struct json *json;   /* NULL when the body was empty (some actions) or not JSON (any_status) */
	struct sbuf header;  /* see header_find */
	struct sbuf body;    /* the text of the JSON; for raw text answers the text itself */
	int64_t bytes;       /* over the line */
	char *url;           /* what answered in the end, after redirects; NULL without exchange_take */
	bool readonly;       /* Discourse-Readonly: the site takes no changes at the moment */
	bool nothing_sent;   /* see struct response */
	bool own_limit;      /* a 429 of this kind of change alone (Discourse's "one post in 5 seconds") */
};

/* Takes the response's buffers. A status outside 2xx, no answer, HTML and half a JSON are errors, as
 * Discourse's controllers mean them; the server's own words, cleaned, are `what` where they help, else
 * `detail`. With any_status only no answer is an error. The answer is filled in also on an error. */
bool answer_take(struct response *r, bool any_status, struct answer *out, struct error *err);
void answer_fini(struct answer *a);
