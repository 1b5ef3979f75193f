#pragma once
#include "screen.h"

/* A fixed list of places to go to. The order never changes. */
struct menu_item {
	const char *title, *detail; /* N_ */
	const char *screen;         /* where Enter goes; NULL: run `verb` instead */
	const char *verb;
	struct target target;       /* more than the screen's name, when needed */
};

void menu_rows(const struct menu_item *items, int first, int n, struct row *out);
/* Something the member sent needs them. */
bool menu_outbox_needs_member(const struct screen *s);
void menu_enter(struct screen *s, const struct menu_item *items, const struct row *row);
