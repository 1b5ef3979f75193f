#pragma once
#include "member.h"
#include "screen.h"

/* What the member says of themselves, one value at a time, and how each is changed. */
enum profile_kind { PROFILE_LINE, PROFILE_LONG, PROFILE_ONE, PROFILE_SEVERAL, PROFILE_YES };

struct profile_value {
	const char *name;       /* title of a CHANGE_PROFILE: "name", "field:3" */
	const char *label, *hint; /* hint: "" none */
	const char *value;      /* as the site keeps it, "" when not filled in; NULL: there is one we do not know */
	const char *shown;      /* on one line, for people; "" when not filled in */
	enum profile_kind kind;
	const char *const *option; /* of PROFILE_ONE and PROFILE_SEVERAL */
	int option_count, max_chars;
	bool members_see_it, required, editable;
};

struct profile {
	const struct member *member; /* NULL: not fetched yet */
	const struct profile_value *value;
	int count;
};

/* Texts are in the arena. */
struct profile profile_load(const struct screen *s, struct arena *a);
/* NULL when the site has none of this name. */
const struct profile_value *profile_find(const struct profile *p, const char *name);
/* Of what every site has; "" for a field of the site. */
const char *profile_label(const char *name);
const char *profile_who(const struct profile_value *v);
/* Opens the screen that changes it, or says why it cannot be changed. */
void profile_change(struct screen *s, const struct profile_value *v);
/* The same by the name of the value; for what stands in the outbox. */
void profile_change_named(struct screen *s, const char *name);

/* What the screens that change one value keep: the first member of their state. */
struct profile_editing {
	struct profile profile;
	const struct profile_value *value; /* NULL: not there, or it cannot be changed */
	const char *text;       /* waits for the answer on who may see it; in s->own */
	int64_t draft;          /* id of the draft that becomes the change, or 0 */
	int64_t writer, base;   /* of that draft: see struct change */
};

/* Reads the value that target text names, into s->mem, and sets the title. */
void profile_editing_load(struct screen *s);
/* The text to begin with: one that was not sent yet or that the site refused, and which this then becomes, else
 * the value. In s->mem. */
const char *profile_begin(struct screen *s);
/* The member wants this text: sends it and goes back, first asks when all members will see what nobody saw, or
 * says what is wrong with it. */
void profile_give(struct screen *s, const char *text);
/* Keeps it as a draft. */
void profile_keep(struct screen *s, const char *text);
/* Who sees it, what the site says of it, and what may be kept to oneself: for above the answer. Appends. */
void profile_explain(struct sbuf *out, const struct profile_value *v);
