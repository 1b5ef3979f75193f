#pragma once
#include "stack.h"

enum { LINE_PAGE_ITEMS = 10, LINE_PAGE_ROWS = 20 };

/* What text mode says of the screen on top: its path, a page of it, and the question behind which the member
 * types. */
struct line_view {
	struct stack *stack;
	int first;           /* item the page of a list begins with; of a text it is the line with the focus */
	int64_t id[LINE_PAGE_ITEMS], id2[LINE_PAGE_ITEMS]; /* of the items of that page */
	bool shown;          /* this screen was shown before: its path does not come again */
	bool brief;          /* only what has to be said, and no page */
	uint64_t page;       /* hash of the page that was printed last */
	uint64_t status;     /* hash of what was said last to be going on */
	unsigned opened;     /* of the stack, when it was shown last */
	int depth;
	unsigned long own_end; /* line_edit.h */
};

/* Of a text: the line after the last one of the page. */
int line_view_page_end(const struct screen *s);
/* Appends. */
void line_view_show(struct line_view *v, struct sbuf *out);
/* q: what is asked, zeroed when nothing is. Appends. */
void line_view_prompt(const struct line_view *v, struct question *q, struct sbuf *out);
