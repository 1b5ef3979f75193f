#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "key.h"

/* Bytes from a terminal to keys. Keys with Alt and unknown escape sequences (mouse, focus, answers of the
 * terminal) give nothing. */

enum { KEY_INPUT_SEQUENCES = 48, KEY_INPUT_BYTES = 4096 };

struct key_input {
	struct {
		const char *bytes; /* borrowed, as in terminfo: "\033OA" */
		enum key_code code;
	} own[KEY_INPUT_SEQUENCES]; /* of this terminal, before the usual ones */
	size_t own_count;
	unsigned char pending[KEY_INPUT_BYTES]; /* read, not yet a key */
	size_t pending_bytes;
	bool pasting;
	bool paste_ended; /* its end was read, and it is the end when nothing comes behind it */
	bool in_string;   /* in an answer of the terminal that goes on until its own end */
	bool was_alone;   /* the last key was an ESC with nothing behind it */
};

/* Learns this terminal's own sequences: `capability` gives a string of terminfo by its short name, or NULL.
 * The strings must stay as long as `in`. */
void key_input_learn(struct key_input *in, const char *(*capability)(const char *name));
/* Room for more bytes, and telling how many were put there. */
unsigned char *key_input_room(struct key_input *in, size_t *room);
void key_input_fed(struct key_input *in, size_t bytes);
/* The next key. False: no more, or not whole yet; the rest of it then comes within *wait_ms (0: nothing is to
 * come). With `final` nothing more comes: what is there is taken as it is. */
bool key_input_next(struct key_input *in, bool final, struct key *out, int *wait_ms);
