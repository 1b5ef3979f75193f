#pragma once
#include "guide_plan.h"
#include "styled.h"

/* A guide as a text to read: on the screen, and on paper. `notes`: a note for each step, "" for none; NULL:
 * no notes. */

/* What there is to know before the first step: times, agreements, roles, the plan. */
void guide_text_before(struct styled_builder *b, const struct guide *g, const char *const *notes,
	const struct zone *zone);
void guide_text_step(struct styled_builder *b, const struct guide *g, int step, const char *const *notes,
	const struct zone *zone);
/* All of it, for paper. */
void guide_text_whole(struct styled_builder *b, const struct guide *g, const struct zone *zone);
/* What the steps are for and who can use them, in a few words: "45 minutes, 4 to 8 people". Appends. */
void guide_text_method(struct sbuf *out, const struct method *m);
/* One agreement after the other, without marks of a list; *text goes on. NULL at the end. */
const char *guide_text_agreement(const char **text, struct arena *a);
