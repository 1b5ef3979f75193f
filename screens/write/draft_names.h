#pragma once
#include "screen.h"

/* What a member typed as recipients to names joined with ", ": a beginning of a name becomes the name when only one
 * member or group has it. What to know of it is added to `remark` as sentences. */
void draft_names_people(const struct screen *s, const char *typed, struct sbuf *out, struct sbuf *remark);
/* Tags as the site writes them: lower case, "-" in place of blanks, each once. */
void draft_names_tags(const char *typed, struct sbuf *out);
