#pragma once
#include <stddef.h>

#include "arena.h"
#include "sbuf.h"

/* Things that a text says under a label: `- **Label:** value`, `Label: value`, `* Label - value`, a table of
 * two columns, a heading with what stands below it. The text is a post's Markdown, or plain text with line
 * ends. */

enum {
	LABELLED_INPUT_MAX = 512 * 1024, /* bytes; what comes after stays in the rest */
	LABELLED_LABEL_MAX = 120,        /* bytes; a longer text is no label */
};

struct labelled_list {
	const char **value; /* one a field, lines ended by \n between them; NULL: the text does not have it */
	int count;          /* fields that were found */
	const char *rest;   /* the text without them, as it was written; blocks like [event] stay in it whole */
};

/* `name` has for each of `count` fields the names it goes by, ended by NULL. Order, accents, case,
 * punctuation and what stands in brackets do not matter; a field that is there more than once has its values
 * one after the other. Nothing of the text is lost: it is in a value or in the rest. */
void labelled_list_read(
	const char *text, const char *const *const *name, int count, struct labelled_list *out, struct arena *a);
/* Appends the field as an item of a Markdown list, its further lines indented; nothing when the value is
 * empty. What it writes reads back the same, but for white space at the ends of lines and empty lines. */
void labelled_list_add(struct sbuf *out, const char *label, const char *value);
