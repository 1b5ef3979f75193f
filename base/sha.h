#pragma once
#include <stddef.h>

enum { SHA256_HEX = 65, SHA1_HEX = 41 }; /* bytes with the NUL */
void sha256_hex(const void *data, size_t n, char out[SHA256_HEX]);
void sha1_hex(const void *data, size_t n, char out[SHA1_HEX]);
/* HMAC-SHA1, 20 bytes, for one-time passwords (RFC 4226). */
void sha1_hmac(const void *key, size_t key_bytes, const void *data, size_t n, unsigned char out[20]);
/* Takes as long for equal as for different. */
int secret_equal(const void *a, const void *b, size_t n);
