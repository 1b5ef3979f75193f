#pragma once
#include <stdbool.h>
#include <stdint.h>

/* One-time passwords by the clock (RFC 6238): SHA-1, 6 digits, steps of 30 seconds. */
enum { TOTP_SECRET_TEXT = 33 }; /* 20 bytes as base32, with the NUL */

void totp_secret_new(char out[TOTP_SECRET_TEXT]);
/* The code for one step; false when the secret is not base32. */
bool totp_code(const char *secret, int64_t step, char out[7]);
/* The step that the code belongs to, one before or after now at most; -1: none. Spaces in the code are skipped. */
int64_t totp_step(const char *secret, const char *code, int64_t now_s);
