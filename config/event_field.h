#pragma once
#include <stdbool.h>

#include "arena.h"

/* What a member wants to know of a meeting before they go: the fields of its topic's labelled list. */
enum event_field_kind {
	EVENT_FIELD_TEXT,
	EVENT_FIELD_YESNO,
	EVENT_FIELD_DATE,
	EVENT_FIELD_LIST,
	EVENT_FIELD_NUMBER
};

enum { EVENT_FIELD_ON_SITE = 1, EVENT_FIELD_ONLINE = 2 };

struct event_field {
	const char *id;                /* "address"; stable */
	const char *label, *hint;      /* in the language asked for; hint: "" when none */
	const char *start;             /* what is proposed when a meeting is made; "" */
	enum event_field_kind kind;
	unsigned meetings;             /* EVENT_FIELD_*: the kinds of meetings it is for */
	bool required;                 /* shown as not filled in when it is not there */
	bool is_private;               /* never in a topic: it goes to the contact person in a message */
	const char *const *name;       /* all names it is known by in a text, in both languages; ends with NULL */
};

struct event_field_set {
	const struct event_field *field; /* in the order in which they are shown and asked */
	int count;
	const char *const *const *name;  /* field[i].name, as labelled_list_read asks for them */
};

/* The YAML that the fields and the agreements are read from. */
extern const char event_fields_data[];

const struct event_field_set *event_field_all(const char *language, struct arena *a);
/* Its place in the set; -1 when there is none. */
int event_field_find(const struct event_field_set *set, const char *id);
/* What members of a circle agree on, one a line, when the circle has no words of its own. */
const char *event_field_agreements(const char *language, struct arena *a);
