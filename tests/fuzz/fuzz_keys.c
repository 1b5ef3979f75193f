/* Bytes of a terminal to keys, in pieces and with pauses: it always ends, nothing stays behind, and pasted
 * text is never a command. */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "key_input.h"
#include "panic.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void check_key(const struct key *k, bool *pasting)
{
	ensure(k->code != KEY_NONE);
	ensure(k->text[KEY_TEXT_BYTES - 1] == '\0' && utf8_valid(k->text, strlen(k->text)));
	if (k->code == KEY_PASTE_BEGIN || k->code == KEY_PASTE_END)
		*pasting = k->code == KEY_PASTE_BEGIN;
	else
		ensure(!*pasting || k->code == KEY_TEXT || k->code == KEY_ENTER || k->code == KEY_TAB);
}

static void take_keys(struct key_input *in, bool final, bool *pasting)
{
	struct key k;
	int wait_ms;
	for (size_t i = 0; key_input_next(in, final, &k, &wait_ms); i++) {
		ensure(i <= 2 * KEY_INPUT_BYTES);
		check_key(&k, pasting);
	}
	ensure(!final || in->pending_bytes == 0);
}

/* The first byte of a piece says how long it is, and whether a pause follows. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct key_input in;
	bool pasting = false;
	in = (struct key_input){0};
	for (size_t at = 0; at < n;) {
		size_t want = (data[at] & 0x7Fu) + 1, left = n - at - 1, room;
		bool pause = data[at] & 0x80;
		unsigned char *to = key_input_room(&in, &room);
		want = want < left ? want : left;
		want = want < room ? want : room;
		memcpy(to, data + at + 1, want);
		key_input_fed(&in, want);
		take_keys(&in, false, &pasting);
		if (pause || in.pending_bytes == KEY_INPUT_BYTES)
			take_keys(&in, true, &pasting);
		at += 1 + want;
	}
	take_keys(&in, true, &pasting);
	return 0;
}
