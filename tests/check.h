#pragma once
/* cmocka wants these first, in this order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

/* cmocka's fail() would hide error.h's. */
#undef fail
#undef fail_msg
#define fail_msg(...) \
	do { \
		print_error(__VA_ARGS__); \
		print_error("\n"); \
		_fail(__FILE__, __LINE__); \
	} while (0)

#include <stdio.h>
#include <string.h>

/* Names the row of a table in a failure. */
#define CHECK_STRING(row, got, want) \
	do { \
		const char *got_ = (got), *want_ = (want); \
		if (strcmp(got_ ? got_ : "(null)", want_ ? want_ : "(null)") != 0) \
			fail_msg("%s: got \"%s\", want \"%s\"", (row), got_ ? got_ : "(null)", want_ ? want_ : "(null)"); \
	} while (0)
#define CHECK_INT(row, got, want) \
	do { \
		long long got_ = (long long)(got), want_ = (long long)(want); \
		if (got_ != want_) \
			fail_msg("%s: got %lld, want %lld", (row), got_, want_); \
	} while (0)

/* The folder with reference data, or skips the test and says so. */
static inline const char *check_data(void)
{
	const char *dir = getenv("KRING_TEST_DATA");
	if (dir == NULL || *dir == '\0') {
		printf("skipped: KRING_TEST_DATA is not set\n");
		skip();
	}
	return dir;
}
