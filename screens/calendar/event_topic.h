#pragma once
#include "event.h"
#include "event_field.h"
#include "event_fields.h"
#include "post_store.h"
#include "screen.h"
#include "styled.h"

/* What the topic of a meeting says of it, in fields, and what else stands there. */
struct event_topic {
	const struct event_field_set *set;
	const char **value;      /* one a field; NULL: not there, or there without an answer */
	int found;
	enum event_form form;
	const char
		*rest; /* Markdown: the text without the fields and the event itself; "" when nothing is left */
	const char *
		contact; /* username of whom to ask: named in the field, else who made the event; "" when not known */
};

/* `post` is the first of the topic; NULL when it is not in kring. In the language of the reader. */
const struct event_topic *event_topic_read(
	struct store *store, const struct event *e, const struct post_row *post, struct arena *a);
/* "" when it has none. */
const char *event_topic_value(const struct event_topic *t, const char *id);
/* The fields in their order, and which of those that matter are not filled in. */
void event_topic_add(
	const struct screen *s, const struct event *e, const struct event_topic *t, struct styled_builder *b);
/* One field; the same words of each side of a label. Nothing when it is not filled in. */
void event_topic_add_field(const struct screen *s, const struct event *e, const struct event_topic *t,
	int field, struct styled_builder *b);
/* "nl" or "en": the language of the reader. */
const char *event_topic_language(void);
