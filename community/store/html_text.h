#pragma once
#include "sbuf.h"

/* The words of a piece of HTML on one line, for search and excerpts: tags, scripts and styles left out,
 * entities decoded, white space joined. The same input always gives the same text (the search index depends
 * on it). */
void html_text(struct sbuf *out, const char *html);
