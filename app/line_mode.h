#pragma once
#include "program.h"

/* The whole program as questions and answers on standard input and output: numbered choices, nothing is ever
 * drawn over, no control sequences. Returns the exit code. */
int line_mode_run(struct program *p);
