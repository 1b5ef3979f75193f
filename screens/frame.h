#pragma once
#include "canvas.h"
#include "stack.h"

/* The fixed places of every screen: row 1 says where you are, row 2 is empty, then the body, one status row,
 * one key row. */
int frame_body_rows(const struct stack *st);
/* While nothing is said that takes more than one row. */
int frame_most_rows(const struct stack *st);
void frame_draw(const struct stack *st, struct canvas *c);
/* The status row when there is no message: offline, waiting, fetching. Appends; may be empty. False: it says
 * how far work is, and will say something else soon. */
bool frame_status(const struct context *ctx, struct sbuf *out);
