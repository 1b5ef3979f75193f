#pragma once
#include "arena.h"

/* The HTML of a meeting's first post back to Markdown, for a post that came without its own text: paragraphs,
 * lists, headings, tables, bold words and links. What is inside the event itself is left out. */
char *event_cooked_text(const char *html, struct arena *a);
