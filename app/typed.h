#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "sbuf.h"

/* One line from standard input, without its end, at most so many bytes. On a terminal a secret is not shown
 * while it is typed; a signal that ends kring meanwhile gives the terminal back first. False when the input
 * ended. */
bool typed_line(struct sbuf *out, size_t most, bool secret);
