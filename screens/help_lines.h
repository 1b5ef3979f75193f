#pragma once
#include "screen.h"

/* What a member can type on this screen in text mode, from the same tables as its keys. */
void help_lines_add(const struct screen *s, const struct screen_ops *about, struct styled_builder *b);
