#pragma once
#include "story.h"

/* Programs that run to their end; what they say is the last output. */
void process_run(struct story *s, const char *program, char **args, const char *input);
/* The story ends when it does not succeed. */
void process_must_run(struct story *s, const char *program, char **args, const char *input);

void step_run(struct story *s, char *rest);
