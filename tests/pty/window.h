#pragma once
#include "story.h"

/* The terminal in which kring runs: what stands in it, its size, its end. */
void step_start(struct story *s, char *rest);
void step_shell(struct story *s, char *rest);
void step_see(struct story *s, char *rest);
void step_gone(struct story *s, char *rest);
void step_row(struct story *s, char *rest);
void step_mark(struct story *s, char *rest);
void step_idle(struct story *s, char *rest);
void step_size(struct story *s, char *rest);
void step_resize(struct story *s, char *rest);
void step_storm(struct story *s, char *rest);
void step_signal(struct story *s, char *name);
void step_end(struct story *s, char *rest);
