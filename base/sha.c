#include "sha.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>

#include "panic.h"

static void digest_hex(const EVP_MD *md, const void *data, size_t n, char *out)
{
	unsigned char bytes[EVP_MAX_MD_SIZE];
	unsigned len = 0;
	ensure(EVP_Digest(data, n, bytes, &len, md, NULL) == 1);
	for (unsigned i = 0; i < len; i++)
		snprintf(out + 2 * i, 3, "%02x", bytes[i]);
}

void sha256_hex(const void *data, size_t n, char out[SHA256_HEX])
{
	digest_hex(EVP_sha256(), data, n, out);
}

void sha1_hex(const void *data, size_t n, char out[SHA1_HEX])
{
	digest_hex(EVP_sha1(), data, n, out);
}

void sha1_hmac(const void *key, size_t key_bytes, const void *data, size_t n, unsigned char out[20])
{
	unsigned len = 20;
	ensure(HMAC(EVP_sha1(), key, (int)key_bytes, data, n, out, &len) != NULL && len == 20);
}

int secret_equal(const void *a, const void *b, size_t n)
{
	return CRYPTO_memcmp(a, b, n) == 0;
}
