#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "sbuf.h"

enum key_code {
	KEY_NONE,
	KEY_TEXT, /* `text` holds one grapheme */
	KEY_CTRL, /* `text` holds the lower-case letter: Ctrl-S is "s" */
	KEY_UP,
	KEY_DOWN,
	KEY_LEFT,
	KEY_RIGHT,
	KEY_WORD_LEFT,  /* Ctrl with an arrow */
	KEY_WORD_RIGHT,
	KEY_PAGE_UP,
	KEY_PAGE_DOWN,
	KEY_HOME,
	KEY_END,
	KEY_ENTER,
	KEY_ESC,
	KEY_TAB,
	KEY_BACKTAB,
	KEY_BACKSPACE,
	KEY_DELETE,
	KEY_F1,
	KEY_F12 = KEY_F1 + 11,
	KEY_RESIZE,      /* the terminal has another size: term_size */
	KEY_PASTE_BEGIN, /* what follows was pasted: only text, Enter and Tab, never a command */
	KEY_PASTE_END,
	KEY_EOF,         /* the terminal is gone */
};

enum { KEY_TEXT_BYTES = 32 };

struct key {
	enum key_code code;
	char text[KEY_TEXT_BYTES];
};

bool key_equal(const struct key *a, const struct key *b);
/* A key by its name in the configuration: one character ("q", "/", "é"), "C-s", "F1", "Enter", "Esc",
 * "Space", "Up", "PageDown"... (case does not matter in names). False when unknown, or when it may not be
 * bound: Insert, Alt, Ctrl+Alt, and Ctrl with H, I, J, M or [ which are keys of their own. */
bool key_parse(const char *name, struct key *out);
/* The name that key_parse reads: "Ctrl-S", "Space". Appends. */
void key_add_name(const struct key *k, struct sbuf *out);
/* The name for a person, translated: "Enter", "arrow up", "Ctrl-S", "space". */
void key_says(const struct key *k, struct sbuf *out);
/* Whether it is this one character: key_is(k, "q"). */
bool key_is(const struct key *k, const char *text);
bool key_is_ctrl(const struct key *k, char letter);
