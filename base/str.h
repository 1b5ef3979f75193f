#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool str_equal(const char *a, const char *b); /* NULL equals only NULL */
bool str_starts(const char *s, const char *prefix);
bool str_ends(const char *s, const char *suffix);
bool str_empty(const char *s); /* NULL or "" */
/* "" for NULL. */
const char *str_or_empty(const char *s);
/* Removes ASCII white space at both ends, in place; returns the new start inside s. */
char *str_trim(char *s);
/* Whole string as a decimal number within [min, max]; false leaves *out alone. */
bool str_to_int(const char *s, int64_t min, int64_t max, int64_t *out);
/* FNV-1a, for hash tables, not for secrets. */
uint64_t str_hash(const char *s, size_t n);
