#pragma once
#include "line_view.h"

/* What the member typed behind a question of text mode. */
void line_answer(struct line_view *v, const char *text);
