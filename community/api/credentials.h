#pragma once
#include <stdbool.h>

#include "error.h"
#include "sbuf.h"

/* The key file of one site: 0600, in a folder that is the member's own. */
bool credentials_read(const char *path, struct sbuf *key, struct error *err);
bool credentials_write(const char *path, const char *key, struct error *err);
bool credentials_remove(const char *path, struct error *err);

/* Asked ten times a second while the command runs: true ends it and all it started. stopped NULL: nobody asks. */
struct key_wait {
	bool (*stopped)(void *context);
	void *context;
};
/* The first line that a command prints, e.g. "pass show kring". Run without a shell: words are split at spaces,
 * 'single' and "double" quotes keep spaces, a backslash keeps the next character. ERR_CANCELLED when it was
 * stopped; where somebody can stop it the command cannot use the terminal. */
bool credentials_command(const char *command, int timeout_ms, const struct key_wait *wait, struct sbuf *key,
	struct error *err);
/* Splits as above; the array ends in NULL and is freed as one block. NULL: an open quote, or nothing. */
char **credentials_split(const char *command);

/* A key is 1-128 letters and digits. */
bool credentials_key_valid(const char *key);
/* Overwrites before freeing. */
void credentials_wipe(struct sbuf *secret);
