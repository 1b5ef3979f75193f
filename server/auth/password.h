#pragma once
#include <stdbool.h>

#include "error.h"

/* Passwords as crypt(3) strings: yescrypt with a random salt. */
enum { PASSWORD_HASH_BYTES = 384, PASSWORD_MIN = 10, PASSWORD_MAX = 200 };

bool password_hash(const char *password, char out[PASSWORD_HASH_BYTES], struct error *err);
/* Takes as long when there is no hash (NULL) or it is not one, and is false then. */
bool password_matches(const char *hash, const char *password);
