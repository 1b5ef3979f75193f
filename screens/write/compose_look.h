#pragma once
#include "composition.h"

/* A text of Discourse's Markdown as readers will see it. Appends. */
void compose_look(const struct screen *s, const char *raw, int64_t topic_id, struct styled_builder *b);
