#pragma once
#include "composition.h"

/* What a member should know before a text is sent. */
struct compose_remark {
	bool missing;       /* it cannot be sent like this */
	const char *says;   /* a sentence, or more */
};

struct compose_remarks {
	struct compose_remark *row;
	int count;
};

/* All in the arena. */
struct compose_remarks compose_check(const struct screen *s, const struct composition *w, struct arena *a);
/* Who will be able to read it: a sentence. */
const char *compose_audience(const struct screen *s, const struct composition *w, struct arena *a);
/* A sentence when the one person this is for has not answered an earlier message yet; NULL otherwise. */
const char *compose_unanswered(const struct screen *s, const struct composition *w, struct arena *a);
/* The lengths the site asks for; max 0: it did not say. */
void compose_title_lengths(const struct screen *s, const struct composition *w, int *min, int *max);
/* Characters, as the site counts them. */
int compose_characters(const char *text);
/* One of the names in a list that is joined with ", ", without blanks around it. False at the end. */
bool compose_next_name(const char **list, char *out, size_t bytes);
