#pragma once
#include "event.h"
#include "event_store.h"
#include "styled.h"
#include "when.h"
#include "zone.h"

/* What a member has to know of an event before they go. */
/* When, where, places, who answered, my own answer: labelled lines. */
void event_text_summary(struct styled_builder *b, const struct event *e, const struct zone *zone, int64_t now_ms);
/* The time of a line of the calendar, for when.h. */
struct when_span event_text_span(const struct event_row *e);
/* One or two words for a list: "full", "closed", "past", "you are coming"; NULL for none. */
const char *event_text_state(const struct event_row *e, int64_t now_ms);
const char *event_text_answer(enum attendance a); /* "You are coming."; NULL when there is no answer */
