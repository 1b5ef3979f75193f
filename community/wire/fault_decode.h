#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "json.h"

/* An error body of Discourse in any of its forms (lib/json_error.rb, "failed", "error", a bare array of words). */
struct fault {
	const char *words;     /* the server's own sentences, clean, one line; NULL when there are none */
	const char *type;      /* error_type; NULL */
	long wait_seconds;     /* extras.wait_seconds; 0 unknown */
	const char *reason;    /* `reason` of a failed log-in, e.g. "invalid_second_factor"; NULL */
	bool second_factor;    /* a second factor is asked */
	bool totp, backup_codes, security_key; /* which ones the member has */
	bool bad_csrf;
};

/* False when the body says nothing went wrong. */
bool fault_decode(const struct json *root, struct arena *a, struct fault *out);
