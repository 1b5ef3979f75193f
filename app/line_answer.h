#pragma once
#include "line_view.h"

/* What the member typed behind a question of text mode. */
void line_answer(struct line_view *v, const char *text);
/* A key of the terminal instead, such as F5. */
void line_answer_key(struct line_view *v, const struct key *k);
