#pragma once
#include <stddef.h>
#include <stdint.h>

/* From the kernel, for secrets. */
void random_bytes(void *out, size_t n);
/* 2 * bytes lower-case hex digits and a NUL; out has room for them. */
void random_hex(char *out, size_t bytes);
/* "8-4-4-4-12", version 4 (RFC 9562); out has room for 37 bytes. */
void random_uuid(char out[37]);

/* A small generator for jitter: the seed comes in, so that tests can repeat it. */
uint32_t random_next(uint64_t *state);
