#pragma once
#include "canvas.h"
#include "key.h"
#include "screen.h"

/* SCREEN_EDIT: a few lines that say what is written, and the text under them; and keeping what is typed,
 * there and in the answer of a SCREEN_ASK. */

void view_edit_settle(struct screen *s, int rows);
/* Letters are text, Tab completes a name. False: not a key for writing. */
bool view_edit_key(struct screen *s, const struct key *k);
/* Says what did not fit into the text. */
void view_edit_check(struct screen *s);
void view_edit_draw(const struct screen *s, struct canvas *c, int row);
void view_edit_position(const struct screen *s, struct sbuf *out);
/* F6 of every screen of this kind: the text in the member's own editor. What went wrong is said. */
void view_edit_outside(struct screen *s);
/* The text changed since it was kept last. */
bool view_edit_changed(const struct screen *s);
/* What is typed counts as kept from here on. */
void view_edit_is_kept(struct screen *s);
/* Keeps it, if it changed. */
void view_edit_save(struct screen *s);
