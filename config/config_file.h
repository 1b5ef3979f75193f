#pragma once
#include <stdbool.h>

#include "error.h"
#include "option.h"
#include "sbuf.h"

/* The member's own file of settings, changed one line at a time: comments, order and lines that kring does not know
 * stay as they are. */

/* Sets `name` to `value` (checked as config_set does), or with NULL takes its lines out, so that the standard
 * holds. The file and its folder are made when they are not there; a link is followed and stays one, and the
 * permissions stay. Nothing is written when the file may only be read, cannot be read as YAML, or would not
 * read back as meant. Two krings that do this at the same time both get what they want. */
bool config_file_set(const char *path, const char *name, const char *value, struct error *err);
/* Every setting with its sentence and standard value as a comment: a file to begin with. */
void config_file_sample(struct sbuf *out);
