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

#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

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

static inline int check_remove(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	return remove(path);
}

/* Removes a folder of this test with everything in it; links are not followed. */
static inline void check_clean(const char *dir)
{
	assert_int_equal(strncmp(dir, "/tmp/kring-", 11), 0);
	nftw(dir, check_remove, 16, FTW_DEPTH | FTW_PHYS);
}

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
