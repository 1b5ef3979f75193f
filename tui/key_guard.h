#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "key.h"

/* For unsteady hands. A key that comes again at once counts once, and a letter is done only after Enter. No
 * clock in here: times are monotonic milliseconds of the caller's. Zeroed: nothing was pressed yet. */
struct key_guard {
	struct key last;  /* that was pressed, counted or not */
	int64_t last_ms;
	struct key asked; /* a letter that waits for Enter; KEY_NONE: none */
};

/* True: the same key came less than `within_ms` after itself and does not count. Who holds a key down presses
 * it once. within_ms 0: every press counts. */
bool key_guard_repeats(struct key_guard *g, const struct key *k, int64_t now_ms, int within_ms);

/* This letter is to be done after Enter. */
void key_guard_ask(struct key_guard *g, const struct key *letter);
/* The next key answers. True: it was Enter, and *letter is to be done now; false: nothing was asked, or the
 * member did not want it (*cancelled). */
bool key_guard_answer(struct key_guard *g, const struct key *k, struct key *letter, bool *cancelled);
