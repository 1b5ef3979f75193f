#include "totp.h"

#include <stdio.h>
#include <string.h>

#include "random.h"
#include "sha.h"

enum { StepS = 30, SecretBytes = 20, MaxSecretBytes = 64 };

/* RFC 4648 */
static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

void totp_secret_new(char out[TOTP_SECRET_TEXT])
{
	unsigned char bytes[SecretBytes];
	unsigned bits = 0, have = 0;
	random_bytes(bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++) {
		bits = (bits << 8 | bytes[i]) & 0xffff;
		for (have += 8; have >= 5; have -= 5)
			*out++ = alphabet[bits >> (have - 5) & 31];
	}
	*out = '\0';
}

/* Bytes decoded, or 0 when the text is not base32 or too long. */
static size_t base32_decode(const char *text, unsigned char out[MaxSecretBytes])
{
	unsigned bits = 0, have = 0;
	size_t n = 0;
	for (; *text != '\0' && *text != '='; text++) {
		const char *at = strchr(alphabet, *text);
		if (at == NULL || n == MaxSecretBytes)
			return 0;
		bits = (bits << 5 | (unsigned)(at - alphabet)) & 0xffff;
		have += 5;
		if (have >= 8) {
			have -= 8;
			out[n++] = (unsigned char)(bits >> have);
		}
	}
	return n;
}

bool totp_code(const char *secret, int64_t step, char out[7])
{
	unsigned char key[MaxSecretBytes], counter[8], mac[20];
	size_t n = base32_decode(secret, key);
	if (n == 0)
		return false;
	for (int i = 7; i >= 0; i--, step >>= 8)
		counter[i] = (unsigned char)(step & 0xff);
	sha1_hmac(key, n, counter, sizeof counter, mac);
	/* Dynamic truncation: RFC 4226, 5.3 */
	int at = mac[19] & 15;
	uint32_t number = (uint32_t)(mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 | (uint32_t)mac[at + 2] << 8 |
		mac[at + 3];
	snprintf(out, 7, "%06u", (unsigned)(number % 1000000));
	return true;
}

int64_t totp_step(const char *secret, const char *code, int64_t now_s)
{
	char typed[7] = "", want[7];
	size_t n = 0;
	for (; *code != '\0'; code++) {
		if (*code == ' ')
			continue;
		if (n == 6)
			return -1;
		typed[n++] = *code;
	}
	if (n != 6)
		return -1;
	for (int64_t step = now_s / StepS - 1; step <= now_s / StepS + 1; step++)
		if (totp_code(secret, step, want) && secret_equal(typed, want, 6))
			return step;
	return -1;
}
