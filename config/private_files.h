#pragma once
#include "account.h"

/* Whether the account's own files are the member's alone, on a computer with more users. */
enum private_files {
	PRIVATE_FILES_GOOD,
	PRIVATE_FILES_OPEN,   /* others may look into some of them */
	PRIVATE_FILES_OTHERS, /* some belong to somebody else */
};
enum private_files private_files_check(const struct account *acc);
/* In words, and what the member can do; NULL when all is good. */
const char *private_files_says(enum private_files found);
const char *private_files_advice(enum private_files found);
