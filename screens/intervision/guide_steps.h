#pragma once
#include "method.h"

/* The steps as an organiser wrote them in the topic: "Vraag vertellen 5, vragen stellen 15", or one a line. */

/* False: they do not say how long each step takes, and *out is as it was. Texts live in the arena. */
bool guide_steps_read(const struct methods *all, const struct method *m, const char *text, int available,
	struct method_plan *out, struct arena *a);
