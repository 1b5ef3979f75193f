#pragma once
#include "screen.h"

/* A question before what cannot be undone, or what more people will see. The first choice does nothing, and Enter on it
 * changes nothing. The table lives as long as the program. */
struct confirm_choice {
	const char *title, *detail; /* N_; detail: what it does and who sees it */
	void (*run)(struct screen *asker, int64_t id);
};

struct confirm {
	const char *question;                /* N_ */
	const struct confirm_choice *choice; /* ends with {0} */
};

void confirm_open(struct screen *s, const struct confirm *c, int64_t id);
