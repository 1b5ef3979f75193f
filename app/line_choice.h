#pragma once
#include "screen.h"

/* What has a number under a text: what the screen has as keys 1, 2..., and what can be opened in its lines
 * [first, end): links, folded parts, hidden words, quotes. One of the three is set. */
struct line_choice {
	const struct binding *binding;
	const struct styled_link *link;
	const struct styled_line *line;
};

enum { LINE_CHOICES = 60 };

int line_choices(const struct screen *s, int first, int end, struct line_choice out[LINE_CHOICES]);
/* One numbered line each. Appends. */
void line_choices_show(const struct line_choice *choice, int count, struct sbuf *out);
void line_choice_open(struct screen *s, const struct line_choice *c);
