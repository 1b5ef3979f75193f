#pragma once
#include "story.h"

/* The language and character set of the terminal of a story. */
void step_locale(struct story *s, char *rest);
