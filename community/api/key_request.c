#include "key_request.h"

#include <string.h>

#include "arena.h"
#include "base64.h"
#include "credentials.h"
#include "device_decode.h"
#include "random.h"
#include "sha.h"
#include "text.h"

bool key_request_begin(struct key_request *k, const char *client_id, bool oaep, struct error *err)
{
	*k = (struct key_request){.client_id = client_id, .oaep = oaep};
	k->rsa = rsa_new(err);
	if (k->rsa == NULL)
		return false;
	rsa_public_pem(k->rsa, &k->public_pem);
	random_hex(k->nonce, sizeof k->nonce / 2);
	return true;
}

typedef void (*add_field)(void *to, const char *name, const char *value);

static void add_fields(const struct key_request *k, add_field add, void *to)
{
	add(to, "application_name", "kring");
	add(to, "client_id", k->client_id);
	add(to, "scopes", "read,write");
	add(to, "public_key", sbuf_str(&k->public_pem));
	add(to, "nonce", k->nonce);
	if (k->oaep)
		add(to, "padding", "oaep");
}

static void add_to_form(void *r, const char *name, const char *value)
{
	request_form(r, name, value);
}

static void add_to_query(void *r, const char *name, const char *value)
{
	request_query(r, name, value);
}

static void add_to_json(void *j, const char *name, const char *value)
{
	json_add_string(j, name, value);
}

void key_request_form(const struct key_request *k, struct request *r)
{
	add_fields(k, add_to_form, r);
}

void key_request_query(const struct key_request *k, struct request *r)
{
	add_fields(k, add_to_query, r);
}

struct json *key_request_json(const struct key_request *k)
{
	struct json *j = json_object();
	add_fields(k, add_to_json, j);
	return j;
}

/* Only a text with our own nonce is for us. */
static bool read_payload(const struct key_request *k, const struct sbuf *plain, struct sbuf *key)
{
	struct key_payload p;
	struct arena a = {0};
	struct json *j = json_parse(sbuf_str(plain), plain->n, NULL);
	bool ok = j != NULL && key_payload_decode(j, &a, &p) && p.nonce != NULL &&
		strlen(p.nonce) == strlen(k->nonce) &&
		secret_equal(p.nonce, k->nonce, strlen(k->nonce)) && credentials_key_valid(p.key);
	if (ok) {
		sbuf_reset(key);
		sbuf_add(key, p.key);
		explicit_bzero((char *)p.key, strlen(p.key));
	}
	json_free(j);
	arena_fini(&a);
	return ok;
}

bool key_request_open(const struct key_request *k, const char *payload, struct sbuf *key, struct error *err)
{
	const enum rsa_padding asked = k->oaep ? RSA_OAEP_SHA1 : RSA_PKCS1;
	const enum rsa_padding paddings[] = {asked, asked == RSA_PKCS1 ? RSA_OAEP_SHA1 : RSA_PKCS1};
	struct sbuf cipher = {0};
	bool ok = false;
	if (strnlen(payload, 16 * 1024) < 16 * 1024 && base64_decode(&cipher, payload) && cipher.n > 0)
		for (int i = 0; i < 2 && !ok; i++) {
			struct sbuf plain = {0};
			ok = rsa_decrypt(k->rsa, paddings[i], cipher.p, cipher.n, &plain, NULL) && read_payload(k, &plain, key);
			credentials_wipe(&plain);
		}
	sbuf_fini(&cipher);
	if (!ok) {
		fail(err, ERR_INVALID, _("This text is not complete, or was made for another log-in."));
		error_advise(err, _("The log-in goes on."), _("Copy the whole text from the site again."));
	}
	return ok;
}

void key_request_end(struct key_request *k)
{
	rsa_free(k->rsa);
	sbuf_fini(&k->public_pem);
	*k = (struct key_request){0};
}
