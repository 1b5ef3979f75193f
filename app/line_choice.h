#pragma once
#include "screen.h"

/* What can be opened in the lines [first, end) of a text: links, folded parts, hidden words, quotes. In line mode they
 * have numbers. */
struct line_choice {
	const struct styled_link *link;
	const struct styled_line *line; /* NULL when it is a link */
};

enum { LINE_CHOICES = 60 };

int line_choices(const struct screen *s, int first, int end, struct line_choice out[LINE_CHOICES]);
/* One numbered line each. Appends. */
void line_choices_show(const struct line_choice *choice, int count, struct sbuf *out);
void line_choice_open(struct screen *s, const struct line_choice *c);
