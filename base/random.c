#include "random.h"

#include <errno.h>
#include <stdio.h>
#include <sys/random.h>

#include "panic.h"

void random_bytes(void *out, size_t n)
{
	char *p = out;
	while (n > 0) {
		ssize_t got = getrandom(p, n, 0);
		if (got < 0 && errno == EINTR)
			continue;
		ensure(got > 0);
		p += got;
		n -= (size_t)got;
	}
}

void random_hex(char *out, size_t bytes)
{
	static const char digit[] = "0123456789abcdef";
	for (size_t i = 0; i < bytes; i++) {
		unsigned char b;
		random_bytes(&b, 1);
		out[2 * i] = digit[b >> 4];
		out[2 * i + 1] = digit[b & 15];
	}
	out[2 * bytes] = '\0';
}

void random_uuid(char out[37])
{
	unsigned char b[16];
	random_bytes(b, sizeof b);
	b[6] = (unsigned char)((b[6] & 0x0F) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3F) | 0x80);
	int at = 0;
	for (int i = 0; i < 16; i++)
		at += snprintf(out + at, 37 - (size_t)at, i == 4 || i == 6 || i == 8 || i == 10 ? "-%02x" : "%02x", b[i]);
}

/* SplitMix64, upper half. */
uint32_t random_next(uint64_t *state)
{
	uint64_t z = (*state += 0x9E3779B97F4A7C15u);
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return (uint32_t)((z ^ (z >> 31)) >> 32);
}
