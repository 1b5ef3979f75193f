#pragma once
#include "story.h"

/* Where the programs of a story live: their folders, their variables, the member's settings. */
void home_make(struct story *s);
/* A computer on which kring never ran. */
void home_empty(struct story *s);
void home_set_env(struct story *s, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void home_write_config(struct story *s);
