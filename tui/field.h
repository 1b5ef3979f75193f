#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "canvas.h"
#include "key.h"
#include "sbuf.h"

/* One line of text that a member types. A zeroed struct is an empty field. */
struct field {
	struct sbuf text;
	size_t at;        /* byte of the insertion point, on a grapheme border */
	size_t max_bytes; /* 0: 1000 */
	bool secret;      /* shown as "*" */
	bool pasting;     /* between KEY_PASTE_BEGIN and KEY_PASTE_END */
};

void field_fini(struct field *f);
/* Copies text (NULL: empty), the cursor goes to its end. */
void field_set(struct field *f, const char *text);
/* Never NULL; borrowed until the next change. */
const char *field_text(const struct field *f);
/* Text, Left, Right, Home, End, Backspace, Delete, C-a, C-e, C-w (word), C-u (to the start), C-k (to the
 * end), paste. False: not a key of a field (Enter, Esc, Tab, Up, Down...). In a paste Enter and Tab are
 * spaces. */
bool field_key(struct field *f, const struct key *k);
/* Draws `cols` columns and puts the cursor on the insertion point. Long text scrolls so that it stays in
 * view. */
void field_draw(const struct field *f, struct canvas *c, int row, int col, int cols, bool focus);
