#pragma once
#include <stdbool.h>

#include "error.h"
#include "sbuf.h"

/* The member's own editor: `configured`, else $VISUAL, $EDITOR, or the first of the usual ones that is there.
 * A program and its words, which may stand between quotes; no shell reads them. The caller frees. NULL: there
 * is none. */
char *outside_editor_command(const char *configured);

/* Gives a text to the editor, in a file that only the member can read, in a folder of its own in `dir`, and
 * waits until the editor ends. The terminal must be free. The editor is in the foreground with kring: Ctrl-C
 * is for the editor, and Ctrl-Z stops both. False: `out` is empty, *err says what happened. What the member
 * wrote in the meantime stays in its file, which *err names; a signal that ends kring comes again after
 * that. */
bool outside_editor_run(const char *command, const char *dir, const char *text, struct sbuf *out,
	struct error *err);
