#pragma once
#include "post.h"
#include "sbuf.h"

/* The words of a post as a quote of Discourse, with an empty line after it. Without its Markdown its plain text is
 * quoted. Appends. */
void compose_quote(const struct post *p, struct sbuf *out);
