#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "error.h"
#include "sbuf.h"

/* An RSA key for one login (Discourse encrypts the new API key with it). */
struct rsa;
enum rsa_padding { RSA_PKCS1, RSA_OAEP_SHA1 };

/* A new 2048-bit key pair. */
struct rsa *rsa_new(struct error *err);
/* A public key from PEM text ("BEGIN PUBLIC KEY" or "BEGIN RSA PUBLIC KEY"), or a private one. */
struct rsa *rsa_from_pem(const char *pem, struct error *err);
int rsa_bits(const struct rsa *r);
/* PEM of the public half (SubjectPublicKeyInfo). */
void rsa_public_pem(const struct rsa *r, struct sbuf *out);
bool rsa_encrypt(const struct rsa *r, enum rsa_padding padding, const void *in, size_t n, struct sbuf *out,
	struct error *err);
bool rsa_decrypt(const struct rsa *r, enum rsa_padding padding, const void *in, size_t n, struct sbuf *out,
	struct error *err);
void rsa_free(struct rsa *r);
