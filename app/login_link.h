#pragma once
#include "program.h"

/* Logging in from a screen, by the network half. */
extern const struct login_port login_link_port;
void login_link_end(struct program *p);
