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
void menu_enter(struct screen *s, const struct menu_item *items, const struct row *row);
