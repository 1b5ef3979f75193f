#pragma once
#include "story.h"

/* What a member types. */
/* The bytes that terminfo has under this name for the terminal of the story; NULL: none. */
const char *keyboard_capability(const char *name);

void step_keys(struct story *s, char *rest);
void step_bytes(struct story *s, char *rest);
void step_send(struct story *s, char *rest);
void step_slowly(struct story *s, char *rest);
void step_paste(struct story *s, char *rest);
void step_burst(struct story *s, char *rest);
