#pragma once
#include "http.h"

/* What a program asks for when it wants a user API key. */
struct key_request {
	const char *application_name, *client_id, *scopes, *public_key, *nonce;
	const char *auth_redirect; /* NULL: the member copies the payload */
	const char *padding;       /* "pkcs1" or "oaep" */
	const char *push_url;      /* may be NULL */
	int64_t expires_in_s;      /* 0: does not expire */
};

/* From the parameters; false: *w says what is wrong. */
bool key_request_read(struct request *r, struct response *w, struct key_request *k);
/* From the JSON that key_request_print made; it was checked before. */
bool key_request_parse(struct arena *a, const char *text, struct key_request *k);
void key_request_print(const struct key_request *k, struct sbuf *out);

/* Makes the key for a member, replaces earlier ones of the same client, and encrypts it for the program: base64 in
 * lines. False: *w says what is wrong. */
bool key_request_grant(struct request *r, struct response *w, const struct key_request *k, int64_t user_id,
	struct sbuf *payload);

/* Makes a key without a program that asks; for the command line. `key` has room for AUTH_KEY_HEX bytes. */
bool key_make(struct sql *db, int64_t user_id, const struct key_request *k, int64_t now_ms, char *key,
	struct error *err);
