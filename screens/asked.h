#pragma once
#include <stdbool.h>
#include <stdint.h>

struct screen;

/* Words that were typed for a question, or to narrow a list, and left before they were an answer: they stand there
 * again when the same is asked again in this session. What is secret is never kept. */
enum { ASKED_MOST = 32 };

struct asked_all {
	struct asked_words {
		uint64_t question;
		char *text;
	} words[ASKED_MOST];
	int count;
};

void asked_fini(struct asked_all *a);

/* Call when the screen was read: a question that was not asked yet gets the words that were kept. True: the filter
 * is another one now. */
bool asked_begin(struct screen *s);
/* The member leaves the question. */
void asked_leave(struct screen *s);
/* The member answered it: nothing is kept. */
void asked_end(struct screen *s);
