#pragma once
#include <stdbool.h>

enum { OUTSIDE_WORDS = 32 };

/* Words between spaces, or between quotes; in place. Returns how many; argv ends with NULL. */
int outside_split(char *command, char *argv[OUTSIDE_WORDS + 1]);
/* Runs a program in the foreground of this terminal and waits until it ends. `status` is waitpid's. A signal
 * that ends kring is passed on; *ended then gets its number, and it comes again when this is over. False:
 * errno says why it could not be started. */
bool outside_run(char **argv, int *status, int *ended);
