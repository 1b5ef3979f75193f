#pragma once
#include <stdbool.h>
#include <sys/types.h>

/* The member's browsers that kring started and that may still run. */
enum { BROWSERS = 8 };
struct browser {
	pid_t pid[BROWSERS];
};

/* Starts a program with the address as its one argument, without a shell, in a session of its own, away from the
 * terminal. Only web addresses. False: errno says why (EINVAL: not a web address). */
bool browser_open(struct browser *b, const char *program, const char *url);
