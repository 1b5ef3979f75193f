#pragma once
#include <stdbool.h>

#include "error.h"

/* Hours of the day in which kring leaves the member alone, as the clock of the member says. */
struct quiet_hours {
	int from, to; /* minutes after midnight; to before from: over midnight; the same: none */
};

/* "22:00-08:00"; "" is none. */
bool quiet_parse(const char *text, struct quiet_hours *out);
/* For the table of settings: false with a sentence when it cannot be read. */
bool quiet_check(const char *text, struct error *err);
bool quiet_is(const struct quiet_hours *q, int minute);
