#include "rsa.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "panic.h"
#include "text.h"

struct rsa {
	EVP_PKEY *key;
};

static bool crypto_failed(struct error *err, const char *sentence)
{
	char words[200] = "";
	ERR_error_string_n(ERR_get_error(), words, sizeof words);
	ERR_clear_error();
	fail(err, ERR_INVALID, "%s", sentence);
	error_detail(err, "%s", words);
	return false;
}

static struct rsa *wrap(EVP_PKEY *key)
{
	struct rsa *r = xcalloc(1, sizeof *r);
	r->key = key;
	return r;
}

struct rsa *rsa_new(struct error *err)
{
	EVP_PKEY *key = EVP_RSA_gen(2048);
	if (key == NULL) {
		crypto_failed(err, _("No key can be made for this log-in."));
		return NULL;
	}
	return wrap(key);
}

struct rsa *rsa_from_pem(const char *pem, struct error *err)
{
	BIO *bio = BIO_new_mem_buf(pem, (int)strnlen(pem, 64 * 1024));
	ensure(bio != NULL);
	EVP_PKEY *key = strstr(pem, "PRIVATE KEY") != NULL ? PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL)
		: PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL);
	if (key == NULL && strstr(pem, "RSA PUBLIC KEY") != NULL) {
		(void)BIO_reset(bio);
		key = EVP_PKEY_new();
		RSA *old = NULL;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
		old = PEM_read_bio_RSAPublicKey(bio, NULL, NULL, NULL);
		if (old == NULL || EVP_PKEY_assign_RSA(key, old) != 1) {
			EVP_PKEY_free(key);
			key = NULL;
		}
#pragma GCC diagnostic pop
	}
	BIO_free(bio);
	if (key == NULL || EVP_PKEY_base_id(key) != EVP_PKEY_RSA) {
		EVP_PKEY_free(key);
		crypto_failed(err, _("This is not an RSA key."));
		return NULL;
	}
	return wrap(key);
}

int rsa_bits(const struct rsa *r)
{
	return EVP_PKEY_bits(r->key);
}

static void add_bio(BIO *bio, struct sbuf *out)
{
	char *p;
	long n = BIO_get_mem_data(bio, &p);
	sbuf_addn(out, p, (size_t)n);
	BIO_free(bio);
}

void rsa_public_pem(const struct rsa *r, struct sbuf *out)
{
	BIO *bio = BIO_new(BIO_s_mem());
	ensure(bio != NULL && PEM_write_bio_PUBKEY(bio, r->key) == 1);
	add_bio(bio, out);
}

typedef int (*crypt_fn)(EVP_PKEY_CTX *, unsigned char *, size_t *, const unsigned char *, size_t);

static bool run_padded(EVP_PKEY_CTX *ctx, crypt_fn run, enum rsa_padding padding, const void *in, size_t n,
	struct sbuf *out)
{
	unsigned char buf[8192 / 8];
	size_t len = sizeof buf;
	int pad = padding == RSA_OAEP_SHA1 ? RSA_PKCS1_OAEP_PADDING : RSA_PKCS1_PADDING;
	if (EVP_PKEY_CTX_set_rsa_padding(ctx, pad) != 1 || run(ctx, buf, &len, in, n) != 1)
		return false;
	sbuf_addn(out, (const char *)buf, len);
	OPENSSL_cleanse(buf, sizeof buf);
	return true;
}

bool rsa_encrypt(const struct rsa *r, enum rsa_padding padding, const void *in, size_t n, struct sbuf *out,
	struct error *err)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(r->key, NULL);
	ensure(ctx != NULL);
	bool ok = rsa_bits(r) <= 8192 && EVP_PKEY_encrypt_init(ctx) == 1 &&
		run_padded(ctx, EVP_PKEY_encrypt, padding, in, n, out);
	EVP_PKEY_CTX_free(ctx);
	return ok || crypto_failed(err, _("This key cannot encrypt."));
}

bool rsa_decrypt(const struct rsa *r, enum rsa_padding padding, const void *in, size_t n, struct sbuf *out,
	struct error *err)
{
	EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new(r->key, NULL);
	ensure(ctx != NULL);
	bool ok = rsa_bits(r) <= 8192 && EVP_PKEY_decrypt_init(ctx) == 1 &&
		run_padded(ctx, EVP_PKEY_decrypt, padding, in, n, out);
	EVP_PKEY_CTX_free(ctx);
	return ok || crypto_failed(err, _("This text was not made for this log-in."));
}

void rsa_free(struct rsa *r)
{
	if (r == NULL)
		return;
	EVP_PKEY_free(r->key);
	free(r);
}
