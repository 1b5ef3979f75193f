#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

/* One line of a text as Markdown means it, and the label that it may begin with. For labelled_list.c. */
struct labelled_line {
	const char *start, *text, *end, *next; /* text: after the indent; end: without the line end */
	int indent;        /* columns; a tab is four */
	int level;         /* of a heading; 0: none */
	bool blank, bullet, cells; /* cells: has a | */
};

struct labelled_line labelled_line_at(const char *at, const char *end);
bool labelled_line_is_rule(const struct labelled_line *l);  /* under the head of a table */
bool labelled_line_is_table(const struct labelled_line *l, const char *end);
/* Short words and a colon: it looks like a label, known or not. */
bool labelled_line_is_like_a_label(const struct labelled_line *l);

/* The names to look for. */
struct labelled_names {
	struct labelled_name *name; /* sorted */
	size_t count;
};
struct labelled_names labelled_names_make(const char *const *const *name, int count, struct arena *a);

enum labelled_how { LABELLED_PLAIN, LABELLED_BULLET, LABELLED_BOLD, LABELLED_HEADING };

/* A line that begins a field. */
struct labelled_mark {
	struct labelled_line line;
	int field, indent, level;
	enum labelled_how how;
	const char *value, *value_end; /* on that line; the same when there is none */
	const char *next;              /* the line after it */
};

/* False when the line begins no known field. `end` is of the text. */
bool labelled_line_mark(const struct labelled_names *names, const struct labelled_line *l, const char *end,
	struct labelled_mark *out);
/* The same for a row of a table. */
bool labelled_line_cells(const struct labelled_names *names, const struct labelled_line *l,
	struct labelled_mark *out);
