#pragma once
#include <gumbo.h>
#include <stdbool.h>

#include "sbuf.h"

/* Reading gumbo's tree. All strings from it are other people's: only node_clean and node_text give clean
 * text. */

/* GUMBO_TAG_LAST for text and other nodes. */
GumboTag node_tag(const GumboNode *n);
bool node_is_text(const GumboNode *n);
const char *node_chars(const GumboNode *n);
/* Children of an element, else an empty list. */
const GumboVector *node_children(const GumboNode *n);
/* NULL when it has none. Not clean. */
const char *node_attr(const GumboNode *n, const char *name);
/* A whole number from an attribute, or `other`. */
int node_attr_int(const GumboNode *n, const char *name, int other);
bool node_has_class(const GumboNode *n, const char *name);
/* One of the classes starts with this. */
bool node_class_starts(const GumboNode *n, const char *start);
/* The first descendant with this tag (GUMBO_TAG_LAST: any) and class (NULL: any), or NULL. */
const GumboNode *node_find(const GumboNode *n, GumboTag tag, const char *class_name);
/* Appends an attribute cleaned; false when it has none or it is empty. */
bool node_clean(const GumboNode *n, const char *attr, struct sbuf *out);
/* Appends the text in an element on one line, white space as one space, emoji as their names. */
void node_text(const GumboNode *n, struct sbuf *out);
