#pragma once
#include "post_store.h"
#include "screen.h"
#include "topic_store.h"

/* What a member does with one key to the post in focus, or to the topic, on the screen of a topic or message.
 * Each says what was done, or why it cannot be done. */
void post_reply(struct screen *s);
void post_quote(struct screen *s);
void post_edit(struct screen *s);
void post_delete(struct screen *s); /* and back */
void post_like(struct screen *s);   /* and back */
void post_bookmark(struct screen *s); /* and back */
void post_flag(struct screen *s);
void post_vote(struct screen *s);
void post_note(struct screen *s);
void post_level(struct screen *s);
void post_archive(struct screen *s); /* and back */

/* Of the screen of a topic: */
/* NULL: none, or one that was not sent yet. */
const struct post_row *topic_post_in_focus(const struct screen *s);
/* NULL: not in the store. */
const struct topic_row *topic_shown(const struct screen *s);
/* The number of the post in focus; 0: the title, or nothing that has a number. */
int topic_number_in_focus(const struct screen *s);
