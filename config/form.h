#pragma once
#include <stdbool.h>

#include "arena.h"
#include "sbuf.h"

/* The labelled fields of a text: what a topic of some category begins with, or a first message to somebody.
 * On the site they are a list at the start of the text ("- **Label:** value"), so that every reader sees
 * them. */
enum form_type { FORM_LINE, FORM_TICK, FORM_DATE };

struct form_field {
	const char *label, *hint;  /* hint: "" when none */
	enum form_type type;
	const char *start;         /* what the category's template has behind the label; "" */
	int days;                  /* FORM_DATE: the date that is proposed, so many days from today */
	bool closes;               /* FORM_DATE: the last day of the poll */
};

struct form {
	const char *kind;          /* "referral", "proposal"...; "" for a category that kring does not know */
	const char *yes;           /* the word of a tick in the language of the form */
	struct form_field *field;
	int count;
};

/* The YAML that forms are read from. */
extern const char form_data[];

/* kring's form of this kind, or of the category with this name or slug. NULL when there is none. */
const struct form *form_of_kind(const char *kind, const char *language, struct arena *a);
const struct form *form_of_category(const char *name, const char *slug, const char *language, struct arena *a);
/* The form that a category's own template holds, when it is a list of labelled lines; NULL otherwise. Fields that
 * `known` (may be NULL) has too get its types and hints. */
const struct form *form_of_template(
	const char *topic_template, const struct form *known, const char *language, struct arena *a);
bool form_is(const struct form *f, const char *kind); /* f may be NULL */

/* A text cut into the values of the form (one a field, "" when not there) and the rest. What is not a line of
 * the form stays in the rest. */
struct form_values {
	const char **value;
	const char *text;
};
void form_read(const struct form *f, const char *body, struct form_values *out, struct arena *a);
/* The other way round; empty values are left out. Appends. */
void form_write(const struct form *f, const struct form_values *v, struct sbuf *out);
