#pragma once
#include <stdbool.h>

#include "event.h"

/* What the fields of a meeting mean. */

enum event_form { EVENT_FORM_UNKNOWN, EVENT_FORM_ON_SITE, EVENT_FORM_ONLINE, EVENT_FORM_BOTH };

/* How a meeting is held, by its place and link. `address`, `link`, `hybrid`: those fields of its topic, NULL
 * when not there. */
enum event_form event_fields_form(const struct event *e, const char *address, const char *link,
	const char *hybrid);

enum event_answer {
	EVENT_ANSWER_NONE,
	EVENT_ANSWER_YES,
	EVENT_ANSWER_NO,
	EVENT_ANSWER_PARTLY,
	EVENT_ANSWER_ON_REQUEST
};

/* The answer that a value begins with ("Ja, met lift", "[x]", "no"); *more (may be NULL) is what stands after
 * it, inside value. NONE: it begins with other words, and *more is all of it. */
enum event_answer event_fields_answer(const char *value, const char **more);
/* "yes" or "ja"...; NULL for NONE. */
const char *event_fields_answer_word(enum event_answer answer, const char *language);
/* The value says nothing: empty, or only a dash, a question mark or dots. */
bool event_fields_is_empty(const char *value);
