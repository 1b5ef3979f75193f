#pragma once
#include <stdint.h>

/* What the status row said in this session, so that it can be read again: the newest ones. Zeroed is empty. */
enum { SAID_LINES = 32, SAID_BYTES = 800 };

struct said {
	struct said_line {
		int64_t ms;
		char text[SAID_BYTES];
	} line[SAID_LINES];
	int count, next; /* next: where the following one goes */
	int total;       /* how many there ever were */
};

/* What was said just before is not kept a second time. */
void said_add(struct said *s, int64_t ms, const char *text);
/* From 0, the newest. */
const struct said_line *said_at(const struct said *s, int i);
