#pragma once
#include "agreements.h"
#include "event_topic.h"
#include "outbox_store.h"
#include "post_store.h"
#include "screen.h"
#include "styled.h"

/* What the screen of one meeting shows. */
struct event_view {
	const struct event *event;        /* NULL: not in kring */
	const struct outbox_row *waiting; /* my answer, as long as the site does not have it */
	const struct post_row *post;      /* the first of its topic; NULL: not in kring */
	const struct event_topic *topic;
	struct agreements agreements;
};

/* All that stands below the summary: my answer, who comes, the agreements, the fields and the organiser's
 * text. `e` is the occurrence that was chosen. */
void event_body_add(const struct screen *s, const struct event_view *v, const struct event *e,
	struct styled_builder *b);
/* The site keeps who comes from this member. */
bool event_body_hides_people(const struct event *e);
