#pragma once
#include "key.h"
#include "option.h"
#include "screen.h"

/* Keys that mean the same on every screen. */
extern const struct binding global_keys[];

/* The key of a binding: the member's own, or the standard one. False: the member took its key away. */
bool keys_of(const struct config *c, const struct binding *b, struct key *out);
/* The binding of a key on a screen: its own first, then the global ones. NULL: the key does nothing here.
 * Letters are left out when the member has turned them off. */
const struct binding *keys_find(const struct screen *s, const struct key *k);
/* The key's name for a person. False, and nothing appended: it has no key on such a screen, because letters
 * are off or are text there, or because the member took it away. */
bool keys_name(const struct config *c, const struct screen_ops *on, const struct binding *b, struct sbuf *out);
/* What to type for it in text mode. False, and nothing appended: nothing; it stands in the list of actions. */
bool keys_typed(const struct config *c, const struct binding *b, struct sbuf *out);
/* What no screen has as a letter and a member has turned off is no key either. */
bool keys_is_letter(const struct config *c, const struct binding *b);

/* A key that a member gave to moving ("down: j") becomes the key that moves; any other stays what it is. */
struct key keys_move(const struct config *c, const struct key *k);
/* The keys that do the same as this one ("arrow down, j"). Appends. */
void keys_add_moves(const struct config *c, enum key_code code, struct sbuf *out);

/* Everything that has a name and can get a key: the keys of every screen, each action once, and moving. */
struct key_action {
	const char *name;              /* "next-unread" */
	const char *says;              /* translated with _() */
	const struct binding *binding; /* NULL: moving; its standard key always stays */
	enum key_code move;
};
enum { KEYS_ACTIONS = 128 };
int keys_actions(struct key_action out[KEYS_ACTIONS]);

/* The key that does it, for a sentence on this screen; where it has none, the key of its twin or of the menu of
 * actions. */
const char *keys_to(const struct screen *s, const char *action, struct arena *a);
/* The sentence with the member's keys in it: "Fetch with {fetch}." becomes "Fetch with F5." */
const char *keys_fill(const struct screen *s, const char *sentence, struct arena *a);
/* The same, said on the status row or added to a text. */
void keys_say(struct screen *s, const char *sentence);
void keys_line(const struct screen *s, struct styled_builder *b, enum role role, const char *sentence);
