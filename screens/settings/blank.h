#pragma once
#include "canvas.h"
#include "stack.h"

/* On a computer that others look at too: one key leaves two short sentences on the screen, Enter brings
 * everything back. What is being written is kept first. */
void blank_hide(struct stack *st);
/* A key while all is hidden. */
void blank_key(struct stack *st, const struct key *k);
void blank_draw(struct canvas *c);
