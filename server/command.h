#pragma once
#include "error.h"
#include "sql.h"

/* kringd's commands; argv[0] is the command's name. They return the exit code. */
enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

int command_init(int argc, char **argv);
int command_import(int argc, char **argv);
int command_user(int argc, char **argv);
int command_key(int argc, char **argv);
int command_review(int argc, char **argv);
int command_serve(int argc, char **argv);

/* Says on stderr what happened, what is kept and what can be done; returns the exit code for it. */
int command_failed(const struct error *err);

enum command_open { OPEN_EXISTING, OPEN_OR_MAKE };
/* DIR/kringd.sqlite, brought to the newest form. Checks that the folder is private. */
struct sql *command_open_data(const char *dir, enum command_open how, struct error *err);
