#pragma once
#include <stdbool.h>

#include "error.h"

/* How far the first questions came, kept in $XDG_DATA_HOME/kring/first-run: the step to ask next, from 1. The
 * member can stop at any step and go on later. Who has a file of settings is not asked anything. */
enum { FIRST_RUN_LANGUAGE = 1, FIRST_RUN_LOOK, FIRST_RUN_COMMUNITY, FIRST_RUN_DONE };

int first_run_step(void);
bool first_run_put(int step, struct error *err);
