#pragma once
#include <stdbool.h>

#include "error.h"
#include "json.h"
#include "request.h"
#include "rsa.h"

/* One request for a user API key: a fresh RSA pair and a nonce; the site answers with the key encrypted for it. */
struct key_request {
	struct rsa *rsa;
	struct sbuf public_pem;
	char nonce[33];
	/* ask for OAEP; PKCS#1 v1.5 is understood too, for sites that do not know the question */
	bool oaep;
	const char *client_id; /* borrowed */
};

bool key_request_begin(struct key_request *k, const char *client_id, bool oaep, struct error *err);
/* The parameters of /user-api-key/new, in each of the three forms. */
void key_request_form(const struct key_request *k, struct request *r);
void key_request_query(const struct key_request *k, struct request *r);
struct json *key_request_json(const struct key_request *k);
/* The encrypted text as the site shows or sends it -> the key. A text that is not for this request is
 * ERR_INVALID. */
bool key_request_open(const struct key_request *k, const char *payload, struct sbuf *key, struct error *err);
void key_request_end(struct key_request *k);
