#pragma once
#include "call.h"

extern const struct command commands[]; /* ends with {0} */
const struct command *command_find(const char *name);
/* Runs it and writes what it made. Returns the exit code. */
int command_run(const struct command *cmd, struct call *c);
