#pragma once
#include "html.h"
#include "post_store.h"
#include "screen.h"
#include "styled.h"

/* How posts, profiles and other HTML of the site become text. */
struct post_look {
	const struct context *ctx;
	const struct screen *screen; /* NULL: a text that waits to be sent is shown as it was typed */
	int width;
	bool show_all;              /* everything open: plain output */
	bool no_event;              /* the event is shown elsewhere on the screen */
	uint64_t spoilers_shown, folds_open;
	int first_link;
};

/* The header line ("Noor, Tue 3 March 2026, 14:30, post 3"), what it replies to, and the text with its links. */
void post_text_add(struct styled_builder *b, const struct post_row *row, const struct post_look *look);
/* HTML that is not a post (a profile text). */
void post_text_html(struct styled_builder *b, const char *cooked, const struct post_look *look);
