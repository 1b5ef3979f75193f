#pragma once
#include "screen.h"

/* Every question that kring asks before it does something: before what cannot be undone, and before what more
 * people will see. There are no others; what can be undone is done at once. Restoring all settings has a
 * screen of its own with the same rules. The first choice does nothing, and Enter on it changes nothing. */
enum confirm_kind { CONFIRM_THROW_AWAY, CONFIRM_SHOW_TO_MEMBERS, CONFIRM_SHARE_PREPARATION, CONFIRM_KINDS };

enum { CONFIRM_CHOICES = 3 };

struct confirm {
	const char *question; /* N_ */
	bool named;           /* each choice says which thing it is about */
	struct confirm_choice {
		const char *title, *detail; /* N_; detail: what it does and who sees it */
	} choice[CONFIRM_CHOICES + 1];
};

extern const struct confirm confirm_table[CONFIRM_KINDS];

/* `thing` is what it is about, NULL where the question says it. `run` gets the number of the choice, from 0,
 * and the id. */
void confirm_open(struct screen *s, enum confirm_kind kind, const char *thing, int64_t id,
	void (*run)(struct screen *asker, int choice, int64_t id));
