#pragma once
#include "story.h"

/* R3 and R27 over every byte of a story. */
void calm_check(struct story *s);
/* After kring ended: the terminal is as it was. */
void calm_check_given_back(struct story *s);
