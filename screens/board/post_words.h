#pragma once
#include "change.h"
#include "screen.h"

/* Words that go with something done to a post: a note, or what a report is about. While they are asked for
 * (SCREEN_ASK) they are kept as a draft, and they are offered the next time. */
struct post_words {
	int64_t draft; /* 0: nothing is kept */
};

/* What is done to the post; `c` has its kind and post_id. Offers what was kept. Call at the first load. */
void post_words_begin(struct screen *s, struct post_words *w, struct change c);
/* For the screen's save. */
void post_words_keep(struct screen *s, struct post_words *w, struct change c);
/* Sends it with `text`; false: it was said why, and the text is in the answer again. */
bool post_words_send(struct screen *s, struct post_words *w, struct change c, const char *text, const char *says);
