#pragma once
#include "story.h"

/* What came of it: the last output, and what was kept of earlier ones. */
void step_keep(struct story *s, char *name);
void step_same(struct story *s, char *name);
/* Nothing but text: append-only, as speech and braille want it. */
void step_plain(struct story *s, char *rest);
void step_code(struct story *s, char *rest);
void step_out(struct story *s, char *rest);
void step_err(struct story *s, char *rest);
void step_no(struct story *s, char *rest);
