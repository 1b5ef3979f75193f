#pragma once
#include "program.h"

/* The full-screen program until the member leaves. Returns the exit code. ERR_INVALID in *err and -1: this terminal
 * cannot do it; use line mode. */
int fullscreen_run(struct program *p, struct error *err);
