#pragma once
#include <stdbool.h>

#include "program.h"

/* What kring finds out about itself and its surroundings. Nothing in it names the member, the community or a
 * text. */
enum finding_state { FINDING_GOOD, FINDING_NOTE, FINDING_TROUBLE };

struct finding {
	enum finding_state state;
	const char *what;    /* stable word for scripts: "terminal", "locale"... */
	const char *title, *says, *todo; /* translated; todo "" when there is nothing to do */
	struct finding *next;
};

struct findings {
	struct arena *mem;
	struct finding *first, **last;
};

/* `todo` NULL: nothing to do. */
void finding_add(struct findings *f, enum finding_state state, const char *what, const char *title,
	const char *todo, const char *fmt, ...) __attribute__((format(printf, 6, 7)));

void doctor_computer(struct findings *f, const struct program *p);
void doctor_disk(struct findings *f, const struct program *p);
void doctor_files(struct findings *f, const struct program *p);
void doctor_site(struct findings *f, const struct program *p);
